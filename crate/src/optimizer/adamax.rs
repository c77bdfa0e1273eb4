//! Adamax: Adam with the largest recent gradient instead of the root of the squares.
//!
//! m ← β₁m + (1−β₁)·g, u ← max(β₂u, |g| + ε), w ← w − lr/(1−β₁ᵏ) · m/u; Kingma & Ba 2015;
//! `torch.optim.Adamax`.

use super::parameters::{BETA1, beta2, eps};
use super::{Description, LrMeaning, Memory, Optimizer, PyTorch, Step, average, python};
use crate::math::number::Real;
use crate::parameter::Settings;

/// Adamax with its parameters.
#[derive(Debug)]
pub struct Adamax {
    beta1: f64,
    beta2: f64,
    eps: f64,
}

impl Optimizer for Adamax {
    const DESCRIPTION: Description = Description {
        id: "adamax",
        name: "Adamax",
        parameters: &[BETA1, beta2(0.999), eps(1e-8)],
        lr: 2e-3,
        lr_meaning: LrMeaning::Distance,
        weight_decay: 0.0,
        source: "Kingma & Ba 2015; torch.optim.Adamax",
    };

    fn new(settings: &Settings) -> Self {
        Self {
            beta1: settings.number("beta1"),
            beta2: settings.number("beta2"),
            eps: settings.number("eps"),
        }
    }

    fn step<R: Real>(&self, w: R, gradient: R, step: Step<R>, memory: &mut Memory<R>) -> R {
        let [mean, largest, weight, ..] = memory;
        let mean = average::gather(mean, gradient, self.beta1);
        *largest = (*largest * self.beta2).max(gradient.abs() + self.eps);
        w - step.lr / average::weight(weight, self.beta1) * mean / *largest
    }

    fn formula(&self) -> Vec<&'static str> {
        vec![
            "m = beta1*m + (1 - beta1)*g",
            "u = max(beta2*u, abs(g) + eps)",
            "w = w - lr*m/(1 - beta1^k)/u",
        ]
    }

    fn pytorch(&self) -> Option<PyTorch> {
        let arguments = vec![
            ("betas", python::pair(self.beta1, self.beta2)),
            ("eps", python::number(self.eps)),
        ];
        Some(("Adamax", arguments))
    }
}
