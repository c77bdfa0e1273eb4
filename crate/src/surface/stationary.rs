//! Stationary points: where the gradient vanishes, and what the surface is like around.

use super::AnySurface;
use super::around::{Surroundings, extent, surroundings};
use super::kink::minimum;
use super::polish::{Steps, polish};
use crate::math::geometry::Point;

/// What a surface is like around a stationary point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum StationaryKind {
    /// It falls in no direction.
    Minimum,
    /// It rises in some directions and falls in others.
    Saddle,
    /// It rises in no direction.
    Maximum,
}

/// A point without slope.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stationary {
    /// Where it is.
    pub point: Point,
    /// What the surface is like around it.
    pub kind: StationaryKind,
}

/// A stationary point as the author of a surface gives it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Candidate {
    /// A position near one: Newton's method finds it and the Hessian says its kind. Dropped where
    /// the present parameters leave none.
    Near(Point),
    /// Exactly this point, of a kind that the Hessian cannot tell: it vanishes or does not exist.
    Exact(Point, StationaryKind),
    /// A point of a grid near which there may be one.
    Within {
        /// The point.
        near: Point,
        /// How far away at most.
        distance: f64,
        /// Whether it is the lowest of the grid's points around: where the slope does not vanish
        /// there is a minimum at a kink then.
        lowest: bool,
    },
}

/// Candidates near these positions.
pub(super) fn near(positions: &[(f64, f64)]) -> Vec<Candidate> {
    positions.iter().map(|&(x, y)| Candidate::Near(Point::new(x, y))).collect()
}

/// The pairs of whole and half numbers up to 8.5 along x and 5.5 along y, those of whole numbers
/// first: as far as a wide plot shows of a view that is 5 high.
pub(super) fn lattice() -> impl Iterator<Item = [f64; 2]> {
    let pairs = (-17..=17).flat_map(|k| (-11..=11).map(move |l| [k, l]));
    let (whole, others): (Vec<[i32; 2]>, Vec<_>) =
        pairs.partition(|pair| pair.iter().all(|k| k % 2 == 0));
    whole.into_iter().chain(others).map(|pair| pair.map(|k| 0.5 * f64::from(k)))
}

/// Iterations of Newton's method that the search from the points of a grid may take in all, and
/// how many of these points are looked at for a kink.
const WORK: usize = 3000;
const KINKS: usize = 10;

/// Distance, as a share of the view, between the marked points of a valley whose floor is level:
/// they stand for all of it.
const APART: f64 = 0.15;

/// The stationary points that `candidates` lead to, each once.
pub(super) fn locate(surface: &dyn AnySurface, candidates: Vec<Candidate>) -> Vec<Stationary> {
    let mut found: Vec<Stationary> = Vec::new();
    let (mut work, mut kinks) = (0, 0);
    for candidate in candidates {
        let (new, isolated) = match candidate {
            Candidate::Exact(point, kind) => (Some(Stationary { point, kind }), true),
            Candidate::Near(near) => {
                let point = polish(surface, near, f64::INFINITY, Steps::Whole, &mut 0);
                described(surface, point)
            }
            Candidate::Within { near, distance, lowest }
                if cfg!(feature = "interactive") && work < WORK =>
            {
                let point = polish(surface, near, distance, Steps::Whole, &mut work);
                let known = |p: Point| found.iter().any(|old| (old.point - p).norm() <= 1e-6);
                if point.is_some_and(known) {
                    continue;
                }
                let found = described(surface, point);
                if found.0.is_none() && lowest && kinks < KINKS {
                    kinks += 1;
                    (minimum(surface, near, distance), true)
                } else {
                    found
                }
            }
            Candidate::Within { .. } => (None, true),
        };
        let apart = if isolated { 1e-6 } else { APART * extent(surface) };
        if let Some(new) = new
            && found.iter().all(|old| (new.point - old.point).norm() > apart)
        {
            found.push(new);
        }
    }
    found
}

/// The stationary point at most `distance` from `near`, with its kind: also one that is not in
/// the surface's list. Without curvature along a valley, the nearest point of its floor.
pub fn stationary_near(surface: &dyn AnySurface, near: Point, distance: f64) -> Option<Stationary> {
    let search = |steps| polish(surface, near, distance, steps, &mut 0);
    let point = search(Steps::Whole).or_else(|| search(Steps::Across));
    described(surface, point).0
}

/// A point without slope with its kind, and whether it is the only one of its kind around.
fn described(surface: &dyn AnySurface, point: Option<Point>) -> (Option<Stationary>, bool) {
    let around = point.and_then(|point| Some((point, surroundings(surface, point)?)));
    let stationary = around.map(|(point, Surroundings { kind, .. })| Stationary { point, kind });
    (stationary, around.is_none_or(|(_, around)| around.isolated))
}
