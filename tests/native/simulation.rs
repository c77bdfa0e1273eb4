//! Runs set up in Rust are those of a configuration that says the same.

use crate::support::simulated;
use momentum_lab::optimizer::{Adam, Momentum, Nesterov};
use momentum_lab::run::noise::Noise;
use momentum_lab::surface::{Himmelblau, LinearRegression, Ravine, Rosenbrock};
use momentum_lab::{Rule, Simulation, Trajectory};
use serde_json::json;

fn assert_same(path: &Trajectory, configuration: serde_json::Value) {
    let expected = simulated(configuration);
    assert_eq!(path.points(), expected.run.points());
    assert_eq!(path.losses(), expected.run.losses());
    assert_eq!(path.status(), expected.run.status());
    assert_eq!(path.theory(), expected.theory());
    assert_eq!(path.measured(), crate::support::measured(&expected));
}

#[test]
fn a_run_set_up_in_rust_is_the_configuration_s_to_the_bit() {
    let path = Simulation::new(Rosenbrock::default())
        .optimizer(Rule::<Momentum>::new(1e-3).beta(0.9))
        .start([-1.2, 1.0])
        .steps(200)
        .run();
    let momentum = json!({ "id": "momentum", "lr": 1e-3, "beta": 0.9 });
    assert_same(
        &path.expect("valid"),
        json!({ "surface": "rosenbrock", "optimizer": momentum, "start": [-1.2, 1], "steps": 200 }),
    );

    let nesterov = Rule::<Nesterov>::new(0.02).set("form", "lookahead").set("weight_decay", 0.1);
    let path = Simulation::new(Himmelblau).optimizer(nesterov).start([0.5, 0.0]).run();
    let nesterov =
        json!({ "id": "nesterov", "lr": 0.02, "form": "lookahead", "weight_decay": 0.1 });
    assert_same(
        &path.expect("valid"),
        json!({ "surface": "himmelblau", "optimizer": nesterov, "start": [0.5, 0] }),
    );

    let noise = Noise { deviation: 0.5, batch: 3, seed: 7 };
    let path = Simulation::new(LinearRegression::default())
        .optimizer(Rule::<Adam>::new(0.05).set("amsgrad", true))
        .noise(noise)
        .tolerance(1e-4)
        .run()
        .expect("valid");
    assert_same(
        &path,
        json!({ "surface": "linear-regression", "noise": 0.5, "batch": 3, "seed": 7,
                "tolerance": 1e-4, "optimizer": { "id": "adam", "lr": 0.05, "amsgrad": true } }),
    );

    let path = Simulation::new(Ravine::default()).run().expect("valid");
    assert_eq!(path.points()[0], path.surface().start());
    let lr = path.surface().learning_rate();
    assert_same(&path, json!({ "surface": "ravine", "optimizer": { "id": "gd", "lr": lr } }));
}

#[test]
fn what_is_wrong_is_named() {
    let simulation = || Simulation::new(Rosenbrock::default());
    let momentum =
        |id: &str, value: f64| simulation().optimizer(Rule::<Momentum>::new(1e-3).set(id, value));
    for (wrong, told) in [
        (simulation().steps(0), "steps: 0 is not in 1 to 200000"),
        (simulation().tolerance(-1.0), "tolerance: -1 is not in 0 to 1000000"),
        (simulation().start([f64::NAN, 0.0]), "start[0]: NaN is not a number in "),
        (momentum("beta", 1.5), "optimizer.beta: 1.5 is not in 0 to 1"),
        (momentum("form", 2.0), "optimizer.form: 2 is not "),
        (momentum("gamma", 0.5), "optimizer.gamma: no such parameter"),
    ] {
        let error = wrong.run().expect_err("refused").to_string();
        assert!(error.starts_with(told), "{error}");
    }
    // A later optimizer takes the place of one that was wrong.
    let mended = momentum("beta", 1.5).optimizer(Rule::<Momentum>::new(1e-3).beta(0.5));
    assert!(mended.run().is_ok());
}
