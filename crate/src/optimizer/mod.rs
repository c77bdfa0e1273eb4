//! Update rules: each acts on every coordinate by itself and lives in a file of its own.
//!
//! A new optimizer is one file that implements [`Optimizer`] plus its line in `optimizers!`.
//! Weight decay and `maximize` are no business of a rule: they stand around all of them.

mod adabelief;
mod adadelta;
mod adagrad;
mod adam;
mod adamax;
mod adamw;
mod asgd;
mod average;
mod fast_rule;
mod gd;
mod lion;
#[cfg_attr(not(feature = "maps"), path = "many_without_maps.rs")]
mod many;
mod momentum;
mod nadam;
mod nesterov;
mod parameters;
mod python;
mod qhm;
mod radam;
mod recurrence;
mod rmsprop;
mod rprop;
pub mod schedule;
mod shared;
mod yogi;

pub use fast_rule::{ConstantRule, FastRule};
pub use many::*;
pub use recurrence::Recurrence;

use crate::math::geometry::{Point, Vector};
use crate::math::number::Real;
use crate::parameter::{ParameterSpec, Setting, Settings};
use std::fmt::Debug;

/// All optimizers, in menu order.
pub static OPTIMIZERS: &[Entry] = if cfg!(feature = "interactive") { ALL } else { &FIRST };

macro_rules! optimizers {
    ($($module:ident::$name:ident,)*) => {
        $(pub use $module::$name;)*

        const ALL: &[Entry] = &[$(Entry::of::<$name>()),*];
    };
}

optimizers! {
    gd::GradientDescent,
    momentum::Momentum,
    nesterov::Nesterov,
    qhm::QuasiHyperbolic,
    adagrad::Adagrad,
    rmsprop::RmsProp,
    adadelta::Adadelta,
    adam::Adam,
    adamw::AdamW,
    adamax::Adamax,
    nadam::NAdam,
    radam::RAdam,
    rprop::Rprop,
    asgd::Asgd,
    lion::Lion,
    yogi::Yogi,
    adabelief::AdaBelief,
}

/// Those that are compared first.
const FIRST: [Entry; 2] = [Entry::of::<GradientDescent>(), Entry::of::<Momentum>()];

/// The momentum of the rules that are a momentum recurrence, under one name in all of them.
pub const MOMENTUM: ParameterSpec = parameters::BETA;

/// The most numbers that a rule remembers for one coordinate.
pub const MEMORY: usize = 6;

/// What a rule remembers for one coordinate between steps; zero at the start of a run.
pub type Memory<R> = [R; MEMORY];

/// A class of `torch.optim` and its keyword arguments, written as Python.
pub type PyTorch = (&'static str, Vec<(&'static str, String)>);

/// The facts about a step that both coordinates share.
#[derive(Clone, Copy, Debug)]
pub struct Step<R> {
    /// Number of this step of the ball, counted from 1.
    pub count: R,
    /// Learning rate of this step.
    pub lr: R,
}

impl<R: Real> Step<R> {
    /// `initial` at the first step of a run, `later` ever after.
    fn first(&self, initial: R, later: R) -> R {
        R::select(self.count.less_than(R::constant(1.5)), initial, later)
    }
}

/// What the learning rate of a rule measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LrMeaning {
    /// It multiplies a gradient: steps grow with the slope.
    Gradient,
    /// It is about the distance moved in a step, however steep the slope.
    Distance,
    /// It multiplies a distance that the rule finds by itself.
    Factor,
}

/// What a surface says about learning rates that suit it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hint {
    /// A learning rate at which plain gradient descent shows its ways.
    pub plain: f64,
    /// Width of the part of the plane worth looking at.
    pub width: f64,
}

/// The facts about an optimizer that hold whatever its parameters.
#[derive(Clone, Copy, Debug)]
pub struct Description {
    /// Identifier, as in links and configurations.
    pub id: &'static str,
    /// English name.
    pub name: &'static str,
    /// Its own parameters, without those that all rules share.
    pub parameters: &'static [ParameterSpec],
    /// Learning rate when nothing is said, as in torch.optim.
    pub lr: f64,
    /// What the learning rate measures.
    pub lr_meaning: LrMeaning,
    /// Weight decay when nothing is said, as in torch.optim.
    pub weight_decay: f64,
    /// Where the rule comes from.
    pub source: &'static str,
}

/// What the author of an optimizer writes.
pub trait Optimizer: Debug + Sized + 'static {
    /// Names, parameters and source.
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

    /// Whether weight decay shrinks the coordinate before the step, by 1 − lr·weight_decay,
    /// instead of joining the gradient.
    fn decouples(&self) -> bool {
        false
    }

    /// A learning rate at which the rule shows its ways.
    fn learning_rate(&self, surface: Hint) -> f64 {
        match Self::DESCRIPTION.lr_meaning {
            LrMeaning::Gradient => surface.plain,
            // Slow enough to follow, fast enough to arrive.
            LrMeaning::Distance => surface.width / 100.0,
            LrMeaning::Factor => Self::DESCRIPTION.lr,
        }
    }

    /// The rule as assignments in the order in which they are carried out, in its present form.
    ///
    /// Names: `w` the coordinate, `g` the gradient with weight decay in it, `lr`, `k` the number
    /// of the step from 1, parameters by their id; every other name is remembered from step to
    /// step and 0 at the start. Operators + − * / ^; functions sqrt, abs, sign, max, min, and
    /// first(a, b): a at step 1, else b.
    fn formula(&self) -> Vec<&'static str>;

    /// Where the gradient is taken, as an expression in the names of [`formula`](Self::formula).
    fn probe_formula(&self) -> &'static str {
        "w"
    }

    /// What draws this very path in PyTorch: a class of `torch.optim` with its keyword arguments
    /// but `lr`, `weight_decay` and `maximize`.
    fn pytorch(&self) -> Option<PyTorch> {
        None
    }

    /// What the rule is on a quadratic, if that is a momentum recurrence.
    fn recurrence(&self) -> Option<Recurrence> {
        None
    }

    /// Gives settings another momentum, as on the plane of learning rate and momentum; another
    /// parameter that is tied to it follows. Nothing for a rule without momentum.
    fn set_momentum(settings: &mut Settings, beta: f64) {
        settings.set(MOMENTUM.id, Setting::Number(beta));
    }

    /// The rule as one with loops of its own, if it is and does not count steps.
    fn frequent(&self) -> Option<FastRule> {
        None
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

/// A rule behind a pointer, with weight decay and `maximize` around it: what the rest of the
/// crate works with.
pub trait AnyOptimizer: Debug + BatchRule {
    /// Names, parameters and source.
    fn description(&self) -> &'static Description;
    /// Where the gradient of the next step is taken.
    fn probe(&self, state: &State) -> Point;
    /// Makes one step with a gradient that was taken at [`probe`](Self::probe).
    fn step(&self, state: &mut State, gradient: Vector, step: Step<f64>);
    /// Whether the gradient is taken elsewhere than where the ball is.
    fn looks_ahead(&self) -> bool {
        self.probe_formula() != "w"
    }
    /// A learning rate that suits a surface.
    fn learning_rate(&self, surface: Hint) -> f64;
    /// Whether weight decay shrinks the coordinate before the step, by 1 − lr·weight_decay,
    /// instead of joining the gradient; see [`Optimizer::decouples`].
    fn decouples(&self) -> bool;
    /// What vanishes where the rule leaves a ball at rest, given the surface's gradient there: the
    /// gradient that the rule descends, −∇f where it climbs, with coupled weight decay in it.
    /// Where weight decay is decoupled, along each coordinate the smaller of that gradient and
    /// weight_decay·w + sign(∇f), in which the decay balances the step that rules of this kind
    /// make along a steady gradient, ±lr. Only its size has a meaning.
    fn residual(&self, place: Point, gradient: Vector) -> Vector;
    /// Whether weight decay is part of the [`residual`](Self::residual).
    fn decays(&self) -> bool;
    /// The rule as assignments, see [`Optimizer::formula`].
    fn formula(&self) -> Vec<&'static str>;
    /// Where the gradient is taken, see [`Optimizer::probe_formula`].
    fn probe_formula(&self) -> &'static str;
    /// What draws this very path in PyTorch, see [`Optimizer::pytorch`].
    fn pytorch(&self) -> Option<PyTorch>;
    /// The rule as one with loops of its own, if it is, does not count steps, and has nothing
    /// around it.
    fn frequent(&self) -> Option<FastRule>;
    /// What the rule is on a quadratic surface, with coupled weight decay and `maximize`, if that
    /// is a momentum recurrence in its curvatures.
    fn recurrence(&self) -> Option<Recurrence>;
}

/// One line of the registry.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Names, parameters and source.
    pub description: &'static Description,
    build: fn(&Settings) -> Box<dyn AnyOptimizer>,
    set_momentum: fn(&mut Settings, f64),
}

impl Entry {
    /// That of any optimizer, whether it is in the registry or not.
    pub const fn of<O: Optimizer>() -> Self {
        let build = |settings: &Settings| -> Box<dyn AnyOptimizer> {
            Box::new(shared::Shared::<O>::new(settings))
        };
        Self { description: &O::DESCRIPTION, build, set_momentum: O::set_momentum }
    }

    /// All parameters: the learning rate, the rule's own, then the rest of those that all share.
    pub fn parameters(&self) -> Vec<ParameterSpec> {
        let Description { lr, lr_meaning, weight_decay, parameters, .. } = *self.description;
        let lr = parameters::lr(lr, lr_meaning);
        [&[lr], parameters, &[parameters::weight_decay(weight_decay), parameters::MAXIMIZE]]
            .concat()
    }

    /// The rule with these parameter values.
    pub fn build(&self, settings: &Settings) -> Box<dyn AnyOptimizer> {
        (self.build)(settings)
    }

    /// Gives settings another momentum, see [`Optimizer::set_momentum`].
    pub fn set_momentum(&self, settings: &mut Settings, beta: f64) {
        (self.set_momentum)(settings, beta);
    }

    /// The rule with its default parameter values.
    pub fn with_defaults(&self) -> Box<dyn AnyOptimizer> {
        self.build(&Settings::defaults(&self.parameters()))
    }
}

/// The entry named `id`.
pub fn find(id: &str) -> Option<&'static Entry> {
    OPTIMIZERS.iter().find(|entry| entry.description.id == id)
}
