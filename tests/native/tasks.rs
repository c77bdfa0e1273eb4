//! Questions asked first: answers are judged by what the runs really do.

use crate::support::{measured, simulated};
use momentum_lab::configuration::{Configuration, TASK, Value};
use momentum_lab::lab::Lab;
use momentum_lab::measure::End;
use momentum_lab::parameter::Kind;
use momentum_lab::task::{NONE, Offer, TASKS, Unfit, Verdict};
use momentum_lab::{link, reason::Reason};
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn lab(json: serde_json::Value) -> Lab {
    let asked: Value = serde_json::from_value(json.clone()).expect("plain data");
    Lab::new(Configuration::strict(&asked).unwrap_or_else(|c| panic!("{c} in {json}")))
}

#[track_caller]
fn judged(lab: &Lab, answer: impl Into<Value>) -> Verdict {
    let case = lab.case();
    let task = case.task().expect("a question");
    let verdict =
        (task.judge)(&case, &answer.into()).unwrap_or_else(|complaint| panic!("{complaint}"));
    assert!(task.reasons.contains(&verdict.because), "{}: {}", task.id, verdict.because);
    assert!((0.0..=1.0).contains(&verdict.score), "{}: {}", task.id, verdict.score);
    verdict
}

fn offered(lab: &Lab) -> Result<Offer, Unfit> {
    let case = lab.case();
    (case.task().expect("a question").offer)(&case)
}

#[test]
fn every_option_is_a_kind_of_question_and_is_worded() {
    let Kind::Choice { options, default } = TASK.kind else { panic!("no choice") };
    let options: Vec<_> =
        options.iter().map(|option| option.id).filter(|id| *id != default).collect();
    assert_eq!(options, TASKS.iter().map(|task| task.id).collect::<Vec<_>>());
    let messages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www/messages");
    for language in ["en", "zh-CN"] {
        let table = fs::read_to_string(messages.join(format!("{language}.js"))).expect("messages");
        let said: BTreeSet<_> = table
            .lines()
            .filter_map(|line| line.trim().strip_prefix('"')?.split('"').next())
            .collect();
        for task in TASKS {
            for part in task.reasons.iter().chain(&["question"]) {
                let key = format!("task.{}.{part}", task.id);
                assert!(said.contains(key.as_str()), "{language} lacks {key}");
            }
        }
    }
}

#[test]
fn whether_a_run_oscillates_is_what_is_measured() {
    let surfaces = [json!("bowl"), json!({"id": "ravine", "kappa": 25}), json!("rosenbrock")];
    let mut truths = BTreeSet::new();
    for surface in surfaces {
        for (lr, beta) in [(0.001, 0.0), (0.004, 0.5), (0.004, 0.95), (0.5, 0.9)] {
            let json = json!({
                "surface": surface, "task": "oscillates", "steps": 600,
                "runs": [{"id": "momentum", "lr": lr, "beta": beta}],
            });
            let lab = lab(json);
            let measured = momentum_lab::measure::Measured::of(&lab.runs()[0], lab.surface());
            let counts = measured.swings.map(|swing| swing.overshoots);
            let truth = if counts[0].max(counts[1]) > 0 { "yes" } else { "no" };
            truths.insert(truth);
            for answer in ["yes", "no"] {
                let verdict = judged(&lab, answer);
                assert_eq!(verdict.truth, Value::from(truth), "{surface} {lr} {beta}");
                assert_eq!(verdict.score, f64::from(u8::from(answer == truth)));
                assert_eq!(verdict.numbers[0].1, f64::from(counts[0].max(counts[1])));
                assert!(verdict.until <= 600);
            }
        }
    }
    assert_eq!(truths.len(), 2, "always {truths:?}");
}

#[test]
fn the_minimum_is_the_one_in_which_a_run_ends() {
    let mut truths = BTreeSet::new();
    for start in [[-4.0, 4.0], [4.0, 4.0], [4.0, -4.0], [-4.0, -4.0]] {
        let json = json!({
            "surface": "himmelblau", "start": start, "steps": 1000,
            "optimizer": {"id": "gd", "lr": 0.005},
        });
        let End::Minimum { index } = measured(&simulated(json.clone())).end else {
            panic!("not in a minimum from {start:?}")
        };
        truths.insert(index);
        let mut json = json;
        json["task"] = json!("minimum");
        let lab = lab(json);
        let Ok(Offer::Minima { points }) = offered(&lab) else { panic!("no minima") };
        assert_eq!(points.len(), 4);
        for answer in 0..points.len() {
            let verdict = judged(&lab, answer as f64);
            assert_eq!(verdict.truth, Value::Number(index as f64));
            assert_eq!(verdict.score, f64::from(u8::from(answer == index)));
            assert_eq!(verdict.because, "reached");
        }
        assert_eq!(judged(&lab, NONE).score, 0.0);
    }
    assert_eq!(truths.len(), 4, "{truths:?}");
}

#[test]
fn a_run_that_leaves_or_stays_on_its_way_reaches_none() {
    for (lr, steps, because) in [(0.5, 200, "diverged"), (1e-4, 20, "moving")] {
        let lab = lab(json!({
            "surface": "himmelblau", "task": "minimum", "steps": steps,
            "runs": [{"id": "momentum", "lr": lr, "beta": 0.9}],
        }));
        let verdict = judged(&lab, NONE);
        assert_eq!((verdict.truth, verdict.score, verdict.because), (NONE.into(), 1.0, because));
        assert_eq!(judged(&lab, 0.0).score, 0.0);
    }
}

#[test]
fn a_momentum_is_right_if_it_damps_and_is_quick() {
    // With λ = 1 critically damped along the flat direction at β = (1 − √η)² = 0.737….
    let lab = lab(json!({
        "surface": {"id": "ravine", "kappa": 25}, "task": "damps", "steps": 600,
        "runs": [{"id": "momentum", "lr": 0.02, "beta": 0.97}],
    }));
    let Ok(Offer::Number { field, value, .. }) = offered(&lab) else { panic!("no number") };
    assert_eq!((field.as_str(), value), ("runs[0].beta", 0.97));
    let Value::Number(best) = judged(&lab, 0.5).truth else { panic!("no best") };
    let right = judged(&lab, best);
    assert_eq!((right.score, right.because), (1.0, "quick"));
    assert!((0.7..0.76).contains(&best), "{best}");
    let scores: Vec<_> = [0.97, 0.95, 0.9].map(|beta| judged(&lab, beta).score).to_vec();
    assert_eq!(scores[0], 0.0, "as it was set");
    assert!(scores.is_sorted() && scores[2] < 0.5, "{scores:?}");
    assert_eq!(judged(&lab, 0.97).because, "overshoots");
    // What is said is what the same run does by itself.
    for beta in [0.0, 0.3, best, 0.9] {
        let verdict = judged(&lab, beta);
        let done = simulated(json!({
            "surface": {"id": "ravine", "kappa": 25}, "steps": 600,
            "optimizer": {"id": "momentum", "lr": 0.02, "beta": beta},
        }));
        let swings = measured(&done).swings.map(|swing| swing.overshoots);
        assert_eq!(verdict.numbers[1].1, f64::from(swings[0]), "{beta}");
        if let Some(step) = measured(&done).settled {
            assert_eq!(verdict.until, step, "{beta}");
        }
    }
}

#[test]
fn nothing_is_quicker_than_what_is_called_the_quickest() {
    let lab = lab(json!({
        "surface": "parabola", "task": "damps", "steps": 1000,
        "runs": [{"id": "momentum", "lr": 0.002, "beta": 0.98}],
    }));
    let Value::Number(tried) = judged(&lab, 0.1).truth else { panic!("no best") };
    let mut better = 0;
    // Finer than the momenta that are tried.
    for index in -8..=8 {
        let beta = tried + f64::from(index) * 0.0007;
        let Verdict { truth, numbers, because, .. } = judged(&lab, beta);
        let number = |name| numbers.iter().find(|(id, _)| *id == name).expect("quoted").1;
        assert!(because == "overshoots" || number("least") <= number("step"), "{beta}: {because}");
        better += usize::from(index != 0 && truth == Value::Number(beta));
    }
    assert!(better > 0, "none that was not tried is better");
}

#[test]
fn creeping_is_worth_the_more_the_quicker() {
    let lab = lab(json!({
        "surface": "parabola", "task": "damps", "steps": 3000,
        "runs": [{"id": "momentum", "lr": 0.01, "beta": 0.98}],
    }));
    let Value::Number(best) = judged(&lab, 0.1).truth else { panic!("no best") };
    // (1 − √(lr·λ))² with λ = 1.
    assert!((best - 0.81).abs() < 0.02, "{best}");
    let scores: Vec<_> = [0.0, 0.3, 0.6, best].map(|beta| judged(&lab, beta).score).to_vec();
    assert!(scores.is_sorted() && scores[0] > 0.5 && scores[3] == 1.0, "{scores:?}");
}

#[test]
fn the_faster_run_is_the_one_that_settles_first() {
    let runs = json!([
        {"id": "momentum", "lr": 0.02, "beta": 0.5}, {"id": "momentum", "lr": 0.02, "beta": 0.75},
        {"id": "momentum", "lr": 0.02, "beta": 0.97}, {"id": "gd", "lr": 0.02, "visible": false},
    ]);
    let json = json!({"surface": "ravine", "task": "faster", "steps": 2000, "runs": runs});
    let lab = lab(json);
    let Ok(Offer::Runs { runs }) = offered(&lab) else { panic!("no runs") };
    assert_eq!(runs, [0, 1, 2], "a hidden run takes no part");
    let settled: Vec<_> = (0..3)
        .map(|run| {
            let run = &lab.runs()[run];
            momentum_lab::measure::Measured::of(run, lab.surface()).settled.expect("settles")
        })
        .collect();
    let mut order = [0, 1, 2];
    order.sort_by_key(|run| settled[*run]);
    for (place, score) in [1.0, 0.5, 0.0].into_iter().enumerate() {
        assert_eq!(judged(&lab, order[place] as f64).score, score, "place {place} of {settled:?}");
    }
    assert_eq!(judged(&lab, NONE).score, 0.0);
    assert_eq!(judged(&lab, NONE).truth, Value::Number(order[0] as f64));
}

#[test]
fn of_runs_that_tie_each_is_right_and_of_none_that_settles_none() {
    let twice = json!([{"id": "gd", "lr": 0.05}, {"id": "momentum", "lr": 0.05, "beta": 0.0}]);
    let tied = lab(json!({"surface": "bowl", "task": "faster", "runs": twice, "steps": 500}));
    assert_eq!([judged(&tied, 0.0).score, judged(&tied, 1.0).score], [1.0, 1.0]);
    assert_eq!(judged(&tied, 1.0).because, "tie");
    let short = lab(json!({"surface": "bowl", "task": "faster", "runs": twice, "steps": 2}));
    assert_eq!((judged(&short, NONE).score, judged(&short, 0.0).score), (1.0, 0.0));
}

#[test]
fn what_does_not_fit_says_why() {
    for (task, json, code) in [
        ("faster", json!({"runs": [{"id": "gd"}]}), "one-run"),
        ("damps", json!({"runs": [{"id": "adam"}]}), "no-momentum"),
        ("damps", json!({"surface": "bowl", "steps": 5}), "undamped"),
    ] {
        let mut json = json;
        json["task"] = json!(task);
        assert_eq!(offered(&lab(json.clone())).err(), Some(Unfit(code)), "{json}");
    }
}

#[test]
fn an_answer_that_is_not_offered_is_refused() {
    let json = |task| json!({"surface": "himmelblau", "task": task});
    for (task, answer) in [
        ("oscillates", Value::from("perhaps")),
        ("oscillates", Value::Number(1.0)),
        ("minimum", Value::Number(4.0)),
        ("minimum", Value::Number(0.5)),
        ("minimum", Value::from("yes")),
        ("damps", Value::Number(7.0)),
        ("damps", Value::Number(f64::NAN)),
        ("damps", Value::from("0.5")),
        ("damps", Value::Nothing),
        ("faster", Value::Number(-1.0)),
        ("faster", Value::List(Vec::new())),
    ] {
        let lab = lab(json(task));
        let case = lab.case();
        let judged = (case.task().expect("a question").judge)(&case, &answer);
        assert!(judged.is_err(), "{task}: {answer} gives {judged:?}");
    }
}

#[test]
fn a_question_is_part_of_a_link() {
    for task in TASKS {
        let text = format!("v=1&surface=himmelblau&task={}&task_run=1", task.id);
        let (configuration, complaints) = link::read(&text);
        assert!(complaints.is_empty(), "{complaints:?}");
        assert_eq!((configuration.task.id, configuration.task.run), (Some(task.id), 1));
        assert_eq!(link::write(&configuration).expect("a link"), text);
    }
    assert_eq!(link::write(&Configuration::default()).expect("a link"), "v=1");
    for (part, field) in [("task=guess", "task"), ("task", "task"), ("task_run=1.5", "task_run")] {
        let (configuration, complaints) = link::read(part);
        assert_eq!(configuration.task, Configuration::default().task, "{part}");
        assert_eq!(complaints.len(), 1, "{part}");
        assert_eq!(complaints[0].field, field);
    }
    let (_, complaints) = link::read("task=guess");
    assert!(
        matches!(&complaints[0].reason, Reason::NotAnOption { options, .. } if options.contains("oscillates"))
    );
}

#[test]
fn a_question_about_a_run_that_is_not_there_is_about_the_last() {
    let lab = lab(json!({"task": "oscillates", "task_run": 7}));
    assert_eq!(lab.case().index(), lab.runs().len() - 1);
}
