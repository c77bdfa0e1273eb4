//! How far each ball is above the lowest loss, step by step, on a logarithmic scale.

use super::Subject;
use super::history::{Curve, Guide, History, Scale, leaves};
use super::law::Law;
use crate::math::geometry::{Bounds, Point};
use crate::run::Run;
use crate::run::measure::Measured;

/// Of a line that theory expects, at most.
const CORNERS: usize = 200;

/// In decades.
const FAR: f64 = 100.0;

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
        let heights: Vec<f64> =
            law.losses(path).into_iter().map(|loss| libm::log10(rest + loss)).collect();
        let line = thinned(&heights, law.from, chart);
        (line.len() > 1).then_some(Guide { run, line })
    });
    let guides: Vec<_> = guides.collect();
    if subject.surface.minima().is_empty() {
        // Above what, then, is to be said.
        return history.with_lines(&["seen"]);
    }
    history.with_guides("theory", guides)
}

/// The heights from row `from` on with few corners, denser at the beginning where the quick
/// direction dies away, down to the foot of the chart.
fn thinned(heights: &[f64], from: usize, chart: Bounds) -> Vec<Point> {
    let last = heights.len() - 1;
    let row = |corner: usize| {
        let share = corner as f64 / CORNERS as f64;
        (share * share * last as f64).ceil() as usize
    };
    let mut rows: Vec<usize> = (0..=CORNERS).map(row).collect();
    rows.dedup();
    let corners = rows.into_iter().map(|row| Point::new((from + row) as f64, heights[row]));
    let mut line: Vec<Point> = Vec::new();
    for corner in corners {
        // 0 has no logarithm: far below the foot.
        let corner = Point::new(corner.x, corner.y.max(chart.y_min - FAR));
        if corner.y < chart.y_min {
            let edge = line.last().and_then(|last| chart.clip(*last, corner));
            line.extend(edge.map(|(_, edge)| edge));
            break;
        }
        line.push(corner);
    }
    line
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
