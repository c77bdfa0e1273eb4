//! Minima at kinks, where the gradient does not vanish: found by values alone.

use super::around::extent;
use super::{AnySurface, Stationary, StationaryKind};
use crate::math::geometry::{Point, Vector};
use std::f64::consts::TAU;

/// The search ends when its steps are shorter than this share of the view.
const PRECISION: f64 = 1e-9;

/// The most steps of one search.
const STEPS: usize = 100;

/// Distances, as shares of the view, at which nothing around a minimum may be lower.
const DISTANCES: [f64; 2] = [1e-5, 1e-3];

/// The minimum that a search for lower values meets at most `distance` from `near`.
///
/// Compass search (Kolda, Lewis & Torczon, SIAM Review 45, 2003): steps in eight directions, half
/// as long whenever none of them leads lower. It may stop on the slope of a sharp valley, so that
/// the values all around decide.
pub(super) fn minimum(surface: &dyn AnySurface, near: Point, distance: f64) -> Option<Stationary> {
    let mut p = near;
    let mut length = 0.5 * distance;
    for _ in 0..STEPS {
        let lower = directions(8).map(|direction| p + direction * length);
        let value = |p: &Point| surface.value(*p);
        match lower.min_by(|a, b| value(a).total_cmp(&value(b))) {
            Some(next) if value(&next) < value(&p) => p = next,
            _ => length *= 0.5,
        }
        if (p - near).norm() > distance {
            return None;
        }
        if length < PRECISION * extent(surface) {
            break;
        }
    }
    // Kinks are mostly at round numbers.
    let round = |x: f64| (x * 1e5).round() / 1e5;
    let rounded = Point::new(round(p.x), round(p.y));
    if surface.value(rounded) <= surface.value(p) {
        p = rounded;
    }
    let here = surface.value(p);
    let is_lowest = DISTANCES.iter().all(|share| {
        let changes: Vec<f64> = directions(48)
            .map(|direction| surface.value(p + direction * (share * extent(surface))) - here)
            .filter(|change| change.is_finite())
            .collect();
        let largest = changes.iter().fold(0.0, |most: f64, change| most.max(change.abs()));
        largest > 0.0 && changes.iter().all(|change| *change >= -1e-6 * largest)
    });
    let minimum = Stationary { point: p, kind: StationaryKind::Minimum };
    (here.is_finite() && is_lowest).then_some(minimum)
}

/// So many unit vectors, evenly spread.
fn directions(count: usize) -> impl Iterator<Item = Vector> {
    (0..count).map(move |index| {
        let (sin, cos) = libm::sincos(index as f64 / count as f64 * TAU);
        Vector::new(cos, sin)
    })
}
