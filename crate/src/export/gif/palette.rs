//! The few colours that stand for all of a picture's, by cuts at the mean: the group of colours that
//! vary most is cut in two until there are enough (after Heckbert, "Color image quantization for
//! frame buffer display", SIGGRAPH 1982, with Wan, Wong and Prusinkiewicz's choice of the group by
//! its variance, "An algorithm for multidimensional data clustering", 1988).

use std::ops::Range;

/// Red, green and blue.
type Rgb = [u8; 3];

/// How many answers are remembered: a power of two.
const REMEMBERED: usize = 1 << 14;

/// A few colours, and which of them is nearest to any other.
pub(super) struct Palette {
    colors: Vec<Rgb>,
    /// A colour and the index of its nearest, each at one place that its bits say.
    remembered: Vec<(Rgb, u8)>,
}

impl Palette {
    /// At most `most` colours, of 1 to 256, for pixels of such colours. If there are no more
    /// different ones, each is itself.
    pub(super) fn of(mut pixels: Vec<Rgb>, most: usize) -> Self {
        pixels.sort_unstable();
        let mut shades = pixels
            .chunk_by(|a, b| a == b)
            .map(|same| Shade { color: same[0], weight: (same.len() as f64).sqrt() })
            .collect::<Vec<_>>();
        drop(pixels);
        let mut groups = vec![Group::of(&shades, 0..shades.len())];
        while groups.len() < most {
            let widest =
                (0..groups.len()).max_by(|&a, &b| groups[a].error.total_cmp(&groups[b].error));
            let Some(widest) = widest.filter(|&widest| groups[widest].error > 0.0) else { break };
            let [low, high] = groups[widest].cut(&mut shades);
            groups[widest] = low;
            groups.push(high);
        }
        let mut colors = groups.iter().map(|group| group.color).collect::<Vec<_>>();
        colors.sort_unstable();
        let mut palette = Self { colors, remembered: Vec::new() };
        let black = palette.search([0; 3]);
        palette.remembered = vec![([0; 3], black); REMEMBERED];
        palette
    }

    /// The colours in order.
    pub(super) fn colors(&self) -> &[Rgb] {
        &self.colors
    }

    /// The index of the nearest colour.
    pub(super) fn nearest(&mut self, color: Rgb) -> u8 {
        let [red, green, blue] = color.map(u32::from);
        let mixed = (red << 16 | green << 8 | blue).wrapping_mul(0x9e37_79b9);
        let place = (mixed >> (32 - REMEMBERED.trailing_zeros())) as usize;
        if self.remembered[place].0 != color {
            self.remembered[place] = (color, self.search(color));
        }
        self.remembered[place].1
    }

    fn search(&self, color: Rgb) -> u8 {
        let distance = |other: &Rgb| {
            (0..3)
                .map(|axis| i32::from(other[axis]).abs_diff(i32::from(color[axis])).pow(2))
                .sum::<u32>()
        };
        let nearest = (0..self.colors.len()).min_by_key(|&index| distance(&self.colors[index]));
        nearest.unwrap_or_default() as u8
    }
}

/// A colour that occurs.
struct Shade {
    color: Rgb,
    /// The root of the number of its pixels: a thin trail counts beside a wide ground.
    weight: f64,
}

/// Shades that one colour will stand for.
struct Group {
    shades: Range<usize>,
    /// What stands for them.
    color: Rgb,
    /// The axis of the largest variance, and the mean on it.
    axis: usize,
    mean: f64,
    /// The weighted sum of squares around the mean, over all axes.
    error: f64,
}

impl Group {
    fn of(all: &[Shade], shades: Range<usize>) -> Self {
        let own = &all[shades.clone()];
        let weight = own.iter().map(|shade| shade.weight).sum::<f64>();
        let mut means = [0.0; 3];
        let mut errors = [0.0; 3];
        for axis in 0..3 {
            let sum =
                own.iter().map(|shade| shade.weight * f64::from(shade.color[axis])).sum::<f64>();
            means[axis] = sum / weight.max(1.0);
            errors[axis] = own
                .iter()
                .map(|shade| shade.weight * (f64::from(shade.color[axis]) - means[axis]).powi(2))
                .sum();
        }
        let axis = (0..3).max_by(|&a, &b| errors[a].total_cmp(&errors[b])).unwrap_or_default();
        // A colour that most are of keeps its own bits.
        let main = own.iter().max_by(|a, b| a.weight.total_cmp(&b.weight));
        let color = main
            .filter(|main| 2.0 * main.weight > weight)
            .map_or(means.map(|mean| mean.round() as u8), |main| main.color);
        // A single colour has none, whatever is rounded.
        let error = if own.len() > 1 { errors.iter().sum() } else { 0.0 };
        Self { shades, color, axis, mean: means[axis], error }
    }

    /// The halves below and above the mean; neither is empty.
    fn cut(&self, all: &mut [Shade]) -> [Self; 2] {
        let own = &mut all[self.shades.clone()];
        own.sort_unstable_by_key(|shade| shade.color[self.axis]);
        let low = own.partition_point(|shade| f64::from(shade.color[self.axis]) <= self.mean);
        let middle = self.shades.start + low.clamp(1, own.len() - 1);
        [Self::of(all, self.shades.start..middle), Self::of(all, middle..self.shades.end)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_colours_are_all_kept() {
        let colors = (0..255).map(|i| [i, 255 - i, i / 2]).collect::<Vec<Rgb>>();
        let twice = [colors.clone(), colors.clone()].concat();
        let mut palette = Palette::of(twice, 255);
        assert_eq!(palette.colors().len(), 255);
        for color in colors {
            let index = palette.nearest(color);
            assert_eq!(palette.colors()[usize::from(index)], color);
        }
    }

    #[test]
    fn a_thin_trail_keeps_its_colour_on_a_wide_ground() {
        const TRAIL: Rgb = [213, 94, 0];
        let ground = (0..200_000_u32).map(|i| {
            let step = (i % 400) as f64 / 400.0;
            [150.0 + 97.0 * step, 172.0 + 75.0 * step, 190.0 + 55.0 * step].map(|part| part as u8)
        });
        let edge = (1..50_u32).map(|i| [213 - i as u8, 94 + i as u8, 3 * i as u8]);
        let trail = [TRAIL; 150];
        let mut palette = Palette::of(ground.clone().chain(edge).chain(trail).collect(), 64);
        assert_eq!(palette.colors().len(), 64);
        let index = palette.nearest(TRAIL);
        let found = palette.colors()[usize::from(index)];
        assert!((0..3).all(|axis| found[axis].abs_diff(TRAIL[axis]) < 12), "{found:?}");
        for color in ground.take(400) {
            let near = palette.nearest(color);
            let near = palette.colors()[usize::from(near)];
            assert!((0..3).all(|axis| near[axis].abs_diff(color[axis]) < 6), "{near:?} {color:?}");
        }
    }

    #[test]
    fn what_is_remembered_is_what_is_nearest() {
        let mut palette = Palette::of((0..16).map(|i| [17 * i, 255 - 17 * i, 100]).collect(), 16);
        for round in 0..2 {
            for color in 0..100_000_u32 {
                let [_, red, green, blue] = color.wrapping_mul(0x0101_6b35).to_be_bytes();
                let color = [red, green, blue];
                assert_eq!(palette.nearest(color), palette.search(color), "{color:?}, {round}");
            }
        }
    }

    #[test]
    fn no_pixels_are_one_colour() {
        assert_eq!(Palette::of(Vec::new(), 255).colors(), [[0; 3]]);
        assert_eq!(Palette::of(vec![[1, 2, 3]; 9], 1).colors(), [[1, 2, 3]]);
    }
}
