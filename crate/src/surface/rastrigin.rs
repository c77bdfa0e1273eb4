//! Rastrigin's function f = 20 + x² − 10cos(2πx) + y² − 10cos(2πy): a bowl under an even ripple.
//!
//! The lowest minimum is 0 at (0, 0); the others lie near the whole numbers, 121 of them in the
//! usual domain |x|, |y| ≤ 5.12, maxima near the centres between four of them and saddles between two.
//! Rastrigin, "Systems of Extremal Control", 1974.

use super::stationary::lattice;
use super::{Candidate, Description, Group, Surface};
use crate::math::geometry::{Bounds, Point};
use crate::math::number::Real;
use crate::parameter::Settings;
use std::f64::consts::TAU;

/// Rastrigin's function, which has no parameters.
#[derive(Debug)]
pub struct Rastrigin;

impl Surface for Rastrigin {
    const DESCRIPTION: Description = Description {
        id: "rastrigin",
        name: "Rastrigin",
        group: Group::ManyMinima,
        dimension: 2,
        formula: &["20 + x^2 - 10*cos(2*pi*x) + y^2 - 10*cos(2*pi*y)"],
        parameters: &[],
        source: "Rastrigin, Systems of Extremal Control, 1974",
    };

    fn new(_: &Settings) -> Self {
        Self
    }

    #[inline(always)]
    fn at<R: Real>(&self, x: R, y: R) -> R {
        let along = |x: R| x * x - (x * TAU).cos() * 10.0;
        along(x) + along(y) + 20.0
    }

    fn view(&self) -> Bounds {
        Bounds::new(-5.12, 5.12, -3.6, 3.6)
    }

    fn start(&self) -> Point {
        // On a crest; both descent and momentum stop in the next dent.
        Point::new(-4.4, 2.4)
    }

    fn learning_rate(&self) -> f64 {
        0.002
    }

    fn stationary(&self) -> Vec<Candidate> {
        // The bowl shifts the dents inward and the crests outward.
        let shifted = |k: f64| if k.fract() == 0.0 { 0.995 * k } else { 1.005 * k };
        lattice().map(|[k, l]| Candidate::Near(Point::new(shifted(k), shifted(l)))).collect()
    }
}
