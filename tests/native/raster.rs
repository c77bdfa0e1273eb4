//! A backend that keeps pixels: what stands on a layer, with its opacity, on the fine grid.

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind,
};
use std::convert::Infallible;

/// Red, green, blue from 0 to 255, and opacity from 0 to 1.
pub(crate) type Pixel = [f64; 4];

/// A layer's pixels, row by row from the top.
pub(crate) struct Raster {
    width: usize,
    pixels: Vec<Pixel>,
    /// The number of the path that has covered each pixel last.
    covered: Vec<usize>,
    paths: usize,
    /// Whether new pixels go under those that stand, as with a canvas' `destination-over`.
    pub(crate) under: bool,
}

impl Raster {
    /// An empty layer of this size.
    pub(crate) fn new((width, height): (u32, u32)) -> Self {
        let (width, height) = (width as usize, height as usize);
        let (pixels, covered) = (vec![[0.0; 4]; width * height], vec![0; width * height]);
        Self { width, pixels, covered, paths: 0, under: false }
    }

    /// The pixel at a place of the fine grid; nothing beyond the edges.
    pub(crate) fn at(&self, (x, y): (i32, i32)) -> Option<Pixel> {
        let (column, row) = (usize::try_from(x).ok()?, usize::try_from(y).ok()?);
        (column < self.width).then(|| self.pixels.get(row * self.width + column).copied())?
    }

    /// Whether the present path has not covered a place of the layer yet; it has from now on.
    fn is_new(&mut self, (x, y): (i32, i32)) -> bool {
        let (Ok(column), Ok(row)) = (usize::try_from(x), usize::try_from(y)) else { return false };
        let paths = self.paths;
        column < self.width
            && self
                .covered
                .get_mut(row * self.width + column)
                .is_some_and(|last| std::mem::replace(last, paths) != paths)
    }

    /// All pixels.
    pub(crate) fn pixels(&self) -> &[Pixel] {
        &self.pixels
    }
}

/// `top` over `below`, neither premultiplied.
pub(crate) fn over(top: Pixel, below: Pixel) -> Pixel {
    let opacity = top[3] + below[3] * (1.0 - top[3]);
    if opacity == 0.0 {
        return [0.0; 4];
    }
    let mix =
        |part: usize| (top[part] * top[3] + below[part] * below[3] * (1.0 - top[3])) / opacity;
    [mix(0), mix(1), mix(2), opacity]
}

impl DrawingBackend for &mut Raster {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (self.width as u32, (self.pixels.len() / self.width) as u32)
    }
    fn ensure_prepared(&mut self) -> Result<(), DrawingErrorKind<Infallible>> {
        Ok(())
    }
    fn present(&mut self) -> Result<(), DrawingErrorKind<Infallible>> {
        Ok(())
    }
    fn draw_pixel(
        &mut self,
        (x, y): BackendCoord,
        color: BackendColor,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let (Ok(column), Ok(row)) = (usize::try_from(x), usize::try_from(y)) else { return Ok(()) };
        let under = self.under;
        if column < self.width
            && let Some(pixel) = self.pixels.get_mut(row * self.width + column)
        {
            let (red, green, blue) = color.rgb;
            let new = [f64::from(red), f64::from(green), f64::from(blue), color.alpha];
            *pixel = if under { over(*pixel, new) } else { over(new, *pixel) };
        }
        Ok(())
    }

    /// As a canvas does it with round caps and joins: a path covers each pixel once.
    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        self.paths += 1;
        let radius = 0.5 * f64::from(style.stroke_width());
        let corners: Vec<_> = path.into_iter().map(|(x, y)| (f64::from(x), f64::from(y))).collect();
        for pair in corners.windows(2) {
            let ((ax, ay), (bx, by)) = (pair[0], pair[1]);
            let square = (bx - ax).powi(2) + (by - ay).powi(2);
            let range = |a: f64, b: f64| {
                (a.min(b) - radius).floor() as i32..=(a.max(b) + radius).ceil() as i32
            };
            for y in range(ay, by) {
                for x in range(ax, bx) {
                    let (right, down) = (f64::from(x) - ax, f64::from(y) - ay);
                    let along = if square > 0.0 {
                        ((right * (bx - ax) + down * (by - ay)) / square).clamp(0.0, 1.0)
                    } else {
                        0.0
                    };
                    let away = (right - along * (bx - ax)).hypot(down - along * (by - ay));
                    if away <= radius && self.is_new((x, y)) {
                        self.draw_pixel((x, y), style.color())?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// Contrast of two colours by WCAG 2.2: 1 to 21.
pub(crate) fn contrast(a: Pixel, b: Pixel) -> f64 {
    let light = |pixel: Pixel| {
        let linear = |channel: f64| {
            let share = channel / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(pixel[0]) + 0.7152 * linear(pixel[1]) + 0.0722 * linear(pixel[2])
    };
    let (a, b) = (light(a) + 0.05, light(b) + 0.05);
    a.max(b) / a.min(b)
}
