//! What theory says of one run around the place where it comes to rest.

use super::Subject;
use crate::math::geometry::{Eigen, Point};
use crate::optimizer::Recurrence;
use crate::run::Run;
use crate::theory::curvature::curvature;
use crate::theory::is_quadratic;

/// A run's linear recurrence and where it holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Law {
    recurrence: Recurrence,
    lr: f64,
    eigen: [Eigen; 2],
    rest: Point,
    /// 1 or 2: on a one-dimensional surface both eigen-directions are the same.
    dimension: usize,
    /// The first row from which the theory holds to the end.
    pub(super) from: usize,
}

impl Law {
    /// The theory of run `index`: on a quadratic from the start, else from where the ball stays
    /// near its resting place. None where the rule is no recurrence, changes on the way or is left
    /// to chance, where it descends another function than the surface, and where the surface does not
    /// curve upward in all directions or has a kink.
    pub(super) fn of(subject: Subject<'_>, index: usize) -> Option<Self> {
        let (surface, run) = (subject.surface, &subject.runs[index]);
        let plan = subject.configuration.plan(index);
        let [segment] = &plan.segments[..] else { return None };
        let recurrence = segment.optimizer.recurrence().filter(|rule| rule.descends())?;
        let steady = run.rates().iter().all(|rate| *rate == segment.lr);
        if !steady || plan.noise.deviation > 0.0 || plan.noise.takes_batches(surface.samples()) {
            return None;
        }
        let rest = run.resting_place()?;
        let eigen = curvature(surface, rest)?;
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
        let (lr, dimension) = (segment.lr, usize::from(surface.description().dimension));
        let law = Self { recurrence, lr, eigen, rest, dimension, from };
        (from < run.last_step()).then_some(law)
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

    /// How far above its resting place the run is expected at each row from [`from`](Self::from) on:
    /// the sum over the eigen-directions of ½λ·offset², where an oscillating offset is replaced by
    /// the line through its peaks. Begins at the run's own offsets there.
    pub(super) fn losses(&self, run: &Run) -> Vec<f64> {
        let rows = run.last_step() - self.from + 1;
        let mut losses = vec![0.0; rows];
        for eigen in &self.eigen[2 - self.dimension..] {
            let offset = |row: usize| (run.points()[row] - self.rest).dot(eigen.direction);
            let mut offsets = vec![offset(self.from), offset(self.from + 1)];
            // A swing more, so that the last row is not taken for a peak.
            let period = self.recurrence.mode(self.lr, eigen.value).period.unwrap_or(0.0);
            let swing = period.min(rows as f64) as usize;
            while offsets.len() < rows + swing {
                let last = [offsets[offsets.len() - 2], offsets[offsets.len() - 1]];
                offsets.push(self.recurrence.next(self.lr, eigen.value, last));
            }
            for (loss, peak) in losses.iter_mut().zip(peaks(&offsets)) {
                *loss += 0.5 * eigen.value * peak * peak;
            }
        }
        losses
    }
}

/// The least curve above all |offsets| whose logarithm is concave: by the upper hull of their
/// logarithms, after Andrew's monotone chain. 0 from where only zeros follow.
fn peaks(offsets: &[f64]) -> Vec<f64> {
    let points = (0..).zip(offsets).map(|(row, offset)| (row, libm::log(offset.abs())));
    let mut hull: Vec<(usize, f64)> = Vec::new();
    for (row, height) in points.filter(|(_, height)| height.is_finite()) {
        while let [.., (first, low), (middle, peak)] = hull[..] {
            let share = (middle - first) as f64 / (row - first) as f64;
            if peak > low + share * (height - low) {
                break;
            }
            hull.pop();
        }
        hull.push((row, height));
    }
    let mut heights = vec![0.0; offsets.len()];
    for pair in hull.windows(2) {
        let [(from, start), (to, end)] = [pair[0], pair[1]];
        for (passed, height) in heights[from..=to].iter_mut().enumerate() {
            let share = passed as f64 / (to - from) as f64;
            *height = libm::exp(start + share * (end - start));
        }
    }
    heights
}
