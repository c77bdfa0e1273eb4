//! Lion: steps of one length along the sign of an average of gradients.
//!
//! w ← w − lr·sign(β₁m + (1−β₁)·g), with sign(0) = 0, then m ← β₂m + (1−β₂)·g; weight decay is
//! decoupled. Chen et al. 2023 (arXiv 2302.06675); `optax.lion`.

use super::parameters::{BETA1, beta2};
use super::{Description, LrMeaning, Memory, Optimizer, Step, average};
use crate::math::number::Real;
use crate::parameter::Settings;

/// Lion with its parameters.
#[derive(Debug)]
pub struct Lion {
    beta1: f64,
    beta2: f64,
}

impl Optimizer for Lion {
    const DESCRIPTION: Description = Description {
        id: "lion",
        name: "Lion",
        parameters: &[BETA1, beta2(0.99)],
        lr: 1e-3,
        lr_meaning: LrMeaning::Distance,
        weight_decay: 1e-3,
        source: "Chen et al. 2023; optax.lion",
    };

    fn new(settings: &Settings) -> Self {
        Self { beta1: settings.number("beta1"), beta2: settings.number("beta2") }
    }

    fn step<R: Real>(&self, w: R, gradient: R, step: Step<R>, memory: &mut Memory<R>) -> R {
        let mean = &mut memory[0];
        let direction = average::mix(*mean, gradient, self.beta1).sign();
        average::gather(mean, gradient, self.beta2);
        w - step.lr * direction
    }

    fn decouples(&self) -> bool {
        true
    }

    fn formula(&self) -> Vec<&'static str> {
        vec!["w = w - lr*sign(beta1*m + (1 - beta1)*g)", "m = beta2*m + (1 - beta2)*g"]
    }
}
