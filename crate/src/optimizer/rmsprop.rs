//! RMSprop: the gradient over the root mean square of those before it.
//!
//! v ← αv + (1−α)·g², w ← w − lr·g/(√v + ε), without bias correction; Tieleman & Hinton 2012;
//! `torch.optim.RMSprop`.
//!
//! - centered: the root is of v − m², the variance around m ← αm + (1−α)·g; Graves 2013. Where
//!   the slope is constant the variance tends to 0 and the step becomes enormous.
//! - momentum: b ← momentum·b + g/(√v + ε), w ← w − lr·b.

use super::parameters::{eps, kept};
use super::{Description, Hint, LrMeaning, Memory, Optimizer, PyTorch, Step, average, python};
use crate::math::number::Real;
use crate::parameter::{ParameterSpec, Scale, Settings};

/// RMSprop with its parameters.
#[derive(Debug)]
pub struct RmsProp {
    alpha: f64,
    eps: f64,
    momentum: f64,
    centered: bool,
}

impl Optimizer for RmsProp {
    const DESCRIPTION: Description = Description {
        id: "rmsprop",
        name: "RMSprop",
        parameters: &[
            kept("alpha", "α", "squared-gradient decay", 0.99),
            ParameterSpec::number("momentum", "", "momentum", 0.0, (0.0, 0.999), Scale::NearOne)
                .accepting(0.0, 1.0),
            ParameterSpec::toggle("centered", "centered", false),
            eps(1e-8),
        ],
        lr: 1e-2,
        lr_meaning: LrMeaning::Distance,
        weight_decay: 0.0,
        source: "Tieleman & Hinton 2012; Graves 2013; torch.optim.RMSprop",
    };

    fn new(settings: &Settings) -> Self {
        Self {
            alpha: settings.number("alpha"),
            eps: settings.number("eps"),
            momentum: settings.number("momentum"),
            centered: settings.toggle("centered"),
        }
    }

    fn step<R: Real>(&self, w: R, gradient: R, step: Step<R>, memory: &mut Memory<R>) -> R {
        let [square, mean, velocity, ..] = memory;
        let mut spread = average::gather(square, gradient * gradient, self.alpha);
        if self.centered {
            let mean = average::gather(mean, gradient, self.alpha);
            spread = spread - mean * mean;
        }
        *velocity = *velocity * self.momentum + gradient / (spread.sqrt() + self.eps);
        w - step.lr * *velocity
    }

    fn learning_rate(&self, surface: Hint) -> f64 {
        // Momentum adds up 1/(1 − momentum) such steps.
        surface.width / 100.0 * (1.0 - self.momentum).max(0.01)
    }

    fn formula(&self) -> Vec<&'static str> {
        let mut lines = vec!["v = alpha*v + (1 - alpha)*g^2"];
        if self.centered {
            lines.push("m = alpha*m + (1 - alpha)*g");
        }
        lines.extend(match (self.momentum > 0.0, self.centered) {
            (false, false) => &["w = w - lr*g/(sqrt(v) + eps)"] as &[_],
            (false, true) => &["w = w - lr*g/(sqrt(v - m^2) + eps)"],
            (true, false) => &["b = momentum*b + g/(sqrt(v) + eps)", "w = w - lr*b"],
            (true, true) => &["b = momentum*b + g/(sqrt(v - m^2) + eps)", "w = w - lr*b"],
        });
        lines
    }

    fn pytorch(&self) -> Option<PyTorch> {
        let arguments = vec![
            ("alpha", python::number(self.alpha)),
            ("eps", python::number(self.eps)),
            ("momentum", python::number(self.momentum)),
            ("centered", python::truth(self.centered)),
        ];
        Some(("RMSprop", arguments))
    }
}
