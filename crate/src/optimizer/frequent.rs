//! The rules that are chosen most often, with loops compiled for each surface and each of them.

#[cfg(feature = "maps")]
use {
    super::{gd, momentum, nesterov},
    crate::number::Real,
    crate::rolling::{Limits, Rolled, Rolling},
};

/// One of them: it counts no steps and remembers no more than a velocity.
#[derive(Clone, Copy, Debug)]
pub enum Frequent {
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

#[cfg(feature = "maps")]
impl Frequent {
    /// Lets balls roll where the gradient is `slope`; see [`Rolling::roll`].
    #[inline(always)]
    pub(crate) fn roll<R: Real>(
        self,
        balls: &mut impl Rolling<R>,
        steps: usize,
        limits: Limits,
        slope: impl Fn([R; 2]) -> [R; 2],
    ) -> Rolled {
        match self {
            Self::Descent => balls.roll(steps, limits, slope, |w, g, lr, _| gd::step(w, g, lr)),
            Self::Momentum { beta } => balls.roll(steps, limits, slope, |w, g, lr, velocity| {
                momentum::step(beta, w, g, lr, velocity)
            }),
            Self::Nesterov { beta } => balls.roll(steps, limits, slope, |w, g, lr, velocity| {
                nesterov::step(beta, w, g, lr, velocity)
            }),
        }
    }
}
