//! When a ball is at rest, moving away or where f is undefined: one rule for runs and maps.

use crate::support::{measured, simulated};
use momentum_lab::optimizer::OPTIMIZERS;
use momentum_lab::run::Status;
use momentum_lab::run::measure::{End, Outcome};
use momentum_lab::run::settling::Held;
use momentum_lab::study::simulate::Simulated;
use serde_json::{Value as Json, json};

/// The first step whose length and, at the new place, `residual` are under the tolerance.
fn first_quiet(done: &Simulated, residual: impl Fn(usize) -> f64) -> Option<usize> {
    let points = done.run.points();
    let tolerance = done.configuration.tolerance;
    (1..points.len()).find(|&row| {
        (points[row] - points[row - 1]).norm() < tolerance && residual(row) < tolerance
    })
}

fn settled(done: &Simulated) -> Option<usize> {
    match done.run.status() {
        Status::Converged(step) => Some(step),
        _ => None,
    }
}

#[test]
fn a_ball_settles_at_the_first_step_with_a_small_gradient_and_a_small_step() {
    let mut steps = 0;
    for entry in OPTIMIZERS {
        for surface in ["ravine", "booth", "himmelblau", "parabola", "saddle"] {
            for lr in [0.003, 0.05] {
                let id = entry.description.id;
                let done = simulated(json!({
                    "surface": surface, "steps": 600,
                    "optimizer": {"id": id, "lr": lr, "weight_decay": 0},
                }));
                let quiet = first_quiet(&done, |row| done.run.gradients()[row].norm());
                assert_eq!(settled(&done), quiet, "{id} on {surface}, lr {lr}");
                steps += quiet.unwrap_or(0);
            }
        }
    }
    assert!(steps > 1000, "hardly any settles");
}

#[test]
fn coupled_weight_decay_is_part_of_the_gradient_that_must_be_small() {
    for maximize in [false, true] {
        for (id, lr) in [("gd", 0.05), ("momentum", 0.01), ("nesterov", 0.01), ("adagrad", 0.5)] {
            // Upside down, maximize descends it.
            let sign = if maximize { "-" } else { "" };
            let formula = format!("{sign}((x + 2*y - 7)^2 + (2*x + y - 5)^2)");
            let done = simulated(json!({
                "surface": {"expression": formula}, "start": [-3, 4], "steps": 3000,
                "optimizer": {"id": id, "lr": lr, "weight_decay": 0.1, "maximize": maximize},
            }));
            let residual = |row: usize| {
                let (w, g) = (done.run.points()[row], done.run.gradients()[row]);
                let sign = if maximize { -1.0 } else { 1.0 };
                (sign * g.x + 0.1 * w.x).hypot(sign * g.y + 0.1 * w.y)
            };
            let quiet = first_quiet(&done, residual);
            assert_eq!(settled(&done), quiet, "{id}");
            assert!(quiet.is_some(), "{id} never rests");
            assert_eq!(done.run.held(), Some(Held::WeightDecay), "{id}");
            assert_eq!(Outcome::of(&done.run), Outcome::WeightDecay, "{id}");
        }
    }
}

#[test]
fn a_ball_that_weight_decay_holds_off_the_minimum_is_at_rest() {
    let done = simulated(json!({
        "surface": "booth", "steps": 500, "optimizer": {"id": "gd", "lr": 0.05, "weight_decay": 0.1},
    }));
    assert_eq!(done.status(), "converged");
    assert_eq!(measured(&done).held, Some(Held::WeightDecay));
    assert!(done.run.gradients()[settled(&done).expect("at rest")].norm() > 0.1);
    // Decoupled decay holds a coordinate where it balances a step of one learning rate.
    for id in ["adamw", "lion"] {
        let done = simulated(json!({
            "surface": "booth", "steps": 20_000, "optimizer": {"id": id, "lr": 0.01, "weight_decay": 1},
        }));
        let step = settled(&done).unwrap_or_else(|| panic!("{id}: {:?}", done.run.end()));
        assert_eq!(done.run.held(), Some(Held::WeightDecay), "{id} at {step}");
        assert!((done.run.points()[step].y - 1.0).abs() < 1e-2, "y is held at 1/weight_decay");
    }
    // Without decay it rests in the minimum, which nothing holds.
    let done = simulated(json!({
        "surface": "booth", "steps": 500, "optimizer": {"id": "gd", "lr": 0.05},
    }));
    assert_eq!((measured(&done).held, Outcome::of(&done.run)), (None, Outcome::Converged));
}

#[test]
fn a_learning_rate_that_has_gone_to_0_leaves_the_ball_at_rest() {
    let done = |schedule: &str, factor: f64, id: &str| {
        simulated(json!({
            "surface": "rosenbrock", "steps": 400,
            "optimizer": {"id": id, "lr": 1e-4, "schedule": schedule, "schedule_steps": 50,
                          "schedule_factor": factor},
        }))
    };
    for id in ["gd", "momentum", "nesterov", "adam", "rmsprop"] {
        let cosine = done("cosine", 0.0, id);
        assert_eq!(settled(&cosine), Some(51), "{id}");
        assert_eq!(Outcome::of(&cosine.run), Outcome::LearningRate, "{id}");
        // The first step with a billionth of the peak or less: 0.1^(k/50) ≤ 1e-9.
        let exponential = done("exponential", 0.1, id);
        assert_eq!(exponential.status(), "running", "{id}: 0.1^8 is not 0");
        let exponential = done("exponential", 1e-3, id);
        assert_eq!(settled(&exponential), Some(151), "{id}");
        // A rate that stays above 0 crawls.
        assert_eq!(done("cosine", 0.01, id).status(), "running", "{id}");
    }
    let still = simulated(json!({"optimizer": {"id": "gd", "lr": 0}}));
    assert_eq!((settled(&still), still.run.held()), (Some(1), Some(Held::LearningRate)));
    let crawls = simulated(json!({"optimizer": {"id": "gd", "lr": 1e-9}}));
    assert_eq!(crawls.status(), "running");
    // What is raised again later has not gone to 0.
    let raised = simulated(json!({
        "steps": 60,
        "optimizer": {"id": "gd", "lr": 0.01, "changes": [{"step": 10, "lr": 0}, {"step": 50, "lr": 1e-4}]},
    }));
    assert_eq!(raised.status(), "running");
    let lowered = simulated(json!({
        "steps": 60, "optimizer": {"id": "gd", "lr": 1e-4, "changes": [{"step": 10, "lr": 0}]},
    }));
    assert_eq!(settled(&lowered), Some(11));
}

#[test]
fn rest_on_flat_ground_and_on_a_saddle_is_told_from_a_minimum() {
    let outcome = |json: Json| {
        let done = simulated(json);
        (done.status(), Outcome::of(&done.run), measured(&done).end)
    };
    let plain = json!({"id": "gd", "lr": 0.05});
    let (status, flat, end) =
        outcome(json!({"surface": "plateau", "start": [-9, 5], "optimizer": plain}));
    assert_eq!((status, flat), ("converged", Outcome::Plateau));
    assert!(matches!(end, End::Plateau { .. }));
    let (status, saddle, end) =
        outcome(json!({"surface": "saddle", "start": [2, 0], "optimizer": plain}));
    assert_eq!((status, saddle), ("converged", Outcome::Saddle));
    assert!(matches!(end, End::Saddle { .. }));
    let (_, minimum, _) = outcome(json!({"surface": "bowl", "optimizer": plain}));
    assert_eq!(minimum, Outcome::Converged);
}

#[test]
fn a_ball_that_has_settled_and_moves_on_says_so() {
    // It passes the saddle slowly enough to count as at rest, and leaves it.
    let done = simulated(json!({
        "surface": "saddle", "start": [2, 1e-7], "steps": 260, "optimizer": {"id": "gd", "lr": 0.1},
    }));
    let step = settled(&done).expect("rests on the saddle");
    assert_eq!(Outcome::of(&done.run), Outcome::Saddle);
    assert!(!done.run.has_moved_on(step) && !done.run.has_moved_on(step - 1));
    assert!(done.run.has_moved_on(done.run.last_step()));
    let rests = simulated(json!({"surface": "bowl", "optimizer": {"id": "gd", "lr": 0.05}}));
    assert!(!rests.run.has_moved_on(rests.run.last_step()));
}

#[test]
fn a_ball_that_goes_ever_farther_out_is_moving_away() {
    for (json, reached) in [
        // From side to side, by 4 % more each step.
        (json!({"surface": "ravine", "steps": 300, "optimizer": {"id": "gd", "lr": 0.034}}), true),
        (json!({"surface": "bowl", "steps": 60, "optimizer": {"id": "gd", "lr": 2.1}}), true),
        // One way, by a constant slope and by a falling one.
        (
            json!({"surface": {"expression": "x"}, "start": [0, 0], "steps": 500,
                "optimizer": {"id": "gd", "lr": 0.2}}),
            true,
        ),
        (
            json!({"surface": "saddle", "start": [1, 0.1], "steps": 80,
                "optimizer": {"id": "gd", "lr": 0.1}}),
            true,
        ),
        // It has left the saddle, but not the view by more than its width.
        (
            json!({"surface": "saddle", "start": [1, 0.01], "steps": 50,
                "optimizer": {"id": "gd", "lr": 0.1}}),
            false,
        ),
        // It starts far out, and swings wide without going farther.
        (
            json!({"surface": "bowl", "start": [40, 30], "steps": 25,
                "optimizer": {"id": "momentum", "lr": 0.05, "beta": 0.99}}),
            false,
        ),
        (
            json!({"surface": "bowl", "start": [4000, 30], "steps": 5,
                "optimizer": {"id": "gd", "lr": 0.01}}),
            false,
        ),
        // A formula whose minimum lies far from the view that it is given.
        (
            json!({"surface": {"expression": "(x-100)^2/100 + (y-100)^2/100"}, "start": [90, 90],
                "steps": 100, "optimizer": {"id": "gd", "lr": 0.1}}),
            false,
        ),
    ] {
        let done = simulated(json.clone());
        assert_eq!(done.status() == "leaving", reached, "{json}: {}", done.status());
        if let Status::Leaving(step) = done.run.status() {
            // Widened to hold the start.
            let (mut view, start) = (done.surface.view(), done.run.points()[0]);
            (view.x_min, view.x_max) = (view.x_min.min(start.x), view.x_max.max(start.x));
            (view.y_min, view.y_max) = (view.y_min.min(start.y), view.y_max.max(start.y));
            let out = |row: usize| {
                let p = done.run.points()[row];
                let beyond =
                    |low: f64, at: f64, high: f64| (low - at).max(at - high) / (high - low);
                beyond(view.x_min, p.x, view.x_max).max(beyond(view.y_min, p.y, view.y_max)) > 1.0
            };
            assert!((step..=done.run.last_step()).all(out) && !out(step - 1), "{json}: {step}");
            assert_eq!(measured(&done).end, End::Leaving { step });
        }
    }
}

#[test]
fn where_f_or_its_gradient_is_no_number_the_path_ends_undefined() {
    let done = |formula: &str, start: [f64; 2], id: &str| {
        simulated(json!({
            "surface": {"expression": formula}, "start": start, "steps": 50,
            "optimizer": {"id": id, "lr": 0.1},
        }))
    };
    for id in ["gd", "momentum", "nesterov", "adam", "rprop", "lion"] {
        for (formula, start, outcome) in [
            ("sqrt(x-100)", [0.0, 0.0], Outcome::Undefined),
            ("ln(x) + y^2", [-1.0, 1.0], Outcome::Undefined),
            ("log10(x)", [-1.0, 1.0], Outcome::Undefined),
            ("1/x + y^2", [0.0, 1.0], Outcome::Undefined),
            ("sqrt(x^2 + y^2)", [0.0, 0.0], Outcome::NoGradient),
            ("sqrt(x) + y^2", [0.0, 1.0], Outcome::NoGradient),
        ] {
            let done = done(formula, start, id);
            assert_eq!(done.run.status(), Status::Undefined(0), "{id}: {formula}");
            assert_eq!(Outcome::of(&done.run), outcome, "{id}: {formula}");
            assert_eq!((done.status(), done.run.last_step()), ("undefined", 0));
            assert_eq!(done.diverged_at(), None);
            assert_eq!(measured(&done).end, End::Undefined { step: 0 });
        }
        // It walks over the edge, and stays where it is when it has.
        let over = done("ln(x) + y^2", [1.0, 1.0], id);
        let Status::Undefined(step) = over.run.status() else { panic!("{id}: {}", over.status()) };
        assert_eq!(over.run.last_step(), step);
        assert!(over.run.end().x <= 0.0 && over.run.end().x.is_finite(), "{id}");
        assert!(over.run.losses()[..step].iter().all(|loss| loss.is_finite()), "{id}");
    }
    // Looking ahead, it is the gradient at the place looked at that there is not.
    let ahead = simulated(json!({
        "surface": {"expression": "sqrt(x)*2 + y^2"}, "start": [1, 0], "steps": 50,
        "optimizer": {"id": "nesterov", "form": "lookahead", "lr": 0.1, "beta": 0.9},
    }));
    let Status::Undefined(step) = ahead.run.status() else { panic!("{}", ahead.status()) };
    assert_eq!(ahead.run.last_step(), step);
    assert!(ahead.run.points().iter().all(|point| point.x.is_finite()));
}

#[test]
fn crossings_are_counted_by_the_length_of_the_whole_motion() {
    // The start lies on an eigen-axis but for rounding: along the other nothing happens.
    let turned = measured(&simulated(json!({
        "surface": {"id": "ravine", "kappa": 60, "angle": 45}, "start": [-3, -3], "steps": 300,
        "optimizer": {"id": "momentum", "lr": 0.0078, "beta": 0.9},
    })));
    assert_eq!(turned.swings.map(|swing| swing.overshoots), [3, 0]);
    assert_eq!((turned.swings[1].period, turned.swings[1].decay), (None, None));
    // Noise carries the ball to both sides of the axis on which it starts.
    let noisy = simulated(json!({
        "surface": "bowl", "start": [-4, 0], "steps": 300, "noise": 1,
        "optimizer": {"id": "momentum", "lr": 0.05, "beta": 0.9},
    }));
    let across = |k: usize| noisy.run.points()[k].y;
    let far: Vec<f64> = (0..=300).map(across).filter(|y| y.abs() > 4e-3).collect();
    let crossings = far.windows(2).filter(|pair| pair[0] * pair[1] < 0.0).count() as u32;
    let swings = measured(&noisy).swings;
    let last = noisy.run.overshoots()[noisy.run.last_step()];
    assert!(
        crossings > 5 && swings.iter().any(|swing| swing.overshoots == crossings),
        "{swings:?}"
    );
    assert_eq!(swings.map(|swing| swing.overshoots), last);
    for swing in swings {
        assert_eq!(swing.period.is_some(), swing.overshoots > 2, "{swing:?}");
    }
    // An offset that starts at 0 and is excited on the way has the factor of its decay.
    let excited = measured(&simulated(json!({
        "surface": {"expression": "(x^2+5y^2)/2 + x^3*y/10"}, "start": [1.2, 0], "steps": 300,
        "optimizer": {"id": "momentum", "lr": 0.01, "beta": 0.9},
    })));
    let decays = excited.swings.map(|swing| swing.decay.expect("a factor"));
    assert!(decays.iter().all(|decay| (decay - 0.9487).abs() < 2e-3), "{decays:?}");
    // A ball that starts at rest and is moved by noise alone.
    let from_rest = measured(&simulated(json!({
        "surface": "bowl", "start": [0, 0], "steps": 300, "noise": 0.5, "tolerance": 0,
        "optimizer": {"id": "momentum", "lr": 0.05, "beta": 0.9},
    })));
    assert!(from_rest.swings.iter().all(|swing| swing.overshoots > 5 && swing.period.is_some()));
    // A diverging run is measured by its start, not by how far it has come.
    let diverging = measured(&simulated(json!({
        "surface": {"id": "ravine", "kappa": 60}, "steps": 300, "optimizer": {"id": "gd", "lr": 0.034},
    })));
    assert_eq!(diverging.swings.map(|swing| swing.overshoots), [0, 300]);
    assert!((diverging.swings[1].decay.expect("grows") - 1.04).abs() < 1e-3);
    assert!((diverging.swings[0].decay.expect("shrinks") - 0.966).abs() < 1e-3);
}

#[test]
fn crossings_count_until_twice_the_settling_step() {
    let json = |tolerance: f64| {
        json!({"surface": "bowl", "steps": 800, "tolerance": tolerance,
               "optimizer": {"id": "momentum", "lr": 0.01, "beta": 0.98}})
    };
    let (late, early) = (simulated(json(1e-9)), simulated(json(0.1)));
    let step = settled(&early).expect("settles");
    let at = |done: &Simulated, row: usize| done.run.overshoots()[row];
    assert_eq!(at(&early, early.run.last_step()), at(&late, 2 * step));
    assert!(at(&late, 2 * step) > at(&late, step), "a swing follows");
    assert!(at(&late, late.run.last_step()) > at(&late, 2 * step), "not all count");
}
