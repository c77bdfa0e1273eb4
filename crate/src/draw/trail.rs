//! Where the balls have been, and faintly where they will go.
//!
//! Each line lies on a casing, a wider line in the colour of paper: the heat, maps and slopes have
//! shades like the lines' own. Casings lie under all lines, so that a trail can grow without
//! covering what is drawn already.

use super::piece::HIDDEN;
use super::stage::Stage;
use super::theme::Color;
use super::viewport::Drawn;
use crate::math::geometry::Point;
use crate::run::Run;
use crate::study::sweep::SweepResult;
use plotters::prelude::*;
use plotters::style::Color as _;

/// How far a trail has been drawn, so that only what is new need be added.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TrailCursor {
    /// Time in steps up to which the trail stands on the canvas.
    time: f64,
    /// Length drawn so far in CSS pixels, where the dashes go on.
    length: f64,
}

/// On and off lengths in CSS pixels, run by run; the first is a solid line. With six colours no
/// two of twelve runs are drawn alike.
pub const DASHES: [&[f64]; 4] = [&[], &[7.0, 4.0], &[2.0, 4.0], &[11.0, 4.0, 2.0, 4.0]];

/// Width of a trail, and how far its casing reaches beyond it on each side, in CSS pixels.
const TRAIL: (f64, f64) = (2.0, 1.2);

/// The same of a path to come.
const AHEAD: (f64, f64) = (1.3, 0.9);

/// Opacity of a path to come, and of its casing.
const FAINT: (f64, f64) = (0.8, 0.5);

/// Radius of the mark at an iterate, in CSS pixels.
const MARK: f64 = 2.2;

/// Iterates closer together than this, in CSS pixels, are not marked one by one.
const SPARSE: f64 = 7.0;

/// Draws the trails of numbered runs up to `time` in full, and if `ahead`, the whole paths faintly,
/// on an empty layer, over the whole paths of a sweep.
///
/// # Errors
/// Whatever the backend reports.
pub fn trails<DB: DrawingBackend>(
    backend: DB,
    stage: Stage<'_>,
    (runs, sweep): (&[(usize, &Run)], Option<&SweepResult>),
    (time, ahead): (f64, bool),
    cursors: &mut Vec<TrailCursor>,
) -> Drawn<DB> {
    cursors.clear();
    cursors.resize(runs.len(), TrailCursor::default());
    let area = backend.into_drawing_area();
    casings_in(&area, stage, runs, time, cursors)?;
    for (index, member) in sweep.iter().flat_map(|sweep| sweep.members.iter().enumerate()) {
        let color = stage.theme.swept(sweep.map_or(0, |sweep| sweep.run), index).with_opacity(0.75);
        let whole = (0.0, member.run.last_step() as f64);
        draw(&area, stage, &member.run, whole, (color, 1.3), &[], &mut TrailCursor::default())?;
    }
    for &(index, run) in runs.iter().rev().filter(|_| ahead) {
        let whole = (0.0, run.last_step() as f64);
        let ((width, beyond), (line, casing)) = (AHEAD, FAINT);
        let under = (stage.theme.paper.with_opacity(casing), width + 2.0 * beyond);
        draw(&area, stage, run, whole, under, &[], &mut TrailCursor::default())?;
        let style = (stage.theme.ahead(index).with_opacity(line), width);
        draw(
            &area,
            stage,
            run,
            whole,
            style,
            DASHES[index % DASHES.len()],
            &mut TrailCursor::default(),
        )?;
    }
    extend_in(&area, stage, runs, time, cursors)?;
    area.present()
}

/// Adds the casing of what is new since the trails were drawn last, up to `time`, to a backend
/// that draws under what stands on the layer. [`extend`] adds the lines.
///
/// # Errors
/// Whatever the backend reports.
pub fn extend_casings<DB: DrawingBackend>(
    backend: DB,
    stage: Stage<'_>,
    runs: &[(usize, &Run)],
    time: f64,
    cursors: &[TrailCursor],
) -> Drawn<DB> {
    // Drawn once more, the mark at the start would be darker.
    if is_drawn(cursors, time) {
        return Ok(());
    }
    let area = backend.into_drawing_area();
    casings_in(&area, stage, runs, time, cursors)?;
    area.present()
}

/// Adds the lines of what is new since the trails were drawn last, up to `time`.
///
/// # Errors
/// Whatever the backend reports.
pub fn extend<DB: DrawingBackend>(
    backend: DB,
    stage: Stage<'_>,
    runs: &[(usize, &Run)],
    time: f64,
    cursors: &mut [TrailCursor],
) -> Drawn<DB> {
    // Drawn once more, the mark at the start would be darker.
    if is_drawn(cursors, time) {
        return Ok(());
    }
    let area = backend.into_drawing_area();
    extend_in(&area, stage, runs, time, cursors)?;
    area.present()
}

/// Whether the trails up to `time` stand on the canvas.
fn is_drawn(cursors: &[TrailCursor], time: f64) -> bool {
    cursors.iter().all(|cursor| cursor.time >= time)
}

fn extend_in<DB: DrawingBackend>(
    area: &DrawingArea<DB, plotters::coord::Shift>,
    stage: Stage<'_>,
    runs: &[(usize, &Run)],
    time: f64,
    cursors: &mut [TrailCursor],
) -> Drawn<DB> {
    for (&(index, run), cursor) in runs.iter().zip(cursors).rev() {
        let color = stage.theme.run(index);
        let span = (cursor.time, time);
        let style = (color.with_opacity(1.0), TRAIL.0);
        draw(area, stage, run, span, style, DASHES[index % DASHES.len()], cursor)?;
        marks(area, stage, run, span, (color, MARK))?;
        cursor.time = time;
    }
    Ok(())
}

/// The casings run on through the gaps between dashes.
fn casings_in<DB: DrawingBackend>(
    area: &DrawingArea<DB, plotters::coord::Shift>,
    stage: Stage<'_>,
    runs: &[(usize, &Run)],
    time: f64,
    cursors: &[TrailCursor],
) -> Drawn<DB> {
    let (width, beyond) = TRAIL;
    let color = stage.theme.paper;
    for (&(_, run), cursor) in runs.iter().zip(cursors) {
        let span = (cursor.time, time);
        let style = (color.with_opacity(1.0), width + 2.0 * beyond);
        draw(area, stage, run, span, style, &[], &mut TrailCursor::default())?;
        marks(area, stage, run, span, (color, MARK + beyond))?;
    }
    Ok(())
}

/// The run's path between two times, both ends included.
fn path(stage: Stage<'_>, run: &Run, (from, to): (f64, f64)) -> impl Iterator<Item = Point> {
    let end = run.last_step() as f64;
    let (from, to) = (from.min(end), to.min(end));
    // In profile the ball keeps to the curve between two iterates.
    let parts = if stage.in_profile() { 12.0 } else { 1.0 };
    let inner = ((from * parts).floor() as usize + 1)..(to * parts).ceil() as usize;
    std::iter::once(from)
        .chain(inner.map(move |part| part as f64 / parts))
        .chain(std::iter::once(to))
        .map(move |time| run.position_at(time))
}

fn draw<DB: DrawingBackend>(
    area: &DrawingArea<DB, plotters::coord::Shift>,
    stage: Stage<'_>,
    run: &Run,
    span: (f64, f64),
    (color, width): (RGBAColor, f64),
    dashes: &[f64],
    cursor: &mut TrailCursor,
) -> Drawn<DB> {
    let mut chart = stage.viewport.chart(area)?;
    let distance = |a: Point, b: Point| stage.viewport.distance(a, b);
    for piece in stage.pieces(path(stage, run, span)) {
        let drawn = dashed(&piece.line, dashes, distance, &mut cursor.length);
        let color = if piece.hidden { color.mix(HIDDEN) } else { color };
        let style = color.stroke_width(stage.viewport.fine(width));
        chart.draw_series(drawn.into_iter().map(|dash| PathElement::new(dash, style)))?;
    }
    Ok(())
}

/// Cuts a path into dashes; `length` is where along the pattern it starts, in CSS pixels, and
/// is moved on.
pub(super) fn dashed(
    piece: &[(f64, f64)],
    pattern: &[f64],
    distance: impl Fn(Point, Point) -> f64,
    length: &mut f64,
) -> Vec<Vec<(f64, f64)>> {
    let period: f64 = pattern.iter().sum();
    if pattern.is_empty() {
        return vec![piece.to_vec()];
    }
    let (mut place, mut left) = (0, length.rem_euclid(period));
    while left >= pattern[place] {
        left -= pattern[place];
        place = (place + 1) % pattern.len();
    }
    let mut room = pattern[place] - left;
    let mut dashes = Vec::new();
    let mut dash = vec![piece[0]];
    for pair in piece.windows(2) {
        let [a, b] = [pair[0], pair[1]].map(|(x, y)| Point::new(x, y));
        let whole = distance(a, b);
        let mut done = 0.0;
        while whole - done > room {
            done += room;
            let at = a.toward(b, done / whole);
            dash.push((at.x, at.y));
            let full = std::mem::replace(&mut dash, vec![(at.x, at.y)]);
            if place % 2 == 0 {
                dashes.push(full);
            }
            place = (place + 1) % pattern.len();
            room = pattern[place];
        }
        room -= whole - done;
        *length += whole;
        dash.push(pair[1]);
    }
    if place % 2 == 0 {
        dashes.push(dash);
    }
    dashes
}

/// Marks the iterates reached in a span of time where they are far enough apart.
fn marks<DB: DrawingBackend>(
    area: &DrawingArea<DB, plotters::coord::Shift>,
    stage: Stage<'_>,
    run: &Run,
    (from, to): (f64, f64),
    (color, radius): (Color, f64),
) -> Drawn<DB> {
    let viewport = stage.viewport;
    let mut chart = viewport.chart(area)?;
    let first = if from == 0.0 { 0 } else { from.floor() as usize + 1 };
    let last = (to.floor() as usize).min(run.last_step());
    let place = |row: usize| stage.place(run.points()[row]);
    let far = |row: usize| row == 0 || viewport.distance(place(row - 1), place(row)) >= SPARSE;
    let marked = (first..=last).filter(|row| far(*row));
    let placed = marked.filter_map(|row| stage.shown(run.points()[row]));
    let radius = viewport.fine(radius);
    chart.draw_series(placed.map(|placed| {
        let color = color.with_opacity(placed.opacity());
        Circle::new((placed.at.x, placed.at.y), radius, color.filled())
    }))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pixels(a: Point, b: Point) -> f64 {
        (b - a).norm()
    }

    #[test]
    fn dashes_drawn_in_two_parts_are_the_dashes_drawn_at_once() {
        let length = |dashes: &[Vec<(f64, f64)>]| -> f64 {
            dashes.iter().map(|dash| dash.last().map_or(0.0, |end| end.0 - dash[0].0)).sum()
        };
        let (mut whole, mut parts) = (0.0, 0.0);
        let at_once = dashed(&[(0.0, 0.0), (100.0, 0.0)], DASHES[1], pixels, &mut whole);
        let first = dashed(&[(0.0, 0.0), (33.0, 0.0)], DASHES[1], pixels, &mut parts);
        let second = dashed(&[(33.0, 0.0), (100.0, 0.0)], DASHES[1], pixels, &mut parts);
        assert_eq!(whole, parts);
        assert!((length(&at_once) - length(&first) - length(&second)).abs() < 1e-9);
        assert!((length(&at_once) - 64.0).abs() < 1e-9, "{}", length(&at_once));
    }
}
