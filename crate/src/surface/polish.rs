//! Newton's method: from a position near a stationary point to the point itself.

use super::AnySurface;
use crate::math::geometry::{Eigen, Point, Vector};

/// Iterations after which a search is given up.
const ITERATIONS: usize = 60;

/// Determinants below this share of the largest entry squared count as 0.
const SINGULAR: f64 = 1e-9;

/// How a search uses the Hessian.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Steps {
    /// The whole matrix, wherever it can be inverted.
    Whole,
    /// Only its larger eigenvalue: across a valley to its floor, without moving along it.
    Across,
}

/// The stationary point that is reached from `near`, if there is one at most `within` away from
/// it; each iteration is counted in `work`.
pub(super) fn polish(
    surface: &dyn AnySurface,
    near: Point,
    within: f64,
    steps: Steps,
    work: &mut usize,
) -> Option<Point> {
    let mut p = near;
    let mut before = Vector::default();
    for iteration in 0..ITERATIONS {
        *work += 1;
        let (_, g) = surface.gradient(p);
        if g == Vector::default() {
            return Some(p);
        }
        let mut step = newton_step(surface, p, g, steps)?;
        // At a multiple root the steps shrink by a constant ratio: their sum is geometric.
        let ratio = step.norm() / before.norm();
        let aligned = step.dot(before) > 0.99 * step.norm() * before.norm();
        before = step;
        if cfg!(feature = "interactive") && iteration > 3 && aligned && (0.4..0.99).contains(&ratio)
        {
            step = step * (1.0 / (1.0 - ratio));
            before = Vector::default();
        }
        p = p + step;
        let distance = (p - near).norm();
        if distance.is_nan() || distance > within {
            return None;
        }
        // Convergence is quadratic: after a step this small the rest is below rounding.
        if step.norm() <= 1e-10 * (1.0 + p.x.abs() + p.y.abs()) {
            let slope = surface.gradient(p).1.norm();
            let [low, high] = eigen(surface, p)?;
            let steepest = low.value.abs().max(high.value.abs());
            return (slope <= 1e-9 * (1.0 + steepest)).then_some(p);
        }
    }
    None
}

/// The eigenvalues and eigenvectors at `p` that matter: on a line twice those along x.
///
/// `None` where the second derivatives are not finite.
pub(super) fn eigen(surface: &dyn AnySurface, p: Point) -> Option<[Eigen; 2]> {
    let hessian = surface.hessian(p);
    if surface.description().dimension == 1 {
        let along = Eigen { value: hessian.xx, direction: Vector::new(1.0, 0.0) };
        return hessian.xx.is_finite().then_some([along; 2]);
    }
    let finite = (hessian.xx + hessian.xy + hessian.yy).is_finite();
    finite.then(|| hessian.eigen())
}

/// The step from `p`, where the gradient is `g`; `None` where there is no curvature.
fn newton_step(surface: &dyn AnySurface, p: Point, g: Vector, steps: Steps) -> Option<Vector> {
    let h = surface.hessian(p);
    if surface.description().dimension == 1 {
        return (h.xx != 0.0).then(|| Vector::new(-g.x, 0.0) * (1.0 / h.xx));
    }
    let determinant = h.xx * h.yy - h.xy * h.xy;
    let largest = h.xx.abs().max(h.yy.abs()).max(h.xy.abs());
    let invertible = determinant.abs() > SINGULAR * largest * largest;
    // The first picture's surface is a quadratic.
    if !cfg!(feature = "interactive") || (steps == Steps::Whole && invertible) {
        let cramer = Vector::new(h.xy * g.y - h.yy * g.x, h.xy * g.x - h.xx * g.y);
        return Some(cramer * (1.0 / determinant));
    }
    let [low, high] = eigen(surface, p)?;
    let Eigen { value, direction } = if low.value.abs() > high.value.abs() { low } else { high };
    (value != 0.0).then(|| direction * (-g.dot(direction) / value))
}
