//! What chance has in store for the balls of a map: each step's noise and minibatch, drawn once.

use crate::math::geometry::Vector;
use crate::run::noise::Noise;

/// The noise and minibatches of every step, in the order in which a run draws them.
#[derive(Debug)]
pub(super) struct BatchNoise {
    settings: Noise,
    /// Of the surface.
    samples: usize,
    noise: Vec<Vector>,
    /// Indices of samples.
    drawn: Vec<usize>,
    /// Steps for which it is known.
    steps: usize,
    /// Those of one step.
    indices: Vec<usize>,
}

impl BatchNoise {
    /// Nothing drawn yet, for a surface with so many samples.
    pub(super) fn new(settings: Noise, samples: usize) -> Self {
        let (noise, drawn, indices) = (Vec::new(), Vec::new(), Vec::new());
        Self { settings, samples, noise, drawn, steps: 0, indices }
    }

    /// Draws what has not been drawn of the first `steps` steps.
    pub(super) fn reach(&mut self, steps: usize) {
        while self.steps < steps {
            self.steps += 1;
            self.noise.extend(self.settings.gradient(self.steps));
            let batch = self.settings.batch(self.steps, self.samples, &mut self.indices);
            self.drawn.extend_from_slice(batch.unwrap_or_default());
        }
    }

    /// Whether gradients are of minibatches.
    pub(super) fn has_batches(&self) -> bool {
        self.settings.takes_batches(self.samples)
    }

    /// Whether gradients are noisy.
    pub(super) fn has_noise(&self) -> bool {
        self.settings.deviation != 0.0
    }

    /// What is added to the gradient after so many steps; nothing where it has not been drawn.
    pub(super) fn noise(&self, made: usize) -> Vector {
        self.noise.get(made).copied().unwrap_or_default()
    }

    /// The samples that are seen after so many steps; those of the first step where they have not
    /// been drawn.
    ///
    /// # Panics
    /// Where nothing has been drawn.
    pub(super) fn batch(&self, made: usize) -> &[usize] {
        let size = self.settings.batch;
        self.drawn.get(made * size..(made + 1) * size).unwrap_or(&self.drawn[..size])
    }
}
