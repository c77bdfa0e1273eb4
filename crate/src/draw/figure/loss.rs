//! How far each ball is above the lowest loss, step by step, on a logarithmic scale.

use super::Subject;
use super::history::{Curve, Guide, History, Scale, leaves};
use super::law::Law;
use crate::geometry::Point;
use crate::measure::Measured;
use crate::run::Run;

/// Of a bent line that theory expects, at most.
const CORNERS: usize = 100;

pub(super) fn history(subject: Subject<'_>) -> History {
    let lowest = lowest(subject);
    let above = move |run: &Run, row: usize| run.losses()[row] - lowest;
    let shown = || subject.shown().map(|(run, _)| run);
    let curves = shown().map(|run| Curve::new(run, above)).collect();
    let history = History::new(subject, Scale::Logarithmic, curves);
    let chart = history.above_foot();
    let guides = shown().filter_map(|run| {
        let law = Law::of(subject, run)?;
        let path = &subject.runs[run];
        // A minimum may be higher than the lowest: there the loss does not fall to nothing.
        let rest = (subject.surface.value(path.resting_place()?) - lowest).max(0.0);
        // What rounding leaves, far below the chart, is none.
        let rest = if libm::log10(rest) < chart.y_min { 0.0 } else { rest };
        let first = above(path, law.from) - rest;
        // The loss is of second order in the distance.
        let slope = 2.0 * libm::log10(law.rate());
        let end = path.last_step();
        let at = |row: usize| {
            let falling = libm::log10(first) + slope * (row - law.from) as f64;
            let height =
                if rest > 0.0 { libm::log10(rest + libm::exp10(falling)) } else { falling };
            Point::new(row as f64, height)
        };
        if rest > 0.0 {
            // A curve, with corners as far apart as can hardly be seen.
            let stride = ((end - law.from) / CORNERS).max(1);
            let rows = (law.from..end).step_by(stride).chain([end]);
            let line: Vec<_> = rows.map(at).take_while(|p| p.y.is_finite()).collect();
            return (line.len() > 1).then_some(Guide { run, line });
        }
        let (from, to) = chart.clip(at(law.from), at(end))?;
        Some(Guide { run, line: vec![from, to] })
    });
    let guides: Vec<_> = guides.collect();
    if subject.surface.minima().is_empty() {
        // Above what, then, is to be said.
        return history.with_lines(&["seen"]);
    }
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
