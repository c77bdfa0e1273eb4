//! What is taken along: rows and scripts stay as they are in `tests/exports`, where `check.py`
//! holds the output of every script to the rows.
//!
//! After a change that is meant: `cargo test -p tests -- --ignored exports::write`, then
//! `check.py`.

use crate::support::simulated;
use momentum_lab::configuration::Configuration;
use momentum_lab::draw::theme::DARK;
use momentum_lab::export;
use momentum_lab::lab::Lab;
use momentum_lab::study::simulate::Simulated;
use serde_json::{Value as Json, json};
use std::fs;
use std::path::Path;

/// One configuration for each file name.
fn cases() -> Vec<(&'static str, Simulated)> {
    let case = |name, surface: Json, optimizer: Json, more: Json| {
        let mut asked = json!({"surface": surface, "optimizer": optimizer, "steps": 60});
        let more = more.as_object().expect("fields").clone();
        asked.as_object_mut().expect("fields").extend(more);
        (name, simulated(asked))
    };
    let plain = json!({});
    vec![
        case(
            "gd",
            json!("linear-regression"),
            json!({"id": "gd", "lr": 0.05}),
            json!({"start": [-1, 2]}),
        ),
        case(
            "gd_centred",
            json!({"id": "linear-regression", "centred": true}),
            json!({"id": "gd", "lr": 0.1, "weight_decay": 0.1}),
            json!({"start": [-1, 2]}),
        ),
        case(
            "momentum",
            json!({"id": "ravine", "kappa": 40, "angle": 30}),
            json!({"id": "momentum", "lr": 0.02, "beta": 0.8}),
            plain.clone(),
        ),
        case(
            "momentum_dampened",
            json!({"id": "rosenbrock", "b": 20}),
            json!({"id": "momentum", "lr": 1e-3, "dampening": 0.1, "weight_decay": 0.01}),
            plain.clone(),
        ),
        case(
            "momentum_polyak",
            json!("himmelblau"),
            json!({"id": "momentum", "form": "polyak", "lr": 0.002}),
            plain.clone(),
        ),
        case(
            "momentum_cycle",
            json!("lessard"),
            json!({"id": "momentum", "lr": 1.0 / 9.0, "beta": 4.0 / 9.0}),
            json!({"start": [3.2, 0]}),
        ),
        case(
            "nesterov",
            json!("beale"),
            json!({"id": "nesterov", "lr": 1e-3}),
            json!({"start": [1, 1.5]}),
        ),
        case(
            "nesterov_lookahead",
            json!("booth"),
            json!({"id": "nesterov", "form": "lookahead", "lr": 0.01, "weight_decay": 0.05}),
            plain.clone(),
        ),
        case(
            "nesterov_sequence",
            json!("matyas"),
            json!({"id": "nesterov", "form": "sequence", "lr": 0.3}),
            plain.clone(),
        ),
        case(
            "qhm",
            json!("three-hump-camel"),
            json!({"id": "qhm", "lr": 0.05}),
            json!({"start": [1.6, -1]}),
        ),
        case(
            "adagrad",
            json!("saddle"),
            json!({
                "id": "adagrad", "lr": 0.5, "lr_decay": 0.01, "initial_accumulator_value": 0.1,
            }),
            json!({"start": [2, 0.1]}),
        ),
        case(
            "rmsprop",
            json!({"expression": "max(abs(x), y^2/3) + cbrt(x - y)/9 + atan2(y, x + 7)*sqrt(9 + x)"}),
            json!({"id": "rmsprop", "lr": 0.02, "momentum": 0.5, "centered": true, "eps": 1e-3}),
            json!({"start": [2.3, -1.7]}),
        ),
        case(
            "adadelta",
            json!("styblinski-tang"),
            json!({"id": "adadelta", "lr": 50}),
            plain.clone(),
        ),
        case(
            "adam",
            json!("ackley"),
            json!({"id": "adam", "lr": 0.1, "schedule": "cosine", "schedule_steps": 40}),
            json!({"start": [3.2, 0.4]}),
        ),
        case(
            "adam_amsgrad",
            json!("logistic-regression"),
            json!({"id": "adam", "lr": 0.1, "amsgrad": true, "weight_decay": 0.01}),
            plain.clone(),
        ),
        case(
            "adamw",
            json!("tanh-neuron"),
            json!({"id": "adamw", "lr": 0.1, "schedule": "warm-up", "schedule_steps": 10}),
            json!({"start": [0.5, 1]}),
        ),
        case(
            "adamax",
            json!({"expression": "x^2*ln(2 + cos(y)) + 2^x/8 + floor(y) - min(x, y)*log10(11 + x)"}),
            json!({"id": "adamax", "lr": 0.05}),
            json!({"start": [1.3, 2.2]}),
        ),
        case(
            "nadam",
            json!("griewank"),
            json!({"id": "nadam", "lr": 0.1, "weight_decay": 0.02, "decoupled_weight_decay": true}),
            plain.clone(),
        ),
        case(
            "radam",
            json!("mccormick"),
            json!({"id": "radam", "lr": 0.1, "schedule": "step", "schedule_steps": 20}),
            plain.clone(),
        ),
        case(
            "rprop",
            json!({"id": "well", "tilt": 0.4}),
            json!({"id": "rprop", "lr": 0.01, "step_max": 0.2}),
            plain.clone(),
        ),
        case(
            "asgd",
            json!("goldstein-price"),
            json!({"id": "asgd", "lr": 1e-5, "lambd": 0.1, "schedule": "exponential"}),
            json!({"start": [-1, 0.6]}),
        ),
        case(
            "lion",
            json!("levy"),
            json!({"id": "lion", "lr": 0.05, "weight_decay": 0.1}),
            plain.clone(),
        ),
        case("yogi", json!("parabola"), json!({"id": "yogi", "lr": 0.05}), plain.clone()),
        case("adabelief", json!("rastrigin"), json!({"id": "adabelief", "lr": 0.05}), plain),
        case(
            "climbing",
            json!("six-hump-camel"),
            json!({"id": "momentum", "lr": 0.001, "maximize": true}),
            json!({"start": [0.2, 0.1]}),
        ),
        case(
            "leaving",
            json!("double-well"),
            json!({"id": "gd", "lr": 0.4}),
            json!({"start": [1.9, 1]}),
        ),
        case(
            "noise",
            json!("ravine"),
            json!({"id": "momentum", "lr": 0.01, "beta": 0.8}),
            json!({"noise": 0.5, "seed": 7}),
        ),
        case(
            "noise_decay",
            json!("booth"),
            json!({"id": "adam", "lr": 0.1, "weight_decay": 0.1, "maximize": true}),
            json!({"noise": 2, "seed": 4294967295_u32}),
        ),
        case(
            "noise_line",
            json!("parabola"),
            json!({"id": "nesterov", "form": "lookahead", "lr": 0.05}),
            json!({"noise": 0.3, "seed": 0}),
        ),
        case(
            "batch",
            json!("linear-regression"),
            json!({"id": "gd", "lr": 0.05}),
            json!({"start": [-1, 2], "batch": 4}),
        ),
        case(
            "batch_noise",
            json!("tanh-neuron"),
            json!({"id": "nesterov", "lr": 0.1}),
            json!({"start": [0.5, 1], "batch": 1, "noise": 0.05, "seed": 3}),
        ),
        case(
            "changes",
            json!("ravine"),
            json!({"id": "momentum", "lr": 0.02, "beta": 0.9, "changes": [
                {"step": 20, "lr": 0.005, "beta": 0.8},
                {"step": 40, "beta": 0.95, "dampening": 0, "weight_decay": 0.1},
                {"step": 40, "beta": 0.5},
                {"step": 60, "lr": 0.1},
            ]}),
            json!({}),
        ),
        case(
            "changes_polyak",
            json!("ravine"),
            json!({"id": "momentum", "form": "polyak", "lr": 0.01, "changes": [
                {"step": 20, "lr": 0.005, "beta": 0.8},
                {"step": 40, "beta": 0},
            ]}),
            json!({}),
        ),
        case(
            "changes_schedule",
            json!("lessard"),
            json!({
                "id": "rmsprop", "lr": 0.1, "schedule": "cosine", "schedule_steps": 50,
                "changes": [
                    {"step": 15, "alpha": 0.9},
                    {"step": 30, "lr": 0.2, "schedule_factor": 0.5, "eps": 1e-3},
                ],
            }),
            json!({"noise": 0.1}),
        ),
        case(
            "changes_betas",
            json!("rosenbrock"),
            json!({"id": "adam", "lr": 0.05, "changes": [
                {"step": 2, "beta1": 0.5},
                {"step": 10, "beta1": 0.95, "beta2": 0.9},
            ]}),
            json!({}),
        ),
    ]
}

/// The files of a case: names with their texts.
fn files(name: &str, done: &Simulated) -> Vec<(String, String)> {
    let mut files = vec![(format!("{name}.csv"), export::csv(done))];
    let numpy = export::numpy(done).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
    files.push((format!("{name}_numpy.py"), numpy));
    if let Ok(torch) = export::pytorch(done) {
        files.push((format!("{name}_torch.py"), torch));
    }
    files
}

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/exports"))
}

#[test]
#[ignore = "writes the files anew"]
fn write() {
    for (name, text) in cases().iter().flat_map(|(name, done)| files(name, done)) {
        fs::write(folder().join(name), text).expect("written");
    }
}

#[test]
fn exports_are_those_that_were_checked() {
    let files: Vec<_> = cases().iter().flat_map(|(name, done)| files(name, done)).collect();
    for (name, text) in &files {
        let committed = fs::read_to_string(folder().join(name));
        assert!(committed.is_ok_and(|committed| committed == *text), "{name} is another now");
    }
    let present = fs::read_dir(folder()).expect("a folder").count();
    assert_eq!(present, files.len() + 2, "files of no case, beside check.py and kinks.json");
}

#[test]
fn every_rule_of_pytorch_is_among_the_cases() {
    let cases = cases();
    for entry in momentum_lab::optimizer::OPTIMIZERS {
        let here = |(_, done): &&(_, Simulated)| {
            done.configuration.runs[0].entry.description.id == entry.description.id
        };
        let scripts = cases.iter().filter(here).filter(|case| export::pytorch(&case.1).is_ok());
        let wanted = entry.with_defaults().pytorch().is_some();
        assert_eq!(scripts.count() > 0, wanted, "{}", entry.description.id);
    }
}

#[test]
fn what_no_script_can_repeat_is_refused_by_its_field() {
    let refusals = |asked: Json| {
        let done = simulated(asked);
        [export::pytorch(&done), export::numpy(&done)]
            .map(|script| script.err().map(|error| error.to_string()))
    };
    let both = |asked: Json, expected: &str| {
        assert_eq!(refusals(asked), [Some(expected.to_owned()), Some(expected.to_owned())]);
    };
    both(
        json!({"surface": {"expression": "x + 1/0"}, "steps": 3}),
        "surface.expression: a constant part of it is not finite",
    );
    both(
        json!({"surface": {"expression": "x^y"}, "steps": 3}),
        "surface.expression: a script cannot repeat a power whose exponent varies, unless its \
         base is a positive number",
    );
    both(
        json!({"surface": {"expression": "5"}, "steps": 3}),
        "surface.expression: a formula without x and y has no slope",
    );
    assert_eq!(
        refusals(json!({"optimizer": "lion"})),
        [Some("runs[0].id: torch.optim has no class that makes these steps of lion".into()), None]
    );
}

#[test]
fn changes_that_mean_something_else_in_a_script_are_refused() {
    let refusals = |optimizer: Json| {
        let done = simulated(json!({"optimizer": optimizer, "steps": 10}));
        [export::pytorch(&done), export::numpy(&done)]
            .map(|script| script.err())
            .map(|refusal| refusal.map(|why| why.to_string().replace("runs[0].changes: ", "")))
    };
    let torch = |why: &str| Some(format!("torch.optim {why}"));
    let velocity = || {
        torch(
            "remembers no velocity while the momentum is 0, so a script cannot repeat a change \
               from or to it",
        )
    };
    let latest = |id| {
        torch(&format!(
            "counts as if {id} had always been the latest, so a script cannot repeat \
                        a change of it"
        ))
    };
    let form = || Some("a script knows no rule that takes another form after 3 steps".to_owned());
    let changing = |id: &str, change: Json| json!({"id": id, "lr": 0.01, "changes": [change]});
    for (optimizer, expected) in [
        (changing("momentum", json!({"step": 3, "beta": 0})), [velocity(), None]),
        (changing("nesterov", json!({"step": 3, "beta": 0})), [velocity(), None]),
        (changing("rmsprop", json!({"step": 3, "momentum": 0.5})), [velocity(), form()]),
        (changing("momentum", json!({"step": 3, "dampening": 0.5})), [None, form()]),
        (changing("adam", json!({"step": 3, "beta2": 0.9})), [latest("beta2"), None]),
        (
            changing("nadam", json!({"step": 3, "momentum_decay": 0.1})),
            [
                latest("momentum_decay"),
                Some("a script cannot repeat a change of momentum_decay on the way".to_owned()),
            ],
        ),
        // Too late, or of what is not in use.
        (changing("adam", json!({"step": 10, "beta2": 0.9})), [None, None]),
        (changing("adam", json!({"step": 3, "schedule_steps": 7})), [None, None]),
    ] {
        assert_eq!(refusals(optimizer.clone()), expected, "{optimizer}");
    }
}

#[test]
fn the_picture_is_one_svg_of_the_plot_as_it_stands() {
    let lab = || {
        let mut lab = Lab::new(Configuration::default());
        lab.resize(800.0, 500.0, 1.0);
        lab.set_theme(&DARK);
        lab.seek(20.5);
        lab
    };
    let svg = export::svg(lab(), None).expect("drawn");
    assert!(svg.contains(r#"width="800" height="500" viewBox="0 0 6400 4000""#), "{}", &svg[..200]);
    assert!(svg.contains(r#"<rect width="100%" height="100%" fill="rgb(20,23,28)"/>"#));
    // A ring at the start; of each run its ball, and a mark with its casing for each of the steps 0 to 20.
    let circles = 1 + (4 + 2 * 21) * lab().runs().len();
    for (part, times) in [("<svg", 1), ("</svg>", 1), ("<circle", circles)] {
        assert_eq!(svg.matches(part).count(), times, "{part}");
    }
    assert!(svg.matches("<polyline").count() > 20 && svg.matches("<text").count() > 4);
    assert!(!svg.contains("<image"));
    let heated = export::svg(lab(), Some("iVBORw0KGgo=")).expect("drawn");
    assert!(heated.contains("href=\"data:image/png;base64,iVBORw0KGgo=\"/>"));
    assert_eq!(export::svg(lab(), Some("\"/><script>")), Err("heat: not base64".to_owned()));
}
