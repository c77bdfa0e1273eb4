//! Offset from the resting place along an eigenvector of the Hessian there, step by step: here
//! damping is seen.

use super::Subject;
use super::history::{Curve, Guide, History, Scale};
use super::law::Law;
use crate::math::geometry::{Point, Vector};
use crate::run::Run;
use crate::run::measure::Measured;
use crate::surface::AnySurface;
use crate::theory::directions;

/// Which of the two eigenvectors; the number is its index in ascending order of curvature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Flattest = 0,
    Steepest = 1,
}

/// A place to rest is needed, and a second direction for the flattest to be another one.
pub(super) fn applies_to(surface: &dyn AnySurface, direction: Direction) -> bool {
    let plane = surface.description().dimension > 1;
    (plane || direction == Direction::Steepest) && !surface.minima().is_empty()
}

pub(super) fn history(subject: Subject<'_>, direction: Direction) -> History {
    let axis = direction as usize;
    let (mut curves, mut guides) = (Vec::new(), Vec::new());
    for (index, run) in subject.shown() {
        let Some(rest) = run.resting_place() else { continue };
        let along = upright(directions(subject.surface, rest)[axis].direction);
        let offset = move |run: &Run, row: usize| (run.points()[row] - rest).dot(along);
        curves.push(Curve::new(index, offset));
        let Some(law) = Law::of(subject, index) else { continue };
        let offsets = [law.from, law.from + 1].map(|row| offset(run, row));
        let Some(amplitude) = law.amplitude(axis, offsets) else { continue };
        for side in [amplitude, -amplitude] {
            let line = envelope(side, law.rate_along(axis), law.from, run.last_step());
            guides.push(Guide { run: index, line });
        }
    }
    History::new(subject, Scale::Symmetric, curves).with_guides("envelope", guides)
}

/// Measured decay and the theory's rate along the direction, run by run.
pub(super) fn rates(subject: Subject<'_>, direction: Direction) -> Vec<(Option<f64>, Option<f64>)> {
    let axis = direction as usize;
    let rates = subject.runs.iter().enumerate().map(|(index, run)| {
        let measured = Measured::of(run, subject.surface).swings[axis].decay;
        (measured, Law::of(subject, index).map(|law| law.rate_along(axis)))
    });
    rates.collect()
}

/// The same axis, pointing up, or to the right where it is level.
fn upright(direction: Vector) -> Vector {
    let down = direction.y < 0.0 || (direction.y == 0.0 && direction.x < 0.0);
    if down { direction * -1.0 } else { direction }
}

/// `amplitude`·`rate`ᵏ from row `from` to row `last`, with few corners.
fn envelope(amplitude: f64, rate: f64, from: usize, last: usize) -> Vec<Point> {
    /// Enough for a smooth curve over the width of a figure.
    const CORNERS: usize = 200;
    let span = (last - from) as f64;
    let corners = CORNERS.min(last - from);
    let heights = (0..=corners).map(|corner| {
        let passed = corner as f64 / corners as f64 * span;
        Point::new(from as f64 + passed, amplitude * libm::pow(rate, passed))
    });
    heights.collect()
}
