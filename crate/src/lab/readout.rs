//! The numbers of the present moment, as one array.

use super::Lab;
use crate::math::geometry::{Point, Vector};
use crate::run::Status;
use crate::run::measure::Outcome;

/// Numbers before the first run in the readout, and numbers for each run.
const HEAD: usize = 8;
const PER_RUN: usize = 16;

/// Length of the readout in numbers.
pub const READOUT: usize = HEAD + PER_RUN * crate::configuration::MAX_RUNS;

impl Lab {
    /// Writes the numbers of the present moment.
    ///
    /// The head: time in steps, length of the paths in steps, 1 while playing, number of runs,
    /// four unused. Then, for each run, 16 numbers at its present whole step: x, y, loss, norm of
    /// the gradient, last displacement along x and y, status of the whole path (0 running,
    /// 1 converged, 2 diverged, 3 leaving, 4 undefined), step of that status or NaN, 1 if that step
    /// has been reached, overshoots so far along the flattest and the steepest direction, x and y at
    /// the step of the status or NaN, the [`Outcome`] by its number, 1 if the ball settled before
    /// and has moved on, one unused.
    pub fn read_out(&self, out: &mut [f64; READOUT]) {
        out[..4].copy_from_slice(&[
            self.time,
            self.end(),
            f64::from(u8::from(self.playing)),
            self.runs.len() as f64,
        ]);
        for (run, slots) in self.runs.iter().zip(out[HEAD..].chunks_exact_mut(PER_RUN)) {
            let row = (self.time as usize).min(run.last_step());
            let point = run.points()[row];
            let velocity =
                row.checked_sub(1).map_or(Vector::default(), |before| point - run.points()[before]);
            let at = |step: usize| run.points()[step.min(run.last_step())];
            let nowhere = Point::new(f64::NAN, f64::NAN);
            let status = match run.status() {
                Status::Running => 0.0,
                Status::Converged(_) => 1.0,
                Status::Diverged(_) => 2.0,
                Status::Leaving(_) => 3.0,
                Status::Undefined(_) => 4.0,
            };
            let step = run.status().step().map_or(f64::NAN, |step| step as f64);
            let end = run.status().step().map_or(nowhere, at);
            let [flattest, steepest] = run.overshoots()[row];
            slots[..15].copy_from_slice(&[
                point.x,
                point.y,
                run.losses()[row],
                run.gradients()[row].norm(),
                velocity.x,
                velocity.y,
                status,
                step,
                f64::from(u8::from(self.time >= step)),
                f64::from(flattest),
                f64::from(steepest),
                end.x,
                end.y,
                f64::from(Outcome::of(run) as u8),
                f64::from(u8::from(run.has_moved_on(row))),
            ]);
        }
    }
}
