//! Yogi: Adam whose average of squares moves toward g² at a pace that g² alone sets.
//!
//! m ← β₁m + (1−β₁)·g, v ← v − (1−β₂)·sign(v − g²)·g², both 10⁻⁶ at first,
//! w ← w − lr · m/(1−β₁ᵏ) / (√(v/(1−β₂ᵏ)) + ε); Zaheer et al. 2018; `optax.yogi`.

use super::parameters::{BETA1, beta2, eps};
use super::{Description, LrMeaning, Memory, Optimizer, Step, average};
use crate::math::number::Real;
use crate::parameter::Settings;

/// What both averages start from.
const INITIAL: f64 = 1e-6;

/// Yogi with its parameters.
#[derive(Debug)]
pub struct Yogi {
    beta1: f64,
    beta2: f64,
    eps: f64,
}

impl Optimizer for Yogi {
    const DESCRIPTION: Description = Description {
        id: "yogi",
        name: "Yogi",
        parameters: &[BETA1, beta2(0.999), eps(1e-3)],
        lr: 1e-3,
        lr_meaning: LrMeaning::Distance,
        weight_decay: 0.0,
        source: "Zaheer et al. 2018; optax.yogi",
    };

    fn new(settings: &Settings) -> Self {
        Self {
            beta1: settings.number("beta1"),
            beta2: settings.number("beta2"),
            eps: settings.number("eps"),
        }
    }

    fn step<R: Real>(&self, w: R, gradient: R, step: Step<R>, memory: &mut Memory<R>) -> R {
        let [mean, spread, mean_weight, spread_weight, ..] = memory;
        let initial = R::constant(INITIAL);
        *mean = step.first(initial, *mean);
        let mean = average::gather(mean, gradient, self.beta1);
        *spread = step.first(initial, *spread);
        let square = gradient * gradient;
        *spread = *spread - (*spread - square).sign() * square * (1.0 - self.beta2);
        let mean = mean / average::weight(mean_weight, self.beta1);
        let spread = *spread / average::weight(spread_weight, self.beta2);
        w - step.lr * mean / (spread.sqrt() + self.eps)
    }

    fn formula(&self) -> Vec<&'static str> {
        vec![
            "m = beta1*first(1e-6, m) + (1 - beta1)*g",
            "v = first(1e-6, v)",
            "v = v - (1 - beta2)*sign(v - g^2)*g^2",
            "w = w - lr*m/(1 - beta1^k)/(sqrt(v/(1 - beta2^k)) + eps)",
        ]
    }
}
