//! Around which place the theory of a run holds.

use crate::math::geometry::{Hessian, Point, Vector};
use crate::optimizer::Recurrence;
use crate::run::{Run, Status};
use crate::surface::{AnySurface, StationaryKind};

/// Distance, as a share of the view, within which a run has reached a place.
const NEAR: f64 = 0.02;

/// Where a ball comes to rest, or would.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Centre {
    /// The minimum of what the rule descends: of the surface, or with weight decay of the sum of
    /// both, or where the rule climbs of the surface turned over.
    pub point: Point,
    /// Whether the run ends there; else it is the nearest one to its end, or to its start if it
    /// left for good.
    pub reached: bool,
}

impl Centre {
    /// The centre of a run whose rule has this recurrence; `None` where no minimum is known.
    pub fn of(surface: &dyn AnySurface, run: &Run, recurrence: Recurrence) -> Option<Self> {
        let left = matches!(run.status(), Status::Diverged(_));
        let from = if left { run.points()[0] } else { run.end() };
        let point = if recurrence.descends() {
            run.resting_place()?
        } else {
            minimum(surface, recurrence, from)?
        };
        let view = surface.view();
        let reach = NEAR * view.width().max(view.height());
        Some(Self { point, reached: !left && (from - point).norm() <= reach })
    }
}

/// The minimum of what the rule descends near `from`: by Newton's method from there, else from the
/// surface's own stationary points, of which the nearest result counts.
fn minimum(surface: &dyn AnySurface, recurrence: Recurrence, from: Point) -> Option<Point> {
    let near = |start: Point| newton(surface, recurrence, start);
    let nearest = || {
        let kind =
            if recurrence.sign < 0.0 { StationaryKind::Maximum } else { StationaryKind::Minimum };
        let stationary = surface.stationary().into_iter().filter(|found| found.kind == kind);
        let found = stationary.filter_map(|found| near(found.point));
        found.min_by(|a, b| (*a - from).norm().total_cmp(&(*b - from).norm()))
    };
    near(from).or_else(nearest)
}

/// Newton's method; `None` unless it arrives at a minimum with curvature in all directions.
fn newton(surface: &dyn AnySurface, recurrence: Recurrence, start: Point) -> Option<Point> {
    const STEPS: usize = 60;
    let line = surface.description().dimension == 1;
    let mut p = start;
    for _ in 0..STEPS {
        let (sign, decay) = (recurrence.sign, recurrence.decay);
        let slope = surface.gradient(p).1;
        let g = Vector::new(sign * slope.x + decay * p.x, sign * slope.y + decay * p.y);
        let h = surface.hessian(p);
        let h = Hessian { xx: sign * h.xx + decay, xy: sign * h.xy, yy: sign * h.yy + decay };
        let (step, convex) = if line {
            (Vector::new(-g.x / h.xx, 0.0), h.xx > 0.0)
        } else {
            let determinant = h.xx * h.yy - h.xy * h.xy;
            let cramer = Vector::new(h.xy * g.y - h.yy * g.x, h.xy * g.x - h.xx * g.y);
            (cramer * (1.0 / determinant), h.xx > 0.0 && determinant > 0.0)
        };
        if !(step.x.is_finite() && step.y.is_finite()) {
            return None;
        }
        p = p + step;
        if step.norm() <= 1e-10 * (1.0 + p.x.abs() + p.y.abs()) {
            return convex.then_some(p);
        }
    }
    None
}
