//! Questions asked first: answers are judged by what the runs really do.

use crate::support::{measured, simulated};
use momentum_lab::configuration::{Configuration, TASK, Value};
use momentum_lab::lab::Lab;
use momentum_lab::parameter::Kind;
use momentum_lab::run::measure::End;
use momentum_lab::teaching::task::{NONE, Offer, TASKS, Unfit, Verdict};
use momentum_lab::{error_kind::ErrorKind, link};
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
    let verdict = (task.judge)(&case, &answer.into()).unwrap_or_else(|error| panic!("{error}"));
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
            let measured = momentum_lab::run::measure::Measured::of(&lab.runs()[0], lab.surface());
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

/// What is said about an answer, with its score.
fn said(json: serde_json::Value, answer: impl Into<Value>) -> (&'static str, f64) {
    let Verdict { because, score, .. } = judged(&lab(json), answer);
    (because, score)
}

#[test]
fn every_reason_about_oscillating_is_given_once() {
    let case = |surface: serde_json::Value, start: [f64; 2], steps: usize, optimizer| {
        json!({"surface": surface, "start": start, "steps": steps, "task": "oscillates",
               "runs": [optimizer]})
    };
    let momentum = |lr: f64, beta: f64| json!({"id": "momentum", "lr": lr, "beta": beta});
    let (bowl, saddle) = (json!("bowl"), json!("saddle"));
    let stalls = json!({"id": "momentum", "lr": 0.05, "beta": 0.9, "schedule": "cosine",
                        "schedule_steps": 30, "schedule_factor": 0});
    let crawls = json!({"id": "gd", "lr": 0.01, "schedule": "cosine", "schedule_steps": 30,
                        "schedule_factor": 0});
    let mut given = BTreeSet::new();
    for (json, because, truth) in [
        (case(bowl.clone(), [3.0, 2.0], 500, momentum(0.05, 0.2)), "creeps", "no"),
        (case(bowl.clone(), [3.0, 2.0], 900, momentum(0.05, 0.9)), "swings", "yes"),
        (case(bowl.clone(), [3.0, 2.0], 60, crawls), "stuck", "no"),
        (case(bowl.clone(), [3.0, 2.0], 60, stalls), "swings-stuck", "yes"),
        (case(bowl.clone(), [3.0, 2.0], 10, momentum(0.01, 0.2)), "creeps-on", "no"),
        (case(bowl.clone(), [3.0, 2.0], 60, momentum(0.05, 0.97)), "swings-on", "yes"),
        (case(json!("himmelblau"), [3.0, 2.5], 500, momentum(0.5, 0.0)), "swings-away", "yes"),
        (case(saddle.clone(), [1.0, 0.1], 2000, momentum(0.1, 0.9)), "leaves", "no"),
        (case(saddle, [1.0, 0.1], 40, momentum(0.1, 0.9)), "moves-away", "no"),
        (case(bowl, [3.0, 2.0], 60, momentum(2.1, 0.0)), "swings-wider", "yes"),
        (
            case(json!({"expression": "ln(x) + y^2"}), [1.0, 1.0], 90, momentum(0.1, 0.0)),
            "undefined",
            "no",
        ),
    ] {
        assert_eq!(said(json.clone(), truth), (because, 1.0), "{json}");
        let other = if truth == "yes" { "no" } else { "yes" };
        assert_eq!(said(json, other), (because, 0.0));
        given.insert(because);
    }
    assert_eq!(given, reasons("oscillates"));
}

/// All reasons of a kind of question.
fn reasons(id: &str) -> BTreeSet<&'static str> {
    momentum_lab::teaching::task::find(id).expect("a question").reasons.iter().copied().collect()
}

#[test]
fn the_direction_of_the_overshoots_is_told_with_their_number() {
    for (surface, axis) in [("ravine", 2.0), ("parabola", 0.0)] {
        let lab = lab(json!({"surface": surface, "task": "oscillates", "steps": 300,
                             "runs": [{"id": "momentum", "lr": 0.02, "beta": 0.95}]}));
        let counts = lab.runs()[0].overshoots()[300];
        let numbers = judged(&lab, "yes").numbers;
        let number = |name| numbers.iter().find(|(id, _)| *id == name).expect("quoted").1;
        assert_eq!(number("overshoots"), f64::from(counts[0].max(counts[1])));
        assert_eq!(number("axis"), axis, "{surface}: {counts:?}");
    }
}

#[test]
fn every_reason_about_the_minimum_is_given_once() {
    let case = |surface: serde_json::Value, start: [f64; 2], steps: usize, optimizer| {
        json!({"surface": surface, "start": start, "steps": steps, "task": "minimum",
               "runs": [optimizer]})
    };
    let gd = |lr: f64| json!({"id": "gd", "lr": lr});
    let with = |name: &str, value: serde_json::Value| {
        let mut rule = gd(0.05);
        rule[name] = value;
        rule
    };
    let mut stops = with("schedule", json!("cosine"));
    (stops["schedule_steps"], stops["schedule_factor"]) = (json!(5), json!(0));
    let mut given = BTreeSet::new();
    for (json, because) in [
        (case(json!("bowl"), [3.0, 2.0], 500, gd(0.05)), "reached"),
        (case(json!({"expression": "(x*y)^2"}), [1.0, 2.0], 2000, gd(0.01)), "unlisted"),
        (case(json!("saddle"), [2.0, 0.0], 500, gd(0.05)), "saddle"),
        (case(json!("plateau"), [-9.0, 5.0], 50, gd(0.05)), "plateau"),
        (case(json!("booth"), [3.0, 2.0], 900, with("weight_decay", json!(3))), "weight-decay"),
        (
            case(json!("booth"), [-5.0, -5.0], 50, {
                stops["lr"] = json!(0.001);
                stops
            }),
            "learning-rate",
        ),
        (case(json!("himmelblau"), [3.0, 2.5], 500, gd(0.5)), "diverged"),
        (case(json!("saddle"), [1.0, 0.1], 80, gd(0.1)), "leaving"),
        (case(json!({"expression": "ln(x) + y^2"}), [1.0, 1.0], 90, gd(0.1)), "undefined"),
        (case(json!("bowl"), [3.0, 2.0], 10, gd(0.01)), "moving"),
    ] {
        let reached = because == "reached";
        let none = f64::from(u8::from(!reached));
        assert_eq!(said(json.clone(), NONE), (because, none), "{json}");
        if reached {
            assert_eq!(said(json, 0.0), (because, 1.0));
        }
        given.insert(because);
    }
    assert_eq!(given, reasons("minimum"));
}

#[test]
fn every_reason_about_damping_is_given_once_with_its_marks() {
    let case = |surface: serde_json::Value, start: [f64; 2], steps: usize, lr: f64, beta: f64| {
        json!({"surface": surface, "start": start, "steps": steps, "task": "damps",
               "runs": [{"id": "momentum", "lr": lr, "beta": beta}]})
    };
    let parabola = |steps: usize| case(json!("parabola"), [1.3, 0.0], steps, 0.04, 0.95);
    let step = |beta: f64| {
        let mut asked = parabola(300);
        asked["runs"][0]["beta"] = json!(beta);
        momentum_lab::run::measure::Measured::of(
            &lab(asked.clone()).runs()[0],
            lab(asked).surface(),
        )
        .settled
        .expect("settles") as f64
    };
    let mut given = BTreeSet::new();
    let mut check = |json, beta: f64, because, score: Option<f64>| {
        let (said, mark) = said(json, beta);
        assert_eq!(said, because, "{beta}");
        if let Some(score) = score {
            assert!((mark - score).abs() < 1e-12, "{because}: {mark}, not {score}");
        }
        given.insert(because);
        mark
    };
    let Value::Number(best) = judged(&lab(parabola(300)), 0.1).truth else { panic!("no best") };
    check(parabola(300), best, "quick", Some(1.0));
    // Slower than 1.25 times the best: the excess is paid by half the mark.
    let slow = check(parabola(300), 0.2, "slow", Some(0.5 + 0.5 * 1.25 * step(best) / step(0.2)));
    assert!(slow > 0.5 && slow < 1.0);
    check(parabola(60), 0.0, "moving", Some(0.5));
    // As many overshoots as before are worth nothing, fewer up to a half.
    check(parabola(300), 0.95, "overshoots", Some(0.0));
    let fewer = check(parabola(300), 0.8, "overshoots", None);
    assert!(fewer > 0.0 && fewer < 0.5, "{fewer}");
    // Nesterov's limit of stability along the sharpest direction falls as β rises.
    let nesterov = |steps: usize| {
        json!({"surface": {"id": "ravine", "kappa": 25}, "steps": steps, "task": "damps",
               "runs": [{"id": "nesterov", "lr": 0.056, "beta": 0.9}]})
    };
    check(nesterov(300), 0.99, "diverged", Some(0.0));
    check(nesterov(100), 0.99, "leaving", Some(0.0));
    // A rate that has gone to 0 before the ball is down.
    let mut stops = parabola(80);
    for (name, value) in [
        ("schedule", json!("cosine")),
        ("schedule_steps", json!(70)),
        ("schedule_factor", json!(0)),
    ] {
        stops["runs"][0][name] = value;
    }
    check(stops, 0.0, "stuck", Some(0.0));
    // Swinging over the edge of what is defined.
    let edge = json!({"expression": "(x-1)^2/2 + 0*sqrt(x+0.2) + y^2/2"});
    check(case(edge, [3.0, 0.0], 300, 0.1, 0.5), 0.98, "undefined", Some(0.0));
    assert_eq!(given, reasons("damps"));
}

#[test]
fn every_reason_about_the_faster_run_is_given_once_with_its_marks() {
    let case = |steps: usize, betas: &[f64]| {
        let runs: Vec<_> =
            betas.iter().map(|beta| json!({"id": "momentum", "lr": 0.02, "beta": beta})).collect();
        json!({"surface": "bowl", "task": "faster", "steps": steps, "runs": runs})
    };
    // Of three runs the second is worth half, of two nothing.
    let three = || case(2000, &[0.5, 0.7, 0.98]);
    assert_eq!(said(three(), 1.0), ("first", 1.0));
    assert_eq!(said(three(), 0.0), ("first", 0.5));
    assert_eq!(said(three(), 2.0), ("first", 0.0));
    let two = || case(2000, &[0.5, 0.7]);
    assert_eq!([said(two(), 1.0).1, said(two(), 0.0).1, said(two(), NONE).1], [1.0, 0.0, 0.0]);
    // A tie for the first place: both are right, and the next is the second.
    let tie = || case(2000, &[0.7, 0.7, 0.5]);
    assert_eq!(said(tie(), 0.0), ("tie", 1.0));
    assert_eq!(said(tie(), 1.0), ("tie", 1.0));
    assert_eq!(said(tie(), 2.0), ("tie", 0.5));
    let alone = || case(300, &[0.7, 0.98]);
    assert_eq!([said(alone(), 0.0), said(alone(), 1.0)], [("alone", 1.0), ("alone", 0.0)]);
    let nobody = || case(5, &[0.7, 0.98]);
    assert_eq!([said(nobody(), NONE), said(nobody(), 0.0)], [("nobody", 1.0), ("nobody", 0.0)]);
    // A ball that is stuck where it is flat has not settled, however soon it stops.
    let flat = json!({"surface": "plateau", "start": [-9, 5], "task": "faster",
                      "runs": [{"id": "gd", "lr": 0.05}, {"id": "gd", "lr": 0.1}]});
    assert_eq!(said(flat, NONE), ("nobody", 1.0));
}

#[test]
fn no_momentum_in_three_decimals_is_better_than_the_one_called_best() {
    for (surface, start, lr, steps) in [
        (json!({"id": "ravine", "kappa": 10}), None, 0.02, 300),
        (json!({"id": "ravine", "kappa": 25}), None, 0.02, 600),
        (json!("parabola"), Some([1.3, 0.0]), 0.04, 150),
        (json!("booth"), None, 0.01, 400),
    ] {
        let mut json = json!({"surface": surface, "task": "damps", "steps": steps,
                              "runs": [{"id": "momentum", "lr": lr, "beta": 0.97}]});
        if let Some(start) = start {
            json["start"] = json!(start);
        }
        let Value::Number(best) = judged(&lab(json.clone()), 0.1).truth else { panic!("no best") };
        let settles = |beta: f64| {
            let mut asked = json.clone();
            asked["runs"][0]["beta"] = json!(beta);
            let lab = lab(asked);
            let sound = lab.runs()[0].overshoots()[lab.runs()[0].last_step()][0] == 0;
            let measured = momentum_lab::run::measure::Measured::of(&lab.runs()[0], lab.surface());
            measured.settled.filter(|_| sound)
        };
        let least = settles(best).expect("the best one settles");
        for index in 0..=1000 {
            let beta = f64::from(index) / 1000.0;
            let step = settles(beta).unwrap_or(usize::MAX);
            assert!(
                (least, best) <= (step, beta),
                "{surface}: {beta} at {step}, {best} at {least}"
            );
        }
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
        "surface": "parabola", "task": "damps", "steps": 4000,
        "runs": [{"id": "momentum", "lr": 0.0002, "beta": 0.98}],
    }));
    let Value::Number(tried) = judged(&lab, 0.1).truth else { panic!("no best") };
    let mut better = 0;
    // Finer than the momenta that are tried.
    for index in -8..=8 {
        let beta = tried + f64::from(index) * 0.0001;
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
    // (1 − √(lr·λ))² with λ = 1, or a shade more, whose overshoot is too small to count.
    assert!((0.81..0.84).contains(&best), "{best}");
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
            momentum_lab::run::measure::Measured::of(run, lab.surface()).settled.expect("settles")
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
        let (configuration, errors) = link::read(&text);
        assert!(errors.is_empty(), "{errors:?}");
        assert_eq!((configuration.task.id, configuration.task.run), (Some(task.id), 1));
        assert_eq!(link::write(&configuration).expect("a link"), text);
    }
    assert_eq!(link::write(&Configuration::default()).expect("a link"), "v=1");
    for (part, field) in [("task=guess", "task"), ("task", "task"), ("task_run=1.5", "task_run")] {
        let (configuration, errors) = link::read(part);
        assert_eq!(configuration.task, Configuration::default().task, "{part}");
        assert_eq!(errors.len(), 1, "{part}");
        assert_eq!(errors[0].field, field);
    }
    let (_, errors) = link::read("task=guess");
    assert!(
        matches!(&errors[0].reason, ErrorKind::NotAnOption { options, .. } if options.contains("oscillates"))
    );
}

#[test]
fn a_question_about_a_run_that_is_not_there_is_about_the_last() {
    let lab = lab(json!({"task": "oscillates", "task_run": 7}));
    assert_eq!(lab.case().index(), lab.runs().len() - 1);
}
