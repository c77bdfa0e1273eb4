//! A narrow valley f = ½(u² + κv²) in coordinates u, v turned by an angle.
//!
//! The Hessian's eigenvalues are 1 along the valley and κ across it, so κ is the condition
//! number; the minimum is at (0, 0). Goh, "Why Momentum Really Works", Distill 2017, builds on
//! this surface.

use super::stationary::near;
use super::{Candidate, Description, Group, Surface};
use crate::math::geometry::{Bounds, Point};
use crate::math::number::Real;
use crate::parameter::{ParameterSpec, Scale, Settings};

/// The ravine with its condition number and its angle.
#[derive(Debug)]
pub struct Ravine {
    kappa: f64,
    sin: f64,
    cos: f64,
}

impl Surface for Ravine {
    const DESCRIPTION: Description = Description {
        id: "ravine",
        name: "Ravine",
        group: Group::Quadratic,
        dimension: 2,
        formula: &[
            "t = angle*pi/180",
            "u = x*cos(t) + y*sin(t)",
            "v = y*cos(t) - x*sin(t)",
            "(u^2 + kappa*v^2)/2",
        ],
        parameters: &[
            ParameterSpec::number(
                "kappa",
                "κ",
                "condition number",
                60.0,
                (1.0, 1e4),
                Scale::Logarithmic,
            ),
            ParameterSpec::number(
                "angle",
                "",
                "angle (degrees)",
                20.0,
                (-90.0, 90.0),
                Scale::Linear,
            )
            .accepting(-360.0, 360.0),
        ],
        source: "Goh, Why Momentum Really Works, Distill 2017",
    };

    fn new(settings: &Settings) -> Self {
        let (sin, cos) = libm::sincos(settings.number("angle").to_radians());
        Self { kappa: settings.number("kappa"), sin, cos }
    }

    #[inline(always)]
    fn at<R: Real>(&self, x: R, y: R) -> R {
        let u = x * self.cos + y * self.sin;
        let v = y * self.cos - x * self.sin;
        (u * u + v * v * self.kappa) * 0.5
    }

    fn view(&self) -> Bounds {
        Bounds::new(-9.0, 8.0, -6.0, 4.4)
    }

    fn start(&self) -> Point {
        Point::new(-8.0, -0.3)
    }

    fn learning_rate(&self) -> f64 {
        1.88 / self.kappa
    }

    fn stationary(&self) -> Vec<Candidate> {
        near(&[(0.0, 0.0)])
    }
}
