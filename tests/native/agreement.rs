//! Paths agree with those that PyTorch and optax draw: `tests/fixtures/*.json`, where the header
//! of each file says how it was made and up to which step a path can be compared.

use crate::support::simulated;
use momentum_lab::math::geometry::Point;
use serde_json::{Value as Json, json};

/// Largest difference of a coordinate, relative to its size where that is over 1.
const TOLERANCE: f64 = 1e-9;

/// A coordinate; what is not finite was written as null.
fn coordinate(value: &Json) -> f64 {
    value.as_f64().unwrap_or(f64::NAN)
}

/// Computes a case as anyone would and compares every row up to where it is exact.
fn check(case: &Json) -> Result<(), String> {
    let mut optimizer = case["optimizer"].clone();
    // What a fixture does not say is off, whatever the rule's own default.
    if optimizer["weight_decay"].is_null() {
        optimizer["weight_decay"] = json!(0.0);
    }
    if let Some(lrs) = case["lrs"].as_array() {
        optimizer["lr"] = lrs[0].clone();
        let changes = lrs.iter().enumerate().skip(1);
        optimizer["changes"] = changes.map(|(step, lr)| json!({"step": step, "lr": lr})).collect();
    }
    let done = simulated(json!({
        "surface": case["surface"], "optimizer": optimizer, "start": case["start"],
        "steps": case["steps"],
    }));
    let exact_until = case["exact_until"].as_u64().unwrap_or(u64::MAX);
    let diverged_at = case["diverged_at"].as_u64();
    if diverged_at.is_none_or(|step| step <= exact_until)
        && done.diverged_at().map(|step| step as u64) != diverged_at
    {
        return Err(format!("diverged at {:?}, not {diverged_at:?}", done.diverged_at()));
    }
    for row in case["rows"].as_array().expect("rows") {
        let step = row[0].as_u64().expect("a step");
        if step > exact_until {
            break;
        }
        let Point { x, y } = done.run.points()[step as usize];
        for (found, expected) in [(x, coordinate(&row[1])), (y, coordinate(&row[2]))] {
            let near = (found - expected).abs() <= TOLERANCE * expected.abs().max(1.0);
            if !near && (found.is_finite() || expected.is_finite()) {
                return Err(format!("step {step}: {found} is not {expected}"));
            }
        }
    }
    Ok(())
}

/// Checks all cases of a file, of which there must be at least `least`.
fn check_file(text: &str, least: usize) {
    let file: Json = serde_json::from_str(text).expect("JSON");
    let cases = file["cases"].as_array().expect("cases");
    let errors: Vec<String> = cases
        .iter()
        .filter_map(|case| check(case).err().map(|error| (case, error)))
        .map(|(case, text)| format!("{} on {}: {text}", case["optimizer"], case["surface"]))
        .collect();
    let (wrong, all) = (errors.len(), cases.len());
    assert!(wrong == 0, "{wrong} of {all} cases part:\n{}", errors.join("\n"));
    assert!(all >= least, "only {all} cases were compared");
}

#[test]
fn momentum_agrees_with_pytorch() {
    check_file(include_str!("../fixtures/torch_sgd.json"), 177);
}

#[test]
fn adaptive_rules_agree_with_pytorch() {
    check_file(include_str!("../fixtures/torch_adaptive.json"), 414);
}

#[test]
fn schedules_agree_with_pytorch() {
    check_file(include_str!("../fixtures/torch_schedules.json"), 104);
}

#[test]
fn lion_yogi_and_adabelief_agree_with_optax() {
    check_file(include_str!("../fixtures/optax.json"), 99);
}
