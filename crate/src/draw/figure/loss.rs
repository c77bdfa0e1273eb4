//! How far each ball is above the lowest loss, step by step, on a logarithmic scale.

use super::Subject;
use super::history::{Curve, Guide, History, Scale, leaves};
use super::law::Law;
use crate::geometry::Point;
use crate::measure::Measured;
use crate::run::Run;

pub(super) fn history(subject: Subject<'_>) -> History {
    let lowest = lowest(subject);
    let above = move |run: &Run, row: usize| run.losses()[row] - lowest;
    let shown = || subject.shown().map(|(run, _)| run);
    let curves = shown().map(|run| Curve::new(run, above)).collect();
    let history = History::new(subject, Scale::Logarithmic, curves);
    let chart = history.above_foot();
    let guides = shown().filter_map(|run| {
        let law = Law::of(subject, run)?;
        let height = libm::log10(above(&subject.runs[run], law.from));
        // The loss is of second order in the distance.
        let slope = 2.0 * libm::log10(law.rate());
        let end = subject.runs[run].last_step();
        let at = |row: usize| Point::new(row as f64, height + slope * (row - law.from) as f64);
        let (from, to) = chart.clip(at(law.from), at(end))?;
        Some(Guide { run, line: vec![from, to] })
    });
    let guides = guides.collect();
    history.with_guides("theory", guides)
}

/// Measured rate and the theory's, of the distance to the resting place, run by run.
pub(super) fn rates(subject: Subject<'_>) -> Vec<(Option<f64>, Option<f64>)> {
    let rates = subject.runs.iter().enumerate().map(|(index, run)| {
        let measured = Measured::of(run, subject.surface).rate;
        (measured, Law::of(subject, index).map(|law| law.rate()))
    });
    rates.collect()
}

/// The least loss there is as far as is known: at a known minimum, or reached by a run that did
/// not leave for good; where all leave a surface without one, the least in view.
pub(super) fn lowest(subject: Subject<'_>) -> f64 {
    let least = |losses: &mut dyn Iterator<Item = f64>| {
        losses.filter(|loss| loss.is_finite()).fold(f64::INFINITY, f64::min)
    };
    let minima = subject.surface.minima();
    let known = least(&mut minima.into_iter().map(|minimum| subject.surface.value(minimum)));
    let stays = |run: &&Run| !leaves(subject, run);
    let staying = subject.runs.iter().filter(stays).flat_map(Run::losses);
    let reached = known.min(least(&mut staying.copied()));
    if reached.is_finite() {
        return reached;
    }
    let view = subject.surface.view();
    let rows = subject.runs.iter().flat_map(|run| run.points().iter().zip(run.losses()));
    let seen = least(&mut rows.filter(|(point, _)| view.contains(**point)).map(|(_, loss)| *loss));
    if seen.is_finite() { seen } else { 0.0 }
}
