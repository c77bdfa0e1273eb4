//! A dimple in a plateau f = 1 − exp(−(x² + y²)/2): away from the minimum the slope dies out.
//!
//! The minimum is 0 at (0, 0), with curvature 1; at a distance r the slope is r·exp(−r²/2). A
//! Gaussian turned upside down.

use super::stationary::near;
use super::{Candidate, Description, Group, Surface};
use crate::math::geometry::{Bounds, Point};
use crate::math::number::Real;
use crate::parameter::Settings;

/// The dimple in a plateau, which has no parameters.
#[derive(Debug)]
pub struct Plateau;

impl Surface for Plateau {
    const DESCRIPTION: Description = Description {
        id: "plateau",
        name: "Plateau",
        group: Group::Valley,
        dimension: 2,
        formula: &["1 - exp(-(x^2 + y^2)/2)"],
        parameters: &[],
        source: "a Gaussian turned upside down",
    };

    fn new(_: &Settings) -> Self {
        Self
    }

    #[inline(always)]
    fn at<R: Real>(&self, x: R, y: R) -> R {
        -(-(x * x + y * y) * 0.5).exp() + 1.0
    }

    fn view(&self) -> Bounds {
        Bounds::new(-5.0, 4.0, -2.8, 2.8)
    }

    fn start(&self) -> Point {
        // Far out, where descent crawls.
        Point::new(-3.4, 1.7)
    }

    fn learning_rate(&self) -> f64 {
        0.5
    }

    fn stationary(&self) -> Vec<Candidate> {
        near(&[(0.0, 0.0)])
    }
}
