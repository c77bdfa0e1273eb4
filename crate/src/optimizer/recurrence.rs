//! What a rule is on a quadratic: the linear recurrence that the theory of momentum is about.

/// On a quadratic of curvature λ, with x = lr·gain·λ, the iterates along an eigen-direction obey
///
/// - heavy ball: wₖ₊₁ = (1 + β − x)·wₖ − β·wₖ₋₁,
/// - looking ahead (Nesterov): wₖ₊₁ = (1 + β)(1 − x)·wₖ − β(1 − x)·wₖ₋₁.
///
/// Plain descent is the heavy ball with β = 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recurrence {
    /// The momentum β.
    pub beta: f64,
    /// What the learning rate is multiplied by.
    pub gain: f64,
    /// Whether the gradient is felt where the velocity is about to carry the ball.
    pub look_ahead: bool,
}

impl Recurrence {
    /// The heavy ball.
    pub(super) const fn heavy_ball(beta: f64, gain: f64) -> Self {
        Self { beta, gain, look_ahead: false }
    }

    /// Nesterov's momentum.
    pub(super) const fn nesterov(beta: f64, gain: f64) -> Self {
        Self { beta, gain, look_ahead: true }
    }
}
