//! Theory against measurement: what the closed forms promise is what simulated paths do.

use crate::support::{measured, simulated};
use momentum_lab::optimizer::Recurrence;
use momentum_lab::surface;
use momentum_lab::theory::{Local, Regime, is_quadratic};
use serde_json::json;

const HEAVY: Recurrence = Recurrence { beta: 0.9, gain: 1.0, look_ahead: false };
const NESTEROV: Recurrence = Recurrence { beta: 0.9, gain: 1.0, look_ahead: true };

/// The growth or shrinking per step of the pair (w, last w) over the last half of a path on
/// λ = 1: the size of the pair has no zero crossings to trip over.
fn measured_rate(id: &str, lr: f64, beta: f64) -> f64 {
    let steps = 3000;
    let done = simulated(json!({
        "surface": "parabola", "start": [1], "steps": steps,
        "optimizer": {"id": id, "lr": lr, "beta": beta},
    }));
    let w: Vec<f64> = done.run.points().iter().map(|point| point.x).collect();
    let size = |row: usize| w[row].hypot(w[row - 1]);
    let usable = (1..w.len()).take_while(|row| size(*row) > 1e-250).last().expect("rows");
    let first = usable / 2;
    ((size(usable) / size(first)).ln() / (usable - first) as f64).exp()
}

#[test]
fn measured_rates_meet_the_spectral_radius_over_the_whole_plane() {
    let mut regimes = std::collections::HashSet::new();
    for (id, look_ahead) in [("momentum", false), ("nesterov", true)] {
        for beta in [0.0, 0.3, 0.6, 0.81, 0.9, 0.97] {
            let recurrence = Recurrence { beta, gain: 1.0, look_ahead };
            for lr in [0.003, 0.01, 0.05, 0.2, 0.5, 0.9, 1.2, 1.34, 1.9, 2.5, 3.3, 4.5] {
                let mode = recurrence.mode(lr, 1.0);
                regimes.insert(format!("{:?}", mode.regime));
                let rate = measured_rate(id, lr, beta);
                // Near a double root k·ρᵏ hides ρ for long, so the path shows it only slowly.
                let error = (rate - mode.rate).abs() / mode.rate;
                assert!(error < 6e-3, "{id} lr {lr} β {beta}: theory {mode:?}, measured {rate}");
                let diverged = rate > 1.0;
                assert_eq!(diverged, mode.regime == Regime::Divergent, "{id} lr {lr} β {beta}");
            }
        }
    }
    assert!(regimes.len() >= 4, "the grid meets {regimes:?}");
}

#[test]
fn the_stability_limit_is_where_paths_begin_to_diverge() {
    for (id, look_ahead) in [("momentum", false), ("nesterov", true)] {
        for beta in [0.0, 0.5, 0.9, 0.99] {
            let limit = Recurrence { beta, gain: 1.0, look_ahead }.limit(1.0).expect("a limit");
            for (lr, diverges) in [(limit * 0.995, false), (limit * 1.005, true)] {
                let done = simulated(json!({
                    "surface": "parabola", "start": [1], "steps": 20_000,
                    "optimizer": {"id": id, "lr": lr, "beta": beta},
                }));
                assert_eq!(done.diverged_at().is_some(), diverges, "{id} β {beta} lr {lr}");
            }
        }
    }
    assert_eq!(HEAVY.limit(-1.0), None);
}

#[test]
fn the_moving_average_has_its_own_limit() {
    let beta = 0.9;
    let recurrence = Recurrence { beta, gain: 1.0 - beta, look_ahead: false };
    let limit = recurrence.limit(1.0).expect("a limit");
    assert!((limit - 2.0 * (1.0 + beta) / (1.0 - beta)).abs() < 1e-12);
    for (lr, diverges) in [(limit * 0.99, false), (limit * 1.01, true)] {
        let done = simulated(json!({
            "surface": "parabola", "start": [1], "steps": 20_000,
            "optimizer": {"id": "momentum", "form": "ema", "lr": lr, "beta": beta},
        }));
        assert_eq!(done.diverged_at().is_some(), diverges, "lr {lr}");
    }
}

#[test]
fn critical_damping_is_the_fastest_and_the_border_of_swinging() {
    for recurrence in [HEAVY, NESTEROV] {
        for lr in [0.01, 0.09, 0.3] {
            let beta = recurrence.critical_beta(lr, 1.0).expect("critical");
            let at = |beta: f64| Recurrence { beta, ..recurrence }.mode(lr, 1.0);
            assert_eq!(at(beta).regime, Regime::Critical, "lr {lr}");
            assert!((at(beta).rate - (1.0 - lr.sqrt())).abs() < 1e-6, "{:?}", at(beta));
            assert_eq!(at(beta - 0.01).regime, Regime::Monotone);
            assert_eq!(at(beta + 0.01).regime, Regime::Oscillating);
            assert!(at(beta - 0.01).rate > at(beta).rate && at(beta + 0.01).rate > at(beta).rate);
        }
    }
}

#[test]
fn oscillation_has_the_predicted_period() {
    for (id, recurrence) in [("momentum", HEAVY), ("nesterov", NESTEROV)] {
        for lr in [0.01, 0.05, 0.2] {
            let mode = recurrence.mode(lr, 1.0);
            assert_eq!(mode.regime, Regime::Oscillating);
            let done = simulated(json!({
                "surface": "bowl", "start": [1, 0], "steps": 400,
                "optimizer": {"id": id, "lr": lr, "beta": 0.9},
            }));
            // Both eigenvalues are 1; the ball moves along x only.
            let swings = measured(&done).swings;
            let period = swings.iter().filter_map(|swing| swing.period).next().expect("swings");
            let expected = mode.period.expect("a period");
            assert!((period / expected - 1.0).abs() < 0.02, "{id} lr {lr}: {period}, {expected}");
        }
    }
}

#[test]
fn the_amplitude_is_the_least_that_holds_every_iterate() {
    // Both factors negative, and one of each sign.
    for (recurrence, lr, offsets) in [
        (Recurrence { beta: 0.1, ..HEAVY }, 1.9, [1.0, -0.9]),
        (Recurrence { beta: 0.1, ..HEAVY }, 1.9, [1.0, 0.3]),
        (Recurrence { beta: 0.3, ..NESTEROV }, 1.15, [1.0, 0.4]),
        (Recurrence { beta: 0.3, ..NESTEROV }, 1.15, [0.1, -0.8]),
        (Recurrence { beta: 0.0, ..HEAVY }, 1.5, [1.0, -0.5]),
    ] {
        let amplitude = recurrence.amplitude(lr, 1.0, offsets).expect("swings");
        let rate = recurrence.mode(lr, 1.0).rate;
        // wₖ₊₁ = trace·wₖ − determinant·wₖ₋₁ along a direction of curvature 1.
        let beta = recurrence.beta;
        let (trace, determinant) = if recurrence.look_ahead {
            ((1.0 + beta) * (1.0 - lr), beta * (1.0 - lr))
        } else {
            (1.0 + beta - lr, beta)
        };
        let [mut before, mut now] = offsets;
        let mut largest = before.abs().max(now.abs() / rate);
        for step in 2..60 {
            (before, now) = (now, trace * now - determinant * before);
            largest = largest.max(now.abs() / rate.powi(step));
        }
        assert!((amplitude / largest - 1.0).abs() < 1e-6, "{recurrence:?}: {amplitude} {largest}");
    }
}

#[test]
fn best_settings_beat_their_neighbours_and_have_their_rates() {
    let (low, high) = (1.0, 40.0);
    for (recurrence, has_momentum) in [(HEAVY, true), (NESTEROV, true), (HEAVY, false)] {
        let best = recurrence.best(low, high, has_momentum).expect("tuning");
        let radius = |lr: f64, beta: f64| {
            let at = Recurrence { beta, ..recurrence };
            at.mode(lr, low).rate.max(at.mode(lr, high).rate)
        };
        assert!((radius(best.lr, best.beta) - best.rate).abs() < 1e-6, "{best:?}");
        for (lr, beta) in [(0.97, 0.0), (1.03, 0.0), (1.0, 0.02), (1.0, -0.02)] {
            let moved = (best.beta + beta).max(0.0);
            if has_momentum || beta == 0.0 {
                assert!(radius(best.lr * lr, moved) > best.rate, "{best:?} {lr} {beta}");
            }
        }
    }
    assert_eq!(HEAVY.best(-1.0, 2.0, true), None);
}

#[test]
fn a_saddle_is_left_at_the_predicted_factors() {
    let factor = |id: &str, beta: f64| {
        let done = simulated(json!({
            "surface": "saddle", "start": [0, 1e-6], "steps": 60,
            "optimizer": {"id": id, "lr": 0.1, "beta": beta},
        }));
        let y: Vec<f64> = done.run.points().iter().map(|point| point.y).collect();
        y[60] / y[59]
    };
    for (id, beta, recurrence, expected) in [
        ("momentum", 0.0, Recurrence { beta: 0.0, ..HEAVY }, 1.100),
        ("momentum", 0.9, HEAVY, 1.316),
        ("nesterov", 0.9, NESTEROV, 1.364),
    ] {
        let mode = recurrence.mode(0.1, -1.0);
        assert_eq!(mode.regime, Regime::Divergent);
        assert!((mode.rate - expected).abs() < 1e-3, "{id}: {mode:?}");
        assert!((factor(id, beta) - mode.rate).abs() < 1e-3, "{id}: {}", factor(id, beta));
    }
}

#[test]
fn noise_settles_at_the_predicted_variance() {
    let (lr, sigma) = (0.1, 0.5);
    let done = simulated(json!({
        "surface": "parabola", "start": [0], "steps": 200_000, "noise": sigma, "seed": 5,
        "optimizer": {"id": "momentum", "lr": lr, "beta": 0.9},
    }));
    let w = &done.run.points()[1000..];
    let variance = w.iter().map(|point| point.x * point.x).sum::<f64>() / w.len() as f64;
    let expected = HEAVY.stationary_variance(lr, 1.0, sigma * sigma).expect("stable");
    assert!((variance / expected - 1.0).abs() < 0.05, "{variance} {expected}");
}

#[test]
fn the_theory_says_where_it_is_exact() {
    let exact = ["bowl", "ravine", "saddle", "booth", "matyas", "parabola", "linear-regression"];
    for entry in surface::SURFACES {
        let id = entry.description.id;
        let expected = exact.contains(&id);
        assert_eq!(is_quadratic(&*entry.with_defaults()), expected, "{id}");
    }
    let ravine = surface::find("ravine").expect("ravine").with_defaults();
    let local = Local::at(&*ravine, ravine.start(), HEAVY, 0.01);
    assert!((local.condition_number.expect("convex") - 60.0).abs() < 1e-9);
    assert!(local.exact && (local.eigenvalues[1] - 60.0).abs() < 1e-9);
}

#[test]
fn tuning_for_a_quadratic_fails_on_lessard_s_surface() {
    let path = |start: f64| {
        simulated(json!({
            "surface": "lessard", "start": [start], "steps": 600,
            "optimizer": {"id": "momentum", "lr": 1.0 / 9.0, "beta": 4.0 / 9.0},
        }))
    };
    let cycle = path(3.2);
    let mut last: Vec<f64> = cycle.run.points()[598..].iter().map(|point| point.x).collect();
    last.sort_by(f64::total_cmp);
    for (found, expected) in last.iter().zip([-1.8024, 0.6465, 2.1159]) {
        assert!((found - expected).abs() < 1e-4, "{last:?}");
    }
    let rest = path(2.0);
    assert_eq!(rest.status(), "converged");
}
