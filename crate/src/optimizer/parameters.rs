//! The parameters that several rules share, with torch.optim's names.

use super::LrMeaning;
use crate::parameter::{ParameterSpec, Scale};

/// The learning rate, which every rule has.
pub(super) const fn lr(default: f64, meaning: LrMeaning) -> ParameterSpec {
    let range = match meaning {
        LrMeaning::Gradient => (1e-4, 1.0),
        LrMeaning::Distance => (1e-4, 10.0),
        LrMeaning::Factor => (1e-2, 1e4),
    };
    ParameterSpec::number("lr", "η", "learning rate", default, range, Scale::Logarithmic)
        .accepting(0.0, 1e6)
}

/// The pull toward zero, which every rule has.
pub(super) const fn weight_decay(default: f64) -> ParameterSpec {
    ParameterSpec::number("weight_decay", "", "weight decay", default, (0.0, 1.0), Scale::Linear)
        .accepting(0.0, 1e3)
        .folded()
}

/// Whether to climb, which every rule can.
pub(super) const MAXIMIZE: ParameterSpec =
    ParameterSpec::toggle("maximize", "maximize", false).folded();

/// The momentum β of the momentum family.
pub(super) const BETA: ParameterSpec =
    ParameterSpec::number("beta", "β", "momentum", 0.9, (0.0, 0.999), Scale::NearOne)
        .accepting(0.0, 1.0);

/// What the average of gradients keeps in a step. 1 would never learn anything.
pub(super) const BETA1: ParameterSpec = kept("beta1", "β₁", "first-moment decay", 0.9);

/// What the average of squared gradients keeps in a step.
pub(super) const fn beta2(default: f64) -> ParameterSpec {
    kept("beta2", "β₂", "second-moment decay", default)
}

/// What an average keeps in a step: 0 to almost 1.
pub(super) const fn kept(
    id: &'static str,
    symbol: &'static str,
    name: &'static str,
    default: f64,
) -> ParameterSpec {
    ParameterSpec::number(id, symbol, name, default, (0.0, 0.9999), Scale::NearOne)
        .accepting(0.0, 0.999_999_999)
}

/// The small number that keeps a quotient finite.
pub(super) const fn eps(default: f64) -> ParameterSpec {
    small("eps", "ε", "epsilon", default)
}

/// A small number on a logarithmic slider; 0 may be typed.
pub(super) const fn small(
    id: &'static str,
    symbol: &'static str,
    name: &'static str,
    default: f64,
) -> ParameterSpec {
    ParameterSpec::number(id, symbol, name, default, (1e-16, 1.0), Scale::Logarithmic)
        .accepting(0.0, 1e3)
        .folded()
}

/// Whether weight decay shrinks the coordinate itself instead of joining the gradient.
pub(super) const DECOUPLED: ParameterSpec =
    ParameterSpec::toggle("decoupled_weight_decay", "decoupled weight decay", false).folded();
