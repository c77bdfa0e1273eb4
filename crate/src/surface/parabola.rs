//! The parabola f = x²/2, whose gradient is x itself: minimum 0 at 0, curvature 1.
//!
//! From 1 with a learning rate of 0.01 it is the loss w²/2 by which momentum is often explained.

use super::stationary::near;
use super::{Candidate, Description, Group, Surface};
use crate::math::geometry::{Bounds, Point};
use crate::math::number::Real;
use crate::parameter::Settings;

/// The parabola, which has no parameters.
#[derive(Debug)]
pub struct Parabola;

impl Surface for Parabola {
    const DESCRIPTION: Description = Description {
        id: "parabola",
        name: "Parabola",
        group: Group::OneDimension,
        dimension: 1,
        formula: &["x^2/2"],
        parameters: &[],
        source: "the simplest loss",
    };

    fn new(_: &Settings) -> Self {
        Self
    }

    #[inline(always)]
    fn at<R: Real>(&self, x: R, _y: R) -> R {
        x * x * 0.5
    }

    fn view(&self) -> Bounds {
        Bounds::new(-1.4, 1.4, -0.8, 0.8)
    }

    fn start(&self) -> Point {
        Point::new(1.0, 0.0)
    }

    fn learning_rate(&self) -> f64 {
        0.1
    }

    fn stationary(&self) -> Vec<Candidate> {
        near(&[(0.0, 0.0)])
    }
}
