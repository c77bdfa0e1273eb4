//! What theory says of one run around the place where it comes to rest.

use super::Subject;
use crate::geometry::{Eigen, Point};
use crate::optimizer::Recurrence;
use crate::theory::{directions, is_quadratic};

/// A run's linear recurrence and where it holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Law {
    recurrence: Recurrence,
    lr: f64,
    eigen: [Eigen; 2],
    /// The first row from which the theory holds to the end.
    pub(super) from: usize,
}

impl Law {
    /// The theory of run `index`: on a quadratic from the start, else from where the ball stays
    /// near its resting place. None where the rule is no recurrence, changes on the way or is left
    /// to chance, or where the surface does not curve upward in all directions.
    pub(super) fn of(subject: Subject<'_>, index: usize) -> Option<Self> {
        let (surface, run) = (subject.surface, &subject.runs[index]);
        let plan = subject.configuration.plan(index);
        let [leg] = &plan.legs[..] else { return None };
        let recurrence = leg.optimizer.recurrence()?;
        let steady = run.rates().iter().all(|rate| *rate == leg.lr);
        if !steady || plan.noise.deviation > 0.0 || plan.noise.takes_batches(surface.samples()) {
            return None;
        }
        let rest = run.resting_place()?;
        let eigen = directions(surface, rest);
        if eigen.iter().any(|eigen| eigen.value <= 0.0) {
            return None;
        }
        /// Distance, as a share of the view, within which a surface is nearly quadratic.
        const NEAR: f64 = 0.02;
        let from = if is_quadratic(surface) {
            0
        } else {
            let reach = NEAR * surface.view().width().max(surface.view().height());
            let far = |p: &Point| (*p - rest).norm() > reach;
            run.points().iter().rposition(far).map_or(0, |row| row + 1)
        };
        (from < run.last_step()).then_some(Self { recurrence, lr: leg.lr, eigen, from })
    }

    /// The factor by which a step shrinks the distance in the long run.
    pub(super) fn rate(&self) -> f64 {
        self.rate_along(0).max(self.rate_along(1))
    }

    /// The same along one eigen-direction, counted from the flattest.
    pub(super) fn rate_along(&self, axis: usize) -> f64 {
        self.recurrence.mode(self.lr, self.eigen[axis].value).rate
    }

    /// The amplitude of a swing along one eigen-direction, from its offsets at row
    /// [`from`](Self::from) and the next.
    pub(super) fn amplitude(&self, axis: usize, offsets: [f64; 2]) -> Option<f64> {
        self.recurrence.amplitude(self.lr, self.eigen[axis].value, offsets)
    }
}
