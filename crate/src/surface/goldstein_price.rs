//! The Goldstein–Price function, a product of two sums whose values span six powers of ten.
//!
//! f = (1 + (x + y + 1)²(19 − 14x + 3x² − 14y + 6xy + 3y²))
//! · (30 + (2x − 3y)²(18 − 32x + 12x² + 48y − 36xy + 27y²)). The lowest of its four minima is 3 at
//! (0, −1); the others are 30, 84 and 840. Usual domain |x|, |y| ≤ 2. Goldstein & Price, "On Descent
//! from Local Minima", Mathematics of Computation 25 (1971).

use super::stationary::near;
use super::{Candidate, Description, Group, Surface};
use crate::math::geometry::{Bounds, Point};
use crate::math::number::Real;
use crate::parameter::Settings;

/// The Goldstein–Price function, which has no parameters.
#[derive(Debug)]
pub struct GoldsteinPrice;

impl Surface for GoldsteinPrice {
    const DESCRIPTION: Description = Description {
        id: "goldstein-price",
        name: "Goldstein–Price",
        group: Group::ManyMinima,
        dimension: 2,
        formula: &[
            "u = 1 + (x + y + 1)^2*(19 - 14*x + 3*x^2 - 14*y + 6*x*y + 3*y^2)",
            "v = 30 + (2*x - 3*y)^2*(18 - 32*x + 12*x^2 + 48*y - 36*x*y + 27*y^2)",
            "u*v",
        ],
        parameters: &[],
        source: "Goldstein & Price, Mathematics of Computation 25, 1971",
    };

    fn new(_: &Settings) -> Self {
        Self
    }

    #[inline(always)]
    fn at<R: Real>(&self, x: R, y: R) -> R {
        let (xx, xy, yy) = (x * x, x * y, y * y);
        let sum = x + y + 1.0;
        let difference = x * 2.0 - y * 3.0;
        let u = sum * sum * (xx * 3.0 + xy * 6.0 + yy * 3.0 - x * 14.0 - y * 14.0 + 19.0) + 1.0;
        let v = difference
            * difference
            * (xx * 12.0 - xy * 36.0 + yy * 27.0 - x * 32.0 + y * 48.0 + 18.0)
            + 30.0;
        u * v
    }

    fn view(&self) -> Bounds {
        Bounds::new(-2.4, 2.4, -2.0, 1.2)
    }

    fn start(&self) -> Point {
        // On a steep wall above the long valley of the lowest minimum.
        Point::new(0.6, -0.9)
    }

    fn learning_rate(&self) -> f64 {
        2e-5
    }

    fn stationary(&self) -> Vec<Candidate> {
        near(&[
            // Minima, from the lowest up.
            (0.0, -1.0),
            (-0.6, -0.4),
            (1.8, 0.2),
            (1.2, 0.8),
            // Saddles.
            (-0.4, -0.6),
            (1.2, -0.2),
            (1.4, 0.6),
            (0.6, 0.4),
            // The summit.
            (0.8, 0.2),
        ])
    }
}
