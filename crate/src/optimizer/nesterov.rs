//! Nesterov's momentum: the gradient is felt where the velocity is about to carry the ball.
//!
//! - pytorch: v ← βv + g, w ← w − lr·(g + βv); `torch.optim.SGD(nesterov=True)`. The stored w
//!   is the look-ahead point.
//! - lookahead: g is taken at w + βv; v ← βv − lr·g, w ← w + v; Sutskever, Martens, Dahl and
//!   Hinton 2013.
//! - sequence: the same with b for β, which is not used: b grows by tₖ = (1 + √(1 + 4tₖ₋₁²))/2,
//!   t₀ = 0, as b = (tₖ − 1)/tₖ₊₁; Nesterov 1983, and as FISTA Beck & Teboulle 2009.
//!
//! At a constant lr the first form's w is the second's w + βv.

use super::parameters::BETA;
use super::{
    Description, FastRule, Hint, LrMeaning, Memory, Optimizer, PyTorch, Recurrence, Step, python,
};
use crate::math::number::Real;
use crate::parameter::{ChoiceOption, ParameterSpec, Settings};

/// Nesterov's momentum in one of its three forms.
#[derive(Debug)]
pub struct Nesterov {
    beta: f64,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Form {
    PyTorch,
    LookAhead,
    Sequence,
}

const FORMS: &[ChoiceOption] = &[
    ChoiceOption { id: "pytorch", name: "PyTorch" },
    ChoiceOption { id: "lookahead", name: "look-ahead" },
    ChoiceOption { id: "sequence", name: "original sequence" },
];

/// One step of PyTorch's form.
#[inline(always)]
pub(super) fn step<R: Real>(beta: f64, w: R, gradient: R, lr: R, velocity: &mut R) -> R {
    *velocity = *velocity * beta + gradient;
    w - lr * (gradient + *velocity * beta)
}

impl Optimizer for Nesterov {
    const DESCRIPTION: Description = Description {
        id: "nesterov",
        name: "Nesterov",
        parameters: &[BETA, ParameterSpec::choice("form", "form", FORMS, "pytorch")],
        lr: 1e-3,
        lr_meaning: LrMeaning::Gradient,
        weight_decay: 0.0,
        source: "Nesterov 1983; Sutskever et al. 2013; torch.optim.SGD",
    };

    fn new(settings: &Settings) -> Self {
        Self {
            beta: settings.number("beta"),
            form: match settings.choice("form") {
                "lookahead" => Form::LookAhead,
                "sequence" => Form::Sequence,
                _ => Form::PyTorch,
            },
        }
    }

    fn probe<R: Real>(&self, w: R, &[velocity, growing, ..]: &Memory<R>) -> R {
        match self.form {
            Form::PyTorch => w,
            Form::LookAhead => w + velocity * self.beta,
            Form::Sequence => w + velocity * growing,
        }
    }

    fn step<R: Real>(&self, w: R, gradient: R, step: Step<R>, memory: &mut Memory<R>) -> R {
        let [velocity, growing, t, ..] = memory;
        match self.form {
            Form::PyTorch => self::step(self.beta, w, gradient, step.lr, velocity),
            Form::LookAhead => {
                *velocity = *velocity * self.beta - step.lr * gradient;
                w + *velocity
            }
            Form::Sequence => {
                *velocity = *velocity * *growing - step.lr * gradient;
                *t = after(*t);
                *growing = (*t - 1.0) / after(*t);
                w + *velocity
            }
        }
    }

    fn learning_rate(&self, surface: Hint) -> f64 {
        surface.plain / 4.0
    }

    fn formula(&self) -> Vec<&'static str> {
        match self.form {
            Form::PyTorch => vec!["v = beta*v + g", "w = w - lr*(g + beta*v)"],
            Form::LookAhead => vec!["v = beta*v - lr*g", "w = w + v"],
            Form::Sequence => vec![
                "v = b*v - lr*g",
                "w = w + v",
                "t = (1 + sqrt(1 + 4*t^2))/2",
                "b = 2*(t - 1)/(1 + sqrt(1 + 4*t^2))",
            ],
        }
    }

    fn probe_formula(&self) -> &'static str {
        match self.form {
            Form::PyTorch => "w",
            Form::LookAhead => "w + beta*v",
            Form::Sequence => "w + b*v",
        }
    }

    fn pytorch(&self) -> Option<PyTorch> {
        let arguments = || {
            // PyTorch refuses nesterov without momentum, where it would change nothing.
            let nesterov = python::truth(self.beta != 0.0);
            vec![("momentum", python::number(self.beta)), ("nesterov", nesterov)]
        };
        (self.form == Form::PyTorch).then(|| ("SGD", arguments()))
    }

    fn frequent(&self) -> Option<FastRule> {
        (self.form == Form::PyTorch).then_some(FastRule::Nesterov { beta: self.beta })
    }

    fn recurrence(&self) -> Option<Recurrence> {
        (self.form != Form::Sequence).then(|| Recurrence::nesterov(self.beta, 1.0))
    }
}

/// The number after `t` in Nesterov's sequence.
fn after<R: Real>(t: R) -> R {
    ((t * t * 4.0 + 1.0).sqrt() + 1.0) * 0.5
}
