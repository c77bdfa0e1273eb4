//! Plain gradient descent: w ← w − lr·g. Cauchy 1847; `torch.optim.SGD(momentum=0)`.

use super::{Description, Memory, Optimizer, Step};
use crate::number::Real;
use crate::parameter::Settings;

/// See the [module](self).
#[derive(Debug)]
pub(super) struct GradientDescent;

impl Optimizer for GradientDescent {
    const DESCRIPTION: Description = Description {
        id: "gd",
        name: "Gradient descent",
        formula: &["w = w - lr*g"],
        parameters: &[],
        lr: 1e-3,
        source: "Cauchy 1847; torch.optim.SGD",
    };

    fn new(_: &Settings) -> Self {
        Self
    }

    fn step<R: Real>(&self, w: R, gradient: R, step: Step<R>, _: &mut Memory<R>) -> R {
        w - step.lr * gradient
    }
}
