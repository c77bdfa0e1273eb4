//! The one validator: what it accepts comes back, what it refuses is named.

use momentum_lab::configuration::{Configuration, GENERAL, PLANE_BETA, PLANE_LR, RunChoice, Value};
use momentum_lab::optimizer::OPTIMIZERS;
use momentum_lab::parameter::Setting;
use momentum_lab::surface::SURFACES;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

fn plain(json: Json) -> Value {
    serde_json::from_value(json).expect("plain data")
}

/// The first error about a configuration.
fn refused(json: Json) -> String {
    Configuration::strict(&plain(json)).expect_err("must be refused").to_string()
}

#[test]
fn a_configuration_written_and_read_again_is_the_same() {
    let first = Configuration::strict(&plain(json!({
        "surface": {"id": "ravine", "kappa": 25, "angle": -30.5},
        "start": [-8, 2],
        "runs": ["gd", {"id": "momentum", "lr": 0.013, "form": "ema"}, {"id": "nesterov"}],
        "steps": 77,
        "speed": 3.5,
        "view": [-1, 2, -3, 4],
    })))
    .expect("valid");
    let written = first.to_value();
    let again = Configuration::strict(&written).expect("valid");
    assert_eq!(again.to_value(), written);
    assert_eq!(again.runs[1].settings.get("form"), Some(&Setting::Choice("ema")));
    assert_eq!((again.steps, again.start.x), (77, -8.0));
}

#[test]
fn errors_name_the_field_and_the_value() {
    let cases = [
        (json!({"surface": "ravin"}), "surface: \"ravin\" is not a known surface"),
        (json!({"surface": {"kappa": 3}}), "surface: {…} does not say which surface"),
        (
            json!({"surface": {"id": "ravine", "kappa": 0.5}}),
            "surface.kappa: 0.5 is not in 1 to 10000",
        ),
        (json!({"surface": {"id": "bowl", "kappa": 2}}), "surface.kappa: no such parameter"),
        (json!({"surface": {"id": "bowl", "changes": 7}}), "surface.changes: no such parameter"),
        (json!({"runs": [{"id": "momentum", "beta": 1.5}]}), "runs[0].beta: 1.5 is not in 0 to 1"),
        (
            json!({"runs": ["gd", {"id": "momentum", "form": "x"}]}),
            "runs[1].form: \"x\" is not one of accumulating, ema, polyak",
        ),
        (json!({"runs": [{"id": "gd", "lr": "fast"}]}), "runs[0].lr: \"fast\" is not a number"),
        (json!({"runs": []}), "runs: 0 runs are not in 1 to 12"),
        (json!({"runs": 3}), "runs: 3 is not a list"),
        (json!({"start": [1]}), "start: [1] is not a list of 2 numbers"),
        (json!({"start": [1, null]}), "start[1]: null is not a number in -1000000 to 1000000"),
        (json!({"steps": 2.5}), "steps: 2.5 is not a whole number"),
        (json!({"view": [1, 1, 0, 2]}), "view: 1 to 1 by 0 to 2 is no rectangle"),
        (json!({"colour": 1}), "colour: no such field"),
        (json!([1]), "configuration: [1] is not an object"),
    ];
    for (given, expected) in cases {
        assert_eq!(refused(given.clone()), expected, "{given}");
    }
}

#[test]
fn bad_values_become_defaults_and_good_ones_stay() {
    let (configuration, errors) = Configuration::read(&plain(json!({
        "surface": {"id": "ravine", "kappa": 25, "angle": "steep"},
        "runs": [{"id": "momentum", "beta": 9, "lr": 0.5}],
        "steps": -1,
    })));
    let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
    assert_eq!(fields, ["surface.angle", "runs[0].beta", "steps"]);
    let default = Configuration::default();
    assert_eq!(configuration.surface.settings.number("kappa"), 25.0);
    assert_eq!(
        configuration.surface.settings.number("angle"),
        default.surface.settings.number("angle")
    );
    assert_eq!(configuration.runs[0].settings.number("lr"), 0.5);
    assert_eq!(configuration.runs[0].settings.number("beta"), 0.9);
    assert_eq!(configuration.steps, default.steps);
}

#[test]
fn nothing_asked_for_is_the_default() {
    let read = Configuration::strict(&plain(json!({}))).expect("valid");
    assert_eq!(read.to_value(), Configuration::default().to_value());
}

#[test]
fn numbers_that_are_none_are_refused() {
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let start = Value::List(vec![Value::Number(bad), Value::Number(0.0)]);
        for (field, value) in
            [("start", start), ("runs[0].lr", Value::Number(bad)), ("steps", Value::Number(bad))]
        {
            let error = Configuration::default().with(field, value).expect_err(field);
            assert!(error.field.starts_with(field), "{error}");
        }
    }
}

#[test]
fn one_field_changes_and_the_rest_stays() {
    let before = Configuration::default();
    let after = before.with("runs[0].beta", Value::Number(0.5)).expect("valid");
    assert_eq!(after.runs[0].settings.number("beta"), 0.5);
    let back = after.with("runs[0].beta", Value::Number(0.9)).expect("valid");
    assert_eq!(back.to_value(), before.to_value());
    for (field, value) in [
        ("runs[7].beta", Value::Number(0.5)),
        ("runs[0].gamma", Value::Number(0.5)),
        ("nothing.at.all", Value::Number(0.5)),
        ("", Value::Nothing),
        ("runs[0].id", Value::from("sgd")),
        ("surface.id", Value::from("bowel")),
        ("runs", Value::Toggle(true)),
    ] {
        before.with(field, value).expect_err(field);
    }
}

#[test]
fn another_surface_brings_its_own_start_view_and_learning_rates() {
    let before = Configuration::default();
    let after = before.with("surface.id", Value::from("himmelblau")).expect("valid");
    let himmelblau = after.surface.entry.with_defaults();
    assert_eq!(after.start, himmelblau.start());
    assert_eq!(after.view, himmelblau.view());
    assert!(after.runs[1].settings.number("lr") < before.runs[1].settings.number("lr"));
    assert_eq!(after.runs[0].settings.number("beta"), before.runs[0].settings.number("beta"));
}

#[test]
fn null_is_as_if_nothing_was_said() {
    let read = |asked: Json| Configuration::strict(&plain(asked)).expect("valid").to_value();
    let one = read(json!({"optimizer": "adam"}));
    assert_eq!(read(json!({"runs": null, "optimizer": "adam"})), one);
    assert_eq!(read(json!({"runs": ["adam"], "optimizer": null})), one);
    assert_eq!(read(json!({"runs": null, "optimizer": null})), read(json!({})));
    // What is refused leaves the runs that the lab begins with, at their rates.
    let (kept, errors) = Configuration::read(&plain(json!({"runs": []})));
    assert_eq!((kept.to_value(), errors.len()), (read(json!({})), 1));
}

#[test]
fn a_field_is_named_in_one_way_or_the_other() {
    let before = Configuration::default();
    for field in ["runs[0].beta", "runs.0.beta"] {
        let after = before.with_after(10, field, Value::Number(0.5)).expect("valid");
        assert_eq!(after.runs[0].settings.number("beta"), 0.9, "{field}: the start has changed");
        assert_eq!(after.runs[0].settings_at(10).number("beta"), 0.5, "{field}");
    }
}

#[test]
fn another_optimizer_keeps_the_momentum_it_shares() {
    let before = Configuration::default().with("runs[0].beta", Value::Number(0.7)).expect("valid");
    let after = before.with("runs[0].id", Value::from("nesterov")).expect("valid");
    assert_eq!(after.runs[0].entry.description.id, "nesterov");
    assert_eq!(after.runs[0].settings.number("beta"), 0.7);
    assert_eq!(after.runs[0].settings.choice("form"), "pytorch");
}

#[test]
fn deep_and_long_data_is_refused_before_it_is_read() {
    let nested = |levels: usize| format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
    assert!(serde_json::from_str::<Value>(&nested(6)).is_ok());
    let error = serde_json::from_str::<Value>(&nested(7)).expect_err("too deep").to_string();
    assert!(error.contains("nested too deeply"), "{error}");
    let long = format!("[{}1]", "1,".repeat(5000));
    assert!(serde_json::from_str::<Value>(&long).is_err());
}

/// Attributes, properties and methods that the page's element has for other things; those of every
/// element hold no lower-case word that a parameter could want, but for the ones named here.
const TAKEN: &[&str] = &[
    "surface",
    "optimizer",
    "start",
    "view",
    "theme",
    "language",
    "remember",
    "controls",
    "lock",
    "ready",
    "presenting",
    "resting",
    "link",
    "configuration",
    "readout",
    "play",
    "pause",
    "restart",
    "reset",
    "step",
    "seek",
    "undo",
    "keys",
    "present",
    "lessons",
    "runs",
    "damping",
    "rule",
    "path",
    "figures",
    "class",
    "id",
    "style",
    "title",
    "lang",
    "dir",
    "hidden",
    "slot",
    "part",
    "is",
    "nonce",
    "translate",
    "draggable",
    "inert",
    "popover",
    "autofocus",
    "tabindex",
    "click",
    "focus",
    "blur",
    "before",
    "after",
    "animate",
    "remove",
    "closest",
    "matches",
];

#[test]
fn a_parameter_is_known_by_its_name_alone() {
    // On the element `lr`, `kappa` and `steps` are attributes side by side.
    let general = GENERAL.iter().chain([&PLANE_LR, &PLANE_BETA]).map(|spec| spec.id);
    let of_surfaces =
        SURFACES.iter().flat_map(|entry| entry.description.parameters).map(|spec| spec.id);
    let of_runs = OPTIMIZERS.iter().flat_map(RunChoice::parameters).map(|spec| spec.id);
    let owners: [BTreeSet<&str>; 3] = [general.collect(), of_surfaces.collect(), of_runs.collect()];
    for (index, names) in owners.iter().enumerate() {
        for name in names {
            assert!(!TAKEN.contains(name), "{name} means something else on the element");
            let others = owners[index + 1..].iter();
            assert_eq!(
                others.filter(|other| other.contains(name)).count(),
                0,
                "two kinds of {name}"
            );
        }
    }
}
