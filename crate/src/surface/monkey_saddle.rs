//! The monkey saddle f = x³ − 3xy²: three ways down between three ways up, two for the legs and one
//! for the tail.
//!
//! (0, 0) is stationary, its Hessian vanishes, and there is no minimum. Hilbert & Cohn-Vossen,
//! "Anschauliche Geometrie", 1932.

use super::{Candidate, Description, Group, StationaryKind, Surface};
use crate::math::geometry::{Bounds, Point};
use crate::math::number::Real;
use crate::parameter::Settings;

/// The monkey saddle, which has no parameters.
#[derive(Debug)]
pub struct MonkeySaddle;

impl Surface for MonkeySaddle {
    const DESCRIPTION: Description = Description {
        id: "monkey-saddle",
        name: "Monkey saddle",
        group: Group::Valley,
        dimension: 2,
        formula: &["x^3 - 3*x*y^2"],
        parameters: &[],
        source: "Hilbert & Cohn-Vossen, Anschauliche Geometrie, 1932",
    };

    fn new(_: &Settings) -> Self {
        Self
    }

    #[inline(always)]
    fn at<R: Real>(&self, x: R, y: R) -> R {
        (x * x - y * y * 3.0) * x
    }

    fn view(&self) -> Bounds {
        Bounds::new(-2.2, 2.2, -1.4, 1.4)
    }

    fn start(&self) -> Point {
        // Nearly on the crest of one of the ways up.
        Point::new(1.8, 0.02)
    }

    fn learning_rate(&self) -> f64 {
        0.02
    }

    fn stationary(&self) -> Vec<Candidate> {
        vec![Candidate::Exact(Point::new(0.0, 0.0), StationaryKind::Saddle)]
    }
}
