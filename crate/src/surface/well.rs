//! Two wells on a line f = (x² − 1)² + tilt·x, the left one lower while the tilt is positive.
//!
//! The stationary points are the roots of 4x³ − 4x + tilt: minima near ±1 and a hump between
//! them, until the upper well is gone at a tilt of 8/(3√3) ≈ 1.54. The quartic double well of
//! mechanics.

use super::stationary::near;
use super::{Candidate, Description, Group, Surface};
use crate::math::geometry::{Bounds, Point};
use crate::math::number::Real;
use crate::parameter::{ParameterSpec, Scale, Settings};

/// Two wells on a line with their tilt.
#[derive(Debug)]
pub struct Well {
    tilt: f64,
}

impl Surface for Well {
    const DESCRIPTION: Description = Description {
        id: "well",
        name: "Double well (1-D)",
        group: Group::OneDimension,
        dimension: 1,
        formula: &["(x^2 - 1)^2 + tilt*x"],
        parameters: &[ParameterSpec::number("tilt", "", "tilt", 0.3, (-1.5, 1.5), Scale::Linear)
            .accepting(-10.0, 10.0)],
        source: "the quartic double well of mechanics",
    };

    fn new(settings: &Settings) -> Self {
        Self { tilt: settings.number("tilt") }
    }

    #[inline(always)]
    fn at<R: Real>(&self, x: R, _y: R) -> R {
        let bend = x * x - 1.0;
        bend * bend + x * self.tilt
    }

    fn view(&self) -> Bounds {
        Bounds::new(-2.0, 2.2, -1.2, 1.2)
    }

    fn start(&self) -> Point {
        // On the rim of the upper well: descent stays in it, momentum rolls over the hump.
        Point::new(1.9, 0.0)
    }

    fn learning_rate(&self) -> f64 {
        0.02
    }

    fn stationary(&self) -> Vec<Candidate> {
        near(&[(-1.1, 0.0), (0.1, 0.0), (1.1, 0.0)])
    }
}
