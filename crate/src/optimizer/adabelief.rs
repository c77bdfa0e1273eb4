//! AdaBelief: Adam scaled by how far gradients are from what their average led to expect.
//!
//! m ← β₁m + (1−β₁)·g, v ← β₂v + (1−β₂)·(g − m)² + eps_root,
//! w ← w − lr · m/(1−β₁ᵏ) / (√(v/(1−β₂ᵏ)) + ε); Zhuang et al. 2020; `optax.adabelief`.

use super::parameters::{BETA1, beta2, eps, small};
use super::{Description, LrMeaning, Memory, Optimizer, Step, average};
use crate::math::number::Real;
use crate::parameter::Settings;

/// AdaBelief with its parameters.
#[derive(Debug)]
pub struct AdaBelief {
    beta1: f64,
    beta2: f64,
    eps: f64,
    eps_root: f64,
}

impl Optimizer for AdaBelief {
    const DESCRIPTION: Description = Description {
        id: "adabelief",
        name: "AdaBelief",
        parameters: &[
            BETA1,
            beta2(0.999),
            eps(1e-16),
            small("eps_root", "", "epsilon in the root", 1e-16),
        ],
        lr: 1e-3,
        lr_meaning: LrMeaning::Distance,
        weight_decay: 0.0,
        source: "Zhuang et al. 2020; optax.adabelief",
    };

    fn new(settings: &Settings) -> Self {
        Self {
            beta1: settings.number("beta1"),
            beta2: settings.number("beta2"),
            eps: settings.number("eps"),
            eps_root: settings.number("eps_root"),
        }
    }

    fn step<R: Real>(&self, w: R, gradient: R, step: Step<R>, memory: &mut Memory<R>) -> R {
        let [mean, surprise, mean_weight, surprise_weight, ..] = memory;
        let mean = average::gather(mean, gradient, self.beta1);
        let off = gradient - mean;
        *surprise = average::gather(surprise, off * off, self.beta2) + self.eps_root;
        let mean = mean / average::weight(mean_weight, self.beta1);
        let surprise = *surprise / average::weight(surprise_weight, self.beta2);
        w - step.lr * mean / (surprise.sqrt() + self.eps)
    }

    fn formula(&self) -> Vec<&'static str> {
        vec![
            "m = beta1*m + (1 - beta1)*g",
            "v = beta2*v + (1 - beta2)*(g - m)^2 + eps_root",
            "w = w - lr*m/(1 - beta1^k)/(sqrt(v/(1 - beta2^k)) + eps)",
        ]
    }
}
