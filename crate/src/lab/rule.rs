//! The rule of one run with the numbers of the present step in it.

use super::Lab;
use crate::study::rule_trace::{Line, RuleTrace};

/// Steps carried out in one call, a few milliseconds of work.
const SLICE: usize = 4096;

/// The rule that is shown, and of what it was made.
#[derive(Debug)]
pub(super) struct RuleView {
    run: usize,
    revision: u64,
    trace: RuleTrace,
}

impl Lab {
    /// The lines of a run's rule at the step that led to the present row; `None` while there is
    /// still a long way to carry out, which every call shortens, or where there is no such run.
    pub fn rule(&mut self, run: usize) -> Option<Vec<Line>> {
        let choice = self.configuration.runs.get(run)?;
        let path = self.runs.get(run)?;
        let revision = self.revision;
        if !matches!(&self.shown, Some(shown) if (shown.run, shown.revision) == (run, revision)) {
            let noise = &self.configuration.noise;
            let drawn = noise.takes_batches(self.surface.samples());
            let line = self.surface.description().dimension == 1;
            let trace = RuleTrace::new(choice, line, noise.deviation != 0.0 || drawn)?;
            self.shown = Some(RuleView { run, revision, trace });
        }
        let step = (self.time as usize).min(path.last_step());
        let trace = &mut self.shown.as_mut()?.trace;
        trace.go(path, step.saturating_sub(1), SLICE).then(|| trace.lines(path, step))
    }
}
