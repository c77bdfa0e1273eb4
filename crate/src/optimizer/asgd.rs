//! Averaged gradient descent: a slowly falling rate, and beside the path its running mean.
//!
//! w ← w·(1 − λη) − η·g, then η ← lr/(1 + λ·lr·k)^α for the next step; η is lr at first.
//! The mean a ← a + (w − a)/max(1, k − 1 − t0) is kept as well, but the ball is w.
//! Polyak & Juditsky 1992, Bottou 2010; `torch.optim.ASGD`.

use super::{Description, LrMeaning, Memory, Optimizer, PyTorch, Step, python};
use crate::math::number::Real;
use crate::parameter::{ParameterSpec, Scale, Settings};

/// Averaged gradient descent with its parameters.
#[derive(Debug)]
pub struct Asgd {
    lambd: f64,
    alpha: f64,
    t0: f64,
}

impl Optimizer for Asgd {
    const DESCRIPTION: Description = Description {
        id: "asgd",
        name: "Averaged descent",
        parameters: &[
            ParameterSpec::number("lambd", "λ", "decay", 1e-4, (1e-6, 1.0), Scale::Logarithmic)
                .accepting(0.0, 1e3),
            ParameterSpec::number(
                "alpha",
                "α",
                "power of the decay",
                0.75,
                (0.0, 2.0),
                Scale::Linear,
            )
            .accepting(0.0, 10.0),
            ParameterSpec::number(
                "t0",
                "t₀",
                "averaging from",
                1e6,
                (1.0, 1e6),
                Scale::Logarithmic,
            )
            .accepting(0.0, 1e9)
            .folded(),
        ],
        lr: 1e-2,
        lr_meaning: LrMeaning::Gradient,
        weight_decay: 0.0,
        source: "Polyak & Juditsky 1992; Bottou 2010; torch.optim.ASGD",
    };

    fn new(settings: &Settings) -> Self {
        Self {
            lambd: settings.number("lambd"),
            alpha: settings.number("alpha"),
            t0: settings.number("t0"),
        }
    }

    fn step<R: Real>(&self, w: R, gradient: R, step: Step<R>, memory: &mut Memory<R>) -> R {
        let [rate, mean, ..] = memory;
        let one = R::constant(1.0);
        *rate = step.first(step.lr, *rate);
        let next = w * (one - *rate * self.lambd) - *rate * gradient;
        *mean = *mean + (next - *mean) / (step.count - (1.0 + self.t0)).max(one);
        *rate = step.lr / (step.lr * step.count * self.lambd + 1.0).powf(R::constant(self.alpha));
        next
    }

    fn formula(&self) -> Vec<&'static str> {
        vec![
            "s = first(lr, s)",
            "w = w*(1 - lambd*s) - s*g",
            "a = a + (w - a)/max(1, k - 1 - t0)",
            "s = lr/(1 + lambd*lr*k)^alpha",
        ]
    }

    fn pytorch(&self) -> Option<PyTorch> {
        let arguments = vec![
            ("lambd", python::number(self.lambd)),
            ("alpha", python::number(self.alpha)),
            ("t0", python::number(self.t0)),
        ];
        Some(("ASGD", arguments))
    }
}
