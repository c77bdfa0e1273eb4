//! Kinetic, potential and total energy, step by step: the potential energy as a line, and the
//! kinetic energy as the band from there up to the total.

use super::Subject;
use super::history::{Curve, History, Scale};
use super::loss::lowest;
use crate::measure::energy;
use crate::run::Run;

pub(super) fn history(subject: Subject<'_>) -> History {
    let lowest = lowest(subject);
    let total = move |run: &Run, row: usize| {
        let (kinetic, potential) = energy(run, row);
        kinetic + potential - lowest
    };
    let potential = move |run: &Run, row: usize| energy(run, row).1 - lowest;
    let runs = 0..subject.runs.len();
    let curves = runs.map(|run| Curve::new(run, total).over(potential)).collect();
    History::new(subject, Scale::FromZero, curves).with_lines(&["total", "potential", "kinetic"])
}
