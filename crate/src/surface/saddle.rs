//! The saddle f = ½(x² − y²): it falls away along y, and (0, 0) is stationary but no minimum.

use super::stationary::near;
use super::{Candidate, Description, Group, Surface};
use crate::math::geometry::{Bounds, Point};
use crate::math::number::Real;
use crate::parameter::Settings;

/// The saddle, which has no parameters.
#[derive(Debug)]
pub struct Saddle;

impl Surface for Saddle {
    const DESCRIPTION: Description = Description {
        id: "saddle",
        name: "Saddle",
        group: Group::Quadratic,
        dimension: 2,
        formula: &["(x^2 - y^2)/2"],
        parameters: &[],
        source: "the simplest indefinite quadratic",
    };

    fn new(_: &Settings) -> Self {
        Self
    }

    #[inline(always)]
    fn at<R: Real>(&self, x: R, y: R) -> R {
        (x * x - y * y) * 0.5
    }

    fn view(&self) -> Bounds {
        Bounds::new(-4.0, 4.0, -2.5, 2.5)
    }

    fn start(&self) -> Point {
        // Nearly on the ridge, where the slope that leads away is hardly felt.
        Point::new(-3.0, 0.001)
    }

    fn learning_rate(&self) -> f64 {
        0.1
    }

    fn stationary(&self) -> Vec<Candidate> {
        near(&[(0.0, 0.0)])
    }
}
