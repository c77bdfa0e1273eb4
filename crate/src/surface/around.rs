//! What a surface is like around a point without slope, also where the Hessian cannot tell:
//! where an eigenvalue vanishes, or at a kink, the values around the point decide.

use super::polish::eigen;
use super::{AnySurface, StationaryKind};
use crate::math::geometry::{Eigen, Point, Vector};
use std::f64::consts::TAU;

/// Distances, as shares of the view, at which values are compared, from near to far. The first at
/// which they differ by more than rounding decides.
const DISTANCES: [f64; 3] = [1e-4, 1e-3, 1e-2];

/// Distance, as a share of the view, over which the Hessian of a regular point hardly changes.
const STILL: f64 = 1e-5;

/// Distance, as a share of the view, at which the values around a stationary point differ by
/// rounding alone.
const ROUNDING: f64 = 1e-9;

/// Directions in which values are compared: a multiple of 8, so that axes and diagonals are among
/// them.
const DIRECTIONS: usize = 48;

/// The surroundings of a stationary point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Surroundings {
    /// What the surface is like around it. A minimum has nothing lower around it, but perhaps
    /// equal values; likewise a maximum.
    pub(super) kind: StationaryKind,
    /// Whether it is the only one of its kind around: false on the floor of a level valley.
    pub(super) isolated: bool,
}

/// The surroundings of the stationary point `p`; `None` where the surface is level all around.
pub(super) fn surroundings(surface: &dyn AnySurface, p: Point) -> Option<Surroundings> {
    let Some([low, high]) = eigen(surface, p) else { return compared(surface, p) };
    let (weak, strong) = if low.value.abs() < high.value.abs() { (low, high) } else { (high, low) };
    // The first picture has no other surfaces than those whose Hessian can tell.
    let change = if cfg!(feature = "interactive") { change_of_hessian(surface, p) } else { 0.0 };
    if !cfg!(feature = "interactive")
        || weak.value.abs() > 2.0 * change && weak.value.abs() > 1e-6 * strong.value.abs()
    {
        let kind = if low.value > 0.0 {
            StationaryKind::Minimum
        } else if high.value < 0.0 {
            StationaryKind::Maximum
        } else {
            StationaryKind::Saddle
        };
        return Some(Surroundings { kind, isolated: true });
    }
    if strong.value == 0.0 && is_level(surface, p) {
        return None;
    }
    let on_a_line = surface.description().dimension == 1;
    if !on_a_line && strong.value.abs() > 10.0 * change && strong.value != 0.0 {
        return Some(along_the_floor(surface, p, weak.direction, strong));
    }
    compared(surface, p)
}

/// Whether there is no slope a little to each side either.
fn is_level(surface: &dyn AnySurface, p: Point) -> bool {
    let distance = STILL * extent(surface);
    [(distance, 0.0), (-distance, 0.0), (0.0, distance), (0.0, -distance)]
        .into_iter()
        .all(|(x, y)| surface.gradient(p + Vector::new(x, y)).1 == Vector::default())
}

/// How much the entries of the Hessian change over a small distance; 0 for a quadratic.
fn change_of_hessian(surface: &dyn AnySurface, p: Point) -> f64 {
    let distance = STILL * extent(surface);
    let here = surface.hessian(p);
    let aside = [Vector::new(distance, 0.0), Vector::new(0.0, distance)].map(|step| {
        let there = surface.hessian(p + step);
        let changes = [there.xx - here.xx, there.xy - here.xy, there.yy - here.yy];
        changes.into_iter().fold(0.0, |most: f64, change| most.max(change.abs()))
    });
    aside[0].max(aside[1])
}

/// With one eigenvalue that tells nothing: follows the floor of the valley, or the crest of the
/// ridge, that runs along `weak`, and compares its height on both sides.
fn along_the_floor(
    surface: &dyn AnySurface,
    p: Point,
    weak: Vector,
    strong: Eigen,
) -> Surroundings {
    let sides = [1.0, -1.0].map(|side| {
        let changes = DISTANCES.iter().filter_map(|share| {
            let along = weak * (side * share * extent(surface));
            let change = surface.value(floor(surface, p + along, strong)) - surface.value(p);
            (change.abs() > rounding(surface, p)).then_some(change)
        });
        changes.map(f64::signum).next().unwrap_or(0.0)
    });
    let upward = strong.value.signum();
    let kind = match (upward > 0.0, sides.iter().all(|side| side * upward >= 0.0)) {
        (true, true) => StationaryKind::Minimum,
        (false, true) => StationaryKind::Maximum,
        (_, false) => StationaryKind::Saddle,
    };
    Surroundings { kind, isolated: sides.iter().all(|side| *side != 0.0) }
}

/// The point without slope on the line through `p` along the direction of `strong`.
fn floor(surface: &dyn AnySurface, mut p: Point, strong: Eigen) -> Point {
    let across = strong.direction;
    for _ in 0..6 {
        let h = surface.hessian(p);
        let curvature = h.xx * across.x * across.x
            + 2.0 * h.xy * across.x * across.y
            + h.yy * across.y * across.y;
        let step = -surface.gradient(p).1.dot(across) / curvature;
        // Beyond where the floor can be followed.
        if curvature * strong.value <= 0.0 || !step.is_finite() {
            break;
        }
        p = p + across * step;
    }
    p
}

/// The surroundings by the values on circles around `p`.
pub(super) fn compared(surface: &dyn AnySurface, p: Point) -> Option<Surroundings> {
    let rounding = rounding(surface, p);
    for share in DISTANCES {
        let changes = changes(surface, p, share * extent(surface), DIRECTIONS);
        let largest = changes.iter().fold(0.0, |most: f64, change| most.max(change.abs()));
        let level = rounding + 1e-9 * largest;
        if largest <= 16.0 * level {
            continue;
        }
        let rises = changes.iter().any(|change| *change > level);
        let falls = changes.iter().any(|change| *change < -level);
        let kind = match (rises, falls) {
            (true, true) => StationaryKind::Saddle,
            (true, false) => StationaryKind::Minimum,
            (false, _) => StationaryKind::Maximum,
        };
        let isolated = changes.iter().all(|change| change.abs() > level);
        return Some(Surroundings { kind, isolated });
    }
    None
}

/// What values this close to the stationary point `p` differ by.
fn rounding(surface: &dyn AnySurface, p: Point) -> f64 {
    let noise = changes(surface, p, ROUNDING * extent(surface), 8);
    let noise = noise.into_iter().fold(0.0, |most: f64, change| most.max(change.abs()));
    4.0 * (noise + f64::EPSILON * surface.value(p).abs())
}

/// f around `p` minus f there, in evenly spread directions; without those where f is not finite.
fn changes(surface: &dyn AnySurface, p: Point, distance: f64, directions: usize) -> Vec<f64> {
    let here = surface.value(p);
    let flat_along_y = surface.description().dimension == 1;
    let count = if flat_along_y { 2 } else { directions };
    let change = |index: usize| {
        let (sin, cos) = libm::sincos(index as f64 / count as f64 * TAU);
        // On the axes exactly.
        let exact = |part: f64| if part.abs() < 1e-9 { 0.0 } else { part };
        surface.value(p + Vector::new(exact(cos), exact(sin)) * distance) - here
    };
    (0..count).map(change).filter(|change| change.is_finite()).collect()
}

/// The larger side of the view.
pub(super) fn extent(surface: &dyn AnySurface) -> f64 {
    surface.view().width().max(surface.view().height())
}
