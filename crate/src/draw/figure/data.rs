//! The samples behind a loss, and the curve that each ball's weights fit to them.

use super::{Subject, range, with_room};
use crate::draw::axes::{Axis, axes};
use crate::draw::ground::clipped;
use crate::draw::trail::{DASHES, dashed};
use crate::draw::viewport::{Drawn, Viewport};
use crate::math::geometry::{Bounds, Point};
use crate::surface::Sample;
use plotters::prelude::*;

pub(super) fn bounds(subject: Subject<'_>) -> Bounds {
    let samples = samples(subject);
    with_room(
        range(samples.iter().map(|sample| sample.input)),
        range(samples.iter().map(|sample| sample.target)),
    )
}

fn samples<'a>(subject: Subject<'a>) -> &'a [Sample] {
    subject.surface.data().map_or(&[], |data| data.samples)
}

/// The samples and the axes.
pub(super) fn ground<DB: DrawingBackend>(
    backend: DB,
    subject: Subject<'_>,
    viewport: &Viewport,
) -> Drawn<DB> {
    let area = backend.into_drawing_area();
    let mut chart = viewport.chart(&area)?;
    let dot = subject.theme.soft.with_opacity(0.9).filled();
    chart.draw_series(
        samples(subject)
            .iter()
            .map(|sample| Circle::new((sample.input, sample.target), viewport.fine(2.6), dot)),
    )?;
    axes(&mut chart, viewport, subject.theme, [Axis::Linear; 2])?;
    area.present()
}

/// Each run's fitted curve at its present weights, the first run on top.
pub(super) fn marks<DB: DrawingBackend>(
    backend: DB,
    subject: Subject<'_>,
    viewport: &Viewport,
) -> Drawn<DB> {
    let area = backend.into_drawing_area();
    let mut chart = viewport.chart(&area)?;
    let Some(data) = subject.surface.data() else { return Ok(()) };
    let bounds = viewport.bounds;
    /// CSS pixels from one point of a curve to the next.
    const STEP: f64 = 3.0;
    let count = (viewport.width / STEP).ceil().max(2.0) as usize;
    for (index, run) in subject.shown().rev() {
        let weights = run.position_at(subject.time);
        let curve = (0..=count).map(|at| {
            let input = bounds.x_min + at as f64 / count as f64 * bounds.width();
            Point::new(input, data.predict(weights, input))
        });
        let style = subject.theme.run(index).with_opacity(1.0).stroke_width(viewport.fine(2.0));
        let distance = |a: Point, b: Point| viewport.distance(a, b);
        let mut length = 0.0;
        for piece in clipped(curve, bounds) {
            let dashes = dashed(&piece, DASHES[index % DASHES.len()], distance, &mut length);
            chart.draw_series(dashes.into_iter().map(|dash| PathElement::new(dash, style)))?;
        }
    }
    area.present()
}
