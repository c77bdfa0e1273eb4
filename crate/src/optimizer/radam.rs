//! RAdam: Adam that does not divide by √v before v has seen enough to be trusted.
//!
//! m and v as in [Adam](super::adam); ρ∞ = 2/(1−β₂) − 1, ρ = ρ∞ − 2k·β₂ᵏ/(1−β₂ᵏ);
//! while ρ ≤ 5: w ← w − lr·m/(1−β₁ᵏ), afterwards that step times
//! √((ρ−4)(ρ−2)ρ∞ / ((ρ∞−4)(ρ∞−2)ρ)) · √(1−β₂ᵏ)/(√v + ε); Liu et al. 2020; `torch.optim.RAdam`.
//!
//! So the first steps are as long as the gradient, the later ones about lr.

use super::parameters::{BETA1, DECOUPLED, beta2, eps};
use super::{Description, Hint, LrMeaning, Memory, Optimizer, PyTorch, Step, average, python};
use crate::math::number::Real;
use crate::parameter::Settings;

/// The ρ above which the variance is tractable.
const TRACTABLE: f64 = 5.0;

/// RAdam with its parameters; weight decay is coupled or decoupled.
#[derive(Debug)]
pub struct RAdam {
    beta1: f64,
    beta2: f64,
    eps: f64,
    decoupled: bool,
}

impl RAdam {
    /// ρ∞, the longest that the average of squares can count as.
    fn longest(&self) -> f64 {
        2.0 / (1.0 - self.beta2) - 1.0
    }
}

impl Optimizer for RAdam {
    const DESCRIPTION: Description = Description {
        id: "radam",
        name: "RAdam",
        parameters: &[BETA1, beta2(0.999), eps(1e-8), DECOUPLED],
        lr: 1e-3,
        lr_meaning: LrMeaning::Distance,
        weight_decay: 0.0,
        source: "Liu et al. 2020; torch.optim.RAdam",
    };

    fn new(settings: &Settings) -> Self {
        Self {
            beta1: settings.number("beta1"),
            beta2: settings.number("beta2"),
            eps: settings.number("eps"),
            decoupled: settings.toggle("decoupled_weight_decay"),
        }
    }

    fn step<R: Real>(&self, w: R, gradient: R, step: Step<R>, memory: &mut Memory<R>) -> R {
        let [mean, square, mean_weight, square_weight, ..] = memory;
        let one = R::constant(1.0);
        let mean = average::gather(mean, gradient, self.beta1);
        let square = average::gather(square, gradient * gradient, self.beta2);
        let plain = mean / average::weight(mean_weight, self.beta1) * step.lr;

        let weight = average::weight(square_weight, self.beta2);
        let longest = self.longest();
        let length = -(step.count * 2.0 * (one - weight) / weight) + longest;
        let whole = length * ((longest - 4.0) * (longest - 2.0));
        let rectified = ((length - 4.0) * (length - 2.0) * longest / whole).sqrt();
        let scaled = plain * (weight.sqrt() / (square.sqrt() + self.eps)) * rectified;
        w - R::select(R::constant(TRACTABLE).less_than(length), scaled, plain)
    }

    fn decouples(&self) -> bool {
        self.decoupled
    }

    fn learning_rate(&self, surface: Hint) -> f64 {
        // The first steps must bear the gradient, the others a distance.
        (surface.width / 50.0).min(surface.plain)
    }

    fn formula(&self) -> Vec<&'static str> {
        let averages = ["m = beta1*m + (1 - beta1)*g", "v = beta2*v + (1 - beta2)*g^2"];
        let update = if self.longest() > TRACTABLE {
            &[
                "l = 2/(1 - beta2) - 1",
                "r = l - 2*k*beta2^k/(1 - beta2^k)",
                "c = sqrt(max((r - 4)*(r - 2)*l/((l - 4)*(l - 2)*r), 0))",
                "a = c*sqrt(1 - beta2^k)/(sqrt(v) + eps)",
                "h = max(sign(r - 5), 0)",
                "w = w - lr*m/(1 - beta1^k)*(h*a + 1 - h)",
            ] as &[_]
        } else {
            // So short a memory is never trusted.
            &["w = w - lr*m/(1 - beta1^k)"]
        };
        [&averages, update].concat()
    }

    fn pytorch(&self) -> Option<PyTorch> {
        let arguments = vec![
            ("betas", python::pair(self.beta1, self.beta2)),
            ("eps", python::number(self.eps)),
            ("decoupled_weight_decay", python::truth(self.decoupled)),
        ];
        Some(("RAdam", arguments))
    }
}
