//! Rosenbrock's valley f = (a − x)² + b(y − x²)²: a curved, flat floor with steep walls.
//!
//! The minimum is 0 at (a, a²). Rosenbrock, "An Automatic Method for Finding the Greatest or
//! Least Value of a Function", The Computer Journal 3 (1960).

use super::stationary::near;
use super::{Candidate, Description, Group, Surface};
use crate::math::geometry::{Bounds, Point};
use crate::math::number::Real;
use crate::parameter::{ParameterSpec, Scale, Settings};

/// Rosenbrock's valley with a and b.
#[derive(Debug)]
pub struct Rosenbrock {
    a: f64,
    b: f64,
}

impl Surface for Rosenbrock {
    const DESCRIPTION: Description = Description {
        id: "rosenbrock",
        name: "Rosenbrock",
        group: Group::Valley,
        dimension: 2,
        formula: &["(a - x)^2 + b*(y - x^2)^2"],
        parameters: &[
            ParameterSpec::number(
                "a",
                "a",
                "position of the minimum",
                1.0,
                (-1.5, 1.5),
                Scale::Linear,
            )
            .accepting(-10.0, 10.0)
            .folded(),
            ParameterSpec::number(
                "b",
                "b",
                "steepness of the walls",
                100.0,
                (1.0, 1000.0),
                Scale::Logarithmic,
            )
            .accepting(1e-3, 1e6)
            .folded(),
        ],
        source: "Rosenbrock, The Computer Journal 3, 1960",
    };

    fn new(settings: &Settings) -> Self {
        Self { a: settings.number("a"), b: settings.number("b") }
    }

    #[inline(always)]
    fn at<R: Real>(&self, x: R, y: R) -> R {
        let toward = -x + self.a;
        let off_floor = y - x * x;
        toward * toward + off_floor * off_floor * self.b
    }

    fn view(&self) -> Bounds {
        Bounds::new(-2.2, 2.2, -0.9, 2.1)
    }

    fn start(&self) -> Point {
        Point::new(-1.2, 1.0)
    }

    fn learning_rate(&self) -> f64 {
        0.12 / self.b
    }

    fn stationary(&self) -> Vec<Candidate> {
        near(&[(self.a, self.a * self.a)])
    }
}
