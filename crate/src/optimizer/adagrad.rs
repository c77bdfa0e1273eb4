//! Adagrad: steps shrink with the root of all squared gradients so far.
//!
//! s ← s + g², w ← w − lr/(1 + (k−1)·lr_decay) · g/(√s + ε), where s starts at
//! initial_accumulator_value; Duchi, Hazan & Singer 2011; `torch.optim.Adagrad`.

use super::parameters::eps;
use super::{Description, Hint, LrMeaning, Memory, Optimizer, PyTorch, Step, python};
use crate::math::number::Real;
use crate::parameter::{ParameterSpec, Scale, Settings};

/// Adagrad with its parameters.
#[derive(Debug)]
pub struct Adagrad {
    lr_decay: f64,
    initial: f64,
    eps: f64,
}

impl Optimizer for Adagrad {
    const DESCRIPTION: Description = Description {
        id: "adagrad",
        name: "Adagrad",
        parameters: &[
            ParameterSpec::number("lr_decay", "", "lr decay", 0.0, (0.0, 0.1), Scale::Linear)
                .accepting(0.0, 1e3)
                .folded(),
            ParameterSpec::number(
                "initial_accumulator_value",
                "",
                "initial sum of squares",
                0.0,
                (0.0, 10.0),
                Scale::Linear,
            )
            .accepting(0.0, 1e12)
            .folded(),
            eps(1e-10),
        ],
        lr: 1e-2,
        lr_meaning: LrMeaning::Distance,
        weight_decay: 0.0,
        source: "Duchi, Hazan & Singer 2011; torch.optim.Adagrad",
    };

    fn new(settings: &Settings) -> Self {
        Self {
            lr_decay: settings.number("lr_decay"),
            initial: settings.number("initial_accumulator_value"),
            eps: settings.number("eps"),
        }
    }

    fn step<R: Real>(&self, w: R, gradient: R, step: Step<R>, memory: &mut Memory<R>) -> R {
        let sum = &mut memory[0];
        *sum = step.first(R::constant(self.initial), *sum) + gradient * gradient;
        let lr = step.lr / ((step.count - 1.0) * self.lr_decay + 1.0);
        w - lr * gradient / (sum.sqrt() + self.eps)
    }

    fn learning_rate(&self, surface: Hint) -> f64 {
        // The steps only shrink, so the first must be long.
        surface.width / 10.0
    }

    fn formula(&self) -> Vec<&'static str> {
        vec![
            if self.initial == 0.0 {
                "s = s + g^2"
            } else {
                "s = first(initial_accumulator_value, s) + g^2"
            },
            if self.lr_decay == 0.0 {
                "w = w - lr*g/(sqrt(s) + eps)"
            } else {
                "w = w - lr/(1 + (k - 1)*lr_decay)*g/(sqrt(s) + eps)"
            },
        ]
    }

    fn pytorch(&self) -> Option<PyTorch> {
        let arguments = vec![
            ("lr_decay", python::number(self.lr_decay)),
            ("initial_accumulator_value", python::number(self.initial)),
            ("eps", python::number(self.eps)),
        ];
        Some(("Adagrad", arguments))
    }
}
