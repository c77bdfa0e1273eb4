//! The balls themselves, and the ring at their common start.

use super::stage::Stage;
use super::theme::Color;
use super::viewport::Drawn;
use crate::geometry::Point;
use plotters::prelude::*;
use plotters::style::Color as _;

/// Radius of a ball in CSS pixels.
const RADIUS: f64 = 8.0;

/// Draws the start and the balls on an empty layer, the first run on top.
///
/// # Errors
/// Whatever the backend reports.
pub fn balls<DB: DrawingBackend>(
    backend: DB,
    stage: Stage<'_>,
    start: Point,
    positions: impl DoubleEndedIterator<Item = (usize, Point)>,
) -> Drawn<DB> {
    let Stage { viewport, theme, .. } = stage;
    let area = backend.into_drawing_area();
    let mut chart = viewport.chart(&area)?;
    if let Some(placed) = stage.shown(start) {
        let color = theme.ink.with_opacity(0.9 * placed.opacity());
        let ring = color.stroke_width(viewport.fine(1.6));
        chart.draw_series([Circle::new((placed.at.x, placed.at.y), viewport.fine(6.0), ring)])?;
    }
    // Seen from the side a ball stands on the surface, seen from above it covers its point.
    let lift = stage.space.map_or(0.0, |space| 0.8 * space.uprightness());
    let shown = |(index, point)| stage.shown(point).map(|placed| (index, placed));
    for (index, placed) in positions.rev().filter_map(shown) {
        // A dark rim, a body and a highlight toward the upper left make a disc read as a ball.
        let color = theme.run(index);
        let shades = [
            (0.0, 1.0, color.toward(Color(0, 0, 0), 0.35)),
            (0.06, 0.88, color),
            (0.22, 0.55, color.toward(Color(255, 255, 255), 0.22)),
            (0.32, 0.26, color.toward(Color(255, 255, 255), 0.75)),
        ];
        let (across, up) = (RADIUS / viewport.scale().x, RADIUS / viewport.scale().y);
        chart.draw_series(shades.map(|(offset, size, shade)| {
            let Point { x, y } = placed.at;
            let center = (x - offset * across, y + (offset + lift) * up);
            Circle::new(
                center,
                viewport.fine(RADIUS * size),
                shade.with_opacity(placed.opacity()).filled(),
            )
        }))?;
    }
    area.present()
}
