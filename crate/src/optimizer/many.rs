//! Steps of many balls at once.

use super::shared::Shared;
use super::{Memory, Optimizer, Step};
use crate::math::number::{Lanes, Pair};

/// Position and memory of many balls, side by side.
#[derive(Debug)]
pub struct Balls<'a> {
    /// Where they are.
    pub positions: &'a mut [Pair],
    /// What the rule remembers.
    pub memories: &'a mut [Memory<Pair>],
}

/// A step of many balls.
#[derive(Clone, Copy, Debug)]
pub struct Round<'a> {
    /// For each ball, the number of this step, counted from 1.
    pub counts: &'a [Lanes],
    /// Learning rates of the balls.
    pub lrs: &'a [Lanes],
}

/// What a rule does for many balls at once.
pub trait BatchRule {
    /// Where many balls' gradients of the next step are taken, as [`probe`](super::AnyOptimizer::probe) says.
    fn probes(&self, balls: &Balls<'_>, out: &mut [Pair]);
    /// What vanishes where balls are left at rest, with the bits of
    /// [`residual`](super::AnyOptimizer::residual).
    fn residuals(&self, places: &[Pair], slopes: &[Pair], out: &mut Vec<Pair>);
    /// Makes one step of many balls with gradients that were taken at [`probes`](Self::probes),
    /// each ball at its learning rate, with the bits of [`step`](super::AnyOptimizer::step).
    fn steps(&self, balls: Balls<'_>, gradients: &[Pair], round: &Round<'_>);
}

/// Makes a step of many balls.
#[inline(always)]
fn each(
    balls: Balls<'_>,
    gradients: &[Pair],
    round: &Round<'_>,
    step: impl Fn(Pair, Pair, Step<Pair>, &mut Memory<Pair>) -> Pair,
) {
    let balls = balls.positions.iter_mut().zip(balls.memories);
    let rounds = round.counts.iter().zip(round.lrs);
    for (((w, memory), gradient), (count, lr)) in balls.zip(gradients).zip(rounds) {
        let [count, lr] = [count, lr].map(|lanes| Pair::of([*lanes; 2]));
        *w = step(*w, *gradient, Step { count, lr }, memory);
    }
}

impl<O: Optimizer> BatchRule for Shared<O> {
    fn probes(&self, balls: &Balls<'_>, out: &mut [Pair]) {
        let balls = balls.positions.iter().zip(&*balls.memories);
        for ((place, memory), probe) in balls.zip(out) {
            *probe = self.rule.probe(*place, memory);
        }
    }

    fn residuals(&self, places: &[Pair], slopes: &[Pair], out: &mut Vec<Pair>) {
        let both = places.iter().zip(slopes);
        out.clear();
        out.extend(both.map(|(place, slope)| Shared::residual(self, *place, *slope)));
    }

    fn steps(&self, balls: Balls<'_>, gradients: &[Pair], round: &Round<'_>) {
        // Apart, so that the loop of most rules has nothing to ask.
        if self.is_bare() {
            each(balls, gradients, round, |w, gradient, step, memory| {
                self.rule.step(w, gradient, step, memory)
            });
        } else {
            each(balls, gradients, round, |w, gradient, step, memory| {
                Shared::step(self, w, gradient, step, memory)
            });
        }
    }
}
