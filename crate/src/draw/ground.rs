//! The layer over the heat: contour lines, axis numbers, stationary points.

use super::axes::{Axis, axes};
use super::levels::Levels;
use super::space;
use super::stage::Stage;
use super::viewport::{Chart, Drawn};
use crate::math::geometry::{Bounds, Point};
use crate::surface::{Stationary, StationaryKind};
use contour::ContourBuilder;
use plotters::prelude::*;

/// Draws contour lines, axis numbers and stationary points on an empty layer.
///
/// # Errors
/// Whatever the backend reports.
pub fn ground<DB: DrawingBackend>(backend: DB, stage: Stage<'_>, levels: &Levels) -> Drawn<DB> {
    if let Some(space) = stage.space {
        return space::lines(backend, stage, space);
    }
    let Stage { viewport, theme, .. } = stage;
    let area = backend.into_drawing_area();
    let mut chart = viewport.chart(&area)?;
    let (lines, style) = if stage.in_profile() {
        (curve(stage), theme.ink.with_opacity(0.75).stroke_width(viewport.fine(1.6)))
    } else {
        let thin = theme.soft.with_opacity(0.28).stroke_width(viewport.fine(1.0));
        (contours(stage, levels), thin)
    };
    chart.draw_series(lines.into_iter().map(|path| PathElement::new(path, style)))?;
    sights(&mut chart, stage)?;
    axes(&mut chart, viewport, theme, [Axis::Linear; 2])?;
    area.present()
}

/// The graph of a one-dimensional surface, a point every CSS pixel.
fn curve(stage: Stage<'_>) -> Vec<Vec<(f64, f64)>> {
    let bounds = stage.viewport.bounds;
    let count = stage.viewport.width.ceil().max(2.0);
    let at = |index: usize| bounds.x_min + index as f64 / count * bounds.width();
    let points = (0..=count as usize).map(|index| stage.place(Point::new(at(index), 0.0)));
    clipped(points, bounds)
}

/// Contour lines as paths within the viewport.
fn contours(stage: Stage<'_>, levels: &Levels) -> Vec<Vec<(f64, f64)>> {
    let Stage { surface, viewport, .. } = stage;
    /// Grid spacing in CSS pixels.
    const CELL: f64 = 4.0;
    /// Cells beyond each edge: the builder closes its rings along the grid's border, and the
    /// border must stay out of sight.
    const MARGIN: f64 = 2.0;
    let step = CELL / viewport.scale().x;
    let bounds = viewport.bounds;
    let count = |extent: f64| (extent / step + 2.0 * MARGIN).ceil() as usize + 1;
    let (columns, rows) = (count(bounds.width()), count(bounds.height()));
    let origin = Point::new(bounds.x_min - MARGIN * step, bounds.y_min - MARGIN * step);
    let x: Vec<f64> = (0..columns).map(|column| origin.x + column as f64 * step).collect();
    let mut values = vec![0.0; columns * rows];
    for (row, line) in values.chunks_exact_mut(columns).enumerate() {
        surface.values(&x, origin.y + row as f64 * step, line);
    }
    // Interpolation between infinities has no answer.
    for value in &mut values {
        *value = if value.is_nan() { f64::MAX } else { value.clamp(-f64::MAX, f64::MAX) };
    }
    let builder = ContourBuilder::new(columns, rows, true);
    let Ok(lines) = builder.lines(&values, levels.lines()) else { return Vec::new() };
    let place =
        |x: f64, y: f64| Point::new(origin.x + (x - 0.5) * step, origin.y + (y - 0.5) * step);
    lines
        .iter()
        .flat_map(|line| &line.geometry().0)
        .flat_map(|ring| clipped(ring.coords().map(|c| place(c.x, c.y)), bounds))
        .collect()
}

/// The parts of a path that lie within `bounds`.
pub(super) fn clipped(path: impl Iterator<Item = Point>, bounds: Bounds) -> Vec<Vec<(f64, f64)>> {
    let mut pieces: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut open = false;
    let mut previous: Option<Point> = None;
    for point in path {
        if let Some(from) = previous.replace(point) {
            match bounds.clip(from, point) {
                Some((a, b)) => {
                    match pieces.last_mut() {
                        Some(piece) if open && a == from => piece.push((b.x, b.y)),
                        _ => pieces.push(vec![(a.x, a.y), (b.x, b.y)]),
                    }
                    open = b == point;
                }
                None => open = false,
            }
        }
    }
    pieces
}

/// The plot has at least this area, in square CSS pixels, for each stationary point that is marked;
/// else there are marks at the minima only.
const ROOM: f64 = 48.0 * 48.0;

/// The stationary points that can be seen and have a mark: the minima, and saddles and maxima unless
/// they are too dense.
pub fn marked(stage: Stage<'_>) -> Vec<Stationary> {
    let mut marked = stage.surface.stationary();
    marked.retain(|found| stage.sees(found.point));
    let area = stage.viewport.width * stage.viewport.height;
    if marked.len() as f64 * ROOM > area {
        marked.retain(|found| found.kind == StationaryKind::Minimum);
    }
    marked
}

/// Marks stationary points: minima with an upright cross, saddles with a slanting one, maxima with
/// a triangle.
pub(super) fn sights<DB: DrawingBackend>(chart: &mut Chart<'_, DB>, stage: Stage<'_>) -> Drawn<DB> {
    let Stage { viewport, theme, .. } = stage;
    let style = theme.ink.with_opacity(0.8).stroke_width(viewport.fine(1.4));
    for Stationary { point, kind } in marked(stage) {
        let at = stage.place(point);
        let corner = |across: f64, up: f64| {
            (at.x + across / viewport.scale().x, at.y + up / viewport.scale().y)
        };
        let lines = match kind {
            StationaryKind::Minimum => vec![
                vec![corner(-5.0, 0.0), corner(5.0, 0.0)],
                vec![corner(0.0, -5.0), corner(0.0, 5.0)],
            ],
            StationaryKind::Saddle => vec![
                vec![corner(-4.0, -4.0), corner(4.0, 4.0)],
                vec![corner(-4.0, 4.0), corner(4.0, -4.0)],
            ],
            StationaryKind::Maximum => {
                vec![vec![
                    corner(-4.5, -3.0),
                    corner(4.5, -3.0),
                    corner(0.0, 5.0),
                    corner(-4.5, -3.0),
                ]]
            }
        };
        chart.draw_series(lines.into_iter().map(|line| PathElement::new(line, style)))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_leaves_and_returns_is_two_pieces() {
        let unit = Bounds::new(0.0, 1.0, 0.0, 1.0);
        let path = [(0.5, 0.5), (2.0, 0.5), (2.0, 0.2), (0.4, 0.2), (0.3, 0.1)];
        let pieces = clipped(path.into_iter().map(|(x, y)| Point::new(x, y)), unit);
        assert_eq!(pieces.len(), 2);
        assert_eq!(pieces[0], [(0.5, 0.5), (1.0, 0.5)]);
        assert_eq!(pieces[1].last(), Some(&(0.3, 0.1)));
    }
}
