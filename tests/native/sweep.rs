//! Sweeps: the paths for several values of one parameter.

use momentum_lab::configuration::{Configuration, Value};
use momentum_lab::lab::Lab;
use momentum_lab::parameter::Kind;
use momentum_lab::study::simulate::simulate;
use momentum_lab::study::sweep::{MEMBERS, SweepResult};
use plotters::prelude::SVGBackend;
use serde_json::{Value as Json, json};

fn value(plain: &Json) -> Value {
    serde_json::from_value(plain.clone()).expect("plain data")
}

fn sweep(plain: &Json) -> Option<SweepResult> {
    SweepResult::of(&Configuration::strict(&value(plain)).expect("valid"))
}

#[test]
fn every_member_is_the_run_at_its_value() {
    let run = json!({"id": "momentum", "lr": 0.01, "beta": 0.8});
    let asked = json!({"surface": "ravine", "runs": [{"id": "adam"}, run], "steps": 60,
                       "sweep": "beta", "sweep_reach": 0.2});
    let sweep = sweep(&asked).expect("a sweep");
    assert_eq!(sweep.run, 1, "Adam has no momentum of that name");
    assert_eq!(sweep.members.len(), MEMBERS);
    assert!(sweep.members.is_sorted_by(|a, b| a.value < b.value));
    assert!(sweep.members[0].value < 0.8 && sweep.members[MEMBERS - 1].value > 0.8);
    for member in &sweep.members {
        let alone = simulate(&value(&json!({
            "surface": "ravine", "steps": 60,
            "optimizer": {"id": "momentum", "lr": 0.01, "beta": member.value},
        })));
        assert_eq!(alone.expect("runs").run.points(), member.run.points(), "{}", member.value);
    }
}

#[test]
fn a_parameter_of_the_surface_is_swept_over_other_surfaces() {
    let asked = json!({"surface": {"id": "ravine", "kappa": 30}, "start": [-6, 2], "steps": 40,
                       "runs": [{"id": "gd", "lr": 0.01}], "sweep": "kappa"});
    let sweep = sweep(&asked).expect("a sweep");
    let [first, .., last] = &sweep.members[..] else { panic!("one path") };
    for member in [first, last] {
        let alone = simulate(&value(&json!({
            "surface": {"id": "ravine", "kappa": member.value}, "start": [-6, 2], "steps": 40,
            "optimizer": {"id": "gd", "lr": 0.01},
        })));
        assert_eq!(alone.expect("runs").run.points(), member.run.points(), "{}", member.value);
    }
}

#[test]
fn there_is_no_sweep_without_something_to_sweep() {
    assert!(sweep(&json!({"surface": "ravine"})).is_none(), "none is asked for");
    let beta = |runs: Json| sweep(&json!({"surface": "bowl", "runs": runs, "sweep": "beta"}));
    assert!(beta(json!([{"id": "gd"}])).is_none(), "descent has no momentum");
    assert!(beta(json!([{"id": "momentum", "visible": false}, {"id": "gd"}])).is_none());
    assert!(beta(json!([{"id": "momentum"}])).is_some());
    let kappa = json!({"surface": "himmelblau", "sweep": "kappa"});
    assert!(sweep(&kappa).is_none(), "Himmelblau has no condition number to set");
    let refused = Configuration::strict(&value(&json!({"sweep": "mass"})));
    assert_eq!(refused.expect_err("refused").field, "sweep");
}

#[test]
fn the_sweep_is_drawn_unless_the_paths_are_to_be_guessed() {
    let drawn = |lab: &mut Lab| {
        let mut svg = String::new();
        let backend = SVGBackend::with_string(&mut svg, lab.viewport().fine_size());
        lab.draw_trails(backend).expect("drawn");
        svg.matches("<polyline").count()
    };
    let plain = json!({"surface": "ravine", "runs": [{"id": "momentum"}]});
    let mut lab = Lab::new(Configuration::strict(&value(&plain)).expect("valid"));
    lab.resize(800.0, 500.0, 1.0);
    let alone = drawn(&mut lab);
    lab.set("sweep", "beta".into()).expect("valid");
    assert!(drawn(&mut lab) >= alone + MEMBERS, "a path of the sweep is missing");
    lab.foretell(false);
    assert!(drawn(&mut lab) < MEMBERS, "the sweep tells what is to be guessed");
}

#[test]
fn a_sweep_reaches_equally_far_along_the_slider_to_both_sides() {
    for (surface, id, present, reach) in [
        ("ravine", "beta", 0.8, 0.2),
        ("ravine", "lr", 0.01, 0.1),
        ("ravine", "lr", 0.01, 0.05),
        ("ravine", "kappa", 30.0, 0.15),
    ] {
        let mut asked = json!({"surface": {"id": surface}, "steps": 3, "sweep": id,
                               "sweep_reach": reach, "runs": [{"id": "momentum"}]});
        let owner = if id == "kappa" { "/surface" } else { "/runs/0" };
        asked.pointer_mut(owner).expect("an owner")[id] = json!(present);
        let sweep = sweep(&asked).expect("a sweep");
        let place = |value: f64| sweep.parameter.position(value).expect("a number");
        assert_eq!(sweep.members.len(), MEMBERS, "{id}");
        for (index, member) in sweep.members.iter().enumerate() {
            let share = 2.0 * index as f64 / (MEMBERS - 1) as f64 - 1.0;
            let expected = place(present) + share * reach;
            let found = place(member.value);
            assert!((found - expected).abs() < 1e-3, "{id} {index}: at {found}, not {expected}");
        }
        assert!((sweep.members[MEMBERS / 2].value / present - 1.0).abs() < 1e-3, "{id}");
    }
}

#[test]
fn a_sweep_ends_where_its_slider_does() {
    let sweep = |beta: f64| {
        let runs = json!([{"id": "momentum", "beta": beta}]);
        sweep(&json!({"surface": "ravine", "steps": 3, "sweep": "beta", "sweep_reach": 0.3,
                    "runs": runs}))
        .expect("a sweep")
    };
    let lowest = sweep(0.0);
    assert_eq!(lowest.members[0].value, 0.0);
    assert!(lowest.members[1].value > 0.0 && lowest.members[MEMBERS - 1].value > 0.5);
    let Kind::Number { max, .. } = lowest.parameter.kind else { panic!("no number") };
    let highest = sweep(max);
    assert!((highest.members[MEMBERS - 1].value - max).abs() < 1e-3);
    assert!(highest.members.iter().all(|member| member.value <= max));
    let first = highest.parameter.position(highest.members[0].value).expect("a number");
    assert!((first - 0.7).abs() < 1e-2, "{first}");
}
