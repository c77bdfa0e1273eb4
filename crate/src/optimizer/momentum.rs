//! Momentum, the heavy ball: a velocity that gathers gradients, in three common notations.
//!
//! - accumulating: v ← βv + (1−dampening)·g, w ← w − lr·v, where the first step sets v = g
//!   whatever the dampening, and at β = 0 there is no dampening; `torch.optim.SGD(momentum=β)`.
//! - ema: v ← βv + (1−β)·g, w ← w − lr·v; an exponentially weighted average (Ng).
//! - polyak: v ← βv − lr·g, w ← w + v; Polyak 1964, Sutskever et al. 2013.
//!
//! At a constant lr, accumulating without dampening and polyak draw the same path, and ema draws
//! it at lr/(1−β). They part when lr changes on the way.

use super::parameters::BETA;
use super::{
    Description, FastRule, Hint, LrMeaning, Memory, Optimizer, PyTorch, Recurrence, Step, python,
};
use crate::math::number::Real;
use crate::parameter::{ChoiceOption, ParameterSpec, Scale, Settings};

/// The heavy ball in one of its three forms.
#[derive(Debug)]
pub struct Momentum {
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

/// One step of the accumulating form without dampening.
#[inline(always)]
pub(super) fn step<R: Real>(beta: f64, w: R, gradient: R, lr: R, velocity: &mut R) -> R {
    *velocity = *velocity * beta + gradient;
    w - lr * *velocity
}

impl Optimizer for Momentum {
    const DESCRIPTION: Description = Description {
        id: "momentum",
        name: "Momentum",
        parameters: &[
            BETA,
            ParameterSpec::choice("form", "form", FORMS, "accumulating"),
            ParameterSpec::number("dampening", "", "dampening", 0.0, (0.0, 1.0), Scale::Linear)
                .folded(),
        ],
        lr: 1e-3,
        lr_meaning: LrMeaning::Gradient,
        weight_decay: 0.0,
        source: "Polyak 1964; torch.optim.SGD",
    };

    fn new(settings: &Settings) -> Self {
        let beta = settings.number("beta");
        let form = match settings.choice("form") {
            "ema" => Form::Ema,
            "polyak" => Form::Polyak,
            _ => Form::Accumulating,
        };
        // Without a velocity there is nothing to dampen: so PyTorch, and the other forms.
        let dampens = form == Form::Accumulating && beta != 0.0;
        let dampening = if dampens { settings.number("dampening") } else { 0.0 };
        Self { beta, dampening, form }
    }

    fn step<R: Real>(&self, w: R, gradient: R, step: Step<R>, memory: &mut Memory<R>) -> R {
        let velocity = &mut memory[0];
        match self.form {
            Form::Accumulating if self.dampening == 0.0 => {
                self::step(self.beta, w, gradient, step.lr, velocity)
            }
            Form::Accumulating => {
                let later = *velocity * self.beta + gradient * (1.0 - self.dampening);
                *velocity = step.first(gradient, later);
                w - step.lr * *velocity
            }
            Form::Ema => {
                *velocity = *velocity * self.beta + gradient * (1.0 - self.beta);
                w - step.lr * *velocity
            }
            Form::Polyak => {
                *velocity = *velocity * self.beta - step.lr * gradient;
                w + *velocity
            }
        }
    }

    fn learning_rate(&self, surface: Hint) -> f64 {
        // Small enough that the path bends instead of jumping from wall to wall.
        let gentle = surface.plain / 4.0;
        match self.form {
            Form::Ema if self.beta < 1.0 => gentle / (1.0 - self.beta),
            _ => gentle,
        }
    }

    fn formula(&self) -> Vec<&'static str> {
        match self.form {
            Form::Accumulating if self.dampening == 0.0 => vec!["v = beta*v + g", "w = w - lr*v"],
            Form::Accumulating => {
                vec!["v = first(g, beta*v + (1 - dampening)*g)", "w = w - lr*v"]
            }
            Form::Ema => vec!["v = beta*v + (1 - beta)*g", "w = w - lr*v"],
            Form::Polyak => vec!["v = beta*v - lr*g", "w = w + v"],
        }
    }

    fn pytorch(&self) -> Option<PyTorch> {
        let arguments = || {
            vec![
                ("momentum", python::number(self.beta)),
                ("dampening", python::number(self.dampening)),
            ]
        };
        (self.form == Form::Accumulating).then(|| ("SGD", arguments()))
    }

    fn frequent(&self) -> Option<FastRule> {
        // With dampening the first step is another.
        let plain = self.form == Form::Accumulating && self.dampening == 0.0;
        plain.then_some(FastRule::Momentum { beta: self.beta })
    }

    fn recurrence(&self) -> Option<Recurrence> {
        let gain = match self.form {
            Form::Accumulating => 1.0 - self.dampening,
            Form::Ema => 1.0 - self.beta,
            Form::Polyak => 1.0,
        };
        Some(Recurrence::heavy_ball(self.beta, gain))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::number::Single;
    use crate::optimizer::MEMORY;

    /// Two steps from w = 1 on w²/2, whose gradient is w, at lr 0.01 and momentum 0.9.
    fn seed_example<R: Real>() -> [R; 3] {
        let rule = Momentum { beta: 0.9, dampening: 0.0, form: Form::Accumulating };
        let mut memory = [R::constant(0.0); MEMORY];
        let mut path = [R::constant(1.0); 3];
        for count in 1..=2 {
            let w = path[count - 1];
            let step = Step { count: R::constant(count as f64), lr: R::constant(0.01) };
            path[count] = rule.step(w, w, step, &mut memory);
        }
        path
    }

    #[test]
    fn pytorch_s_example_to_the_printed_digits() {
        let double = seed_example::<f64>().map(|w| format!("{w:.6}"));
        assert_eq!(double, ["1.000000", "0.990000", "0.971100"]);
        let single = seed_example::<Single>().map(|w| format!("{:.6}", w.0));
        assert_eq!(single, ["1.000000", "0.990000", "0.971100"]);
        // Single precision rounds differently, so the two cannot be the same computation.
        assert_ne!(f64::from(seed_example::<Single>()[2].0), seed_example::<f64>()[2]);
    }
}
