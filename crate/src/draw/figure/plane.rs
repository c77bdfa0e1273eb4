//! The plane of learning rate and momentum of one run's rule, shaded by spectral radius, and
//! every run's setting on it.

use super::{Subject, with_room};
use crate::draw::axes::{Axis, axes};
use crate::draw::ground::clipped;
use crate::draw::trail::dashed;
use crate::draw::viewport::{Chart, Drawn, Viewport};
use crate::math::geometry::{Bounds, Point};
use crate::optimizer::Recurrence;
use crate::plane::{ACROSS, BANDS, Plane, Shade, UPWARD};
use crate::run::centre::Centre;
use crate::theory::momentum_family::MomentumFamily;
use plotters::prelude::*;

impl Subject<'_> {
    /// The plane of a run's rule at its present settings, around the minimum that the run reaches or
    /// the nearest one; `None` where the rule is no momentum recurrence.
    pub fn plane_of(&self, run: usize) -> Option<Plane> {
        let choice = self.configuration.runs.get(run)?;
        let family = MomentumFamily::of(choice.entry, &choice.settings_at(self.time as usize))?;
        let (_, recurrence) = family.present();
        let centre = Centre::of(self.surface, self.runs.get(run)?, recurrence);
        let shown = self.configuration.plane;
        Some(Plane::of(family, self.surface, centre)?.showing(shown.lr, shown.beta))
    }

    /// The plane that is shown, and whose it is: the chosen run's, else that of the first run
    /// with momentum, else that of the first run that has one; of hidden runs only if none is shown.
    pub fn plane(&self) -> Option<(usize, Plane)> {
        let runs = || self.configuration.runs.iter().enumerate();
        let none = runs().all(|(_, choice)| !choice.visible());
        let plane = |run: usize| Some((run, self.plane_of(run)?));
        let seen = move || runs().filter(move |(_, choice)| none || choice.visible());
        let all = || seen().filter_map(|(run, _)| plane(run));
        let chosen = self.plane_run.filter(|chosen| seen().any(|(run, _)| run == *chosen));
        let chosen = chosen.and_then(plane);
        chosen
            .or_else(|| all().find(|(_, plane)| plane.family().has_momentum()))
            .or_else(|| all().next())
    }

    /// Whether a plane is shaded by measured runs; a rule without momentum has none to vary.
    pub fn measures(&self, plane: &Plane) -> bool {
        self.configuration.plane.measured() && plane.family().has_momentum()
    }
}

pub(super) fn bounds(subject: Subject<'_>) -> Bounds {
    let bounds =
        subject.plane().map_or(Bounds::new(0.0, 1.0, 0.0, 1.0), |(_, plane)| plane.bounds());
    with_room((bounds.x_min, bounds.x_max), (bounds.y_min, bounds.y_max))
}

/// The bands, the limit of stability, critical damping along both directions, the best setting,
/// and the axes.
pub(super) fn ground<DB: DrawingBackend>(
    backend: DB,
    subject: Subject<'_>,
    viewport: &Viewport,
) -> Drawn<DB> {
    let Some((_, plane)) = subject.plane() else { return Ok(()) };
    let theme = subject.theme;
    let area = backend.into_drawing_area();
    let mut chart = viewport.chart(&area)?;
    // What is measured shines through from a layer of its own.
    if !subject.measures(&plane) {
        shades(&mut chart, &plane, subject, viewport)?;
    }
    let limit = theme.ink.with_opacity(0.85).stroke_width(viewport.fine(1.6));
    if let Some(curvatures) = plane.curvatures() {
        borders(&mut chart, &plane, curvatures, (subject, viewport))?;
        let stability = curve(&plane, |recurrence| {
            let limits = curvatures.map(|curvature| recurrence.limit(curvature));
            // Where a direction curves downward nothing is stable, and there is no limit to show.
            Some(limits[0]?.min(limits[1]?))
        });
        chart.draw_series(stability.into_iter().map(|piece| PathElement::new(piece, limit)))?;
    }
    if let Some(best) = plane.best() {
        let Point { x, y } = plane.point(best.lr, best.beta);
        let (across, up) = (6.0 / viewport.scale().x, 6.0 / viewport.scale().y);
        let corners = vec![(x - across, y), (x, y + up), (x + across, y), (x, y - up)];
        let edge = [&corners[..], &corners[..1]].concat();
        chart.draw_series([Polygon::new(corners, theme.panel.with_opacity(1.0))])?;
        chart.draw_series([PathElement::new(edge, limit)])?;
    }
    axes(&mut chart, viewport, theme, [Axis::Decades, Axis::NearOne])?;
    area.present()
}

/// Each run's present setting, the first run on top.
pub(super) fn marks<DB: DrawingBackend>(
    backend: DB,
    subject: Subject<'_>,
    viewport: &Viewport,
) -> Drawn<DB> {
    let Some((_, plane)) = subject.plane() else { return Ok(()) };
    let area = backend.into_drawing_area();
    let mut chart = viewport.chart(&area)?;
    for (run, _) in subject.shown().rev() {
        let Some(own) = subject.plane_of(run) else { continue };
        let (lr, recurrence) = own.family().present();
        let Point { x, y } = plane.point(lr, recurrence.beta);
        let rim = WHITE.filled();
        let body = subject.theme.run(run).with_opacity(1.0).filled();
        chart.draw_series([
            Circle::new((x, y), viewport.fine(8.0), rim),
            Circle::new((x, y), viewport.fine(6.0), body),
        ])?;
    }
    area.present()
}

/// Critical damping along both directions, in dashes.
fn borders<DB: DrawingBackend>(
    chart: &mut Chart<'_, DB>,
    plane: &Plane,
    [low, high]: [f64; 2],
    (subject, viewport): (Subject<'_>, &Viewport),
) -> Drawn<DB> {
    let distance = |a: Point, b: Point| viewport.distance(a, b);
    let style = subject.theme.ink.with_opacity(0.55).stroke_width(viewport.fine(1.2));
    // On one-dimensional surfaces, and in a round bowl, both are one line.
    let count = match (plane.family().is_idle(), low == high) {
        // No momentum damps anything where momentum changes nothing.
        (true, _) => 0,
        (false, true) => 1,
        (false, false) => 2,
    };
    for curvature in [high, low].into_iter().take(count) {
        let mut length = 0.0;
        for piece in curve(plane, |recurrence| recurrence.critical_lr(curvature)) {
            let dashes = dashed(&piece, &[5.0, 4.0], distance, &mut length);
            chart.draw_series(dashes.into_iter().map(|dash| PathElement::new(dash, style)))?;
        }
    }
    Ok(())
}

/// The line of the learning rates that belong to each momentum, where it is on the plane.
fn curve(plane: &Plane, lr: impl Fn(Recurrence) -> Option<f64>) -> Vec<Vec<(f64, f64)>> {
    const CORNERS: usize = 160;
    let bounds = plane.bounds();
    let points = (0..=CORNERS).filter_map(|at| {
        let y = bounds.y_min + at as f64 / CORNERS as f64 * bounds.height();
        let lr = lr(plane.family().at(UPWARD.value(y))?)?;
        // Full dampening gives an infinite one.
        (lr > 0.0 && lr.is_finite()).then(|| Point::new(libm::log10(lr), y))
    });
    clipped(points, bounds)
}

/// Colours the plane, in rows of small cells of which neighbours of one shade are drawn as one.
fn shades<DB: DrawingBackend>(
    chart: &mut Chart<'_, DB>,
    plane: &Plane,
    subject: Subject<'_>,
    viewport: &Viewport,
) -> Drawn<DB> {
    /// Size of a cell in CSS pixels.
    const CELL: f64 = 2.0;
    let (theme, bounds, scale) = (subject.theme, plane.bounds(), viewport.scale());
    let columns = (bounds.width() * scale.x / CELL).ceil().max(1.0) as usize;
    let rows = (bounds.height() * scale.y / CELL).ceil().max(1.0) as usize;
    let x = |column: f64| bounds.x_min + (column / columns as f64).min(1.0) * bounds.width();
    let y = |row: f64| bounds.y_max - (row / rows as f64).min(1.0) * bounds.height();
    for row in 0..rows {
        let Some(recurrence) = plane.family().at(UPWARD.value(y(row as f64 + 0.5))) else {
            continue;
        };
        let shade = |column: usize| plane.shade(ACROSS.value(x(column as f64 + 0.5)), recurrence);
        let mut cells = Vec::new();
        let (mut from, mut present) = (0, shade(0));
        for column in 1..=columns {
            let next = (column < columns).then(|| shade(column));
            if next == Some(present) {
                continue;
            }
            let color = match present {
                Shade::Divergent => theme.diverging,
                Shade::Unknown => theme.unknown,
                Shade::Band(band) => {
                    theme.fast.toward(theme.high, band as f64 / (BANDS - 1) as f64)
                }
            };
            // One cell larger than it is, to be covered by the next: smoothed edges that only
            // touch would let the ground shine through.
            let corners =
                [(x(from as f64), y(row as f64)), (x(column as f64 + 1.0), y(row as f64 + 2.0))];
            cells.push(Rectangle::new(corners, color.with_opacity(1.0).filled()));
            (from, present) = (column, next.unwrap_or(present));
        }
        chart.draw_series(cells)?;
    }
    Ok(())
}
