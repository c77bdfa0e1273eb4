//! What all rules share, written once around each: climbing instead of descending, and weight
//! decay.
//!
//! In the order of torch.optim: `maximize` turns the gradient round; then coupled weight decay
//! adds weight_decay·w to it, or decoupled weight decay (Loshchilov & Hutter 2019) shrinks the
//! coordinate by 1 − lr·weight_decay; then the rule itself.

use super::{
    AnyOptimizer, Description, FastRule, Hint, Memory, Optimizer, PyTorch, Recurrence, State, Step,
};
use crate::math::geometry::{Point, Vector};
use crate::math::number::Real;
use crate::parameter::Settings;

/// A rule with what all rules share.
#[derive(Debug)]
pub(super) struct Shared<O> {
    pub(super) rule: O,
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
    pub(super) fn is_bare(&self) -> bool {
        self.weight_decay == 0.0 && !self.maximize
    }

    /// The coordinate after one step from `w`, with the gradient of the surface at the probe.
    #[inline(always)]
    pub(super) fn step<R: Real>(
        &self,
        w: R,
        gradient: R,
        step: Step<R>,
        memory: &mut Memory<R>,
    ) -> R {
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

    /// One coordinate of [`AnyOptimizer::residual`] at `w`.
    #[inline(always)]
    pub(super) fn residual<R: Real>(&self, w: R, gradient: R) -> R {
        let gradient = if self.maximize { -gradient } else { gradient };
        if self.weight_decay == 0.0 {
            gradient
        } else if self.rule.decouples() {
            let balance = w * self.weight_decay + gradient.sign();
            R::select(balance.abs().less_than(gradient.abs()), balance, gradient)
        } else {
            gradient + w * self.weight_decay
        }
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

    fn learning_rate(&self, surface: Hint) -> f64 {
        self.rule.learning_rate(surface)
    }

    fn decouples(&self) -> bool {
        self.rule.decouples()
    }

    fn residual(&self, place: Point, gradient: Vector) -> Vector {
        let along = |w, gradient| Shared::residual(self, w, gradient);
        Vector::new(along(place.x, gradient.x), along(place.y, gradient.y))
    }

    fn decays(&self) -> bool {
        self.weight_decay != 0.0
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

    fn frequent(&self) -> Option<FastRule> {
        self.rule.frequent().filter(|_| self.is_bare())
    }

    fn recurrence(&self) -> Option<Recurrence> {
        // Coupled decay is the gradient of a quadratic; decoupled decay is another recurrence.
        let coupled = self.weight_decay == 0.0 || !self.rule.decouples();
        let recurrence = self.rule.recurrence().filter(|_| coupled)?;
        Some(recurrence.around(self.maximize, self.weight_decay))
    }
}
