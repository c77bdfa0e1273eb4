//! An optimizer written outside the crate: momentum whose velocity is cut to a greatest length, so
//! that no step is longer than lr·limit in a coordinate.
//!
//! `cargo run --package momentum-lab --example own_optimizer`

use momentum_lab::math::number::Real;
use momentum_lab::optimizer::{Description, LrMeaning, Memory, Momentum, Step};
use momentum_lab::parameter::{ParameterSpec, Scale, Settings};
use momentum_lab::surface::Rosenbrock;
use momentum_lab::{Optimizer, Rule, Simulation};

#[derive(Debug)]
struct Clipped {
    beta: f64,
    limit: f64,
}

impl Optimizer for Clipped {
    const DESCRIPTION: Description = Description {
        id: "clipped",
        name: "Clipped momentum",
        parameters: &[
            ParameterSpec::number("beta", "β", "momentum", 0.9, (0.0, 0.999), Scale::NearOne),
            ParameterSpec::number("limit", "", "limit", 50.0, (1.0, 1e3), Scale::Logarithmic),
        ],
        lr: 1e-3,
        lr_meaning: LrMeaning::Gradient,
        weight_decay: 0.0,
        source: "an example",
    };

    fn new(settings: &Settings) -> Self {
        Self { beta: settings.number("beta"), limit: settings.number("limit") }
    }

    fn step<R: Real>(&self, w: R, gradient: R, step: Step<R>, memory: &mut Memory<R>) -> R {
        let limit = R::constant(self.limit);
        let velocity = memory[0] * self.beta + gradient;
        memory[0] = velocity.min(limit).max(-limit);
        w - step.lr * memory[0]
    }

    fn formula(&self) -> Vec<&'static str> {
        vec!["v = max(-limit, min(limit, beta*v + g))", "w = w - lr*v"]
    }
}

/// The length of the longest step in a coordinate, plain and clipped at 20.
fn longest() -> Result<[f64; 2], momentum_lab::configuration::Error> {
    let simulation = || Simulation::new(Rosenbrock::default()).start([-1.5, 2.5]).steps(400);
    let plain = simulation().optimizer(Rule::<Momentum>::new(1e-3).beta(0.9)).run()?;
    let clipped = simulation().optimizer(Rule::<Clipped>::new(1e-3).set("limit", 20.0)).run()?;
    Ok([plain, clipped].map(|path| {
        let steps = path.points().windows(2).map(|pair| pair[1] - pair[0]);
        steps.map(|step| step.x.abs().max(step.y.abs())).fold(0.0, f64::max)
    }))
}

fn main() -> Result<(), momentum_lab::configuration::Error> {
    let [plain, clipped] = longest()?;
    println!("longest step of momentum {plain:.3}, of clipped momentum {clipped:.3}");
    Ok(())
}

#[test]
fn no_step_is_longer_than_the_limit_and_bad_values_are_named() {
    let [plain, clipped] = longest().expect("valid");
    assert!(clipped <= 0.02 * (1.0 + 1e-12) && plain > 0.02, "{plain} and {clipped}");
    for (rule, told) in [
        (Rule::<Clipped>::new(1e-3).set("limit", -1.0), "optimizer.limit"),
        (Rule::new(f64::NAN), "optimizer.lr"),
        (Rule::new(1e-3).set("gain", 2.0), "optimizer.gain"),
    ] {
        let error = Simulation::new(Rosenbrock::default()).optimizer(rule).run();
        assert_eq!(error.expect_err("refused").field, told);
    }
}
