//! Quasi-hyperbolic momentum: a mean of the gradient and of its moving average.
//!
//! v ← βv + (1−β)·g, w ← w − lr·((1−ν)·g + νv); Ma & Yarats 2019 (arXiv 1810.06801), who advise
//! ν = 0.7 and, for large noisy problems, β = 0.999.
//!
//! ν = 0 is plain descent, ν = 1 momentum as a moving average, ν = β Nesterov's at lr·(1−β).
//! On a quadratic w₊ = (1+β−x(1−νβ))·w − β(1−x(1−ν))·w₋ with x = lr·λ.

use super::parameters::BETA;
use super::{Description, LrMeaning, Memory, Optimizer, Recurrence, Step, average};
use crate::math::number::Real;
use crate::parameter::{ParameterSpec, Scale, Setting, Settings};

/// Quasi-hyperbolic momentum with β and ν.
#[derive(Debug)]
pub struct QuasiHyperbolic {
    nu: f64,
    beta: f64,
}

impl Optimizer for QuasiHyperbolic {
    const DESCRIPTION: Description = Description {
        id: "qhm",
        name: "Quasi-hyperbolic",
        parameters: &[
            BETA,
            ParameterSpec::number("nu", "ν", "share of momentum", 0.7, (0.0, 1.0), Scale::Linear),
        ],
        lr: 1e-3,
        lr_meaning: LrMeaning::Gradient,
        weight_decay: 0.0,
        source: "Ma & Yarats 2019",
    };

    fn new(settings: &Settings) -> Self {
        Self { nu: settings.number("nu"), beta: settings.number("beta") }
    }

    fn step<R: Real>(&self, w: R, gradient: R, step: Step<R>, memory: &mut Memory<R>) -> R {
        let velocity = average::gather(&mut memory[0], gradient, self.beta);
        w - step.lr * (gradient * (1.0 - self.nu) + velocity * self.nu)
    }

    fn formula(&self) -> Vec<&'static str> {
        vec!["v = beta*v + (1 - beta)*g", "w = w - lr*((1 - nu)*g + nu*v)"]
    }

    fn recurrence(&self) -> Option<Recurrence> {
        // Without a share in the steps the velocity is not felt: its factor β is no rate.
        let unfelt = self.nu == 0.0;
        let recurrence = Recurrence::quasi_hyperbolic(self.beta, self.nu);
        Some(if unfelt { Recurrence::heavy_ball(0.0, 1.0) } else { recurrence })
    }

    fn set_momentum(settings: &mut Settings, beta: f64) {
        // ν = β is Nesterov's momentum, and stays so.
        if settings.number("nu") == settings.number(BETA.id) {
            settings.set("nu", Setting::Number(beta));
        }
        settings.set(BETA.id, Setting::Number(beta));
    }
}
