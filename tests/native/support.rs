//! What several tests need.

use momentum_lab::configuration::Value;
use momentum_lab::geometry::Point;
use momentum_lab::measure::Measured;
use momentum_lab::noise::Noise;
use momentum_lab::optimizer::AnyOptimizer;
use momentum_lab::parameter::Settings;
use momentum_lab::run::{Leg, Plan, Run};
use momentum_lab::schedule::{PARAMETERS, Schedule};
use momentum_lab::simulate::{Simulation, simulate};
use momentum_lab::surface::AnySurface;

/// Runs a configuration given as JSON.
#[track_caller]
pub(crate) fn simulated(json: serde_json::Value) -> Simulation {
    let asked: Value = serde_json::from_value(json.clone()).expect("plain data");
    simulate(&asked).unwrap_or_else(|complaint| panic!("{complaint} in {json}"))
}

/// What a finished run shows.
pub(crate) fn measured(done: &Simulation) -> Measured {
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
    let legs = vec![Leg { from: 0, optimizer, lr, schedule }];
    let mut run = Run::new();
    let plan = Plan { start, steps, tolerance: 1e-3, noise: Noise::default(), legs };
    run.compute(surface, &plan);
    run
}
