//! Learning-rate schedules, as in `torch.optim.lr_scheduler`: the slider sets the peak.

use crate::parameter::{ChoiceOption, ParameterSpec, Scale, Settings};

/// The parameters that choose a schedule; every run has them.
pub const PARAMETERS: &[ParameterSpec] = &[
    ParameterSpec::choice("schedule", "learning-rate schedule", SHAPES, "constant").folded(),
    ParameterSpec::number(
        "schedule_steps",
        "",
        "steps of the schedule",
        100.0,
        (1.0, 1000.0),
        Scale::Logarithmic,
    )
    .accepting(1.0, 1e6)
    .whole()
    .folded(),
    ParameterSpec::number(
        "schedule_factor",
        "γ",
        "factor of the schedule",
        0.1,
        (1e-3, 1.0),
        Scale::Logarithmic,
    )
    .accepting(0.0, 10.0)
    .folded(),
];

const SHAPES: &[ChoiceOption] = &[
    ChoiceOption { id: "constant", name: "constant" },
    ChoiceOption { id: "step", name: "step" },
    ChoiceOption { id: "exponential", name: "exponential" },
    ChoiceOption { id: "cosine", name: "cosine" },
    ChoiceOption { id: "warm-up", name: "warm-up, then constant" },
];

/// How the learning rate moves during a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Schedule {
    shape: Shape,
    steps: f64,
    factor: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Shape {
    Constant,
    Step,
    Exponential,
    Cosine,
    WarmUp,
}

impl Schedule {
    /// The schedule chosen by [`PARAMETERS`].
    pub fn new(settings: &Settings) -> Self {
        let shape = match settings.choice("schedule") {
            "step" => Shape::Step,
            "exponential" => Shape::Exponential,
            "cosine" => Shape::Cosine,
            "warm-up" => Shape::WarmUp,
            _ => Shape::Constant,
        };
        let number = |id| settings.number(id);
        Self { shape, steps: number("schedule_steps"), factor: number("schedule_factor") }
    }

    /// Whether every step takes the peak learning rate.
    pub fn is_constant(&self) -> bool {
        self.shape == Shape::Constant
    }

    /// The share of the peak learning rate that step `count`, counted from 1, takes.
    ///
    /// With k = count − 1, n the steps and γ the factor: step γ^⌊k/n⌋ (`StepLR`); exponential
    /// γ^(k/n), which is `ExponentialLR` with γ^(1/n); cosine γ + (1 − γ)(1 + cos(πk/n))/2, which
    /// is `CosineAnnealingLR` with eta_min = γ·lr and stays at γ after n; warm-up rises linearly
    /// from γ to 1 over n steps (`LinearLR`).
    pub fn share(&self, count: usize) -> f64 {
        let Self { steps, factor, .. } = *self;
        let passed = (count.max(1) - 1) as f64 / steps;
        match self.shape {
            Shape::Constant => 1.0,
            Shape::Step => libm::pow(factor, passed.floor()),
            Shape::Exponential => libm::pow(factor, passed),
            Shape::Cosine => {
                let angle = std::f64::consts::PI * passed.min(1.0);
                factor + (1.0 - factor) * 0.5 * (1.0 + libm::cos(angle))
            }
            Shape::WarmUp => factor + (1.0 - factor) * passed.min(1.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameter::Setting;

    fn shares(shape: &'static str, factor: f64) -> Vec<f64> {
        let mut settings = Settings::defaults(PARAMETERS);
        settings.set("schedule", Setting::Choice(shape));
        settings.set("schedule_steps", Setting::Number(4.0));
        settings.set("schedule_factor", Setting::Number(factor));
        let schedule = Schedule::new(&settings);
        (1..=9).map(|count| schedule.share(count)).collect()
    }

    #[test]
    fn shapes_meet_their_marks() {
        assert_eq!(shares("constant", 0.5), [1.0; 9]);
        assert_eq!(shares("step", 0.5), [1.0, 1.0, 1.0, 1.0, 0.5, 0.5, 0.5, 0.5, 0.25]);
        assert_eq!(shares("warm-up", 0.0)[..6], [0.0, 0.25, 0.5, 0.75, 1.0, 1.0]);
        let exponential = shares("exponential", 0.0625);
        assert!(
            (exponential[1] - 0.5).abs() < 1e-15 && (exponential[8] - 0.00390625).abs() < 1e-15
        );
        let cosine = shares("cosine", 0.0);
        assert!((cosine[2] - 0.5).abs() < 1e-15 && cosine[4..].iter().all(|share| *share < 1e-15));
    }
}
