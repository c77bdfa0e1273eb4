//! Pictures in a row as one animated GIF ("Graphics Interchange Format, version 89a", CompuServe,
//! 1990) that begins again for ever.
//!
//! All pictures have one palette, and none is dithered: what stands still does not flicker, and
//! weighs nothing. Of every picture but the first, only the rectangle that changed is written, and
//! in it what did not change is transparent.

mod palette;

use self::palette::Palette;
use gif::{DisposalMethod, Encoder, Frame, Repeat};
use std::mem;

/// Colours beside the transparent one.
const COLORS: usize = 255;

/// A film that is being written.
pub struct Gif {
    width: u16,
    height: u16,
    /// The pixels that the palette will be found from.
    learnt: Vec<[u8; 3]>,
    /// Once there is a picture.
    begun: Option<Begun>,
}

impl Gif {
    /// A film of so many pixels.
    ///
    /// # Errors
    /// When one of the two is 0 or more than 65535, which is all that the format has room for.
    pub fn new(width: u32, height: u32) -> Result<Self, String> {
        let size = |name: &str, pixels: u32| {
            u16::try_from(pixels)
                .ok()
                .filter(|&pixels| pixels > 0)
                .ok_or_else(|| format!("{name}: {pixels} is not between 1 and {}", u16::MAX))
        };
        let (width, height) = (size("width", width)?, size("height", height)?);
        Ok(Self { width, height, learnt: Vec::new(), begun: None })
    }

    /// Counts in the colours of a picture: red, green, blue and opacity of each pixel, row by row
    /// from the top. The opacity is ignored. Of no use once there is a picture.
    ///
    /// # Errors
    /// When these are not the bytes of such a picture.
    pub fn learn(&mut self, rgba: &[u8]) -> Result<(), String> {
        self.check(rgba)?;
        if self.begun.is_none() {
            self.learnt.extend(pixels(rgba));
        }
        Ok(())
    }

    /// Adds a picture that is shown for so many hundredths of a second, in the colours that were
    /// learnt; if there are none, in those of the first.
    ///
    /// # Errors
    /// When these are not the bytes of such a picture; or when memory is short.
    pub fn add(&mut self, rgba: &[u8], hundredths: u16) -> Result<(), String> {
        if self.begun.is_none() && self.learnt.is_empty() {
            self.learn(rgba)?;
        }
        self.check(rgba)?;
        match &mut self.begun {
            Some(begun) => begun.go_on(rgba, self.width, hundredths),
            None => {
                let palette = Palette::of(mem::take(&mut self.learnt), COLORS);
                let (width, height) = (self.width, self.height);
                self.begun = Some(Begun::new(palette, rgba, (width, height), hundredths)?);
                Ok(())
            }
        }
    }

    /// The whole file.
    ///
    /// # Errors
    /// When there is no picture; or when memory is short.
    pub fn finish(self) -> Result<Vec<u8>, String> {
        let Begun { mut encoder, waiting, .. } =
            self.begun.ok_or_else(|| "gif: there is no picture".to_owned())?;
        encoder.write_frame(&waiting).map_err(reported)?;
        encoder.into_inner().map_err(reported)
    }

    fn check(&self, rgba: &[u8]) -> Result<(), String> {
        let (width, height, bytes) = (self.width, self.height, rgba.len());
        // In 64 bits: a large picture has more bytes than addresses of 32 bits.
        if bytes as u64 == 4 * u64::from(width) * u64::from(height) {
            return Ok(());
        }
        Err(format!("rgba: {bytes} bytes are no picture of {width}×{height} pixels"))
    }
}

/// What there is once there is a picture.
struct Begun {
    encoder: Encoder<Vec<u8>>,
    palette: Palette,
    /// The last picture.
    rgba: Vec<u8>,
    /// The colours it has in the film, by their indices.
    shown: Vec<u8>,
    /// What is written when it is known how long it stands.
    waiting: Frame<'static>,
}

impl Begun {
    fn new(
        mut palette: Palette,
        rgba: &[u8],
        (width, height): (u16, u16),
        delay: u16,
    ) -> Result<Self, String> {
        let mut encoder = Encoder::new(Vec::new(), width, height, &palette.colors().concat())
            .map_err(reported)?;
        encoder.set_repeat(Repeat::Infinite).map_err(reported)?;
        let shown = pixels(rgba).map(|color| palette.nearest(color)).collect::<Vec<_>>();
        let waiting = Frame {
            delay,
            dispose: DisposalMethod::Keep,
            width,
            height,
            buffer: shown.clone().into(),
            ..Frame::default()
        };
        Ok(Self { encoder, palette, rgba: rgba.to_vec(), shown, waiting })
    }

    /// Adds a picture to those before.
    fn go_on(&mut self, rgba: &[u8], width: u16, delay: u16) -> Result<(), String> {
        let Some(mut frame) = self.changes(rgba, usize::from(width)) else {
            self.waiting.delay = self.waiting.delay.saturating_add(delay);
            return Ok(());
        };
        frame.delay = delay;
        self.encoder.write_frame(&mem::replace(&mut self.waiting, frame)).map_err(reported)
    }

    /// The rectangle that is not as before, if any is, and takes it for shown.
    fn changes(&mut self, rgba: &[u8], width: usize) -> Option<Frame<'static>> {
        let mut changed = Vec::new();
        for (at, (new, old)) in rgba.chunks_exact(4).zip(self.rgba.chunks_exact(4)).enumerate() {
            if new != old {
                let index = self.palette.nearest([new[0], new[1], new[2]]);
                if mem::replace(&mut self.shown[at], index) != index {
                    changed.push((at % width, at / width, index));
                }
            }
        }
        self.rgba.copy_from_slice(rgba);

        let (&(_, top, _), &(_, bottom, _)) = (changed.first()?, changed.last()?);
        let left = changed.iter().map(|&(x, ..)| x).min()?;
        let right = changed.iter().map(|&(x, ..)| x).max()?;
        let (columns, rows) = (right - left + 1, bottom - top + 1);
        // The index after the last colour.
        let transparent = self.palette.colors().len() as u8;
        let mut buffer = vec![transparent; columns * rows];
        for (x, y, index) in changed {
            buffer[(y - top) * columns + x - left] = index;
        }
        Some(Frame {
            dispose: DisposalMethod::Keep,
            transparent: Some(transparent),
            left: left as u16,
            top: top as u16,
            width: columns as u16,
            height: rows as u16,
            buffer: buffer.into(),
            ..Frame::default()
        })
    }
}

/// The colours of a picture's pixels.
fn pixels(rgba: &[u8]) -> impl Iterator<Item = [u8; 3]> {
    rgba.chunks_exact(4).map(|pixel| [pixel[0], pixel[1], pixel[2]])
}

fn reported(error: gif::EncodingError) -> String {
    format!("gif: {error}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use gif::{ColorOutput, DecodeOptions};

    const GROUND: [u8; 3] = [240, 241, 242];
    const BALL: [u8; 3] = [0, 114, 178];

    /// A picture of `width`×`height` pixels by the colour of each.
    fn picture(width: usize, height: usize, color: impl Fn(usize, usize) -> [u8; 3]) -> Vec<u8> {
        (0..width * height)
            .flat_map(|at| {
                let [red, green, blue] = color(at % width, at / width);
                [red, green, blue, 255]
            })
            .collect()
    }

    /// A ball on the diagonal, and the trail behind it.
    fn moved(width: usize, height: usize, step: usize) -> Vec<u8> {
        picture(width, height, |x, y| if x == y && x <= step { BALL } else { GROUND })
    }

    /// The pictures as they are shown, with how long and the sizes of what is written of each.
    fn shown(file: &[u8]) -> Vec<(Vec<u8>, u16, (u16, u16))> {
        let mut options = DecodeOptions::new();
        options.set_color_output(ColorOutput::RGBA);
        let mut decoder = options.read_info(file).expect("a GIF");
        let (width, height) = (usize::from(decoder.width()), usize::from(decoder.height()));
        let mut canvas = vec![0; 4 * width * height];
        let mut pictures = Vec::new();
        while let Some(frame) = decoder.read_next_frame().expect("a frame") {
            for (at, pixel) in frame.buffer.chunks_exact(4).enumerate() {
                let (x, y) = (at % usize::from(frame.width), at / usize::from(frame.width));
                let at = (usize::from(frame.top) + y) * width + usize::from(frame.left) + x;
                if pixel[3] > 0 {
                    canvas[4 * at..4 * at + 4].copy_from_slice(pixel);
                }
            }
            pictures.push((canvas.clone(), frame.delay, (frame.width, frame.height)));
        }
        assert_eq!(decoder.repeat(), Repeat::Infinite);
        pictures
    }

    #[test]
    fn pictures_of_few_colours_come_out_as_they_went_in() {
        let steps = [0, 2, 3, 7];
        let mut gif = Gif::new(12, 9).expect("a size");
        gif.learn(&moved(12, 9, 7)).expect("a picture");
        for step in steps {
            gif.add(&moved(12, 9, step), 4).expect("a picture");
        }
        let file = gif.finish().expect("a film");
        assert_eq!(&file[..6], b"GIF89a");
        let pictures = shown(&file);
        let sizes = pictures.iter().map(|&(_, _, size)| size).collect::<Vec<_>>();
        assert_eq!(sizes, [(12, 9), (2, 2), (1, 1), (4, 4)]);
        for (step, (found, delay, _)) in steps.into_iter().zip(pictures) {
            assert_eq!((found, delay), (moved(12, 9, step), 4), "{step}");
        }
    }

    #[test]
    fn what_goes_away_is_covered() {
        let mut gif = Gif::new(8, 8).expect("a size");
        for step in [5, 1] {
            gif.add(&moved(8, 8, step), 4).expect("a picture");
        }
        let pictures = shown(&gif.finish().expect("a film"));
        assert_eq!(pictures[1].0, moved(8, 8, 1));
        assert_eq!(pictures[1].2, (4, 4));
    }

    #[test]
    fn what_stands_still_is_written_once() {
        let mut gif = Gif::new(10, 10).expect("a size");
        for (step, hundredths) in [(1, 4), (1, 4), (2, 4), (2, 100), (2, u16::MAX)] {
            gif.add(&moved(10, 10, step), hundredths).expect("a picture");
        }
        let pictures = shown(&gif.finish().expect("a film"));
        let delays = pictures.iter().map(|&(_, delay, _)| delay).collect::<Vec<_>>();
        assert_eq!(delays, [8, u16::MAX]);
    }

    #[test]
    fn more_colours_than_a_film_has_are_near() {
        let many = picture(64, 64, |x, y| [4 * x as u8, 4 * y as u8, (x + y) as u8]);
        let turned = picture(64, 64, |x, y| [4 * y as u8, 4 * x as u8, (x + y) as u8]);
        let mut gif = Gif::new(64, 64).expect("a size");
        for picture in [&many, &turned] {
            gif.learn(picture).expect("a picture");
        }
        for picture in [&many, &turned] {
            gif.add(picture, 4).expect("a picture");
        }
        for ((found, ..), wanted) in
            shown(&gif.finish().expect("a film")).iter().zip([many, turned])
        {
            let worst = found.iter().zip(&wanted).map(|(a, b)| a.abs_diff(*b)).max();
            assert!(worst < Some(25), "{worst:?}");
        }
    }

    #[test]
    fn one_pixel_is_a_film() {
        let mut gif = Gif::new(1, 1).expect("a size");
        gif.add(&[9, 8, 7, 255], 4).expect("a picture");
        gif.add(&[7, 8, 9, 255], 4).expect("a picture");
        let pictures = shown(&gif.finish().expect("a film"));
        // The second has a colour that was not learnt.
        assert_eq!(pictures[0].0, [9, 8, 7, 255]);
        assert_eq!(pictures.len(), 1);
        assert_eq!(pictures[0].1, 8);
    }

    #[test]
    fn misuse_is_named() {
        let refused = |width, height| Gif::new(width, height).err().unwrap_or_default();
        assert_eq!(refused(0, 9), "width: 0 is not between 1 and 65535");
        assert_eq!(refused(9, 65_536), "height: 65536 is not between 1 and 65535");
        let mut gif = Gif::new(3, 2).expect("a size");
        let wrong = "rgba: 23 bytes are no picture of 3×2 pixels";
        assert_eq!(gif.add(&[0; 23], 4), Err(wrong.to_owned()));
        assert_eq!(gif.learn(&[0; 23]), Err(wrong.to_owned()));
        gif.add(&[0; 24], 4).expect("a picture");
        assert_eq!(gif.add(&[], 4), Err(wrong.replace("23", "0")));
        assert_eq!(
            Gif::new(3, 2).and_then(Gif::finish),
            Err("gif: there is no picture".to_owned())
        );
        // As large as it gets: no memory is taken before there is a picture.
        let mut large = Gif::new(65_535, 65_535).expect("a size");
        assert!(large.add(&[0; 4], 4).is_err());
    }
}
