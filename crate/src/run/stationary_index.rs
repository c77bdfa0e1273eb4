//! Which stationary point of a surface a ball at rest is at.

use crate::math::geometry::Point;
use crate::surface::{AnySurface, StationaryKind};

/// Distance, as a share of the view, within which a ball is at a stationary point.
const NEAR: f64 = 0.02;

/// Where a ball rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the minimum of this index in the surface's list.
    Minimum(usize),
    /// On a saddle or a maximum.
    Saddle,
    /// In a minimum that is not in that list, e.g. on the floor of a level valley.
    Unlisted,
    /// Where the surface is flat, far from any stationary point.
    Plateau,
}

/// The stationary points of a surface.
#[derive(Clone, Debug)]
pub struct StationaryIndex {
    minima: Vec<Point>,
    others: Vec<Point>,
    reach: f64,
}

impl StationaryIndex {
    /// Those of `surface`.
    pub fn of(surface: &dyn AnySurface) -> Self {
        let view = surface.view();
        let reach = NEAR * view.width().max(view.height());
        let minimum = |kind: StationaryKind| kind == StationaryKind::Minimum;
        let (minima, others): (Vec<_>, Vec<_>) =
            surface.stationary().into_iter().partition(|found| minimum(found.kind));
        let [minima, others] =
            [minima, others].map(|found| found.into_iter().map(|found| found.point).collect());
        Self { minima, others, reach }
    }

    /// The surface's minima, in its order.
    pub fn minima(&self) -> &[Point] {
        &self.minima
    }

    /// The distance within which a ball is at a stationary point.
    pub fn reach(&self) -> f64 {
        self.reach
    }

    /// Where a ball at rest at `point` is: at the nearest stationary point within reach.
    pub fn at(&self, point: Point) -> Place {
        let limit = self.reach * self.reach;
        let within = |points| nearest(points, point).filter(|(_, square)| *square < limit);
        match (within(&self.minima), within(&self.others)) {
            (Some((_, near)), Some((_, nearer))) if nearer < near => Place::Saddle,
            (Some((index, _)), _) => Place::Minimum(index),
            (None, Some(_)) => Place::Saddle,
            (None, None) => Place::Plateau,
        }
    }
}

/// The index of the point nearest to `to`, with the square of its distance.
pub fn nearest(points: &[Point], to: Point) -> Option<(usize, f64)> {
    // Without branches, which nobody could foretell: the bits of numbers that are not negative are
    // in the order of the numbers.
    let (mut index, mut least) = (None, u64::MAX);
    for (candidate, point) in points.iter().enumerate() {
        let square = (*point - to).dot(*point - to).to_bits();
        let nearer = square < least;
        index = if nearer { Some(candidate) } else { index };
        least = if nearer { square } else { least };
    }
    index.map(|index| (index, f64::from_bits(least)))
}
