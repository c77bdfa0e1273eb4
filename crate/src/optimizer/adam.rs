//! Adam: a moving average of gradients over the root of one of their squares.
//!
//! m ← β₁m + (1−β₁)·g, v ← β₂v + (1−β₂)·g²,
//! w ← w − lr/(1−β₁ᵏ) · m/(√v/√(1−β₂ᵏ) + ε); Kingma & Ba 2015; `torch.optim.Adam`.
//!
//! - amsgrad: the largest v so far stands for v, taken before the bias correction; Reddi, Kale &
//!   Kumar 2018.

use super::parameters::{BETA1, beta2, eps};
use super::{Description, LrMeaning, Memory, Optimizer, PyTorch, Step, average, python};
use crate::math::number::Real;
use crate::parameter::{ParameterSpec, Settings};

/// Adam with its parameters.
#[derive(Debug)]
pub struct Adam {
    beta1: f64,
    beta2: f64,
    eps: f64,
    amsgrad: bool,
}

impl Adam {
    /// The keyword arguments that Adam and AdamW share.
    pub(super) fn arguments(&self) -> Vec<(&'static str, String)> {
        vec![
            ("betas", python::pair(self.beta1, self.beta2)),
            ("eps", python::number(self.eps)),
            ("amsgrad", python::truth(self.amsgrad)),
        ]
    }
}

impl Optimizer for Adam {
    const DESCRIPTION: Description = Description {
        id: "adam",
        name: "Adam",
        parameters: &[
            BETA1,
            beta2(0.999),
            eps(1e-8),
            ParameterSpec::toggle("amsgrad", "AMSGrad", false).folded(),
        ],
        lr: 1e-3,
        lr_meaning: LrMeaning::Distance,
        weight_decay: 0.0,
        source: "Kingma & Ba 2015; Reddi, Kale & Kumar 2018; torch.optim.Adam",
    };

    fn new(settings: &Settings) -> Self {
        Self {
            beta1: settings.number("beta1"),
            beta2: settings.number("beta2"),
            eps: settings.number("eps"),
            amsgrad: settings.toggle("amsgrad"),
        }
    }

    fn step<R: Real>(&self, w: R, gradient: R, step: Step<R>, memory: &mut Memory<R>) -> R {
        let [mean, square, mean_weight, square_weight, largest, _] = memory;
        let mean = average::gather(mean, gradient, self.beta1);
        let mut square = average::gather(square, gradient * gradient, self.beta2);
        if self.amsgrad {
            *largest = largest.max(square);
            square = *largest;
        }
        let lr = step.lr / average::weight(mean_weight, self.beta1);
        let root = square.sqrt() / average::weight(square_weight, self.beta2).sqrt();
        w - lr * mean / (root + self.eps)
    }

    fn formula(&self) -> Vec<&'static str> {
        let mut lines = vec!["m = beta1*m + (1 - beta1)*g", "v = beta2*v + (1 - beta2)*g^2"];
        lines.extend(if self.amsgrad {
            &["n = max(n, v)", "w = w - lr*m/(1 - beta1^k)/(sqrt(n/(1 - beta2^k)) + eps)"] as &[_]
        } else {
            &["w = w - lr*m/(1 - beta1^k)/(sqrt(v/(1 - beta2^k)) + eps)"]
        });
        lines
    }

    fn pytorch(&self) -> Option<PyTorch> {
        Some(("Adam", self.arguments()))
    }
}
