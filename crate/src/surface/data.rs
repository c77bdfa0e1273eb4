//! Data behind a loss: samples to fit, and the curve that given weights fit to them.

use super::Surface;
use crate::math::geometry::Point;
use crate::math::number::Real;

/// One sample: what a model is shown and what it should answer.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Sample {
    /// What the model is shown.
    pub input: f64,
    /// What it should answer: a measured value, or a label 0 or 1.
    pub target: f64,
}

impl Sample {
    /// Input and target, as numbers of another kind.
    #[inline(always)]
    pub(super) fn constants<R: Real>(&self) -> [R; 2] {
        [self.input, self.target].map(R::constant)
    }
}

/// The samples of a loss with the model that is fitted to them.
#[derive(Clone, Copy, Debug)]
pub struct Data<'a> {
    /// The samples, in ascending order of their inputs.
    pub samples: &'a [Sample],
    pub(crate) model: fn(Point, f64) -> f64,
}

impl Data<'_> {
    /// What the model with these weights answers to `input`.
    pub fn predict(&self, weights: Point, input: f64) -> f64 {
        (self.model)(weights, input)
    }
}

/// Samples from a table of inputs and targets.
pub(super) fn samples(table: &[(f64, f64)]) -> Vec<Sample> {
    table.iter().map(|&(input, target)| Sample { input, target }).collect()
}

/// The mean of the losses of `samples`, each an input and a target, at (x, y); 0 without any.
#[inline(always)]
pub(super) fn mean<S: Surface, R: Real>(
    surface: &S,
    samples: impl ExactSizeIterator<Item = [R; 2]>,
    x: R,
    y: R,
) -> R {
    let count = samples.len().max(1) as f64;
    samples.fold(R::constant(0.0), |sum, sample| sum + surface.at_sample(sample, x, y)) / count
}

/// The same of all samples.
#[inline(always)]
pub(super) fn mean_of_all<S: Surface, R: Real>(surface: &S, samples: &[Sample], x: R, y: R) -> R {
    mean(surface, samples.iter().map(Sample::constants), x, y)
}
