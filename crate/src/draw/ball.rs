//! The balls themselves, and the ring at their common start.

use super::stage::Stage;
use super::theme::Color;
use super::viewport::Drawn;
use crate::math::geometry::Point;
use plotters::prelude::*;
use plotters::style::Color as _;

/// Radius of a ball in CSS pixels.
const RADIUS: f64 = 8.0;

/// Length of the mark of a ball that is not in view, and its distance from the plot's edge, in CSS
/// pixels.
const MARK: f64 = 16.0;
const INSET: f64 = 4.0;

/// Draws the start and the balls on an empty layer, the first run on top. For a ball that is not in
/// view there is an arrow head at the plot's edge that points to it.
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
    for (index, point) in positions.rev() {
        let Some(placed) = stage.shown(point) else {
            if cfg!(feature = "interactive") {
                let head = head(stage, point).map(|pixel| viewport.point_at(pixel[0], pixel[1]));
                let corners = head.into_iter().map(|corner| (corner.x, corner.y));
                let corners: Vec<_> =
                    corners.filter(|(x, y)| x.is_finite() && y.is_finite()).collect();
                chart.draw_series([Polygon::new(
                    corners.clone(),
                    theme.run(index).with_opacity(1.0).filled(),
                )])?;
                let rim = theme.paper.with_opacity(1.0).stroke_width(viewport.fine(1.5));
                let around = corners.iter().chain(corners.first()).copied();
                chart.draw_series([PathElement::new(around.collect::<Vec<_>>(), rim)])?;
            }
            continue;
        };
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

/// Tip and both other corners of the arrow head for a ball outside the plot, in CSS pixels: its
/// tip lies on the line from the plot's middle to the ball. NaN where the ball's place is none.
fn head(stage: Stage<'_>, ball: Point) -> [[f64; 2]; 3] {
    /// In CSS pixels: farther out the direction does not change any more.
    const FAR: f64 = 1e15;
    let Stage { viewport, space, .. } = stage;
    let (width, height) = (viewport.width, viewport.height);
    let bounds = viewport.bounds;
    let (x, y) = match space {
        // From the middle of the block to the edge that is nearest to the ball.
        Some(space) => {
            let middle = Point::new(
                0.5 * (bounds.x_min + bounds.x_max),
                0.5 * (bounds.y_min + bounds.y_max),
            );
            let edge = Point::new(
                ball.x.max(bounds.x_min).min(bounds.x_max),
                ball.y.max(bounds.y_min).min(bounds.y_max),
            );
            let (from, to) = (space.spot(middle), space.spot(edge));
            (to.x - from.x, to.y - from.y)
        }
        None => {
            let (x, y) = viewport.pixel(stage.place(ball));
            (x.clamp(-FAR, FAR) - 0.5 * width, y.clamp(-FAR, FAR) - 0.5 * height)
        }
    };
    let length = libm::hypot(x, y);
    let (right, down) = (x / length, y / length);
    let reach = |half: f64, along: f64| (half - INSET) / along.abs();
    let far = reach(0.5 * width, right).min(reach(0.5 * height, down));
    let corner = |back: f64, aside: f64| {
        let (along, across) = (far - back * MARK, aside * MARK);
        [0.5 * width + along * right - across * down, 0.5 * height + along * down + across * right]
    };
    [corner(0.0, 0.0), corner(1.0, 0.5), corner(1.0, -0.5)]
}
