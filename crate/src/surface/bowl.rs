//! The round bowl f = ½(x² + y²): curvature 1 everywhere, condition number 1, minimum at (0, 0).

use super::stationary::near;
use super::{Candidate, Description, Group, Surface};
use crate::math::geometry::{Bounds, Point};
use crate::math::number::Real;
use crate::parameter::Settings;

/// The round bowl, which has no parameters.
#[derive(Debug)]
pub struct Bowl;

impl Surface for Bowl {
    const DESCRIPTION: Description = Description {
        id: "bowl",
        name: "Bowl",
        group: Group::Quadratic,
        dimension: 2,
        formula: &["(x^2 + y^2)/2"],
        parameters: &[],
        source: "the simplest quadratic",
    };

    fn new(_: &Settings) -> Self {
        Self
    }

    #[inline(always)]
    fn at<R: Real>(&self, x: R, y: R) -> R {
        (x * x + y * y) * 0.5
    }

    fn view(&self) -> Bounds {
        Bounds::new(-5.0, 5.0, -3.9, 3.9)
    }

    fn start(&self) -> Point {
        Point::new(-4.0, 2.5)
    }

    fn learning_rate(&self) -> f64 {
        0.1
    }

    fn stationary(&self) -> Vec<Candidate> {
        near(&[(0.0, 0.0)])
    }
}
