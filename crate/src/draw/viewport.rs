//! From the parameter plane to the canvas, finely.
//!
//! Plotters counts in whole pixels, on which a slow ball jumps and a thin trail has stairs. The
//! pictures are therefore drawn on a grid [`FINE`] times finer than the canvas' own pixels, and
//! the canvas is scaled down by the same factor.

use crate::math::geometry::{Bounds, Point, Vector};
use plotters::chart::{ChartBuilder, ChartContext};
use plotters::coord::Shift;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::prelude::DrawingBackend;

/// Grid units in one pixel of the canvas.
pub const FINE: u32 = 8;

/// What a drawing function returns.
pub type Drawn<DB> = Result<(), DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

/// A chart over the parameter plane.
pub(super) type Chart<'a, DB> = ChartContext<'a, DB, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// Size of the plot and the part of the plane it shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewport {
    /// Width in CSS pixels, at least 1.
    pub width: f64,
    /// Height in CSS pixels, at least 1.
    pub height: f64,
    /// Canvas pixels to a CSS pixel.
    pub ratio: f64,
    /// The part of the plane shown, with the plot's own aspect.
    pub bounds: Bounds,
}

impl Viewport {
    /// A plot of this size that shows at least `wanted`; sizes that make no sense are mended.
    ///
    /// With `round`, both axes have one scale, so that circles stay circles; else the bounds are
    /// as wanted.
    pub fn new(width: f64, height: f64, ratio: f64, wanted: Bounds, round: bool) -> Self {
        let sensible = |value: f64, low: f64, high: f64| {
            if value.is_finite() { value.clamp(low, high) } else { low }
        };
        let (width, height) = (sensible(width, 1.0, 8192.0), sensible(height, 1.0, 8192.0));
        // Larger backing stores than this are refused by some browsers.
        let ratio = sensible(ratio, 0.5, 8.0).min(8192.0 / width.max(height));
        let bounds = if round { wanted.with_aspect(width / height) } else { wanted };
        Self { width, height, ratio, bounds }
    }

    /// Width and height of the canvas' backing store.
    pub fn canvas_size(&self) -> (u32, u32) {
        let pixels = |css: f64| (css * self.ratio).round().max(1.0) as u32;
        (pixels(self.width), pixels(self.height))
    }

    /// Width and height of the fine grid.
    pub fn fine_size(&self) -> (u32, u32) {
        let (width, height) = self.canvas_size();
        (width * FINE, height * FINE)
    }

    /// `css` CSS pixels in units of the fine grid, at least one.
    pub fn fine(&self, css: f64) -> u32 {
        (css * self.ratio * f64::from(FINE)).round().max(1.0) as u32
    }

    /// The point under (x, y), in CSS pixels from the plot's top left.
    pub fn point_at(&self, x: f64, y: f64) -> Point {
        let Bounds { x_min, y_max, .. } = self.bounds;
        Point::new(
            x_min + x / self.width * self.bounds.width(),
            y_max - y / self.height * self.bounds.height(),
        )
    }

    /// Where `point` is, in CSS pixels from the plot's top left.
    pub fn pixel(&self, point: Point) -> (f64, f64) {
        let Bounds { x_min, y_max, .. } = self.bounds;
        (
            (point.x - x_min) / self.bounds.width() * self.width,
            (y_max - point.y) / self.bounds.height() * self.height,
        )
    }

    /// CSS pixels in one unit along x and along y.
    pub fn scale(&self) -> Vector {
        Vector::new(self.width / self.bounds.width(), self.height / self.bounds.height())
    }

    /// Distance from `a` to `b` in CSS pixels.
    pub fn distance(&self, a: Point, b: Point) -> f64 {
        let (v, scale) = (b - a, self.scale());
        Vector::new(v.x * scale.x, v.y * scale.y).norm()
    }

    /// A chart that fills `area` and shows the bounds.
    ///
    /// # Errors
    /// Whatever the backend reports.
    pub(super) fn chart<'a, DB: DrawingBackend>(
        &self,
        area: &'a DrawingArea<DB, Shift>,
    ) -> Result<Chart<'a, DB>, DrawingAreaErrorKind<DB::ErrorType>> {
        let Bounds { x_min, x_max, y_min, y_max } = self.bounds;
        ChartBuilder::on(area).build_cartesian_2d(x_min..x_max, y_min..y_max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_and_points_are_inverse() {
        let viewport = Viewport::new(800.0, 500.0, 2.0, Bounds::new(-3.0, 3.0, -3.0, 3.0), true);
        let point = Point::new(0.7, -1.9);
        let (x, y) = viewport.pixel(point);
        let back = viewport.point_at(x, y);
        assert!((back - point).norm() < 1e-12);
        assert_eq!(viewport.canvas_size(), (1600, 1000));
    }

    #[test]
    fn senseless_sizes_are_mended() {
        let viewport = Viewport::new(f64::NAN, 0.0, -1.0, Bounds::new(0.0, 1.0, 0.0, 1.0), true);
        assert_eq!((viewport.width, viewport.height, viewport.ratio), (1.0, 1.0, 0.5));
    }
}
