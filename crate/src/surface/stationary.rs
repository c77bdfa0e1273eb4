//! Stationary points: where the gradient vanishes, and what the surface is like around.

use super::AnySurface;
use crate::geometry::{Point, Vector};

/// What a surface is like around a stationary point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum StationaryKind {
    /// It rises in every direction.
    Minimum,
    /// It rises in some directions and falls in others.
    Saddle,
    /// It falls in every direction.
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
}

/// Candidates near these positions.
pub(super) fn near(positions: &[(f64, f64)]) -> Vec<Candidate> {
    positions.iter().map(|&(x, y)| Candidate::Near(Point::new(x, y))).collect()
}

/// Candidates near the whole numbers up to 8 along x and 5 along y, each at `place` of its number: as
/// far as a wide plot shows of a view that is 5 high.
pub(super) fn lattice(place: impl Fn(f64) -> f64) -> Vec<Candidate> {
    let at = |k: i32| place(f64::from(k));
    (-8..=8)
        .flat_map(|k| (-5..=5).map(move |l| (k, l)))
        .map(|(k, l)| Candidate::Near(Point::new(at(k), at(l))))
        .collect()
}

/// The stationary points that `candidates` lead to, each once.
pub(super) fn locate(surface: &dyn AnySurface, candidates: Vec<Candidate>) -> Vec<Stationary> {
    let mut found: Vec<Stationary> = Vec::new();
    for candidate in candidates {
        let stationary = match candidate {
            Candidate::Near(position) => polish(surface, position),
            Candidate::Exact(point, kind) => Some(Stationary { point, kind }),
        };
        if let Some(new) = stationary
            && found.iter().all(|old| (new.point - old.point).norm() > 1e-6)
        {
            found.push(new);
        }
    }
    found
}

/// Newton's method from `near` to the stationary point beside it, if there is one.
fn polish(surface: &dyn AnySurface, near: Point) -> Option<Stationary> {
    const ITERATIONS: usize = 60;
    let flat_along_y = surface.description().dimension == 1;
    let mut p = near;
    for _ in 0..ITERATIONS {
        let (_, g) = surface.gradient(p);
        let h = surface.hessian(p);
        let (numerator, denominator) = if flat_along_y {
            (Vector::new(-g.x, 0.0), h.xx)
        } else {
            let cramer = Vector::new(h.xy * g.y - h.yy * g.x, h.xy * g.x - h.xx * g.y);
            (cramer, h.xx * h.yy - h.xy * h.xy)
        };
        if numerator == Vector::default() || denominator == 0.0 {
            break;
        }
        let step = numerator * (1.0 / denominator);
        p = p + step;
        // Convergence is quadratic: after a step this small the rest is below rounding.
        if step.norm() <= 1e-10 * (1.0 + p.x.abs() + p.y.abs()) {
            break;
        }
    }
    let hessian = surface.hessian(p);
    let [low, high] =
        if flat_along_y { [hessian.xx; 2] } else { hessian.eigen().map(|eigen| eigen.value) };
    let kind = if low > 0.0 {
        StationaryKind::Minimum
    } else if high < 0.0 {
        StationaryKind::Maximum
    } else if low < 0.0 && high > 0.0 {
        StationaryKind::Saddle
    } else {
        return None;
    };
    let slope = surface.gradient(p).1.norm();
    let rounding = 1e-9 * (1.0 + low.abs().max(high.abs()));
    (slope <= rounding).then_some(Stationary { point: p, kind })
}
