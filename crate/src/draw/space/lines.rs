//! The lines on the block, minima, and the numbers along its foot.

use super::relief::SIDE;
use super::{Space, Spot};
use crate::draw::axes::Axis;
use crate::draw::ground::sights;
use crate::draw::stage::Stage;
use crate::draw::viewport::{Chart, Drawn};
use crate::math::geometry::{Bounds, Point};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// Cells of the relief from one line of the net to the next: the first of these at which lines
/// are far enough apart.
const MESHES: [usize; 4] = [3, 4, 6, 8];

/// See [`MESHES`], in CSS pixels.
const APART: f64 = 9.0;

/// Draws the net over the block, the minima and the axes on an empty layer.
///
/// # Errors
/// Whatever the backend reports.
pub(in crate::draw) fn lines<DB: DrawingBackend>(
    backend: DB,
    stage: Stage<'_>,
    space: &Space,
) -> Drawn<DB> {
    let area = backend.into_drawing_area();
    let mut chart = stage.viewport.chart(&area)?;
    let style = stage.theme.soft.with_opacity(0.26).stroke_width(stage.viewport.fine(0.75));
    let apart = |mesh: usize| space.camera.scale() * 2.0 * mesh as f64 / SIDE as f64;
    let mesh = MESHES.into_iter().find(|mesh| apart(*mesh) >= APART).unwrap_or(SIDE / 12);
    let net = (0..=SIDE).step_by(mesh).flat_map(|fixed| {
        let point = |column, row| space.relief.point(column, row);
        let row: Vec<Point> = (0..=SIDE).map(|free| point(free, fixed)).collect();
        let column: Vec<Point> = (0..=SIDE).map(|free| point(fixed, free)).collect();
        [row, column]
    });
    let pieces = net.flat_map(|path| stage.pieces(path.into_iter())).filter(|piece| !piece.hidden);
    chart.draw_series(pieces.map(|piece| PathElement::new(piece.line, style)))?;
    sights(&mut chart, stage)?;
    axes(&mut chart, stage, space)?;
    area.present()
}

/// The two edges of the foot that face the viewer, with numbers along them.
fn axes<DB: DrawingBackend>(
    chart: &mut Chart<'_, DB>,
    stage: Stage<'_>,
    space: &Space,
) -> Drawn<DB> {
    /// From the edge to the middle of a number, in CSS pixels.
    const AWAY: f64 = 15.0;
    let Bounds { x_min, x_max, y_min, y_max } = space.bounds();
    let (x_mid, y_mid) = (0.5 * (x_min + x_max), 0.5 * (y_min + y_max));
    // What is lower on screen faces the viewer.
    let down = |x: f64, y: f64| space.foot(Point::new(x, y)).y;
    let pick = |low: f64, high: f64, first: bool| if first { (low, high) } else { (high, low) };
    let (y_edge, y_far) = pick(y_min, y_max, down(x_mid, y_min) > down(x_mid, y_max));
    let (x_edge, x_far) = pick(x_min, x_max, down(x_min, y_mid) > down(x_max, y_mid));

    let corners =
        [(x_edge, y_far), (x_edge, y_edge), (x_far, y_edge)].map(|(x, y)| Point::new(x, y));
    let [a, b, c] = corners.map(|corner| (space.foot(corner), space.spot(corner)));
    let middle = |a: Spot, b: Spot| Spot {
        x: 0.5 * (a.x + b.x),
        y: 0.5 * (a.y + b.y),
        near: 0.5 * (a.near + b.near),
    };
    let edges = [(a.0, b.0), (b.0, c.0), a, b, c].into_iter();
    let seen = edges.filter(|(from, to)| !space.hides(middle(*from, *to)));
    let style = stage.theme.soft.with_opacity(0.4).stroke_width(stage.viewport.fine(0.75));
    chart.draw_series(seen.map(|(from, to)| {
        let ends = [from, to].map(|spot| stage.at(spot));
        PathElement::new(ends.map(|Point { x, y }| (x, y)).to_vec(), style)
    }))?;

    let font = ("sans-serif", f64::from(stage.viewport.fine(11.0))).into_font();
    let style = font.color(&stage.theme.soft.with_opacity(1.0));
    let style = style.pos(Pos::new(HPos::Center, VPos::Center));
    // A number stands where the line through it across the block leaves the block.
    let text = |value: f64, step: f64, edge: Point, far: Point| {
        let (foot, top, far) = (space.foot(edge), space.spot(edge), space.foot(far));
        let (right, down) = (foot.x - far.x, foot.y - far.y);
        let length = libm::hypot(right, down).max(1.0);
        // From above the top of the block is before its foot.
        let over = ((top.x - foot.x) * right + (top.y - foot.y) * down) / length;
        let away = (AWAY + over.max(0.0)) / length;
        let Point { x, y } = stage.viewport.point_at(foot.x + away * right, foot.y + away * down);
        Text::new(Axis::Linear.label(value, step), (x, y), style.clone())
    };
    // One number about every so many pixels of the edge as it is seen.
    let ticks = |low: f64, high: f64, a: Point, b: Point| {
        let (a, b) = (space.foot(a), space.foot(b));
        Axis::Linear.ticks(low, high, libm::hypot(b.x - a.x, b.y - a.y) / 48.0)
    };
    let (x_ticks, x_step) =
        ticks(x_min, x_max, Point::new(x_min, y_edge), Point::new(x_max, y_edge));
    let (y_ticks, y_step) =
        ticks(y_min, y_max, Point::new(x_edge, y_min), Point::new(x_edge, y_max));
    let mut labels = Vec::new();
    labels.extend(
        x_ticks.into_iter().map(|x| text(x, x_step, Point::new(x, y_edge), Point::new(x, y_far))),
    );
    labels.extend(
        y_ticks.into_iter().map(|y| text(y, y_step, Point::new(x_edge, y), Point::new(x_far, y))),
    );
    chart.draw_series(labels)?;
    Ok(())
}
