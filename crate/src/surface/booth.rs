//! Booth's function f = (x + 2y − 7)² + (2x + y − 5)²: a quadratic with its axes on the diagonals.
//!
//! The minimum is 0 at (1, 3); the Hessian's eigenvalues are 2 and 18. Usual domain |x|, |y| ≤ 10.
//! Jamil & Yang, "A Literature Survey of Benchmark Functions for Global Optimisation Problems",
//! 2013.

use super::stationary::near;
use super::{Candidate, Description, Group, Surface};
use crate::math::geometry::{Bounds, Point};
use crate::math::number::Real;
use crate::parameter::Settings;

/// Booth's function, which has no parameters.
#[derive(Debug)]
pub struct Booth;

impl Surface for Booth {
    const DESCRIPTION: Description = Description {
        id: "booth",
        name: "Booth",
        group: Group::Quadratic,
        dimension: 2,
        formula: &["(x + 2*y - 7)^2 + (2*x + y - 5)^2"],
        parameters: &[],
        source: "Jamil & Yang, A Literature Survey of Benchmark Functions, 2013",
    };

    fn new(_: &Settings) -> Self {
        Self
    }

    #[inline(always)]
    fn at<R: Real>(&self, x: R, y: R) -> R {
        let first = x + y * 2.0 - 7.0;
        let second = x * 2.0 + y - 5.0;
        first.square() + second.square()
    }

    fn view(&self) -> Bounds {
        Bounds::new(-8.0, 8.0, -2.0, 9.2)
    }

    fn start(&self) -> Point {
        Point::new(-5.0, 7.0)
    }

    fn learning_rate(&self) -> f64 {
        0.1
    }

    fn stationary(&self) -> Vec<Candidate> {
        near(&[(1.0, 3.0)])
    }
}
