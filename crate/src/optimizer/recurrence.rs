//! What a rule is on a quadratic: the linear recurrence that the theory of momentum is about.

/// On a quadratic the iterates along an eigen-direction of curvature λ obey
///
/// wₖ₊₁ = wₖ + β·(wₖ − wₖ₋₁) − lr·(now·gₖ − before·gₖ₋₁) with gₖ = (sign·λ + decay)·wₖ.
///
/// | rule | now | before |
/// |---|---|---|
/// | heavy ball | gain | 0 |
/// | Nesterov | (1 + β)·gain | β·gain |
/// | quasi-hyperbolic | 1 − νβ | β(1 − ν) |
///
/// Plain descent is the heavy ball with β = 0. In all of them 0 ≤ before ≤ β·now and
/// before ≤ now, which [`theory`](crate::theory) relies on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recurrence {
    /// The momentum β.
    pub beta: f64,
    /// Factor of the gradient at the present iterate.
    pub now: f64,
    /// Factor of the gradient at the iterate before, which is taken back.
    pub before: f64,
    /// 1, or −1 where the rule climbs.
    pub sign: f64,
    /// Coupled weight decay, which adds to every curvature.
    pub decay: f64,
}

impl Recurrence {
    const fn new(beta: f64, now: f64, before: f64) -> Self {
        Self { beta, now, before, sign: 1.0, decay: 0.0 }
    }

    /// The heavy ball; the learning rate is multiplied by `gain`.
    pub const fn heavy_ball(beta: f64, gain: f64) -> Self {
        Self::new(beta, gain, 0.0)
    }

    /// Nesterov's momentum; the learning rate is multiplied by `gain`.
    pub const fn nesterov(beta: f64, gain: f64) -> Self {
        Self::new(beta, (1.0 + beta) * gain, beta * gain)
    }

    /// Quasi-hyperbolic momentum: the share `nu` of a moving average, the rest of the gradient.
    pub const fn quasi_hyperbolic(beta: f64, nu: f64) -> Self {
        Self::new(beta, 1.0 - nu * beta, beta * (1.0 - nu))
    }

    /// The same with the gradient turned round, if `maximize`, and then coupled weight decay.
    pub(super) const fn around(self, maximize: bool, decay: f64) -> Self {
        Self { sign: if maximize { -self.sign } else { self.sign }, decay, ..self }
    }

    /// What a constant gradient adds to the velocity in a step, as a factor of lr.
    pub fn gain(self) -> f64 {
        self.now - self.before
    }

    /// The curvature that the rule meets where the surface's is `lambda`.
    pub fn curvature(self, lambda: f64) -> f64 {
        self.sign * lambda + self.decay
    }

    /// Whether the rule descends the surface itself, without weight decay.
    pub fn descends(self) -> bool {
        self.sign == 1.0 && self.decay == 0.0
    }
}
