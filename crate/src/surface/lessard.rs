//! A convex function on which the momentum that is best for quadratics cycles for ever.
//!
//! Its gradient is 25x below 1, x + 24 from 1 to 2 and 25x − 24 from 2 on, so its curvature lies
//! between 1 and 25; with p = max(x − 1, 0) and q = max(x − 2, 0) it is f = ½(25x² − 24(p² − q²)).
//! The minimum is 0 at 0. The heavy ball with lr = 1/9 and β = 4/9 from 3.2 falls into a cycle of
//! three points. Lessard, Recht & Packard, "Analysis and Design of Optimization Algorithms via
//! Integral Quadratic Constraints", arXiv 1408.3595, section 4.6.

use super::stationary::near;
use super::{Candidate, Description, Group, Surface};
use crate::math::geometry::{Bounds, Point};
use crate::math::number::Real;
use crate::parameter::Settings;

/// The convex function of Lessard, Recht and Packard, which has no parameters.
#[derive(Debug)]
pub struct Lessard;

impl Surface for Lessard {
    const DESCRIPTION: Description = Description {
        id: "lessard",
        name: "Lessard–Recht–Packard",
        group: Group::OneDimension,
        dimension: 1,
        formula: &["p = max(x - 1, 0)", "q = max(x - 2, 0)", "(25*x^2 - 24*(p^2 - q^2))/2"],
        parameters: &[],
        source: "Lessard, Recht & Packard, arXiv 1408.3595, section 4.6, 2014",
    };

    fn new(_: &Settings) -> Self {
        Self
    }

    #[inline(always)]
    fn at<R: Real>(&self, x: R, _y: R) -> R {
        let zero = R::constant(0.0);
        let (p, q) = ((x - 1.0).max(zero), (x - 2.0).max(zero));
        (x * x * 25.0 - (p * p - q * q) * 24.0) * 0.5
    }

    fn view(&self) -> Bounds {
        Bounds::new(-3.5, 3.7, -2.1, 2.1)
    }

    fn start(&self) -> Point {
        Point::new(3.2, 0.0)
    }

    fn learning_rate(&self) -> f64 {
        0.06
    }

    fn stationary(&self) -> Vec<Candidate> {
        near(&[(0.0, 0.0)])
    }
}
