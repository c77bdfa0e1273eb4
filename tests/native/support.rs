//! What several tests need.

use momentum_lab::configuration::{Configuration, Value};
use momentum_lab::lab::Lab;
use momentum_lab::math::geometry::Point;
use momentum_lab::optimizer::AnyOptimizer;
use momentum_lab::optimizer::schedule::{PARAMETERS, Schedule};
use momentum_lab::parameter::Settings;
use momentum_lab::run::measure::Measured;
use momentum_lab::run::noise::Noise;
use momentum_lab::run::{Plan, Run, Segment};
use momentum_lab::study::simulate::{Simulated, simulate};
use momentum_lab::surface::AnySurface;

/// Runs a configuration given as JSON.
#[track_caller]
pub(crate) fn simulated(json: serde_json::Value) -> Simulated {
    let asked: Value = serde_json::from_value(json.clone()).expect("plain data");
    simulate(&asked).unwrap_or_else(|error| panic!("{error} in {json}"))
}

/// The lab of a configuration given as JSON.
#[track_caller]
pub(crate) fn lab(json: serde_json::Value) -> Lab {
    let asked: Value = serde_json::from_value(json.clone()).expect("plain data");
    let configuration = Configuration::strict(&asked);
    Lab::new(configuration.unwrap_or_else(|error| panic!("{error} in {json}")))
}

/// What a finished run shows.
pub(crate) fn measured(done: &Simulated) -> Measured {
    Measured::of(&done.run, &*done.surface)
}

/// The path of an optimizer at a constant learning rate, without chance.
pub(crate) fn path(
    surface: &dyn AnySurface,
    optimizer: Box<dyn AnyOptimizer>,
    lr: f64,
    start: Point,
    steps: usize,
) -> Run {
    let schedule = Schedule::new(&Settings::defaults(PARAMETERS));
    let segments = vec![Segment { from: 0, optimizer, lr, schedule }];
    let mut run = Run::new();
    let plan = Plan { start, steps, tolerance: 1e-3, noise: Noise::default(), segments };
    run.compute(surface, &plan);
    run
}

/// A small generator with a fixed seed (xorshift, Marsaglia 2003): the same numbers every time.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A whole number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    /// A number in 0 to 1, with all its bits.
    pub(crate) fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// One of several.
    pub(crate) fn of<'a, T>(&mut self, several: &'a [T]) -> &'a T {
        &several[self.below(several.len())]
    }
}
