//! The rules that are chosen most often, with loops compiled for each surface and each of them.

#[cfg(feature = "maps")]
use {
    super::{gd, momentum, nesterov},
    crate::rolling::{Limits, Team, Watched, roll},
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
    /// Lets balls roll where the gradient is `slope`; see [`roll`].
    #[inline(always)]
    pub(crate) fn roll<R: Watched>(
        self,
        team: &mut Team<R>,
        steps: usize,
        limits: Limits,
        slope: impl Fn([R; 2]) -> [R; 2],
    ) -> usize {
        match self {
            Self::Descent => {
                roll(team, steps, limits, slope, |w, gradient, lr, _| gd::step(w, gradient, lr))
            }
            Self::Momentum { beta } => roll(team, steps, limits, slope, |w, gradient, lr, v| {
                momentum::step(beta, w, gradient, lr, v)
            }),
            Self::Nesterov { beta } => roll(team, steps, limits, slope, |w, gradient, lr, v| {
                nesterov::step(beta, w, gradient, lr, v)
            }),
        }
    }
}
