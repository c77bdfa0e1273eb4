//! What every layer draws on: a surface, seen from above, in profile or in space.

use super::space::{Space, Spot};
use super::theme::Theme;
use super::viewport::Viewport;
use crate::math::geometry::{Bounds, Point};
use crate::surface::AnySurface;

/// A surface with the part of it that is shown and the colours it is shown in.
#[derive(Clone, Copy, Debug)]
pub struct Stage<'a> {
    /// The surface.
    pub surface: &'a dyn AnySurface,
    /// The plot.
    pub viewport: &'a Viewport,
    /// The colours.
    pub theme: &'a Theme,
    /// The surface in space, if that is how it is seen.
    pub space: Option<&'a Space>,
}

impl Stage<'_> {
    /// Whether the surface is a curve: then x is the coordinate and y on screen is f.
    pub fn in_profile(&self) -> bool {
        in_profile(self.surface)
    }

    /// Where a ball at `p` is on screen, in the units of the viewport's bounds.
    pub fn place(&self, p: Point) -> Point {
        match self.space {
            Some(space) => self.at(space.spot(p)),
            None if self.in_profile() => Point::new(p.x, self.surface.value(p)),
            None => p,
        }
    }

    /// A spot on screen, in the units of the viewport's bounds.
    pub(super) fn at(&self, spot: Spot) -> Point {
        self.viewport.point_at(spot.x, spot.y)
    }
}

fn in_profile(surface: &dyn AnySurface) -> bool {
    surface.description().dimension == 1
}

/// The bounds to show at least so that `view` is seen: in profile the values between its left
/// and right edge, with some room above and more below, where a
/// sentence lies over the plot.
pub fn wanted(surface: &dyn AnySurface, view: Bounds) -> Bounds {
    if !in_profile(surface) {
        return view;
    }
    const SAMPLES: usize = 200;
    let at = |index: usize| view.x_min + index as f64 / SAMPLES as f64 * view.width();
    let values = (0..=SAMPLES).map(|index| surface.value(Point::new(at(index), 0.0)));
    let (low, high) = values
        .filter(|value| value.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    let (low, high) = if low < high { (low, high) } else { (-1.0, 1.0) };
    let room = 0.12 * (high - low);
    Bounds::new(view.x_min, view.x_max, low - 2.5 * room, high + room)
}
