//! The paths of a sweep, each in a panel of its own: the minima, the path faintly, and what of it
//! has been.

use super::Subject;
use crate::draw::ground::clipped;
use crate::draw::theme::Color;
use crate::draw::viewport::{Chart, Drawn, Viewport};
use crate::draw::wanted;
use crate::math::geometry::{Bounds, Point};
use crate::run::Run;
use crate::study::sweep::{MEMBERS, Member};
use plotters::prelude::*;
use plotters::style::Color as _;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// Panels in a row, and rows.
const ACROSS: usize = 3;
const DOWN: usize = MEMBERS.div_ceil(ACROSS);

/// Shares of a panel's width and height that stay free around it.
const GAP: f64 = 0.06;

/// A panel is a unit wide and high.
pub(super) fn bounds() -> Bounds {
    Bounds::new(-GAP, ACROSS as f64 + GAP, -(DOWN as f64) - GAP, GAP)
}

/// Where a panel is, from the top left row by row.
fn panel(index: usize) -> Bounds {
    let (left, top) = ((index % ACROSS) as f64, -((index / ACROSS) as f64));
    Bounds::new(left + GAP, left + 1.0 - GAP, top - 1.0 + GAP, top - GAP)
}

/// From the plane into a panel that shows `view`.
fn placed(subject: Subject<'_>, (view, panel): (Bounds, Bounds), point: Point) -> Point {
    // In profile the loss stands upward.
    let line = subject.surface.description().dimension == 1;
    let y = if line { subject.surface.value(point) } else { point.y };
    Point::new(
        panel.x_min + (point.x - view.x_min) / view.width() * panel.width(),
        panel.y_min + (y - view.y_min) / view.height() * panel.height(),
    )
}

/// The panels with minima, values and whole paths, these only if what comes may be told.
pub(super) fn ground<DB: DrawingBackend>(
    backend: DB,
    subject: Subject<'_>,
    viewport: &Viewport,
) -> Drawn<DB> {
    let area = backend.into_drawing_area();
    let mut chart = viewport.chart(&area)?;
    let line = subject.theme.hairline.with_opacity(1.0).stroke_width(viewport.fine(1.0));
    let dot = subject.theme.ink.with_opacity(0.7).filled();
    let font = ("sans-serif", f64::from(viewport.fine(10.5))).into_font();
    let ink = subject.theme.soft.with_opacity(1.0);
    let minima = subject.surface.minima();
    let view = wanted(subject.surface, subject.configuration.view);
    for (index, member, color) in members(subject) {
        let panel = panel(index);
        let corners = [(panel.x_min, panel.y_min), (panel.x_max, panel.y_max)];
        chart.draw_series([Rectangle::new(corners, line)])?;
        let places = minima.iter().map(|minimum| placed(subject, (view, panel), *minimum));
        let seen = places.filter(|place| panel.contains(*place));
        chart.draw_series(
            seen.map(|place| Circle::new((place.x, place.y), viewport.fine(1.6), dot)),
        )?;
        if subject.foretells {
            let end = member.run.last_step() as f64;
            path(
                &mut chart,
                subject,
                viewport,
                (&member.run, end),
                (view, panel),
                (color, 0.4, 1.0),
            )?;
        }
        let at = (panel.x_min + 0.03, panel.y_max - 0.03);
        let style = font.clone().color(&ink).pos(Pos::new(HPos::Left, VPos::Top));
        chart.draw_series([Text::new(format!("{}", member.value), at, style)])?;
    }
    area.present()
}

/// The paths up to the present time, with a dot there.
pub(super) fn marks<DB: DrawingBackend>(
    backend: DB,
    subject: Subject<'_>,
    viewport: &Viewport,
) -> Drawn<DB> {
    let area = backend.into_drawing_area();
    let mut chart = viewport.chart(&area)?;
    let view = wanted(subject.surface, subject.configuration.view);
    for (index, member, color) in members(subject) {
        let panel = panel(index);
        path(
            &mut chart,
            subject,
            viewport,
            (&member.run, subject.time),
            (view, panel),
            (color, 1.0, 1.4),
        )?;
        let place = placed(subject, (view, panel), member.run.position_at(subject.time));
        if panel.contains(place) {
            let style = color.with_opacity(1.0).filled();
            chart.draw_series([Circle::new((place.x, place.y), viewport.fine(3.0), style)])?;
        }
    }
    area.present()
}

fn members<'a>(subject: Subject<'a>) -> impl Iterator<Item = (usize, &'a Member, Color)> {
    let sweep = subject.sweep;
    let members = sweep.into_iter().flat_map(|sweep| sweep.members.iter().enumerate());
    let run = sweep.map_or(0, |sweep| sweep.run);
    members.map(move |(index, member)| (index, member, subject.theme.swept(run, index)))
}

/// A path up to a time, cut where it leaves the panel.
fn path<DB: DrawingBackend>(
    chart: &mut Chart<'_, DB>,
    subject: Subject<'_>,
    viewport: &Viewport,
    (run, time): (&Run, f64),
    (view, panel): (Bounds, Bounds),
    (color, opacity, width): (Color, f64, f64),
) -> Drawn<DB> {
    let rows = &run.points()[..=(time as usize).min(run.last_step())];
    let points = rows.iter().copied().chain([run.position_at(time)]);
    let places = points.map(|point| placed(subject, (view, panel), point));
    let style = color.with_opacity(opacity).stroke_width(viewport.fine(width));
    for piece in clipped(places, panel) {
        chart.draw_series([PathElement::new(piece, style)])?;
    }
    Ok(())
}
