//! What all rules share, written once around each: climbing instead of descending, and weight
//! decay.
//!
//! In the order of torch.optim: `maximize` turns the gradient round; then coupled weight decay
//! adds weight_decay·w to it, or decoupled weight decay (Loshchilov & Hutter 2019) shrinks the
//! coordinate by 1 − lr·weight_decay; then the rule itself.

use super::{
    AnyOptimizer, Balls, Description, Frequent, Memory, Optimizer, PyTorch, Recurrence, Round,
    State, Step, Suggestion,
};
use crate::geometry::{Point, Vector};
use crate::number::{Lanes, Pair, Real};
use crate::parameter::Settings;

/// A rule with what all rules share.
#[derive(Debug)]
pub(super) struct Shared<O> {
    rule: O,
    weight_decay: f64,
    maximize: bool,
}

impl<O: Optimizer> Shared<O> {
    pub(super) fn new(settings: &Settings) -> Self {
        Self {
            rule: O::new(settings),
            weight_decay: settings.number("weight_decay"),
            maximize: settings.toggle("maximize"),
        }
    }

    /// Whether there is nothing around the rule.
    fn is_bare(&self) -> bool {
        self.weight_decay == 0.0 && !self.maximize
    }

    /// The coordinate after one step from `w`, with the gradient of the surface at the probe.
    #[inline(always)]
    fn step<R: Real>(&self, w: R, gradient: R, step: Step<R>, memory: &mut Memory<R>) -> R {
        let gradient = if self.maximize { -gradient } else { gradient };
        if self.weight_decay == 0.0 {
            self.rule.step(w, gradient, step, memory)
        } else if self.rule.decouples() {
            let shrunk = w * (R::constant(1.0) - step.lr * self.weight_decay);
            self.rule.step(shrunk, gradient, step, memory)
        } else {
            // Decay is the gradient of ½·weight_decay·w², taken where the surface's is.
            let decay = self.rule.probe(w, memory) * self.weight_decay;
            self.rule.step(w, gradient + decay, step, memory)
        }
    }
}

/// Makes a step of many balls.
#[inline(always)]
fn each(
    balls: Balls<'_>,
    gradients: &[Pair],
    round: &Round<'_>,
    step: impl Fn(Pair, Pair, Step<Pair>, &mut Memory<Pair>) -> Pair,
) {
    let count = round.count as f64;
    let balls = balls.positions.iter_mut().zip(balls.memories);
    for (((w, memory), gradient), lr) in balls.zip(gradients).zip(round.lrs) {
        *w = step(*w, *gradient, Step { count, lr: Pair::of([*lr; 2]) }, memory);
    }
}

impl<O: Optimizer> AnyOptimizer for Shared<O> {
    fn description(&self) -> &'static Description {
        &O::DESCRIPTION
    }

    fn probe(&self, state: &State) -> Point {
        let [x, y] = &state.memory;
        let w = state.position;
        Point::new(self.rule.probe(w.x, x), self.rule.probe(w.y, y))
    }

    fn step(&self, state: &mut State, gradient: Vector, step: Step<f64>) {
        let [x, y] = &mut state.memory;
        let w = &mut state.position;
        w.x = Shared::step(self, w.x, gradient.x, step, x);
        w.y = Shared::step(self, w.y, gradient.y, step, y);
    }

    fn probes(&self, balls: &Balls<'_>, out: &mut [Pair]) {
        let balls = balls.positions.iter().zip(&*balls.memories);
        for ((place, memory), probe) in balls.zip(out) {
            *probe = self.rule.probe(*place, memory);
        }
    }

    fn steps(&self, balls: Balls<'_>, gradients: &[Pair], round: &Round<'_>) {
        let noise = round.noise.map(|noise| Pair::of([noise.x, noise.y].map(Lanes::constant)));
        match noise {
            // Apart, so that the loop of most rules has nothing to ask.
            None if self.is_bare() => each(balls, gradients, round, |w, gradient, step, memory| {
                self.rule.step(w, gradient, step, memory)
            }),
            None => each(balls, gradients, round, |w, gradient, step, memory| {
                Shared::step(self, w, gradient, step, memory)
            }),
            Some(noise) => each(balls, gradients, round, |w, gradient, step, memory| {
                Shared::step(self, w, gradient + noise, step, memory)
            }),
        }
    }

    fn learning_rate(&self, surface: Suggestion) -> f64 {
        self.rule.learning_rate(surface)
    }

    fn decouples(&self) -> bool {
        self.rule.decouples()
    }

    fn formula(&self) -> Vec<&'static str> {
        self.rule.formula()
    }

    fn probe_formula(&self) -> &'static str {
        self.rule.probe_formula()
    }

    fn pytorch(&self) -> Option<PyTorch> {
        self.rule.pytorch()
    }

    fn frequent(&self) -> Option<Frequent> {
        self.rule.frequent().filter(|_| self.is_bare())
    }

    fn recurrence(&self) -> Option<Recurrence> {
        // Both change the quadratic that the rule sees, so λ would no longer be the surface's.
        self.rule.recurrence().filter(|_| self.is_bare())
    }
}
