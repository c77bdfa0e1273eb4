//! Exponentially weighted averages, as most adaptive rules keep them.

use crate::math::number::Real;

/// The share `kept` of an average and the rest of `value`.
pub(super) fn mix<R: Real>(average: R, value: R, kept: f64) -> R {
    average * kept + value * (1.0 - kept)
}

/// Moves an average toward `value`, keeping the share `kept` of what it was, and returns it.
pub(super) fn gather<R: Real>(average: &mut R, value: R, kept: f64) -> R {
    *average = mix(*average, value, kept);
    *average
}

/// The weight 1 − `kept`ᵏ that an average begun at 0 holds after k steps: what it would have
/// gathered from a constant 1. Dividing by it corrects the bias toward that 0.
pub(super) fn weight<R: Real>(weight: &mut R, kept: f64) -> R {
    gather(weight, R::constant(1.0), kept)
}
