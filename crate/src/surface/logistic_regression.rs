//! Logistic regression: f = mean of ln(1 + exp(−s(x·input + y))), s = +1 for label 1 and −1 for
//! label 0, x the weight and y the bias.
//!
//! The model answers 1/(1 + exp(−(x·input + y))), the probability of label 1, and f is its
//! cross-entropy: convex, with straight walls and a floor that is nearly flat. The labels
//! overlap, so the minimum is finite. Cox, "The Regression Analysis of Binary Sequences", 1958.

use super::data::{self, Data, Sample};
use super::stationary::near;
use super::{Candidate, Description, Group, Surface};
use crate::math::geometry::{Bounds, Point};
use crate::math::number::Real;
use crate::parameter::Settings;

/// Made up: label 0 mostly on the left, label 1 mostly on the right.
const TABLE: [(f64, f64); 24] = [
    (-3.8, 0.0),
    (-3.4, 0.0),
    (-3.1, 0.0),
    (-2.7, 0.0),
    (-2.4, 0.0),
    (-2.0, 0.0),
    (-1.8, 0.0),
    (-1.6, 1.0),
    (-1.0, 0.0),
    (-0.7, 0.0),
    (-0.4, 1.0),
    (-0.1, 0.0),
    (0.2, 1.0),
    (0.4, 0.0),
    (0.9, 0.0),
    (1.2, 1.0),
    (1.4, 1.0),
    (1.7, 0.0),
    (2.3, 1.0),
    (2.7, 1.0),
    (2.7, 1.0),
    (3.3, 1.0),
    (3.5, 1.0),
    (3.7, 1.0),
];

/// Logistic regression on one set of samples.
#[derive(Debug)]
pub struct LogisticRegression {
    samples: Vec<Sample>,
}

impl Surface for LogisticRegression {
    const DESCRIPTION: Description = Description {
        id: "logistic-regression",
        name: "Logistic regression",
        group: Group::Data,
        dimension: 2,
        formula: &["s = 2*target - 1", "ln(1 + exp(-s*(x*input + y)))"],
        parameters: &[],
        source: "Cox, The Regression Analysis of Binary Sequences, 1958",
    };

    fn new(_: &Settings) -> Self {
        Self { samples: data::samples(&TABLE) }
    }

    #[inline(always)]
    fn at<R: Real>(&self, x: R, y: R) -> R {
        data::mean_of_all(self, &self.samples, x, y)
    }

    fn at_sample<R: Real>(&self, [input, target]: [R; 2], x: R, y: R) -> R {
        softplus((x * input + y) * (target * -2.0 + 1.0))
    }

    fn data(&self) -> Option<Data<'_>> {
        let model =
            |weights: Point, input: f64| 1.0 / (1.0 + libm::exp(-(weights.x * input + weights.y)));
        Some(Data { samples: &self.samples, model })
    }

    fn view(&self) -> Bounds {
        Bounds::new(-3.5, 5.0, -3.0, 3.2)
    }

    fn start(&self) -> Point {
        Point::new(-2.0, 2.0)
    }

    fn learning_rate(&self) -> f64 {
        0.6
    }

    fn stationary(&self) -> Vec<Candidate> {
        near(&[(1.0, 0.0)])
    }
}

/// ln(1 + eᶻ) = max(z, 0) + ln(1 + e^−|z|), which cannot overflow.
fn softplus<R: Real>(z: R) -> R {
    let zero = R::constant(0.0);
    let above = zero.less_than(z);
    R::select(above, z, zero) + (R::select(above, -z, z).exp() + 1.0).ln()
}
