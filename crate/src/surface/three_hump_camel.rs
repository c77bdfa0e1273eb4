//! The three-hump camel f = 2x² − 1.05x⁴ + x⁶/6 + xy + y²: a deep well between two shallow ones.
//!
//! The lowest minimum is 0 at (0, 0), the others lie at ±(1.7476, −0.8738). Usual domain
//! |x|, |y| ≤ 5. Branin, IBM Journal of Research and Development 16 (1972).

use super::stationary::near;
use super::{Candidate, Description, Group, Surface};
use crate::math::geometry::{Bounds, Point};
use crate::math::number::Real;
use crate::parameter::Settings;

/// The three-hump camel, which has no parameters.
#[derive(Debug)]
pub struct ThreeHumpCamel;

impl Surface for ThreeHumpCamel {
    const DESCRIPTION: Description = Description {
        id: "three-hump-camel",
        name: "Three-hump camel",
        group: Group::Valley,
        dimension: 2,
        formula: &["2*x^2 - 1.05*x^4 + x^6/6 + x*y + y^2"],
        parameters: &[],
        source: "Branin, IBM Journal of Research and Development 16, 1972",
    };

    fn new(_: &Settings) -> Self {
        Self
    }

    #[inline(always)]
    fn at<R: Real>(&self, x: R, y: R) -> R {
        let square = x * x;
        square * (square * (square / 6.0 - 1.05) + 2.0) + x * y + y * y
    }

    fn view(&self) -> Bounds {
        Bounds::new(-2.6, 2.6, -2.1, 1.7)
    }

    fn start(&self) -> Point {
        // Descent stays in the shallow well, momentum rolls on into the deep one.
        Point::new(-2.0, -1.4)
    }

    fn learning_rate(&self) -> f64 {
        0.015
    }

    fn stationary(&self) -> Vec<Candidate> {
        near(&[(0.0, 0.0), (-1.748, 0.874), (1.748, -0.874), (-1.07, 0.535), (1.07, -0.535)])
    }
}
