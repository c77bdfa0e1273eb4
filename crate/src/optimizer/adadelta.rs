//! Adadelta: the step's length is that of the steps before it, so lr has no unit.
//!
//! v ← ρv + (1−ρ)·g², d = g·√(u + ε)/√(v + ε), u ← ρu + (1−ρ)·d², w ← w − lr·d; Zeiler 2012
//! (arXiv 1212.5701); `torch.optim.Adadelta`. As u starts at 0, the first steps are about √ε.

use super::parameters::{eps, kept};
use super::{Description, Hint, LrMeaning, Memory, Optimizer, PyTorch, Step, average, python};
use crate::math::number::Real;
use crate::parameter::Settings;

/// Adadelta with its parameters.
#[derive(Debug)]
pub struct Adadelta {
    rho: f64,
    eps: f64,
}

impl Optimizer for Adadelta {
    const DESCRIPTION: Description = Description {
        id: "adadelta",
        name: "Adadelta",
        parameters: &[kept("rho", "ρ", "squared-gradient decay", 0.9), eps(1e-6)],
        lr: 1.0,
        lr_meaning: LrMeaning::Factor,
        weight_decay: 0.0,
        source: "Zeiler 2012; torch.optim.Adadelta",
    };

    fn new(settings: &Settings) -> Self {
        Self { rho: settings.number("rho"), eps: settings.number("eps") }
    }

    fn step<R: Real>(&self, w: R, gradient: R, step: Step<R>, memory: &mut Memory<R>) -> R {
        let [square, moved, ..] = memory;
        let square = average::gather(square, gradient * gradient, self.rho);
        let delta = (*moved + self.eps).sqrt() / (square + self.eps).sqrt() * gradient;
        average::gather(moved, delta * delta, self.rho);
        w - step.lr * delta
    }

    fn learning_rate(&self, surface: Hint) -> f64 {
        // At 1 the first steps are about 0.003 long, whatever the surface.
        surface.width
    }

    fn formula(&self) -> Vec<&'static str> {
        vec![
            "v = rho*v + (1 - rho)*g^2",
            "d = sqrt(u + eps)/sqrt(v + eps)*g",
            "u = rho*u + (1 - rho)*d^2",
            "w = w - lr*d",
        ]
    }

    fn pytorch(&self) -> Option<PyTorch> {
        let arguments = vec![("rho", python::number(self.rho)), ("eps", python::number(self.eps))];
        Some(("Adadelta", arguments))
    }
}
