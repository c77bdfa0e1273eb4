//! What counts as given, and the ends of what is accepted.

use momentum_lab::configuration::{Configuration, GENERAL, MAX_CHANGES, MAX_RUNS, Value};
use momentum_lab::link;
use momentum_lab::map::Options;
use momentum_lab::math::expression::{LONGEST, MOST_WORK, parse};
use momentum_lab::optimizer::OPTIMIZERS;
use momentum_lab::parameter::{Kind, ParameterSpec};
use momentum_lab::surface::SURFACES;
use serde_json::{Value as Json, json};

fn plain(json: Json) -> Value {
    serde_json::from_value(json).expect("plain data")
}

fn read(json: &Json) -> (String, Vec<String>) {
    let (configuration, errors) = Configuration::read(&plain(json.clone()));
    let text = serde_json::to_string(&configuration.to_value()).expect("plain data");
    (text, errors.iter().map(ToString::to_string).collect())
}

/// Every field of every object in `json`, by its JSON pointer.
fn fields(json: &Json, at: &str, found: &mut Vec<String>) {
    match json {
        Json::Object(map) => {
            for (name, value) in map {
                found.push(format!("{at}/{name}"));
                fields(value, &format!("{at}/{name}"), found);
            }
        }
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                fields(item, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn null_means_not_given_in_every_field_at_every_level() {
    let asked = plain(json!({
        "surface": {"id": "ravine", "kappa": 20, "angle": 10},
        "start": [1, 2], "steps": 77, "noise": 0.1,
        "runs": [
            {"id": "momentum", "lr": 0.01, "changes": [{"step": 5, "lr": 0.02, "beta": 0.5}]},
            {"id": "adam", "lr": 0.1, "amsgrad": true},
        ],
        "plane_lr": [0.001, 1], "plane_beta": [0, 0.9],
    }));
    let whole = Configuration::strict(&asked).expect("valid").to_value();
    let whole = serde_json::to_value(&whole).expect("plain data");
    let mut found = Vec::new();
    fields(&whole, "", &mut found);
    assert!(found.len() > 50, "{found:?}");
    for pointer in found {
        let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
        let [mut null, mut absent] = [whole.clone(), whole.clone()];
        *null.pointer_mut(&pointer).expect("there") = Json::Null;
        let parent = absent.pointer_mut(parent).and_then(Json::as_object_mut).expect("an object");
        parent.remove(name);
        // A run whose id is missing is quoted in the error.
        let [null, absent] = [&null, &absent].map(read);
        assert_eq!(null, absent, "{pointer}");
        let needed = pointer.ends_with("/id") || pointer.ends_with("/step");
        assert_eq!(null.1.is_empty(), !needed, "{pointer}: {:?}", null.1);
    }
}

#[test]
fn nothing_at_all_is_the_default() {
    let defaults = read(&json!({}));
    for json in [
        Json::Null,
        json!({"start": null, "steps": null, "cloud": null, "surface": null, "runs": null}),
        json!({"surface": {"id": "ravine", "kappa": null}, "optimizer": null}),
    ] {
        assert_eq!(read(&json), defaults, "{json}");
    }
    let configuration = Configuration::default();
    let reset = configuration.with("steps", Value::Number(50.0)).expect("valid");
    assert_eq!(reset.with("steps", Value::Nothing).expect("valid").steps, configuration.steps);
}

#[test]
fn null_means_not_given_in_options_of_maps() {
    let configuration = Configuration::default();
    let null = |names: &[&str]| {
        Value::Map(names.iter().map(|name| ((*name).to_owned(), Value::Nothing)).collect())
    };
    let basins = null(&["run", "width", "height", "max_steps", "tolerance", "bounds"]);
    let usual = Options::basins(&configuration, &Value::Nothing);
    assert_eq!(Options::basins(&configuration, &basins), usual);
    let tuning =
        null(&["run", "width", "height", "max_steps", "tolerance", "lr", "beta", "beta_scale"]);
    let usual = Options::tuning(&configuration, &Value::Nothing);
    assert_eq!(Options::tuning(&configuration, &tuning), usual);
}

/// Configurations that set this number.
fn with_number(spec: &ParameterSpec, owner: &str, value: f64) -> Json {
    let mut fields = json!({});
    fields[spec.id] = json!(value);
    match owner {
        "" => fields,
        owner => {
            let (place, id) = owner.split_once(':').expect("an owner");
            fields["id"] = json!(id);
            json!({place: fields})
        }
    }
}

#[test]
fn every_number_is_accepted_up_to_its_limits_and_not_beyond() {
    let mut specs: Vec<(String, ParameterSpec)> =
        GENERAL.iter().map(|spec| (String::new(), *spec)).collect();
    for entry in SURFACES {
        let owner = format!("surface:{}", entry.description.id);
        specs.extend(entry.description.parameters.iter().map(|spec| (owner.clone(), *spec)));
    }
    for entry in OPTIMIZERS {
        let owner = format!("optimizer:{}", entry.description.id);
        specs.extend(entry.parameters().into_iter().map(|spec| (owner.clone(), spec)));
    }
    let mut checked = 0;
    for (owner, spec) in specs {
        let Kind::Number { lowest, highest, integer, .. } = spec.kind else { continue };
        let step = |end: f64, up: bool| match (integer, up) {
            (true, true) => end + 1.0,
            (true, false) => end - 1.0,
            (false, true) => end.next_up(),
            (false, false) => end.next_down(),
        };
        let refused = |value: f64| {
            let (_, errors) = read(&with_number(&spec, &owner, value));
            errors.iter().any(|error| error.contains(&format!("{}:", spec.id)))
        };
        for (end, beyond) in [(lowest, step(lowest, false)), (highest, step(highest, true))] {
            assert!(!refused(end), "{owner} {}: {end}", spec.id);
            assert!(refused(beyond), "{owner} {}: {beyond:e}", spec.id);
            checked += 1;
        }
    }
    assert!(checked > 180, "{checked}");
}

#[test]
fn as_many_runs_changes_and_characters_as_allowed_and_no_more() {
    let errors = |json: Json| read(&json).1;
    let runs = |count: usize| json!({"runs": vec![json!("gd"); count]});
    assert!(errors(runs(MAX_RUNS)).is_empty() && !errors(runs(MAX_RUNS + 1)).is_empty());
    assert_eq!(errors(runs(0)), ["runs: 0 runs are not in 1 to 12"]);
    let changes = |count: usize| {
        let change = |step: usize| json!({"step": step + 1, "lr": 0.01});
        let changes: Vec<Json> = (0..count).map(change).collect();
        json!({"optimizer": {"id": "gd", "changes": changes}})
    };
    assert!(errors(changes(MAX_CHANGES)).is_empty());
    assert_eq!(
        errors(changes(MAX_CHANGES + 1)),
        ["optimizer.changes: more than 200 changes on the way"]
    );
    let formula = |length: usize| {
        let text = format!("x{}", " ".repeat(length - 1));
        errors(json!({"surface": {"expression": text}}))
    };
    assert!(formula(LONGEST).is_empty() && !formula(LONGEST + 1).is_empty());
    let far = |x: f64| errors(json!({"start": [x, 0]}));
    assert!(far(1e6).is_empty() && far(-1e6).is_empty());
    assert!(!far(1e6_f64.next_up()).is_empty() && !far(-1e6_f64.next_up()).is_empty());
}

#[test]
fn a_change_too_many_on_the_way_is_refused_and_leaves_all_as_it_was() {
    let (mut configuration, beyond) = (Configuration::default(), MAX_CHANGES + 1);
    for step in 1..=MAX_CHANGES {
        let lr = Value::Number(1e-4 * step as f64);
        configuration = configuration.with_after(step, "runs[0].lr", lr).expect("a change");
    }
    assert_eq!(configuration.runs[0].changes.len(), MAX_CHANGES);
    let refused = configuration.with_after(beyond, "runs[0].lr", Value::Number(0.5));
    assert_eq!(
        refused.expect_err("too many").to_string(),
        "runs[0].lr: more than 200 changes on the way"
    );
    // One that takes the place of others is no more than before.
    let again = configuration.with_after(1, "runs[0].lr", Value::Number(0.5)).expect("a change");
    assert_eq!(again.runs[0].changes.len(), 1);
}

#[test]
fn another_formula_brings_its_view_unless_one_was_chosen() {
    let own = plain(json!({"surface": {"expression": "x^2 + y^2"}}));
    let own = Configuration::strict(&own).expect("valid");
    let far = "(x - 4)^2 + (y + 3)^2";
    let changed = own.with("surface.expression", Value::from(far)).expect("valid");
    let fresh = plain(json!({"surface": {"expression": far}}));
    let fresh = Configuration::strict(&fresh).expect("valid");
    assert_eq!((changed.view, changed.start), (fresh.view, fresh.start));
    assert_ne!(changed.view, own.view);
    let chosen = own.with("view", plain(json!([-1, 2, -3, 4]))).expect("valid");
    let kept = chosen.with("surface.expression", Value::from(far)).expect("valid");
    assert_eq!((kept.view, kept.start), (chosen.view, fresh.start));
}

#[test]
fn a_link_with_a_plain_sign_is_not_decoded_as_a_whole() {
    // Decoded as a whole it would say 20 steps.
    let (configuration, errors) = link::read("surface=expression&expression=x%3dy%26steps%3d20");
    assert_eq!(configuration.steps, Configuration::default().steps);
    let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
    assert_eq!(fields, ["surface.expression"]);
    // Without any it is.
    for link in ["surface%3Dbowl%26steps%3D20", "#steps%3d20%26surface%3dbowl"] {
        let (configuration, errors) = link::read(link);
        assert!(errors.is_empty(), "{errors:?}");
        assert_eq!(configuration.steps, 20, "{link}");
    }
}

#[test]
fn numbers_in_links_are_read_as_people_type_them() {
    for (link, noise) in [
        ("noise=0,25", 0.25),
        ("noise=０．２５", 0.25),
        ("noise=2.5e%E2%88%921", 0.25),
        ("noise=2.5·10⁻¹", 0.25),
    ] {
        let (configuration, errors) = link::read(link);
        assert!(errors.is_empty(), "{link}: {errors:?}");
        assert_eq!(configuration.noise.deviation, noise, "{link}");
    }
    let (configuration, errors) = link::read("surface=bowl&start=−1，２");
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!((configuration.start.x, configuration.start.y), (-1.0, 2.0));
    // May be a thousand and some.
    assert_eq!(link::read("steps=1,234").1.len(), 1);
}

#[test]
fn a_formula_that_is_too_much_work_is_refused_whatever_its_length() {
    let term = "sinh(1e3*x)^y+";
    let formula = |count: usize| format!("{}x", term.repeat(count));
    let refused = parse(&formula(45), &["x", "y"]).expect_err("too much");
    assert_eq!(
        refused.to_string(),
        "too much to compute: 2026 operations, counted by their cost, are more than 2000"
    );
    assert!(parse(&formula(44), &["x", "y"]).expect("accepted").work() <= MOST_WORK);
    // What is long and plain is not.
    for plain in ["x+".repeat(499) + "y", "(x-1)^2+".repeat(124) + "y", "sin(x)+".repeat(142) + "y"]
    {
        assert!(parse(&plain, &["x", "y"]).is_ok(), "{plain}");
    }
}
