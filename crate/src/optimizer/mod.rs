//! Update rules: each acts on every coordinate by itself and lives in a file of its own.
//!
//! A new optimizer is one file that implements [`Optimizer`] plus its line in [`OPTIMIZERS`].

mod gd;
mod momentum;
mod nesterov;

use crate::geometry::{Point, Vector};
use crate::number::Real;
use crate::parameter::{ParameterSpec, Scale, Settings};
use std::fmt::Debug;

/// All optimizers, in menu order.
pub static OPTIMIZERS: &[Entry] =
    &[entry::<gd::GradientDescent>(), entry::<momentum::Momentum>(), entry::<nesterov::Nesterov>()];

/// The most numbers that a rule remembers for one coordinate.
pub const MEMORY: usize = 6;

/// What a rule remembers for one coordinate between steps; zero at the start of a run.
pub type Memory<R> = [R; MEMORY];

/// The facts about a step that both coordinates share.
#[derive(Clone, Copy, Debug)]
pub struct Step<R> {
    /// Number of this step, counted from 1.
    pub count: R,
    /// Learning rate of this step.
    pub lr: R,
}

/// The facts about an optimizer that hold whatever its parameters.
#[derive(Clone, Copy, Debug)]
pub struct Description {
    /// Identifier, as in links and configurations.
    pub id: &'static str,
    /// English name.
    pub name: &'static str,
    /// The update rule as lines of text, in the order in which they are carried out;
    /// `g` is the gradient, `w` the coordinate.
    pub formula: &'static [&'static str],
    /// Its own parameters, without the learning rate that all share.
    pub parameters: &'static [ParameterSpec],
    /// Learning rate when nothing is said, as in torch.optim.
    pub lr: f64,
    /// Where the rule comes from.
    pub source: &'static str,
}

/// What the author of an optimizer writes.
pub trait Optimizer: Debug + Sized + 'static {
    /// Names, formula text, parameters and source.
    const DESCRIPTION: Description;

    /// The rule with these parameter values.
    fn new(settings: &Settings) -> Self;

    /// Where the gradient is taken while the coordinate stands at `w`.
    fn probe<R: Real>(&self, w: R, _memory: &Memory<R>) -> R {
        w
    }

    /// The coordinate after one step from `w` with this gradient, which was taken at
    /// [`probe`](Self::probe); updates the memory.
    fn step<R: Real>(&self, w: R, gradient: R, step: Step<R>, memory: &mut Memory<R>) -> R;

    /// A learning rate that suits a surface on which plain gradient descent shows its ways
    /// with `plain`.
    fn learning_rate(&self, plain: f64) -> f64 {
        plain
    }
}

/// Position and memory of one ball.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct State {
    /// Where the ball is.
    pub position: Point,
    /// What the rule remembers for x and for y.
    pub memory: [Memory<f64>; 2],
}

/// A rule behind a pointer: what the rest of the crate works with.
pub trait AnyOptimizer: Debug {
    /// Names, formula text, parameters and source.
    fn description(&self) -> &'static Description;
    /// Where the gradient of the next step is taken.
    fn probe(&self, state: &State) -> Point;
    /// Makes one step with a gradient that was taken at [`probe`](Self::probe).
    fn step(&self, state: &mut State, gradient: Vector, step: Step<f64>);
    /// A learning rate that suits a surface on which plain gradient descent takes `plain`.
    fn learning_rate(&self, plain: f64) -> f64;
}

impl<O: Optimizer> AnyOptimizer for O {
    fn description(&self) -> &'static Description {
        &O::DESCRIPTION
    }

    fn probe(&self, state: &State) -> Point {
        let [x, y] = &state.memory;
        let Point { x: wx, y: wy } = state.position;
        Point::new(Optimizer::probe(self, wx, x), Optimizer::probe(self, wy, y))
    }

    fn step(&self, state: &mut State, gradient: Vector, step: Step<f64>) {
        let [x, y] = &mut state.memory;
        let w = &mut state.position;
        w.x = Optimizer::step(self, w.x, gradient.x, step, x);
        w.y = Optimizer::step(self, w.y, gradient.y, step, y);
    }

    fn learning_rate(&self, plain: f64) -> f64 {
        Optimizer::learning_rate(self, plain)
    }
}

/// One line of the registry.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Names, formula text, parameters and source.
    pub description: &'static Description,
    build: fn(&Settings) -> Box<dyn AnyOptimizer>,
}

const fn entry<O: Optimizer>() -> Entry {
    Entry { description: &O::DESCRIPTION, build: |settings| Box::new(O::new(settings)) }
}

impl Entry {
    /// All parameters: the learning rate first, then the rule's own.
    pub fn parameters(&self) -> Vec<ParameterSpec> {
        let lr = self.description.lr;
        let lr =
            ParameterSpec::number("lr", "η", "learning rate", lr, (1e-4, 1.0), Scale::Logarithmic)
                .accepting(0.0, 1e6);
        [&[lr], self.description.parameters].concat()
    }

    /// The rule with these parameter values.
    pub fn build(&self, settings: &Settings) -> Box<dyn AnyOptimizer> {
        (self.build)(settings)
    }
}

/// The entry named `id`.
pub fn find(id: &str) -> Option<&'static Entry> {
    OPTIMIZERS.iter().find(|entry| entry.description.id == id)
}

/// The momentum parameter β that several rules share.
const BETA: ParameterSpec =
    ParameterSpec::number("beta", "β", "momentum", 0.9, (0.0, 0.999), Scale::NearOne)
        .accepting(0.0, 1.0);
