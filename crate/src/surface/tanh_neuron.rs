//! One neuron tanh(x·input + y) under squared error: f = mean of ½(tanh(x·input + y) − target)²,
//! x the weight and y the bias.
//!
//! Where the neuron saturates f is nearly flat: plateaus, and a narrow valley that leads to the
//! minimum. Other samples may give it many minima: Auer, Herbster & Warmuth, "Exponentially Many
//! Local Minima for Single Neurons", NIPS 1995.

use super::data::{self, Data, Sample};
use super::stationary::near;
use super::{Candidate, Description, Group, Surface};
use crate::math::geometry::{Bounds, Point};
use crate::math::number::Real;
use crate::parameter::Settings;

/// Drawn once around tanh(1.8·input − 1.2) with a standard deviation of 0.1, and rounded.
const TABLE: [(f64, f64); 24] = [
    (-2.8, -1.08),
    (-2.7, -1.08),
    (-2.4, -1.04),
    (-2.1, -1.08),
    (-1.8, -1.04),
    (-1.6, -1.16),
    (-1.4, -0.96),
    (-1.1, -0.99),
    (-0.8, -1.11),
    (-0.6, -1.21),
    (-0.4, -0.96),
    (-0.1, -0.77),
    (0.1, -0.84),
    (0.3, -0.63),
    (0.7, 0.0),
    (0.9, 0.46),
    (1.1, 0.56),
    (1.3, 0.91),
    (1.6, 0.9),
    (1.9, 1.07),
    (2.0, 0.99),
    (2.4, 0.97),
    (2.7, 0.85),
    (2.8, 0.93),
];

/// One neuron on one set of samples.
#[derive(Debug)]
pub struct TanhNeuron {
    samples: Vec<Sample>,
}

impl Surface for TanhNeuron {
    const DESCRIPTION: Description = Description {
        id: "tanh-neuron",
        name: "One neuron",
        group: Group::Data,
        dimension: 2,
        formula: &["(tanh(x*input + y) - target)^2/2"],
        parameters: &[],
        source: "Auer, Herbster & Warmuth, Exponentially Many Local Minima for Single Neurons, 1995",
    };

    fn new(_: &Settings) -> Self {
        Self { samples: data::samples(&TABLE) }
    }

    #[inline(always)]
    fn at<R: Real>(&self, x: R, y: R) -> R {
        data::mean_of_all(self, &self.samples, x, y)
    }

    fn at_sample<R: Real>(&self, [input, target]: [R; 2], x: R, y: R) -> R {
        let residual = neuron(x, y, input) - target;
        residual * residual * 0.5
    }

    fn data(&self) -> Option<Data<'_>> {
        Some(Data {
            samples: &self.samples,
            model: |weights, input| neuron(weights.x, weights.y, input),
        })
    }

    fn view(&self) -> Bounds {
        Bounds::new(-5.0, 8.0, -4.5, 5.0)
    }

    fn start(&self) -> Point {
        // On a plateau, which descent hardly leaves.
        Point::new(-2.0, 2.8)
    }

    fn learning_rate(&self) -> f64 {
        0.25
    }

    fn stationary(&self) -> Vec<Candidate> {
        near(&[(1.8, -1.2)])
    }
}

/// The model: one neuron.
fn neuron<R: Real>(weight: R, bias: R, input: R) -> R {
    (weight * input + bias).tanh()
}
