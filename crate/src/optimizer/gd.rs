//! Plain gradient descent: w ← w − lr·g. Cauchy 1847; `torch.optim.SGD(momentum=0)`.

use super::{Description, FastRule, LrMeaning, Memory, Optimizer, PyTorch, Recurrence, Step};
use crate::math::number::Real;
use crate::parameter::Settings;

/// Plain gradient descent, which has no parameters of its own.
#[derive(Debug)]
pub struct GradientDescent;

/// One step.
#[inline(always)]
pub(super) fn step<R: Real>(w: R, gradient: R, lr: R) -> R {
    w - lr * gradient
}

impl Optimizer for GradientDescent {
    const DESCRIPTION: Description = Description {
        id: "gd",
        name: "Gradient descent",
        parameters: &[],
        lr: 1e-3,
        lr_meaning: LrMeaning::Gradient,
        weight_decay: 0.0,
        source: "Cauchy 1847; torch.optim.SGD",
    };

    fn new(_: &Settings) -> Self {
        Self
    }

    fn step<R: Real>(&self, w: R, gradient: R, step: Step<R>, _: &mut Memory<R>) -> R {
        self::step(w, gradient, step.lr)
    }

    fn formula(&self) -> Vec<&'static str> {
        vec!["w = w - lr*g"]
    }

    fn pytorch(&self) -> Option<PyTorch> {
        Some(("SGD", vec![]))
    }

    fn frequent(&self) -> Option<FastRule> {
        Some(FastRule::Descent)
    }

    fn recurrence(&self) -> Option<Recurrence> {
        Some(Recurrence::heavy_ball(0.0, 1.0))
    }
}
