//! What a surface does for many balls at once.

use super::{Built, Data, Surface, data};
use crate::math::lockstep::{LaneBlock, Limits, Moving, Rolled, Rolling};
use crate::math::number::{Dual, LANES, Lanes, Pair, Real, differentiate};
use crate::optimizer::ConstantRule;

/// Gradients and whole paths of many balls at once, compiled for each surface.
pub trait BatchSurface {
    /// ∇f at many places, with the bits of [`gradient`](super::AnySurface::gradient).
    fn gradients(&self, places: &[Pair], out: &mut [Pair]);
    /// The same, and to `suspects` the indices of all places, in their order, at one of which a
    /// ball may have stopped, or has no finite gradient; of those that have, none is missing.
    /// `before` is where the balls were before their last step.
    fn survey(
        &self,
        places: &[Pair],
        before: &[Pair],
        out: &mut [Pair],
        limits: Limits,
        suspects: &mut Vec<usize>,
    );
    /// Lets balls roll by a rule that is often chosen, for `steps` steps or until one of them may
    /// be beyond the limits, which is looked at before each step.
    fn roll(
        &self,
        rule: ConstantRule,
        block: &mut LaneBlock,
        steps: usize,
        limits: Limits,
    ) -> Rolled;
    /// The same with one ball.
    fn roll_one(
        &self,
        rule: ConstantRule,
        ball: &mut Moving,
        steps: usize,
        limits: Limits,
    ) -> Rolled;
    /// What minibatches see at many places, with the bits of
    /// [`batch_gradient`](super::AnySurface::batch_gradient); each place has one of its own, all of
    /// them of one size.
    ///
    /// # Panics
    /// As [`batch_gradient`](super::AnySurface::batch_gradient).
    fn batch_gradients(&self, places: &[Pair], batches: &[[&[usize]; LANES]], out: &mut [Pair]);
}

/// Lets balls roll over a surface by a rule, in a loop of these two.
#[inline(always)]
fn roll<S: Surface, R: Real>(
    surface: &S,
    rule: ConstantRule,
    balls: &mut impl Rolling<R>,
    steps: usize,
    limits: Limits,
) -> Rolled {
    let slope = |[x, y]: [R; 2]| {
        let d = differentiate(x, y, |x, y| surface.at(x, y));
        [d.dx(), d.dy()]
    };
    rule.roll(balls, steps, limits, slope)
}

impl<S: Surface> BatchSurface for Built<S> {
    fn gradients(&self, places: &[Pair], out: &mut [Pair]) {
        for (place, slope) in places.iter().zip(out) {
            let [x, y] = place.split();
            let d = differentiate(x, y, |x, y| self.formula.at(x, y));
            *slope = Pair::of([d.dx(), d.dy()]);
        }
    }

    fn survey(
        &self,
        places: &[Pair],
        before: &[Pair],
        out: &mut [Pair],
        limits: Limits,
        suspects: &mut Vec<usize>,
    ) {
        for (index, ((place, before), slope)) in places.iter().zip(before).zip(out).enumerate() {
            let [x, y] = place.split();
            let d = differentiate(x, y, |x, y| self.formula.at(x, y));
            *slope = Pair::of([d.dx(), d.dy()]);
            let square = d.dx() * d.dx() + d.dy() * d.dy();
            let finite = square.less_than(Lanes::constant(f64::INFINITY)).all();
            if !finite || limits.stopped([x, y], before.split(), square) != 0 {
                suspects.push(index);
            }
        }
    }

    fn roll(
        &self,
        rule: ConstantRule,
        block: &mut LaneBlock,
        steps: usize,
        limits: Limits,
    ) -> Rolled {
        roll(&self.formula, rule, block, steps, limits)
    }

    fn roll_one(
        &self,
        rule: ConstantRule,
        ball: &mut Moving,
        steps: usize,
        limits: Limits,
    ) -> Rolled {
        roll(&self.formula, rule, ball, steps, limits)
    }

    fn batch_gradients(&self, places: &[Pair], batches: &[[&[usize]; LANES]], out: &mut [Pair]) {
        let Some(Data { samples, .. }) = self.formula.data() else {
            return BatchSurface::gradients(self, places, out);
        };
        for ((place, batch), slope) in places.iter().zip(batches).zip(out) {
            let [x, y] = place.split();
            let drawn = (0..batch[0].len()).map(|draw| {
                let of = |lane: usize| samples[batch[lane][draw]];
                let input = Lanes::new(|lane| of(lane).input);
                [input, Lanes::new(|lane| of(lane).target)].map(Dual::fixed)
            });
            let d = differentiate(x, y, |x, y| data::mean(&self.formula, drawn, x, y));
            *slope = Pair::of([d.dx(), d.dy()]);
        }
    }
}
