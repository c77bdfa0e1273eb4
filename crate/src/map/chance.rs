//! What chance has in store for the balls of a map: each step's noise and minibatch, drawn once.

use crate::geometry::Vector;
use crate::noise::Noise;

/// See the [module](self). Step by step, from the first.
#[derive(Debug, Default)]
pub(super) struct Chance {
    noise: Vec<Vector>,
    /// Indices of samples, `batch` to a step.
    drawn: Vec<usize>,
    batch: usize,
}

impl Chance {
    /// That of the first `steps` steps on a surface with so many samples.
    pub(super) fn of(noise: &Noise, steps: usize, samples: usize) -> Self {
        let mut chance = Self::default();
        let mut indices = Vec::new();
        for count in 1..=steps {
            let added = noise.gradient(count);
            chance.noise.extend(added);
            let batch = noise.batch(count, samples, &mut indices);
            let Some(batch) = batch.map(<[usize]>::len) else {
                if added.is_none() {
                    break;
                }
                continue;
            };
            chance.batch = batch;
            chance.drawn.extend_from_slice(&indices);
        }
        chance
    }

    /// Whether gradients are of minibatches.
    pub(super) fn has_batches(&self) -> bool {
        self.batch > 0
    }

    /// Whether gradients are noisy.
    pub(super) fn has_noise(&self) -> bool {
        !self.noise.is_empty()
    }

    /// What is added to the gradient after so many steps; nothing after the last.
    pub(super) fn noise(&self, made: usize) -> Vector {
        self.noise.get(made).copied().unwrap_or_default()
    }

    /// The samples that are seen after so many steps; those of the first step after the last.
    ///
    /// # Panics
    /// Where there are no minibatches.
    pub(super) fn batch(&self, made: usize) -> &[usize] {
        let first = made * self.batch;
        self.drawn.get(first..first + self.batch).unwrap_or(&self.drawn[..self.batch])
    }
}
