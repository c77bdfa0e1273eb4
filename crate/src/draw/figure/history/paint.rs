//! How a history looks.

use super::super::Subject;
use super::{Curve, History, leaves};
use crate::draw::axes::{Axis, axes};
use crate::draw::ground::clipped;
use crate::draw::theme;
use crate::draw::trail::{DASHES, dashed};
use crate::draw::viewport::{Chart, Drawn, Viewport};
use crate::math::geometry::{Bounds, Point};
use plotters::prelude::*;

/// On and off lengths, in CSS pixels, of what theory expects.
const THEORY: &[f64] = &[2.5, 3.0];

/// How a line is drawn: its width in CSS pixels, its opacity and its dashes.
struct Pencil<'a> {
    color: theme::Color,
    opacity: f64,
    width: f64,
    dashes: &'a [f64],
}

impl History {
    /// The axes and, unless what comes is to be guessed, the whole curves faintly and what theory
    /// expects.
    pub(in super::super) fn ground<DB: DrawingBackend>(
        &self,
        backend: DB,
        subject: Subject<'_>,
        viewport: &Viewport,
    ) -> Drawn<DB> {
        let area = backend.into_drawing_area();
        let mut chart = viewport.chart(&area)?;
        self.frame(&mut chart, subject, viewport)?;
        let told = if subject.foretells { &self.curves[..] } else { &[] };
        for curve in told.iter().rev() {
            let color = subject.theme.run(curve.run);
            self.band(&mut chart, curve, color, viewport)?;
            let dashes = DASHES[curve.run % DASHES.len()];
            let faint = Pencil { color, opacity: 0.3, width: 1.2, dashes };
            draw(&mut chart, curve.points.iter().copied(), &faint, viewport)?;
            let base = Pencil { width: 1.0, dashes: &[], ..faint };
            draw(&mut chart, curve.base_points.iter().copied(), &base, viewport)?;
            leaving(&mut chart, curve, subject, viewport)?;
        }
        for guide in self.guides.iter().filter(|_| subject.foretells) {
            let color = subject.theme.run(guide.run);
            let thin = Pencil { color, opacity: 0.85, width: 1.1, dashes: THEORY };
            draw(&mut chart, guide.line.iter().copied(), &thin, viewport)?;
        }
        axes(&mut chart, viewport, subject.theme, [Axis::Linear, self.axis()])?;
        area.present()
    }

    /// The curves up to the present time, a line there, and a dot for each run.
    pub(in super::super) fn marks<DB: DrawingBackend>(
        &self,
        backend: DB,
        subject: Subject<'_>,
        viewport: &Viewport,
    ) -> Drawn<DB> {
        let area = backend.into_drawing_area();
        let mut chart = viewport.chart(&area)?;
        let Bounds { y_max, .. } = viewport.bounds;
        let cursor = subject.theme.ink.with_opacity(0.45).stroke_width(viewport.fine(1.0));
        let time = [(subject.time, self.heights.0), (subject.time, y_max)];
        chart.draw_series([PathElement::new(time.to_vec(), cursor)])?;
        for curve in self.curves.iter().rev() {
            let run = &subject.runs[curve.run];
            let color = subject.theme.run(curve.run);
            let dashes = DASHES[curve.run % DASHES.len()];
            let full = Pencil { color, opacity: 1.0, width: 1.8, dashes };
            let now = self.height_at(&curve.quantity, run, subject.time);
            let drawn = curve.points.last().is_some_and(|end| subject.time <= end.x);
            let now = now.filter(|_| drawn).map(|height| Point::new(subject.time, height));
            draw(&mut chart, passed(&curve.points, subject.time, now), &full, viewport)?;
            if let Some(base) = &curve.base {
                let height = self.height_at(base, run, subject.time);
                let end = height.filter(|_| drawn).map(|height| Point::new(subject.time, height));
                let thin = Pencil { width: 1.0, dashes: &[], ..full };
                draw(&mut chart, passed(&curve.base_points, subject.time, end), &thin, viewport)?;
            }
            if let Some(Point { x, y }) = now.filter(|now| viewport.bounds.contains(*now)) {
                let rim = subject.theme.panel.with_opacity(1.0).filled();
                let inner = color.with_opacity(1.0).filled();
                let dots = [(4.6, rim), (3.4, inner)];
                chart.draw_series(
                    dots.map(|(size, style)| Circle::new((x, y), viewport.fine(size), style)),
                )?;
            }
        }
        area.present()
    }

    /// Hairlines at the start and at the foot, or at zero.
    fn frame<DB: DrawingBackend>(
        &self,
        chart: &mut Chart<'_, DB>,
        subject: Subject<'_>,
        viewport: &Viewport,
    ) -> Drawn<DB> {
        let (low, high) = self.heights;
        let foot = if low < 0.0 && self.axis() == Axis::Linear { 0.0 } else { low };
        let end = subject.configuration.steps as f64;
        let style = subject.theme.soft.with_opacity(0.35).stroke_width(viewport.fine(1.0));
        let lines = [[(0.0, low), (0.0, high)], [(0.0, foot), (end, foot)]];
        chart.draw_series(lines.map(|line| PathElement::new(line.to_vec(), style)))?;
        Ok(())
    }

    /// Shades what is between a curve and the one below it.
    fn band<DB: DrawingBackend>(
        &self,
        chart: &mut Chart<'_, DB>,
        curve: &Curve,
        color: theme::Color,
        viewport: &Viewport,
    ) -> Drawn<DB> {
        if curve.base_points.is_empty() {
            return Ok(());
        }
        let Bounds { y_min, y_max, .. } = viewport.bounds;
        let around = curve.points.iter().chain(curve.base_points.iter().rev());
        let corners: Vec<_> = around.map(|p| (p.x, p.y.clamp(y_min, y_max))).collect();
        chart.draw_series([Polygon::new(corners, color.with_opacity(0.16).filled())])?;
        Ok(())
    }
}

/// The corners up to a time, and then where the curve is `now`.
fn passed(points: &[Point], time: f64, now: Option<Point>) -> impl Iterator<Item = Point> {
    let count = points.partition_point(|point| point.x < time || now.is_none() && point.x == time);
    points[..count].iter().copied().chain(now)
}

fn draw<DB: DrawingBackend>(
    chart: &mut Chart<'_, DB>,
    line: impl Iterator<Item = Point>,
    pencil: &Pencil<'_>,
    viewport: &Viewport,
) -> Drawn<DB> {
    let style = pencil.color.with_opacity(pencil.opacity);
    let style = style.stroke_width(viewport.fine(pencil.width));
    let distance = |a: Point, b: Point| viewport.distance(a, b);
    let mut length = 0.0;
    for piece in clipped(line, viewport.bounds) {
        let dashes = dashed(&piece, pencil.dashes, distance, &mut length);
        chart.draw_series(dashes.into_iter().map(|dash| PathElement::new(dash, style)))?;
    }
    Ok(())
}

/// An arrow head at the edge where a run that leaves for good leaves the picture.
fn leaving<DB: DrawingBackend>(
    chart: &mut Chart<'_, DB>,
    curve: &Curve,
    subject: Subject<'_>,
    viewport: &Viewport,
) -> Drawn<DB> {
    let [.., from, to] = curve.points[..] else { return Ok(()) };
    if !leaves(subject, &subject.runs[curve.run]) || viewport.bounds.contains(to) {
        return Ok(());
    }
    let Some((_, Point { x, y })) = viewport.bounds.clip(from, to) else { return Ok(()) };
    let (across, up) = (4.5 / viewport.scale().x, 7.5 / viewport.scale().y);
    let base = if to.y > from.y { y - up } else { y + up };
    let head = vec![(x, y), (x - across, base), (x + across, base)];
    let color = subject.theme.run(curve.run).with_opacity(1.0);
    chart.draw_series([Polygon::new(head, color.filled())])?;
    Ok(())
}
