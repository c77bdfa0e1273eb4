//! The Styblinski–Tang function f = ½(x⁴ − 16x² + 5x + y⁴ − 16y² + 5y): four wells, one the deepest.
//!
//! The lowest minimum is −78.3323 at x = y = −2.9035; along each coordinate the stationary points
//! are the roots of 4x³ − 32x + 5. Usual domain |x|, |y| ≤ 5. Styblinski & Tang, Neural Networks 3
//! (1990).

use super::{Candidate, Description, Group, Surface};
use crate::math::geometry::{Bounds, Point};
use crate::math::number::Real;
use crate::parameter::Settings;

/// The Styblinski–Tang function, which has no parameters.
#[derive(Debug)]
pub struct StyblinskiTang;

impl Surface for StyblinskiTang {
    const DESCRIPTION: Description = Description {
        id: "styblinski-tang",
        name: "Styblinski–Tang",
        group: Group::ManyMinima,
        dimension: 2,
        formula: &["(x^4 - 16*x^2 + 5*x + y^4 - 16*y^2 + 5*y)/2"],
        parameters: &[],
        source: "Styblinski & Tang, Neural Networks 3, 1990",
    };

    fn new(_: &Settings) -> Self {
        Self
    }

    #[inline(always)]
    fn at<R: Real>(&self, x: R, y: R) -> R {
        let along = |x: R| x * (x * (x * x - 16.0) + 5.0) * 0.5;
        along(x) + along(y)
    }

    fn view(&self) -> Bounds {
        Bounds::new(-5.5, 5.5, -4.2, 4.2)
    }

    fn start(&self) -> Point {
        // Descent stops in the nearer well, momentum rolls on into the deepest.
        Point::new(4.7, -1.6)
    }

    fn learning_rate(&self) -> f64 {
        0.02
    }

    fn stationary(&self) -> Vec<Candidate> {
        const ROOTS: [f64; 3] = [-2.904, 0.157, 2.747];
        ROOTS.iter().flat_map(|&x| ROOTS.map(|y| Candidate::Near(Point::new(x, y)))).collect()
    }
}
