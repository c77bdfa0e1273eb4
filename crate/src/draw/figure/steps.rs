//! The steps themselves: how long each is, and by how much it turns from the one before.

use super::Subject;
use super::history::{Curve, History, Scale};
use crate::run::Run;

/// Length of the step that led to each row, on a logarithmic scale.
pub(super) fn lengths(subject: Subject<'_>) -> History {
    let length = |run: &Run, row: usize| match row.checked_sub(1) {
        Some(before) => (run.points()[row] - run.points()[before]).norm(),
        None => f64::NAN,
    };
    let curves = subject.shown().map(|(run, _)| Curve::new(run, length)).collect();
    History::new(subject, Scale::Logarithmic, curves)
}

/// Angle in degrees, 0 to 180, between the step that led to each row and the one before.
pub(super) fn turns(subject: Subject<'_>) -> History {
    let turn = |run: &Run, row: usize| {
        let points = run.points();
        if row < 2 {
            return f64::NAN;
        }
        let (before, step) = (points[row - 1] - points[row - 2], points[row] - points[row - 1]);
        let sides = before.norm() * step.norm();
        if sides > 0.0 {
            libm::acos((before.dot(step) / sides).clamp(-1.0, 1.0)).to_degrees()
        } else {
            f64::NAN
        }
    };
    let curves = subject.shown().map(|(run, _)| Curve::new(run, turn)).collect();
    History::new(subject, Scale::Degrees, curves)
}
