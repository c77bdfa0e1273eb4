//! Runs compared with one another: the lock of learning rates, and runs that are hidden.

use momentum_lab::configuration::{Configuration, MAX_RUNS, Value};
use momentum_lab::draw::DASHES;
use momentum_lab::draw::theme::LIGHT;
use momentum_lab::lab::Lab;
use plotters::prelude::SVGBackend;
use serde_json::json;
use std::collections::HashSet;

/// Momentum and plain descent, whose learning rates multiply the gradient, and two runs of Adam,
/// whose learning rate is about a distance.
fn locked() -> Configuration {
    let json = json!({
        "runs": [
            {"id": "momentum", "lr": 0.01}, {"id": "adam", "lr": 0.1},
            {"id": "gd", "lr": 0.02, "visible": false}, {"id": "adam", "lr": 0.2},
        ],
        "lock_lr": true,
    });
    Configuration::strict(&serde_json::from_value(json).expect("plain data")).expect("valid")
}

fn rates(configuration: &Configuration) -> Vec<f64> {
    configuration.runs.iter().map(|run| run.settings.number("lr")).collect()
}

#[test]
fn under_the_lock_learning_rates_that_mean_the_same_change_together() {
    let locked = locked();
    let set = |field: &str, number: f64| locked.with(field, Value::Number(number)).expect("valid");
    assert_eq!(rates(&set("runs[2].lr", 0.03)), [0.03, 0.1, 0.03, 0.2]);
    assert_eq!(rates(&set("runs[1].lr", 0.5)), [0.01, 0.5, 0.02, 0.5]);
    assert_eq!(
        rates(&set("runs[0].beta", 0.5)),
        rates(&locked),
        "only the learning rate is locked"
    );
    let open = locked.with("lock_lr", Value::Toggle(false)).expect("valid");
    let changed = open.with("runs[2].lr", Value::Number(0.03)).expect("valid");
    assert_eq!(rates(&changed), [0.01, 0.1, 0.03, 0.2]);
    // The lock gives those that mean the same the smallest.
    let even = changed.with("lock_lr", Value::Toggle(true)).expect("valid");
    assert_eq!(rates(&even), [0.01, 0.1, 0.01, 0.1]);
}

#[test]
fn under_the_lock_a_change_on_the_way_counts_for_all_alike() {
    let changed = locked().with_after(30, "runs[0].lr", Value::Number(0.005)).expect("valid");
    assert_eq!(rates(&changed), rates(&locked()), "what was before has changed");
    let steps: Vec<_> = changed.runs.iter().map(|run| run.changes.len()).collect();
    assert_eq!(steps, [1, 0, 1, 0]);
    assert_eq!(changed.runs[2].changes[0].numbers, [("lr", 0.005)]);
    // From the start means all along, in every run that follows.
    let again = changed.with("runs[2].lr", Value::Number(0.004)).expect("valid");
    assert!(again.runs.iter().all(|run| run.changes.is_empty()));
}

#[test]
fn a_run_that_is_added_has_a_learning_rate_that_suits_the_surface() {
    let json = json!({"surface": "rosenbrock", "runs": [{"id": "momentum", "lr": 0.0003}]});
    let one = Configuration::strict(&serde_json::from_value(json).expect("plain data"));
    let one = one.expect("valid");
    let two = one.with("runs[1].id", Value::from("adam")).expect("valid");
    let chosen = one.with("runs[0].id", Value::from("adam")).expect("valid");
    assert_eq!(rates(&two), [0.0003, rates(&chosen)[0]]);
    let locked = one.with("lock_lr", Value::Toggle(true)).expect("valid");
    let locked = locked.with("runs[1].id", Value::from("gd")).expect("valid");
    assert_eq!(rates(&locked), [0.0003, 0.0003]);
    for wrong in ["runs[2].id", "runs[1].lr"] {
        assert!(one.with(wrong, Value::from("adam")).is_err(), "{wrong}");
    }
    let mut many = one;
    for index in 1..MAX_RUNS {
        many = many.with(&format!("runs[{index}].id"), Value::from("gd")).expect("valid");
    }
    assert!(many.with(&format!("runs[{MAX_RUNS}].id"), Value::from("gd")).is_err());
}

#[test]
fn another_formula_leaves_what_has_been_chosen() {
    let json = json!({"surface": {"id": "expression", "expression": "x^2 + 10*y^2"}});
    let before = Configuration::strict(&serde_json::from_value(json).expect("plain data"));
    let before = before.expect("valid");
    let formula = |from: &Configuration, text: &str| {
        from.with("surface.expression", Value::from(text)).expect("valid")
    };
    let suited = formula(&before, "x^2 + 40*y^2");
    assert_ne!(rates(&suited), rates(&formula(&suited, "x^2 + 10*y^2")), "a rate for each");
    let chosen = formula(&before, "x^2 + 20*y^2").with("runs[0].lr", Value::Number(0.011));
    let chosen = chosen
        .expect("valid")
        .with("start", Value::List(vec![Value::Number(1.0), Value::Number(0.5)]));
    let after = formula(&chosen.expect("valid"), "x^2 + 40*y^2");
    assert_eq!(rates(&after)[0], 0.011);
    assert_eq!(rates(&after)[1], rates(&suited)[1], "the other follows");
    assert_eq!((after.start.x, after.start.y), (1.0, 0.5));
}

#[test]
fn under_the_lock_another_optimizer_and_another_surface_keep_to_one_learning_rate() {
    let other = locked().with("runs[3].id", Value::from("nesterov")).expect("valid");
    assert_eq!(rates(&other)[3], 0.01);
    for surface in ["rosenbrock", "bowl", "ravine"] {
        let other = locked().with("surface.id", Value::from(surface)).expect("valid");
        let rates = rates(&other);
        assert!(rates[0] == rates[2] && rates[1] == rates[3], "{surface}: {rates:?}");
    }
}

#[test]
fn a_hidden_run_is_kept_and_computed_but_not_drawn() {
    let mut lab = Lab::new(Configuration::default());
    lab.resize(800.0, 500.0, 1.0);
    lab.seek(30.0);
    let drawn = |lab: &mut Lab| {
        let (mut trails, mut balls) = (String::new(), String::new());
        let size = lab.viewport().fine_size();
        lab.draw_trails(SVGBackend::with_string(&mut trails, size)).expect("drawn");
        lab.draw_balls(SVGBackend::with_string(&mut balls, size)).expect("drawn");
        trails + &balls
    };
    let [first, second] = [0, 1].map(|run| serde_json::to_string(&LIGHT.run(run)).expect("text"));
    let colour = |text: &str| text.trim_matches('"').to_uppercase();
    let both = drawn(&mut lab);
    assert!(both.contains(&colour(&first)) && both.contains(&colour(&second)));
    lab.set("runs[0].visible", Value::Toggle(false)).expect("valid");
    let one = drawn(&mut lab);
    assert!(!one.contains(&colour(&first)) && one.contains(&colour(&second)));
    // It keeps its place, its path and its colour, also as another optimizer.
    assert_eq!(lab.runs().len(), 2);
    assert!(lab.runs()[0].last_step() > 0);
    lab.set("runs[0].id", Value::from("nesterov")).expect("valid");
    assert!(!lab.configuration().runs[0].visible());
    assert!(!drawn(&mut lab).contains(&colour(&first)));
    lab.set("runs[0].visible", Value::Toggle(true)).expect("valid");
    assert!(drawn(&mut lab).contains(&colour(&first)));
}

#[test]
fn no_two_runs_are_drawn_alike() {
    let looks: HashSet<_> =
        (0..MAX_RUNS).map(|run| (run % LIGHT.runs.len(), run % DASHES.len())).collect();
    assert_eq!(looks.len(), MAX_RUNS);
}
