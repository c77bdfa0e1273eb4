//! Momentum, the heavy ball: a velocity that gathers gradients, in three common notations.
//!
//! - accumulating: v ← βv + (1−dampening)·g, w ← w − lr·v, where the first step sets v = g
//!   whatever the dampening; `torch.optim.SGD(momentum=β)`.
//! - ema: v ← βv + (1−β)·g, w ← w − lr·v; an exponentially weighted average (Ng).
//! - polyak: v ← βv − lr·g, w ← w + v; Polyak 1964, Sutskever et al. 2013.
//!
//! At a constant lr, accumulating without dampening and polyak draw the same path, and ema draws
//! it at lr/(1−β). They part when lr changes on the way.

use super::{BETA, Description, Memory, Optimizer, Step};
use crate::number::Real;
use crate::parameter::{ChoiceOption, ParameterSpec, Scale, Settings};

/// See the [module](self).
#[derive(Debug)]
pub(super) struct Momentum {
    beta: f64,
    dampening: f64,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Form {
    Accumulating,
    Ema,
    Polyak,
}

const FORMS: &[ChoiceOption] = &[
    ChoiceOption { id: "accumulating", name: "accumulating (PyTorch)" },
    ChoiceOption { id: "ema", name: "moving average" },
    ChoiceOption { id: "polyak", name: "Polyak" },
];

impl Optimizer for Momentum {
    const DESCRIPTION: Description = Description {
        id: "momentum",
        name: "Momentum",
        formula: &["v = beta*v + (1 - dampening)*g", "w = w - lr*v"],
        parameters: &[
            BETA,
            ParameterSpec::choice("form", "form", FORMS, "accumulating"),
            ParameterSpec::number("dampening", "", "dampening", 0.0, (0.0, 1.0), Scale::Linear)
                .folded(),
        ],
        lr: 1e-3,
        source: "Polyak 1964; torch.optim.SGD",
    };

    fn new(settings: &Settings) -> Self {
        Self {
            beta: settings.number("beta"),
            dampening: settings.number("dampening"),
            form: match settings.choice("form") {
                "ema" => Form::Ema,
                "polyak" => Form::Polyak,
                _ => Form::Accumulating,
            },
        }
    }

    fn step<R: Real>(&self, w: R, gradient: R, step: Step<R>, memory: &mut Memory<R>) -> R {
        let velocity = &mut memory[0];
        let kept = *velocity * self.beta;
        match self.form {
            Form::Accumulating => {
                let first = step.count.less_than(R::constant(1.5));
                let gathered = kept + gradient * (1.0 - self.dampening);
                *velocity = R::select(first, gradient, gathered);
                w - step.lr * *velocity
            }
            Form::Ema => {
                *velocity = kept + gradient * (1.0 - self.beta);
                w - step.lr * *velocity
            }
            Form::Polyak => {
                *velocity = kept - step.lr * gradient;
                w + *velocity
            }
        }
    }

    fn learning_rate(&self, plain: f64) -> f64 {
        // Small enough that the path bends instead of jumping from wall to wall.
        let gentle = plain / 4.0;
        match self.form {
            Form::Ema if self.beta < 1.0 => gentle / (1.0 - self.beta),
            _ => gentle,
        }
    }
}
