//! Nesterov's momentum: the gradient is felt where the velocity is about to carry the ball.
//!
//! - pytorch: v ← βv + g, w ← w − lr·(g + βv); `torch.optim.SGD(nesterov=True)`. The stored w
//!   is the look-ahead point.
//! - lookahead: g is taken at w + βv; v ← βv − lr·g, w ← w + v; Sutskever, Martens, Dahl and
//!   Hinton 2013.
//!
//! At a constant lr the first form's w is the second's w + βv.

use super::{BETA, Description, Memory, Optimizer, Step};
use crate::number::Real;
use crate::parameter::{ChoiceOption, ParameterSpec, Settings};

/// See the [module](self).
#[derive(Debug)]
pub(super) struct Nesterov {
    beta: f64,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Form {
    PyTorch,
    LookAhead,
}

const FORMS: &[ChoiceOption] = &[
    ChoiceOption { id: "pytorch", name: "PyTorch" },
    ChoiceOption { id: "lookahead", name: "look-ahead" },
];

impl Optimizer for Nesterov {
    const DESCRIPTION: Description = Description {
        id: "nesterov",
        name: "Nesterov",
        formula: &["v = beta*v + g", "w = w - lr*(g + beta*v)"],
        parameters: &[BETA, ParameterSpec::choice("form", "form", FORMS, "pytorch")],
        lr: 1e-3,
        source: "Nesterov 1983; Sutskever et al. 2013; torch.optim.SGD",
    };

    fn new(settings: &Settings) -> Self {
        Self {
            beta: settings.number("beta"),
            form: match settings.choice("form") {
                "lookahead" => Form::LookAhead,
                _ => Form::PyTorch,
            },
        }
    }

    fn probe<R: Real>(&self, w: R, memory: &Memory<R>) -> R {
        match self.form {
            Form::PyTorch => w,
            Form::LookAhead => w + memory[0] * self.beta,
        }
    }

    fn step<R: Real>(&self, w: R, gradient: R, step: Step<R>, memory: &mut Memory<R>) -> R {
        let velocity = &mut memory[0];
        match self.form {
            Form::PyTorch => {
                *velocity = *velocity * self.beta + gradient;
                w - step.lr * (gradient + *velocity * self.beta)
            }
            Form::LookAhead => {
                *velocity = *velocity * self.beta - step.lr * gradient;
                w + *velocity
            }
        }
    }

    fn learning_rate(&self, plain: f64) -> f64 {
        plain / 4.0
    }
}
