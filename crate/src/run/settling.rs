//! When a ball has come to rest, when it is moving away, and what holds it where f still slopes:
//! one definition for runs, maps, tasks and the page.

use crate::math::geometry::{Bounds, Point, Vector};
use crate::run::Plan;

/// A schedule's share of the peak learning rate up to which the rate counts as 0.
const NO_RATE: f64 = 1e-9;

/// When a ball is at rest, for one plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settling {
    /// Gradient norm and step length must be under it.
    tolerance: f64,
    /// The first step from which on every learning rate counts as 0.
    frozen_from: Option<usize>,
}

impl Settling {
    /// The rule of a plan in whose first `own_rates` segments the peak learning rate is not the segment's
    /// but the ball's own, greater than 0; 0 for a run.
    pub fn new(plan: &Plan, own_rates: usize) -> Self {
        Self { tolerance: plan.tolerance, frozen_from: frozen_from(plan, own_rates) }
    }

    /// Whether a ball is at rest after step `step`, counted from 1: the step moved it by less
    /// than the tolerance, and where it is now, the gradient that the rule descends is smaller
    /// than the tolerance too, or the learning rate has gone to 0 and stays there. `residual` is
    /// that gradient, [`AnyOptimizer::residual`](crate::optimizer::AnyOptimizer::residual).
    ///
    /// A ball settles at the first such step. Small steps alone are not rest: a tiny learning
    /// rate crawls along a slope.
    #[inline]
    pub fn holds(&self, step: usize, residual: Vector, displacement: Vector) -> bool {
        displacement.norm() < self.tolerance
            && (residual.norm() < self.tolerance || self.is_frozen(step))
    }

    /// What holds a ball at rest where f slopes by the tolerance or more, if it does.
    pub fn held(&self, residual: Vector, gradient: Vector) -> Option<Held> {
        let small = |vector: Vector| vector.norm() < self.tolerance;
        match (small(gradient), small(residual)) {
            (true, _) => None,
            (false, true) => Some(Held::WeightDecay),
            (false, false) => Some(Held::LearningRate),
        }
    }

    /// Whether the learning rate of step `step` and of all later ones counts as 0.
    #[inline]
    pub fn is_frozen(&self, step: usize) -> bool {
        self.frozen_from.is_some_and(|first| first <= step)
    }

    /// Whether the learning rate counts as 0 from some step on.
    pub fn freezes(&self) -> bool {
        self.frozen_from.is_some()
    }
}

/// A rate counts as 0 where the segment's peak is 0, or where the schedule has let it fall to a
/// billionth of the peak or less.
fn frozen_from(plan: &Plan, own_rates: usize) -> Option<usize> {
    let mut frozen = None;
    let mut last = plan.steps;
    for (index, segment) in plan.segments.iter().enumerate().rev() {
        let no_peak = index >= own_rates && segment.lr == 0.0;
        while last > segment.from {
            if !(no_peak || segment.schedule.share(last) <= NO_RATE) {
                return frozen;
            }
            frozen = Some(last);
            last -= 1;
        }
    }
    frozen
}

/// Why a ball is at rest where f still slopes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Held {
    /// Weight decay balances the gradient of f.
    WeightDecay,
    /// The learning rate has gone to 0.
    LearningRate,
}

/// The part of the plane that a ball must have left far behind to be moving away: the surface's
/// view, wide enough to hold the start.
pub(crate) fn neighbourhood(view: Bounds, start: Point) -> Bounds {
    Bounds {
        x_min: view.x_min.min(start.x),
        x_max: view.x_max.max(start.x),
        y_min: view.y_min.min(start.y),
        y_max: view.y_max.max(start.y),
    }
}

/// How far outside `bounds` a point is along the axis along which it is farther out, in widths
/// or heights of the bounds; negative inside.
fn excess(bounds: Bounds, point: Point) -> f64 {
    let along = |at: f64, low: f64, high: f64| (low - at).max(at - high) / (high - low);
    along(point.x, bounds.x_min, bounds.x_max).max(along(point.y, bounds.y_min, bounds.y_max))
}

/// Whether a point is outside `bounds` by more than their width or height.
pub(crate) fn is_far_out(bounds: Bounds, point: Point) -> bool {
    excess(bounds, point) > 1.0
}

/// Since which row a path has been moving away: from there on it is outside `bounds` by more
/// than their width or height, for two rows at least, and on one of its last two rows it is
/// farther out than on any row before. Two rows, because a ball that diverges by swinging from
/// side to side is farther out on one side than on the other.
pub(crate) fn leaving_since(bounds: Bounds, points: &[Point]) -> Option<usize> {
    let (last, before) = match points {
        [before @ .., one, other] if is_far_out(bounds, *one) && is_far_out(bounds, *other) => {
            (excess(bounds, *one).max(excess(bounds, *other)), before)
        }
        _ => return None,
    };
    let grows = before.iter().all(|point| excess(bounds, *point) < last);
    let inside = before.iter().rposition(|point| !is_far_out(bounds, *point));
    grows.then(|| inside.map_or(0, |row| row + 1))
}
