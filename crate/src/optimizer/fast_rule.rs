//! The rules that are chosen most often, with loops compiled for each surface and each of them.

#[cfg(feature = "maps")]
use {
    super::{gd, momentum, nesterov},
    crate::math::lockstep::{Limits, Rolled, Rolling},
    crate::math::number::Real,
};

/// One of them: it counts no steps and remembers no more than a velocity.
#[derive(Clone, Copy, Debug)]
pub enum FastRule {
    /// Gradient descent.
    Descent,
    /// Momentum as in PyTorch, without dampening.
    Momentum {
        /// β.
        beta: f64,
    },
    /// Nesterov's momentum as in PyTorch.
    Nesterov {
        /// β.
        beta: f64,
    },
}

/// One of them at a learning rate that stays.
#[derive(Clone, Copy, Debug)]
pub struct ConstantRule {
    /// The rule.
    pub rule: FastRule,
    /// Learning rate.
    pub lr: f64,
}

#[cfg(feature = "maps")]
impl ConstantRule {
    /// Lets balls roll where the gradient is `slope`; see [`Rolling::roll`].
    #[inline(always)]
    pub(crate) fn roll<R: Real>(
        self,
        balls: &mut impl Rolling<R>,
        steps: usize,
        limits: Limits,
        slope: impl Fn([R; 2]) -> [R; 2],
    ) -> Rolled {
        let lr = R::constant(self.lr);
        match self.rule {
            FastRule::Descent => balls.roll(steps, limits, slope, |w, g, _| gd::step(w, g, lr)),
            FastRule::Momentum { beta } => balls.roll(steps, limits, slope, |w, g, velocity| {
                momentum::step(beta, w, g, lr, velocity)
            }),
            FastRule::Nesterov { beta } => balls.roll(steps, limits, slope, |w, g, velocity| {
                nesterov::step(beta, w, g, lr, velocity)
            }),
        }
    }
}
