//! Beale's function f = (1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)²: a flat, bent
//! valley between steep corners.
//!
//! The minimum is 0 at (3, 0.5); (0, 1) and (0.1005, −2.6445) are saddles. Usual domain |x|, |y| ≤ 4.5. Beale, "On an
//! Iterative Method for Finding a Local Minimum of a Function of More than One Variable", 1958.

use super::stationary::near;
use super::{Candidate, Description, Group, Surface};
use crate::math::geometry::{Bounds, Point};
use crate::math::number::Real;
use crate::parameter::Settings;

/// Beale's function, which has no parameters.
#[derive(Debug)]
pub struct Beale;

impl Surface for Beale {
    const DESCRIPTION: Description = Description {
        id: "beale",
        name: "Beale",
        group: Group::Valley,
        dimension: 2,
        formula: &["(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2"],
        parameters: &[],
        source: "Beale, On an Iterative Method for Finding a Local Minimum, 1958",
    };

    fn new(_: &Settings) -> Self {
        Self
    }

    #[inline(always)]
    fn at<R: Real>(&self, x: R, y: R) -> R {
        let yy = y.square();
        (x * (y - 1.0) + 1.5).square()
            + (x * (yy - 1.0) + 2.25).square()
            + (x * (yy * y - 1.0) + 2.625).square()
    }

    fn view(&self) -> Bounds {
        Bounds::new(-2.0, 4.5, -2.0, 2.3)
    }

    fn start(&self) -> Point {
        // On a steep wall; the valley below is flat.
        Point::new(1.0, 1.5)
    }

    fn learning_rate(&self) -> f64 {
        0.004
    }

    fn stationary(&self) -> Vec<Candidate> {
        near(&[(3.0, 0.5), (0.0, 1.0), (0.1005, -2.6445)])
    }
}
