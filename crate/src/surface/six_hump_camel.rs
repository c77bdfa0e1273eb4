//! The six-hump camel f = (4 − 2.1x² + x⁴/3)x² + xy + (4y² − 4)y²: six minima in three pairs.
//!
//! The lowest two are −1.0316 at ±(0.0898, −0.7127). Usual domain |x| ≤ 3, |y| ≤ 2. Branin, IBM
//! Journal of Research and Development 16 (1972).

use super::stationary::near;
use super::{Candidate, Description, Group, Surface};
use crate::math::geometry::{Bounds, Point};
use crate::math::number::Real;
use crate::parameter::Settings;

/// The six-hump camel, which has no parameters.
#[derive(Debug)]
pub struct SixHumpCamel;

impl Surface for SixHumpCamel {
    const DESCRIPTION: Description = Description {
        id: "six-hump-camel",
        name: "Six-hump camel",
        group: Group::ManyMinima,
        dimension: 2,
        formula: &["(4 - 2.1*x^2 + x^4/3)*x^2 + x*y + (4*y^2 - 4)*y^2"],
        parameters: &[],
        source: "Branin, IBM Journal of Research and Development 16, 1972",
    };

    fn new(_: &Settings) -> Self {
        Self
    }

    #[inline(always)]
    fn at<R: Real>(&self, x: R, y: R) -> R {
        let (xx, yy) = (x * x, y * y);
        xx * (xx * (xx / 3.0 - 2.1) + 4.0) + x * y + yy * (yy * 4.0 - 4.0)
    }

    fn view(&self) -> Bounds {
        Bounds::new(-2.2, 2.2, -1.4, 1.4)
    }

    fn start(&self) -> Point {
        // Descent stops in the highest well, momentum finds one of the lowest.
        Point::new(2.0, 0.5)
    }

    fn learning_rate(&self) -> f64 {
        0.02
    }

    fn stationary(&self) -> Vec<Candidate> {
        near(&[
            // Minima, from the lowest pair up.
            (0.09, -0.713),
            (-0.09, 0.713),
            (-1.704, 0.796),
            (1.704, -0.796),
            (1.607, 0.569),
            (-1.607, -0.569),
            // Saddles.
            (0.0, 0.0),
            (1.109, -0.768),
            (-1.109, 0.768),
            (1.638, 0.229),
            (-1.638, -0.229),
            (1.296, 0.605),
            (-1.296, -0.605),
            // Maxima.
            (1.23, 0.162),
            (-1.23, -0.162),
        ])
    }
}
