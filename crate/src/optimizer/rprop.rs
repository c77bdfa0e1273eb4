//! Rprop: only the gradient's sign counts; each coordinate has a step size of its own.
//!
//! With a = sign(g·p), p the gradient before: the size s, lr at first, is multiplied by
//! η⁺ where a > 0 and by η⁻ where a < 0, and kept within step_min and step_max; where a < 0 the
//! gradient counts as 0 (and is remembered so); w ← w − sign(g)·s, with sign(0) = 0.
//! Riedmiller & Braun 1993; `torch.optim.Rprop`.

use super::{Description, LrMeaning, Memory, Optimizer, PyTorch, Step, python};
use crate::math::number::Real;
use crate::parameter::{ParameterSpec, Scale, Settings};

/// Rprop with its factors and the bounds of its step sizes.
#[derive(Debug)]
pub struct Rprop {
    etaminus: f64,
    etaplus: f64,
    step_min: f64,
    step_max: f64,
    /// PyTorch's knows no weight decay.
    decays: bool,
}

impl Optimizer for Rprop {
    const DESCRIPTION: Description = Description {
        id: "rprop",
        name: "Rprop",
        parameters: &[
            ParameterSpec::number("etaminus", "η⁻", "shrinking", 0.5, (0.1, 0.99), Scale::Linear)
                .accepting(1e-6, 0.999_999),
            ParameterSpec::number("etaplus", "η⁺", "growing", 1.2, (1.01, 2.0), Scale::Linear)
                .accepting(1.000_001, 100.0),
            ParameterSpec::number(
                "step_min",
                "",
                "shortest step",
                1e-6,
                (1e-9, 1.0),
                Scale::Logarithmic,
            )
            .accepting(0.0, 1e6)
            .folded(),
            ParameterSpec::number(
                "step_max",
                "",
                "longest step",
                50.0,
                (1e-3, 100.0),
                Scale::Logarithmic,
            )
            .accepting(0.0, 1e6)
            .folded(),
        ],
        lr: 1e-2,
        lr_meaning: LrMeaning::Distance,
        weight_decay: 0.0,
        source: "Riedmiller & Braun 1993; torch.optim.Rprop",
    };

    fn new(settings: &Settings) -> Self {
        Self {
            etaminus: settings.number("etaminus"),
            etaplus: settings.number("etaplus"),
            step_min: settings.number("step_min"),
            step_max: settings.number("step_max"),
            decays: settings.number("weight_decay") != 0.0,
        }
    }

    fn step<R: Real>(&self, w: R, gradient: R, step: Step<R>, memory: &mut Memory<R>) -> R {
        let [before, size, ..] = memory;
        let [zero, one, shrinking, growing, shortest, longest] =
            [0.0, 1.0, self.etaminus, self.etaplus, self.step_min, self.step_max].map(R::constant);
        let agreement = gradient * *before;
        let turned = agreement.less_than(zero);
        let steady = R::select(zero.less_than(agreement), growing, one);
        let factor = R::select(turned, shrinking, steady);
        *size = (step.first(step.lr, *size) * factor).max(shortest).min(longest);
        *before = R::select(turned, zero, gradient);
        w - before.sign() * *size
    }

    fn formula(&self) -> Vec<&'static str> {
        vec![
            "a = sign(g*p)",
            "f = 1 + (etaplus - 1)*max(a, 0) + (1 - etaminus)*min(a, 0)",
            "s = min(max(first(lr, s)*f, step_min), step_max)",
            "p = g*min(a + 1, 1)",
            "w = w - sign(p)*s",
        ]
    }

    fn pytorch(&self) -> Option<PyTorch> {
        let arguments = || {
            vec![
                ("etas", python::pair(self.etaminus, self.etaplus)),
                ("step_sizes", python::pair(self.step_min, self.step_max)),
            ]
        };
        (!self.decays).then(|| ("Rprop", arguments()))
    }
}
