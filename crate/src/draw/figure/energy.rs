//! Kinetic, potential and total energy, step by step, on a logarithmic scale: damping is a slope,
//! and swings are exchange between the two. The potential energy is a thin line, the kinetic
//! energy the band from there up to the total.

use super::Subject;
use super::history::{Curve, History, Scale};
use super::loss::lowest;
use crate::run::Run;
use crate::run::measure::energy;

pub(super) fn history(subject: Subject<'_>) -> History {
    let lowest = lowest(subject);
    let total = move |run: &Run, row: usize| {
        let (kinetic, potential) = energy(run, row);
        kinetic + potential - lowest
    };
    let potential = move |run: &Run, row: usize| energy(run, row).1 - lowest;
    let runs = subject.shown().map(|(run, _)| run);
    let curves = runs.map(|run| Curve::new(run, total).over(potential)).collect();
    History::new(subject, Scale::Logarithmic, curves).with_lines(&["potential", "kinetic"])
}
