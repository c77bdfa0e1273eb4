//! Matyas' function f = 0.26(x² + y²) − 0.48xy: a shallow trough along the diagonal.
//!
//! The minimum is 0 at (0, 0); the Hessian's eigenvalues are 0.04 and 1. Usual domain
//! |x|, |y| ≤ 10. Jamil & Yang, "A Literature Survey of Benchmark Functions for Global
//! Optimisation Problems", 2013.

use super::stationary::near;
use super::{Candidate, Description, Group, Surface};
use crate::math::geometry::{Bounds, Point};
use crate::math::number::Real;
use crate::parameter::Settings;

/// Matyas' function, which has no parameters.
#[derive(Debug)]
pub struct Matyas;

impl Surface for Matyas {
    const DESCRIPTION: Description = Description {
        id: "matyas",
        name: "Matyas",
        group: Group::Quadratic,
        dimension: 2,
        formula: &["0.26*(x^2 + y^2) - 0.48*x*y"],
        parameters: &[],
        source: "Jamil & Yang, A Literature Survey of Benchmark Functions, 2013",
    };

    fn new(_: &Settings) -> Self {
        Self
    }

    #[inline(always)]
    fn at<R: Real>(&self, x: R, y: R) -> R {
        (x * x + y * y) * 0.26 - x * y * 0.48
    }

    fn view(&self) -> Bounds {
        Bounds::new(-10.0, 10.0, -7.0, 7.0)
    }

    fn start(&self) -> Point {
        Point::new(-8.0, -3.0)
    }

    fn learning_rate(&self) -> f64 {
        1.8
    }

    fn stationary(&self) -> Vec<Candidate> {
        near(&[(0.0, 0.0)])
    }
}
