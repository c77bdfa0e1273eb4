//! Clouds: the repeats of a noisy run, and how far they are spread.

use momentum_lab::configuration::{Configuration, Value};
use momentum_lab::lab::Lab;
use momentum_lab::study::noise_ensemble::NoiseEnsemble;
use momentum_lab::study::simulate::simulate;
use serde_json::{Value as Json, json};

fn value(plain: &Json) -> Value {
    serde_json::from_value(plain.clone()).expect("plain data")
}

fn lab(plain: &Json) -> Lab {
    Lab::new(Configuration::strict(&value(plain)).expect("valid"))
}

#[test]
fn a_repeat_is_the_run_with_another_seed() {
    let mut asked = json!({"surface": "ravine", "steps": 50, "noise": 2.0, "seed": 7, "cloud": true,
                           "runs": [{"id": "nesterov", "lr": 0.01}]});
    let lab = lab(&asked);
    let cloud = NoiseEnsemble::of(lab.configuration(), lab.surface(), lab.runs()).expect("a cloud");
    let points: Vec<_> = cloud.points(31.6).collect();
    assert_eq!(points.len(), 200);
    for repeat in [0, 1, 199] {
        asked["seed"] = json!(7 + 1 + repeat);
        let alone = simulate(&value(&asked)).expect("runs");
        assert_eq!(alone.run.points()[31], points[repeat], "repeat {repeat}");
    }
}

#[test]
fn the_spread_comes_to_what_theory_says() {
    // Along both directions lr·λ differs, and with it the variance.
    for (beta, form) in [(0.0, "accumulating"), (0.9, "accumulating"), (0.6, "ema")] {
        let mut lab = lab(&json!({
            "surface": {"id": "ravine", "kappa": 10, "angle": 30}, "start": [-4, 1], "steps": 1000,
            "noise": 1.5, "cloud": true,
            "runs": [{"id": "momentum", "lr": 0.02, "beta": beta, "form": form}],
        }));
        // Moments far enough apart to be all but independent, once the start is forgotten.
        let mut squares = [0.0; 2];
        let moments = 10;
        let mut theory = [f64::NAN; 2];
        for moment in 0..moments {
            lab.seek(550.0 + 50.0 * f64::from(moment));
            let spread = lab.spread().expect("a cloud");
            theory = spread.theory.map(|theory| theory.expect("a stable heavy ball"));
            for (sum, measured) in squares.iter_mut().zip(spread.measured) {
                *sum += measured * measured / f64::from(moments);
            }
        }
        for (square, theory) in squares.into_iter().zip(theory) {
            let share = square.sqrt() / theory;
            // 2,000 numbers tell a deviation to 1.6 %.
            assert!((share - 1.0).abs() < 0.06, "β {beta}, {form}: {share} of {theory}");
        }
    }
}

#[test]
fn there_is_no_cloud_without_chance_and_no_theory_without_a_heavy_ball() {
    let quiet = lab(&json!({"surface": "ravine", "cloud": true}));
    assert_eq!(quiet.spread(), None);
    let unasked = lab(&json!({"surface": "ravine", "noise": 1.0}));
    assert_eq!(unasked.spread(), None);
    let adam = lab(&json!({"surface": "ravine", "noise": 1.0, "cloud": true,
                           "runs": [{"id": "adam"}]}));
    assert_eq!(adam.spread().expect("a cloud").theory, [None; 2]);
    let batch = lab(&json!({"surface": "linear-regression", "batch": 4, "cloud": true,
                            "runs": [{"id": "momentum"}]}));
    assert_eq!(batch.spread().expect("a cloud").theory, [None; 2], "its noise has no one size");
    // A rate that goes on falling leaves no time in which the start could be forgotten.
    for (schedule, told) in
        [("constant", true), ("warm-up", true), ("cosine", false), ("exponential", false)]
    {
        let scheduled =
            lab(&json!({"surface": "ravine", "noise": 1.0, "cloud": true, "steps": 400,
                                    "runs": [{"id": "momentum", "schedule": schedule,
                                              "schedule_steps": if told { 100 } else { 400 }}]}));
        let theory = scheduled.spread().expect("a cloud").theory;
        assert_eq!(theory.map(|one| one.is_some()), [told; 2], "{schedule}: {theory:?}");
    }
    // A minibatch of a surface without data is none, and one of all samples neither.
    let left = lab(&json!({"surface": "ravine", "batch": 4, "noise": 1.0, "cloud": true,
                           "runs": [{"id": "momentum"}]}));
    assert!(left.spread().expect("a cloud").theory[0].is_some());
    let all = lab(&json!({"surface": "linear-regression", "batch": 32, "cloud": true}));
    assert_eq!(all.spread(), None);
    let none = lab(&json!({"surface": "ravine", "batch": 4, "cloud": true}));
    assert_eq!(none.spread(), None, "without samples a batch is no chance");
}

#[test]
fn long_paths_and_runs_that_leave_have_clouds_too() {
    let mut long = lab(&json!({"surface": "bowl", "noise": 1.0, "cloud": true, "steps": 20000,
                               "runs": [{"id": "momentum", "lr": 0.01}]}));
    assert_eq!(long.spread().expect("a cloud").repeats, 10);
    long.seek(20_000.0);
    assert!(long.spread().expect("a cloud").measured.iter().all(|spread| *spread > 0.0));
    let mut wild = lab(&json!({"surface": "bowl", "noise": 1.0, "cloud": true, "steps": 300,
                               "runs": [{"id": "momentum", "lr": 100}]}));
    wild.seek(300.0);
    assert_eq!(wild.spread().expect("a cloud").theory, [None; 2]);
}
