//! What is computed from a configuration beside the runs of the page.

pub mod noise_ensemble;
pub mod rule_trace;
pub mod simulate;
pub mod simulation;
pub mod sweep;

use crate::optimizer::Entry;
use crate::parameter::Settings;
use crate::run::Run;
use crate::run::centre::Centre;
use crate::surface::AnySurface;
use crate::theory::momentum_family::Theory;

/// The theory of a rule around the place where `run` rests or would: its [`Centre`], or its start
/// where no minimum is known. `None` where the rule is no momentum recurrence, and where the
/// surface has no curvature there.
fn theory_around_rest(
    (entry, settings): (&'static Entry, &Settings),
    surface: &dyn AnySurface,
    run: &Run,
) -> Option<Theory> {
    let recurrence = entry.build(settings).recurrence()?;
    let centre = Centre::of(surface, run, recurrence);
    let place = centre.map_or(run.points()[0], |centre| centre.point);
    Theory::of((entry, settings), surface, place, 0)
}
