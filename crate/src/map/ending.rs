//! Why a ball's path ends at a row: the one decision of all maps, the same as that of
//! [`Run`](crate::run::Run).

use super::ball_batch::{Ball, BallOutcome, Ending};
use crate::math::geometry::{Point, Vector};
use crate::math::lockstep::Limits;
use crate::optimizer::AnyOptimizer;
use crate::run::settling::Settling;
use crate::surface::AnySurface;

/// When balls stop that move by the same settings.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stop<'a> {
    pub(super) limits: Limits,
    /// The rule of the last step.
    pub(super) rule: &'a dyn AnyOptimizer,
    pub(super) settling: Settling,
}

/// Where a ball is after so many steps.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) place: Point,
    /// Where it was before the last step; not a number before the first.
    pub(super) before: Point,
    /// The gradient of the surface at the place.
    pub(super) slope: Vector,
    /// Steps made.
    pub(super) made: usize,
}

impl Stop<'_> {
    /// Why the path ends at this row, if it does.
    pub(super) fn ending(&self, surface: &dyn AnySurface, row: &Row) -> Option<Ending> {
        let Row { place, before, slope, made } = *row;
        if !place.is_within(self.limits.far) {
            return Some(row.outside(surface));
        }
        if !slope.is_finite() {
            return Some(Ending::Undefined);
        }
        let residual = self.rule.residual(place, slope);
        let rests = made > 0 && self.settling.holds(made, residual, place - before);
        rests.then_some(Ending::Quiet)
    }
}

impl Row {
    /// Why the path of a ball ends whose place is not within bounds.
    pub(super) fn outside(&self, surface: &dyn AnySurface) -> Ending {
        let Self { place, before, .. } = *self;
        // A gradient that is not finite, at the ball or where its rule takes it, leads nowhere.
        let lost = place.x.is_nan() || place.y.is_nan();
        let undefined = || before.is_within(f64::MAX) && !surface.gradient(before).1.is_finite();
        if lost || undefined() { Ending::Lost } else { Ending::Diverged }
    }

    /// What became of a ball whose path ends here.
    pub(super) fn outcome(&self, ball: Ball, ending: Ending, overshoots: u32) -> BallOutcome {
        let Self { place, before, made, .. } = *self;
        let (ending, end, steps) = match ending {
            // The last step led nowhere.
            Ending::Lost => (Ending::Undefined, before, made.saturating_sub(1)),
            ending => (ending, place, made),
        };
        BallOutcome { ball, end, before, steps, ending, overshoots }
    }
}
