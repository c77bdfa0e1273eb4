//! Contour levels that follow the values: fine where the surface is low, coarse on its walls.

use crate::math::geometry::{Bounds, Point};
use crate::surface::AnySurface;

/// Number of bands between the lowest and the highest level.
pub(super) const BANDS: usize = 13;

/// Values that bound the bands, and the scale on which they are evenly spaced.
#[derive(Clone, Debug, PartialEq)]
pub struct Levels {
    /// Ascending; the first is the smallest value seen.
    edges: [f64; BANDS + 1],
    /// The s of the scale.
    knee: f64,
    /// Where the highest edge stands on it.
    top: f64,
}

impl Levels {
    /// Levels for what `surface` shows within `bounds`.
    ///
    /// They are equal steps of ln(1 + (f − min)/s) where s is a low quantile of f − min: close
    /// to equal steps of f where the values fill their range evenly, logarithmic where a valley
    /// is much deeper than its walls are high.
    pub fn of(surface: &dyn AnySurface, bounds: Bounds) -> Self {
        const SIDE: usize = 48;
        let mut seen = Vec::with_capacity(SIDE * SIDE);
        for row in 0..SIDE {
            for column in 0..SIDE {
                let part = |index: usize| (index as f64 + 0.5) / SIDE as f64;
                let x = bounds.x_min + part(column) * bounds.width();
                let y = bounds.y_min + part(row) * bounds.height();
                seen.push(surface.value(Point::new(x, y)));
            }
        }
        // A deep and narrow minimum may fall between the samples.
        seen.extend(
            surface.minima().into_iter().filter(|p| bounds.contains(*p)).map(|p| surface.value(p)),
        );
        seen.retain(|value| value.is_finite());
        seen.sort_by(f64::total_cmp);
        Self::from_sorted(&seen)
    }

    fn from_sorted(seen: &[f64]) -> Self {
        let quantile = |q: f64| {
            seen.get(((seen.len().max(1) - 1) as f64 * q) as usize).copied().unwrap_or(0.0)
        };
        let (low, high) = (quantile(0.0), quantile(0.98));
        let range = if high > low { high - low } else { 1.0 };
        let knee = (quantile(0.03) - low).max(1e-6 * range);
        let top = libm::log1p(range / knee);
        let edge = |index: usize| low + knee * libm::expm1(top * index as f64 / BANDS as f64);
        Self { edges: std::array::from_fn(edge), knee, top }
    }

    /// The levels at which contour lines are drawn, between the bands.
    pub fn lines(&self) -> &[f64] {
        &self.edges[1..BANDS]
    }

    /// How high `value` stands: 0 to `BANDS`, the whole part counting full bands. What is
    /// not a number counts as highest.
    pub fn height(&self, value: f64) -> f64 {
        let band = self.edges[1..BANDS].partition_point(|level| *level <= value);
        let (low, high) = (self.edges[band], self.edges[band + 1]);
        let part = (value - low) / (high - low);
        if part.is_nan() { BANDS as f64 } else { band as f64 + part.clamp(0.0, 1.0) }
    }

    /// How high `value` stands on the levels' own smooth scale, from 0 at the lowest to 1 at the
    /// highest. What is not a number counts as highest.
    pub fn rise(&self, value: f64) -> f64 {
        let above = ((value - self.edges[0]) / self.knee).max(0.0);
        if value.is_nan() { 1.0 } else { (libm::log1p(above) / self.top).min(1.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heights_grow_with_values_and_meet_the_levels() {
        let seen: Vec<f64> = (0..1000).map(|i| (f64::from(i) / 50.0).powi(4)).collect();
        let levels = Levels::from_sorted(&seen);
        assert!(levels.edges.is_sorted());
        for (band, level) in levels.lines().iter().enumerate() {
            assert_eq!(levels.height(*level).floor() as usize, band + 1);
            let rise = levels.rise(*level) * BANDS as f64;
            assert!((rise - (band + 1) as f64).abs() < 1e-9, "{rise}");
        }
        assert_eq!(levels.height(f64::NAN), BANDS as f64);
        assert_eq!(levels.height(f64::INFINITY), BANDS as f64);
        assert_eq!(levels.height(-5.0), 0.0);
        assert_eq!([f64::NAN, f64::INFINITY, -5.0].map(|v| levels.rise(v)), [1.0, 1.0, 0.0]);
    }

    #[test]
    fn steep_values_get_logarithmic_levels_and_even_values_even_ones() {
        let even: Vec<f64> = (0..1000).map(f64::from).collect();
        let steep: Vec<f64> = even.iter().map(|v| (v / 60.0).exp()).collect();
        let growth = |seen: &[f64]| {
            let levels = Levels::from_sorted(seen).edges;
            (levels[BANDS] - levels[BANDS - 1]) / (levels[1] - levels[0])
        };
        assert!(growth(&even) < 40.0, "{}", growth(&even));
        assert!(growth(&steep) > 1000.0, "{}", growth(&steep));
    }

    #[test]
    fn a_flat_surface_has_levels_too() {
        assert!(Levels::from_sorted(&[2.0; 9]).edges.is_sorted());
        assert!(Levels::from_sorted(&[]).edges.is_sorted());
    }
}
