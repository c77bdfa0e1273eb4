//! Himmelblau's function f = (x² + y − 11)² + (x + y² − 7)², with four equal minima.
//!
//! All four have f = 0; one is (3, 2) exactly. Himmelblau, "Applied Nonlinear Programming",
//! McGraw-Hill 1972.

use super::stationary::near;
use super::{Candidate, Description, Group, Surface};
use crate::math::geometry::{Bounds, Point};
use crate::math::number::Real;
use crate::parameter::Settings;

/// Himmelblau's function, which has no parameters.
#[derive(Debug)]
pub struct Himmelblau;

impl Surface for Himmelblau {
    const DESCRIPTION: Description = Description {
        id: "himmelblau",
        name: "Himmelblau",
        group: Group::ManyMinima,
        dimension: 2,
        formula: &["(x^2 + y - 11)^2 + (x + y^2 - 7)^2"],
        parameters: &[],
        source: "Himmelblau, Applied Nonlinear Programming, 1972",
    };

    fn new(_: &Settings) -> Self {
        Self
    }

    #[inline(always)]
    fn at<R: Real>(&self, x: R, y: R) -> R {
        let first = x * x + y - 11.0;
        let second = x + y * y - 7.0;
        first.square() + second.square()
    }

    fn view(&self) -> Bounds {
        Bounds::new(-6.0, 6.0, -6.7, 5.0)
    }

    fn start(&self) -> Point {
        Point::new(-0.5, -4.5)
    }

    fn learning_rate(&self) -> f64 {
        0.01
    }

    fn stationary(&self) -> Vec<Candidate> {
        near(&[
            // Minima.
            (3.0, 2.0),
            (-2.805, 3.131),
            (-3.779, -3.283),
            (3.584, -1.848),
            // Saddles between them.
            (3.385, 0.074),
            (0.087, 2.884),
            (-3.073, -0.081),
            (-0.128, -1.954),
            // The summit.
            (-0.271, -0.923),
        ])
    }
}
