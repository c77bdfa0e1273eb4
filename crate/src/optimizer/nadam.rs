//! NAdam: Adam with Nesterov's momentum, which grows by a schedule.
//!
//! μₖ = β₁·(1 − ½·0.96^(k·momentum_decay)); m and v as in [Adam](super::adam), d = √(v/(1−β₂ᵏ)) + ε,
//! w ← w − lr·(1−μₖ)/(1−Πμᵢ) · g/d − lr·μₖ₊₁/(1−Πμᵢ·μₖ₊₁) · m/d; Dozat 2016;
//! `torch.optim.NAdam`. Without momentum_decay μ stays at β₁/2.

use super::parameters::{BETA1, DECOUPLED, beta2, eps};
use super::{Description, LrMeaning, Memory, Optimizer, PyTorch, Step, average, python};
use crate::math::number::Real;
use crate::parameter::{ParameterSpec, Scale, Settings};

/// NAdam with its parameters.
#[derive(Debug)]
pub struct NAdam {
    beta1: f64,
    beta2: f64,
    eps: f64,
    momentum_decay: f64,
    /// What the schedule's power of 0.96 is multiplied by in a step.
    fading: f64,
    decoupled: bool,
}

impl NAdam {
    /// The momentum μ where the schedule's power of 0.96 is `fade`.
    fn momentum<R: Real>(&self, fade: R) -> R {
        (R::constant(1.0) - fade * 0.5) * self.beta1
    }
}

impl Optimizer for NAdam {
    const DESCRIPTION: Description = Description {
        id: "nadam",
        name: "NAdam",
        parameters: &[
            BETA1,
            beta2(0.999),
            eps(1e-8),
            ParameterSpec::number(
                "momentum_decay",
                "ψ",
                "momentum decay",
                4e-3,
                (0.0, 0.1),
                Scale::Linear,
            )
            .accepting(0.0, 1e3)
            .folded(),
            DECOUPLED,
        ],
        lr: 2e-3,
        lr_meaning: LrMeaning::Distance,
        weight_decay: 0.0,
        source: "Dozat 2016; torch.optim.NAdam",
    };

    fn new(settings: &Settings) -> Self {
        let momentum_decay = settings.number("momentum_decay");
        Self {
            beta1: settings.number("beta1"),
            beta2: settings.number("beta2"),
            eps: settings.number("eps"),
            momentum_decay,
            fading: libm::pow(0.96, momentum_decay),
            decoupled: settings.toggle("decoupled_weight_decay"),
        }
    }

    fn step<R: Real>(&self, w: R, gradient: R, step: Step<R>, memory: &mut Memory<R>) -> R {
        let [mean, square, square_weight, fade, product, _] = memory;
        let one = R::constant(1.0);
        let mean = average::gather(mean, gradient, self.beta1);
        let square = average::gather(square, gradient * gradient, self.beta2);
        *fade = step.first(one, *fade) * self.fading;
        let (now, next) = (self.momentum(*fade), self.momentum(*fade * self.fading));
        *product = step.first(one, *product) * now;
        let scale = (square / average::weight(square_weight, self.beta2)).sqrt() + self.eps;
        let fresh = step.lr * (one - now) / (one - *product);
        let carried = step.lr * next / (one - *product * next);
        w - fresh * gradient / scale - carried * mean / scale
    }

    fn decouples(&self) -> bool {
        self.decoupled
    }

    fn formula(&self) -> Vec<&'static str> {
        vec![
            "u = beta1*(1 - 0.5*0.96^(k*momentum_decay))",
            "n = beta1*(1 - 0.5*0.96^((k + 1)*momentum_decay))",
            "p = first(1, p)*u",
            "m = beta1*m + (1 - beta1)*g",
            "v = beta2*v + (1 - beta2)*g^2",
            "d = sqrt(v/(1 - beta2^k)) + eps",
            "w = w - lr*(1 - u)/(1 - p)*g/d - lr*n/(1 - p*n)*m/d",
        ]
    }

    fn pytorch(&self) -> Option<PyTorch> {
        let arguments = vec![
            ("betas", python::pair(self.beta1, self.beta2)),
            ("eps", python::number(self.eps)),
            ("momentum_decay", python::number(self.momentum_decay)),
            ("decoupled_weight_decay", python::truth(self.decoupled)),
        ];
        Some(("NAdam", arguments))
    }
}
