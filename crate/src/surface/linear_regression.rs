//! Least squares for a straight line: f = mean of ½(x·input + y − target)², x the slope and y
//! the intercept.
//!
//! The Hessian is [[mean input², mean input], [mean input, 1]], so inputs far from 0 make a
//! narrow valley; centred inputs make its axes the coordinates and the condition number small.
//! Least squares: Legendre 1805, Gauss 1809.

use super::data::{self, Data, Sample};
use super::stationary::near;
use super::{Candidate, Description, Group, Surface};
use crate::math::geometry::{Bounds, Point};
use crate::math::number::Real;
use crate::parameter::{ParameterSpec, Settings};

/// Drawn once around the line 0.8·input − 1 with a standard deviation of 0.4, and rounded.
const TABLE: [(f64, f64); 24] = [
    (2.0, 0.6),
    (2.3, 0.9),
    (2.4, 1.2),
    (2.6, 0.7),
    (2.8, 1.1),
    (2.8, 0.4),
    (3.0, 1.2),
    (3.3, 0.8),
    (3.4, 1.2),
    (3.5, 2.2),
    (3.8, 1.2),
    (3.9, 2.4),
    (4.1, 2.4),
    (4.2, 2.2),
    (4.4, 2.7),
    (4.5, 2.8),
    (4.8, 3.3),
    (5.0, 2.9),
    (5.1, 2.8),
    (5.3, 3.0),
    (5.4, 2.9),
    (5.5, 3.4),
    (5.8, 3.3),
    (5.9, 4.1),
];

/// Least squares on one set of samples.
#[derive(Debug)]
pub struct LinearRegression {
    samples: Vec<Sample>,
}

impl Surface for LinearRegression {
    const DESCRIPTION: Description = Description {
        id: "linear-regression",
        name: "Linear regression",
        group: Group::Data,
        dimension: 2,
        formula: &["(x*input + y - target)^2/2"],
        parameters: &[ParameterSpec::toggle("centred", "centred inputs", false)],
        source: "least squares: Legendre 1805, Gauss 1809",
    };

    fn new(settings: &Settings) -> Self {
        let mut samples = data::samples(&TABLE);
        if settings.toggle("centred") {
            let sum: f64 = samples.iter().map(|sample| sample.input).sum();
            let mean = sum / samples.len() as f64;
            samples.iter_mut().for_each(|sample| sample.input -= mean);
        }
        Self { samples }
    }

    #[inline(always)]
    fn at<R: Real>(&self, x: R, y: R) -> R {
        data::mean_of_all(self, &self.samples, x, y)
    }

    fn at_sample<R: Real>(&self, [input, target]: [R; 2], x: R, y: R) -> R {
        let residual = line(x, y, input) - target;
        residual.square() * 0.5
    }

    fn data(&self) -> Option<Data<'_>> {
        Some(Data {
            samples: &self.samples,
            model: |weights, input| line(weights.x, weights.y, input),
        })
    }

    fn view(&self) -> Bounds {
        // Holds the minimum of centred and of other inputs.
        Bounds::new(-3.0, 4.5, -1.9, 3.7)
    }

    fn start(&self) -> Point {
        Point::new(-1.0, 2.6)
    }

    fn learning_rate(&self) -> f64 {
        0.1
    }

    fn stationary(&self) -> Vec<Candidate> {
        near(&[(0.8, 0.0)])
    }
}

/// The model: a straight line.
fn line<R: Real>(slope: R, intercept: R, input: R) -> R {
    slope * input + intercept
}
