//! A cloud of repeats: a dot for each, and an ellipse of two standard deviations, as measured
//! around its middle and as theory has it around the resting place.

use super::stage::Stage;
use super::trail::dashed;
use super::viewport::{Chart, Drawn};
use crate::math::geometry::{Point, Vector};
use crate::study::noise_ensemble::NoiseEnsemble;
use plotters::prelude::*;

/// On and off lengths, in CSS pixels, of what theory expects.
const THEORY: &[f64] = &[3.0, 3.0];

/// Standard deviations from the middle to the ellipse.
const REACH: f64 = 2.0;

pub(super) fn repeats<DB: DrawingBackend>(
    chart: &mut Chart<'_, DB>,
    stage: Stage<'_>,
    cloud: &NoiseEnsemble,
    time: f64,
) -> Drawn<DB> {
    let Stage { viewport, theme, .. } = stage;
    let color = theme.run(cloud.run);
    let dot = color.with_opacity(0.55).filled();
    let seen = |p: &Point| viewport.bounds.contains(*p);
    let places = cloud.points(time).map(|point| stage.place(point)).filter(seen);
    let dots = places.map(|p| Circle::new((p.x, p.y), viewport.fine(1.7), dot));
    chart.draw_series(dots)?;
    if stage.in_profile() {
        return Ok(());
    }
    let spread = cloud.spread(time);
    let ink = theme.ink.with_opacity(0.85).stroke_width(viewport.fine(1.4));
    let measured = ellipse(stage, cloud.middle(time), cloud.directions(), spread.measured);
    chart.draw_series([PathElement::new(measured, ink)])?;
    if let (Some(rest), [Some(flat), Some(steep)]) = (cloud.rest, spread.theory) {
        let line = ellipse(stage, rest, cloud.directions(), [flat, steep]);
        let distance = |a: Point, b: Point| viewport.distance(a, b);
        let dashes = dashed(&line, THEORY, distance, &mut 0.0);
        chart.draw_series(dashes.into_iter().map(|dash| PathElement::new(dash, ink)))?;
    }
    Ok(())
}

/// The ellipse of [`REACH`] standard deviations, which are given along two directions.
fn ellipse(
    stage: Stage<'_>,
    middle: Point,
    [flat, steep]: [Vector; 2],
    [along, across]: [f64; 2],
) -> Vec<(f64, f64)> {
    const CORNERS: u32 = 72;
    let corners = (0..=CORNERS).map(|corner| {
        let (sin, cos) =
            libm::sincos(std::f64::consts::TAU * f64::from(corner) / f64::from(CORNERS));
        let place =
            stage.place(middle + flat * (REACH * along * cos) + steep * (REACH * across * sin));
        (place.x, place.y)
    });
    corners.filter(|(x, y)| x.is_finite() && y.is_finite()).collect()
}
