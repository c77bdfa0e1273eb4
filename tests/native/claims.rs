//! What the lab is there to show, as statements about numbers.

use crate::support::{measured, simulated};
use momentum_lab::run::measure::End;
use serde_json::json;

fn settled(json: serde_json::Value) -> usize {
    let done = simulated(json.clone());
    measured(&done).settled.unwrap_or_else(|| panic!("does not settle: {json}"))
}

#[test]
fn descent_zigzags_in_the_ravine_and_momentum_damps_it() {
    let crossings = |optimizer: serde_json::Value| {
        let done = simulated(json!({"surface": "ravine", "steps": 60, "optimizer": optimizer}));
        done.run.overshoots()[60][1]
    };
    let descent = crossings(json!({"id": "gd", "lr": 0.0322}));
    let momentum = crossings(json!({"id": "momentum", "lr": 0.0078, "beta": 0.9}));
    assert!(descent >= 40, "descent crosses the floor {descent} times");
    assert!(3 * momentum < descent, "momentum {momentum}, descent {descent}");
}

#[test]
fn momentum_settles_sooner_than_descent_at_its_best() {
    for kappa in [20.0, 60.0, 200.0, 1000.0] {
        let at = |optimizer| {
            settled(json!({
                "surface": {"id": "ravine", "kappa": kappa}, "steps": 20_000, "optimizer": optimizer,
            }))
        };
        let descent = at(json!({"id": "gd", "lr": 2.0 / (1.0 + kappa)}));
        let root: f64 = kappa;
        let root = root.sqrt();
        let momentum = at(json!({
            "id": "momentum", "lr": (2.0 / (1.0 + root)).powi(2), "beta": ((root - 1.0) / (root + 1.0)).powi(2),
        }));
        assert!(2 * momentum < descent, "κ {kappa}: momentum {momentum}, descent {descent}");
    }
}

#[test]
fn momentum_speeds_up_along_a_slope_by_the_effective_step() {
    // Far out, McCormick-like slopes aside, the plain slope is that of a tilted line.
    let done = simulated(json!({
        "surface": {"expression": "x"}, "start": [0, 0], "steps": 200,
        "optimizer": {"id": "momentum", "lr": 0.01, "beta": 0.9},
    }));
    let points = done.run.points();
    let step = |row: usize| points[row - 1].x - points[row].x;
    assert!((step(1) - 0.01).abs() < 1e-12);
    assert!((step(200) - 0.01 / (1.0 - 0.9)).abs() < 1e-6, "{}", step(200));
}

#[test]
fn descent_crawls_on_the_plateau() {
    let after = |optimizer: serde_json::Value| {
        simulated(
            json!({"surface": "plateau", "start": [-3, 1], "steps": 150, "optimizer": optimizer}),
        )
    };
    let descent = after(json!({"id": "gd", "lr": 0.2}));
    let momentum = after(json!({"id": "momentum", "lr": 0.2, "beta": 0.9}));
    let moved = |done: &momentum_lab::study::simulate::Simulated, row: usize| {
        (done.run.points()[row] - done.run.points()[0]).norm()
    };
    assert!(moved(&momentum, 30) > 4.0 * moved(&descent, 30));
    assert!(momentum.run.losses()[60] < 0.05, "{}", momentum.run.losses()[60]);
    assert!(descent.run.losses()[60] > 0.95, "{}", descent.run.losses()[60]);
}

#[test]
fn momentum_leaves_the_saddle_sooner() {
    let leaves = |optimizer: serde_json::Value| {
        let done = simulated(json!({
            "surface": "double-well", "start": [0.0, 1.0], "steps": 3000, "optimizer": optimizer,
        }));
        // Started on the ridge but for the tilt.
        done.run.points().iter().position(|point| point.x.abs() > 0.5).expect("leaves")
    };
    let descent = leaves(json!({"id": "gd", "lr": 0.01}));
    let momentum = leaves(json!({"id": "momentum", "lr": 0.01, "beta": 0.9}));
    assert!(2 * momentum < descent, "momentum {momentum}, descent {descent}");
}

#[test]
fn descent_is_caught_in_the_well_and_momentum_gets_out() {
    let ends = |optimizer: serde_json::Value| {
        let done = simulated(json!({"surface": "well", "steps": 3000, "optimizer": optimizer}));
        let end = measured(&done).end;
        let End::Minimum { .. } = end else { panic!("{end:?}") };
        (done.run.points()[0].x, done.run.end().x)
    };
    let (start, caught) = ends(json!({"id": "gd", "lr": 0.01}));
    let (_, free) = ends(json!({"id": "momentum", "lr": 0.01, "beta": 0.9}));
    assert!(start * caught > 0.0, "descent from {start} ends at {caught}");
    assert!(caught * free < 0.0, "momentum ends at {free}, descent at {caught}");
}

#[test]
fn too_much_momentum_overshoots_and_settles_later() {
    let with = |beta: f64| {
        let done = simulated(json!({
            "surface": "bowl", "start": [-4, 2.5], "steps": 20_000,
            "optimizer": {"id": "momentum", "lr": 0.05, "beta": beta},
        }));
        let measured = measured(&done);
        (measured.swings[0].overshoots, measured.settled.expect("settles"))
    };
    let (few, soon) = with(0.6);
    let (many, late) = with(0.99);
    assert!(few <= 1 && many > 30, "{few} {many}");
    assert!(late > 10 * soon, "{late} {soon}");
}

#[test]
fn nesterov_overshoots_less() {
    for kappa in [20.0, 60.0] {
        let swing = |id: &str| {
            let done = simulated(json!({
                "surface": {"id": "ravine", "kappa": kappa}, "steps": 2000,
                "optimizer": {"id": id, "lr": 0.4 / kappa, "beta": 0.9},
            }));
            let measured = measured(&done);
            (measured.swings[1].overshoots, measured.settled.expect("settles"))
        };
        let ((plain, plain_settled), (ahead, ahead_settled)) =
            (swing("momentum"), swing("nesterov"));
        assert!(2 * ahead < plain, "κ {kappa}: Nesterov {ahead}, momentum {plain}");
        assert!(ahead_settled < plain_settled, "κ {kappa}: {ahead_settled} {plain_settled}");
    }
}

#[test]
fn the_energy_of_a_ball_without_friction_stays_and_momentum_loses_it() {
    let total = |beta: f64| {
        let done = simulated(json!({
            "surface": "bowl", "start": [1, 0], "steps": 2000,
            "optimizer": {"id": "momentum", "lr": 1e-4, "beta": beta},
        }));
        let sum = |row: usize| {
            let (kinetic, potential) = momentum_lab::run::measure::energy(&done.run, row);
            kinetic + potential
        };
        (sum(1), sum(1000), sum(2000))
    };
    let (first, middle, last) = total(1.0);
    assert!((middle / first - 1.0).abs() < 0.02 && (last / first - 1.0).abs() < 0.02);
    let (first, middle, last) = total(0.99);
    assert!(middle < 0.9 * first && last < 0.9 * middle, "{first} {middle} {last}");
}

#[test]
fn the_critical_momentum_has_the_best_factor_but_a_shade_more_settles_sooner() {
    let settles = |beta: f64| {
        settled(json!({
            "surface": "parabola", "start": [1.3], "steps": 150,
            "optimizer": {"id": "momentum", "lr": 0.04, "beta": beta},
        }))
    };
    let neighbours = [0.6, 0.63, 0.64, 0.66, 0.68, 0.7, 0.72];
    assert_eq!(neighbours.map(settles), [56, 46, 43, 33, 41, 40, 38]);
    // In the long run the factor per step is smallest at the border, where both roots meet.
    let factor = |beta: f64| {
        let done = simulated(json!({
            "surface": "parabola", "steps": 1,
            "optimizer": {"id": "momentum", "lr": 0.04, "beta": beta},
        }));
        let run = &done.configuration.runs[0];
        let rule = run.entry.build(&run.settings);
        rule.recurrence().expect("linear").mode(0.04, 1.0).rate
    };
    for beta in neighbours.into_iter().filter(|beta| *beta != 0.64) {
        assert!(factor(beta) > factor(0.64), "β {beta}");
    }
}

#[test]
fn momentum_does_not_escape_every_well() {
    let end = |start: f64, beta: f64| {
        measured(&simulated(json!({
            "surface": {"id": "well", "tilt": 0.3}, "start": [start], "steps": 160,
            "optimizer": {"id": "momentum", "lr": 0.01, "beta": beta},
        })))
        .end
    };
    let [right, left] = [end(1.9, 0.0), end(1.9, 0.9)];
    assert!(right != left && matches!(left, End::Minimum { .. }));
    assert_eq!([end(1.3, 0.9), end(1.9, 0.5)], [right; 2], "caught on the right");
}
