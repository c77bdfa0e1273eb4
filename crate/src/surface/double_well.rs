//! Two wells f = (x² − 1)² + tilt·x + ½y², the left one lower while the tilt is positive.
//!
//! The minima lie near (±1, 0), at the outer roots of 4x³ − 4x + tilt = 0; from a tilt of
//! 8/(3√3) ≈ 1.54 on, the upper one is gone. The quartic double well of mechanics.

use super::stationary::near;
use super::{Candidate, Description, Group, Surface};
use crate::math::geometry::{Bounds, Point};
use crate::math::number::Real;
use crate::parameter::{ParameterSpec, Scale, Settings};

/// Two wells in the plane with their tilt.
#[derive(Debug)]
pub struct DoubleWell {
    tilt: f64,
}

impl Surface for DoubleWell {
    const DESCRIPTION: Description = Description {
        id: "double-well",
        name: "Double well",
        group: Group::Valley,
        dimension: 2,
        formula: &["(x^2 - 1)^2 + tilt*x + y^2/2"],
        parameters: &[ParameterSpec::number("tilt", "", "tilt", 0.2, (-1.5, 1.5), Scale::Linear)
            .accepting(-10.0, 10.0)],
        source: "the quartic double well of mechanics",
    };

    fn new(settings: &Settings) -> Self {
        Self { tilt: settings.number("tilt") }
    }

    #[inline(always)]
    fn at<R: Real>(&self, x: R, y: R) -> R {
        let bend = x * x - 1.0;
        bend.square() + x * self.tilt + y * y * 0.5
    }

    fn view(&self) -> Bounds {
        Bounds::new(-2.2, 2.4, -1.45, 1.45)
    }

    fn start(&self) -> Point {
        // On the rim of the upper well.
        Point::new(2.0, 0.9)
    }

    fn learning_rate(&self) -> f64 {
        0.02
    }

    fn stationary(&self) -> Vec<Candidate> {
        near(&[(-1.1, 0.0), (0.1, 0.0), (1.1, 0.0)])
    }
}
