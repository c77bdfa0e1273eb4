//! What one step is made of: arrows that add up, and the curvature they meet.

use super::cloud::repeats;
use super::stage::Stage;
use super::theme::Color;
use super::trail::dashed;
use super::viewport::{Chart, Drawn};
use crate::math::geometry::{Point, Vector};
use crate::run::Run;
use crate::study::noise_ensemble::NoiseEnsemble;
use plotters::prelude::*;
use plotters::style::Color as _;

/// Steps shorter than this on screen, in CSS pixels, are shown longer, all parts alike.
const READABLE: f64 = 44.0;

/// Opacity of arrows, and of what is still to come of a step under way.
const CLEAR: f64 = 0.95;
const FAINT: f64 = 0.3;

/// On and off lengths, in CSS pixels, of the velocity that is kept.
const KEPT: &[f64] = &[4.0, 2.5];

/// Radius of the ring around the look-ahead point, in CSS pixels.
const RING: f64 = 5.0;

/// The parts of one step, from where the ball stands before it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parts {
    /// Where the step begins.
    pub from: Point,
    /// What the velocity carried over adds; nothing for plain gradient descent.
    pub momentum: Vector,
    /// What the new gradient adds: −lr times the gradient.
    pub gradient: Vector,
    /// Where that gradient is taken: ahead of the ball, if the rule looks ahead.
    pub probe: Point,
    /// How much of the step has been made, 0 to 1.
    pub done: f64,
}

impl Parts {
    /// The parts of the step under way at `time` in steps, as far as the rule is a sum of both:
    /// for a heavy ball and Nesterov, with `gain` the factor before the gradient. `None` after
    /// the last row.
    pub fn of(run: &Run, time: f64, gain: f64) -> Option<Self> {
        let row = time as usize;
        let (&from, &to) = (run.points().get(row)?, run.points().get(row + 1)?);
        let (push, lr) = (run.pushes()[row], run.rates()[row]);
        let gradient = push * (-lr * gain);
        let momentum = to - from - gradient;
        Some(Self { from, momentum, gradient, probe: run.probes()[row], done: time - row as f64 })
    }

    /// The whole step.
    pub fn step(&self) -> Vector {
        self.momentum - self.gradient * -1.0
    }
}

/// Draws on an empty layer what is asked for: a cloud at a time, and of each run, given by its
/// index, the parts of its present step and the curvature at the ball.
///
/// # Errors
/// Whatever the backend reports.
pub fn overlay<DB: DrawingBackend>(
    backend: DB,
    stage: Stage<'_>,
    cloud: Option<(&NoiseEnsemble, f64)>,
    steps: impl Iterator<Item = (usize, Parts)>,
    places: impl Iterator<Item = (usize, Point)>,
) -> Drawn<DB> {
    let area = backend.into_drawing_area();
    let mut chart = stage.viewport.chart(&area)?;
    if let Some((cloud, time)) = cloud {
        repeats(&mut chart, stage, cloud, time)?;
    }
    for (index, place) in places {
        curvature(&mut chart, stage, index, place)?;
    }
    for (index, parts) in steps {
        arrows(&mut chart, stage, index, parts)?;
    }
    area.present()
}

/// The momentum from the ball, the gradient from its tip, and the step that both make, in the
/// colour of run `index`; a ring where a rule that looks ahead takes the gradient. While the step
/// is under way they are faint, and what is made of them so far is not.
fn arrows<DB: DrawingBackend>(
    chart: &mut Chart<'_, DB>,
    stage: Stage<'_>,
    index: usize,
    parts: Parts,
) -> Drawn<DB> {
    let Parts { from, momentum, gradient, probe, done } = parts;
    let step = parts.step();
    let length = |v: Vector| stage.viewport.distance(from, from + v);
    let longest = length(step).max(length(momentum)).max(length(gradient));
    if !(longest.is_finite() && longest > 0.0) {
        return Ok(());
    }
    let scale = (READABLE / longest).max(1.0);
    let Stage { theme, .. } = stage;
    let between = from + momentum * scale;
    // One after the other: the velocity first, then what the gradient adds to it.
    let mut grown = |[whole, first, second]: [f64; 3], opacity: f64| {
        let added = between + gradient * (scale * second);
        let mut draw = |from, to, color, width, dashes| {
            let color = Color::with_opacity(color, opacity);
            arrow(chart, stage, (from, to), &Shaft { color, width, dashes })
        };
        draw(from, from + step * (scale * whole), theme.run(index), 3.2, &[])?;
        draw(from, from + momentum * (scale * first), theme.ink, 2.0, KEPT)?;
        draw(between, added, theme.ink, 2.0, &[])
    };
    if done > 0.0 {
        grown([1.0; 3], FAINT)?;
        grown([done, (2.0 * done).min(1.0), (2.0 * done - 1.0).max(0.0)], CLEAR)?;
    } else {
        grown([1.0; 3], CLEAR)?;
    }
    let place = stage.place(from + (probe - from) * scale);
    if length(probe - from) * scale > RING && stage.viewport.bounds.contains(place) {
        let style = theme.ink.with_opacity(CLEAR).stroke_width(stage.viewport.fine(1.6));
        let size = stage.viewport.fine(RING);
        chart.draw_series([Circle::new((place.x, place.y), size, style)])?;
    }
    Ok(())
}

/// How an arrow is drawn: its width in CSS pixels, and its dashes.
struct Shaft {
    color: RGBAColor,
    width: f64,
    dashes: &'static [f64],
}

/// An arrow on screen, where both its ends are in view.
fn arrow<DB: DrawingBackend>(
    chart: &mut Chart<'_, DB>,
    stage: Stage<'_>,
    (from, to): (Point, Point),
    &Shaft { color, width, dashes }: &Shaft,
) -> Drawn<DB> {
    let viewport = stage.viewport;
    let (a, b) = (stage.place(from), stage.place(to));
    let length = viewport.distance(a, b);
    if length < 3.0 {
        return Ok(());
    }
    let Some((a, b)) = viewport.bounds.clip(a, b) else { return Ok(()) };
    // The head keeps its shape: it is built in pixels.
    let ((ax, ay), (bx, by)) = (viewport.pixel(a), viewport.pixel(b));
    let size = (3.5 * width).min(0.6 * length);
    let (ux, uy) = ((bx - ax) / length, (by - ay) / length);
    let corner = |back: f64, side: f64| {
        let at = viewport.point_at(bx - back * ux - side * uy, by - back * uy + side * ux);
        (at.x, at.y)
    };
    let neck = corner(0.8 * size, 0.0);
    let distance = |a: Point, b: Point| viewport.distance(a, b);
    let shaft = dashed(&[(a.x, a.y), neck], dashes, distance, &mut 0.0);
    let style = color.stroke_width(viewport.fine(width));
    chart.draw_series(shaft.into_iter().map(|dash| PathElement::new(dash, style)))?;
    let head = vec![(b.x, b.y), corner(size, 0.5 * size), corner(size, -0.5 * size)];
    chart.draw_series([Polygon::new(head, color.filled())])?;
    Ok(())
}

/// The Hessian at `p`: its eigenvectors, dashed where the surface falls away, and where it
/// rises both ways the ellipse on which the local quadratic has one height.
fn curvature<DB: DrawingBackend>(
    chart: &mut Chart<'_, DB>,
    stage: Stage<'_>,
    index: usize,
    p: Point,
) -> Drawn<DB> {
    /// The longer half axis in CSS pixels.
    const REACH: f64 = 56.0;
    /// The shorter half axis is at least this.
    const LEAST: f64 = 5.0;
    let Stage { viewport, theme, surface, .. } = stage;
    let eigen = surface.hessian(p).eigen();
    let sizes = eigen.map(|eigen| eigen.value.abs());
    let flattest = sizes[0].min(sizes[1]);
    if !(sizes[0] + sizes[1]).is_finite() || sizes[0].max(sizes[1]) == 0.0 {
        return Ok(());
    }
    let scale = viewport.scale();
    let half = [0, 1].map(|axis| {
        let reach = (REACH * (flattest / sizes[axis]).sqrt()).clamp(LEAST, REACH);
        let Vector { x, y } = eigen[axis].direction;
        Vector::new(reach * x / scale.x, reach * y / scale.y)
    });
    let at = |along: f64, across: f64| {
        let Vector { x, y } = half[0];
        let shift = Vector::new(along * x + across * half[1].x, along * y + across * half[1].y);
        let placed = stage.place(p + shift);
        (placed.x, placed.y)
    };
    let style = theme.run(index).with_opacity(0.9).stroke_width(viewport.fine(1.4));
    for (axis, eigen) in eigen.iter().enumerate() {
        let end = |t: f64| if axis == 0 { at(t, 0.0) } else { at(0.0, t) };
        // Dashes where it curves downward.
        let pieces: &[(f64, f64)] = if eigen.value < 0.0 {
            &[(-1.0, -0.75), (-0.5, -0.25), (0.25, 0.5), (0.75, 1.0)]
        } else {
            &[(-1.0, 1.0)]
        };
        let lines = pieces.iter().map(|&(a, b)| PathElement::new(vec![end(a), end(b)], style));
        chart.draw_series(lines)?;
    }
    if eigen.iter().all(|eigen| eigen.value > 0.0) {
        const CORNERS: u32 = 48;
        let ring = (0..=CORNERS).map(|corner| {
            let angle = std::f64::consts::TAU * f64::from(corner) / f64::from(CORNERS);
            at(libm::cos(angle), libm::sin(angle))
        });
        chart.draw_series([PathElement::new(ring.collect::<Vec<_>>(), style)])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::configuration::{Configuration, Value};
    use crate::lab::Lab;

    #[test]
    fn the_parts_of_a_heavy_ball_step_are_its_terms() {
        let mut configuration = Configuration::default();
        for (field, value) in [("runs[0].lr", 0.01), ("runs[0].beta", 0.8)] {
            configuration = configuration.with(field, Value::Number(value)).expect("valid");
        }
        let lab = Lab::new(configuration);
        let run = &lab.runs()[0];
        let parts = Parts::of(run, 7.25, 1.0).expect("a step");
        let before = run.points()[7] - run.points()[6];
        let (point, next) = (run.points()[7], run.points()[8]);
        let slope = lab.surface().gradient(point).1;
        assert!((parts.momentum.x - 0.8 * before.x).abs() < 1e-12);
        assert!((parts.momentum.y - 0.8 * before.y).abs() < 1e-12);
        assert!((parts.gradient.x + 0.01 * slope.x).abs() < 1e-12);
        assert!((point + parts.step() - next).norm() < 1e-12);
        assert_eq!((parts.probe, parts.done), (point, 0.25));
        assert_eq!(Parts::of(run, run.last_step() as f64, 1.0), None);
    }
}
