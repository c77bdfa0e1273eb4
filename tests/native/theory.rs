//! Theory against measurement: what the closed forms promise is what simulated paths do.

use crate::support::{measured, simulated};
use momentum_lab::configuration::Configuration;
use momentum_lab::lab::Lab;
use momentum_lab::math::geometry::Point;
use momentum_lab::optimizer::{self, Recurrence};
use momentum_lab::parameter::{Setting, Settings};
use momentum_lab::surface;
use momentum_lab::theory::momentum_family::{Local, MomentumFamily, Theory, Uncritical};
use momentum_lab::theory::{Regime, is_quadratic};
use serde_json::json;

const HEAVY: Recurrence = Recurrence::heavy_ball(0.9, 1.0);
const NESTEROV: Recurrence = Recurrence::nesterov(0.9, 1.0);

/// Heavy ball or Nesterov at a momentum.
fn at(look_ahead: bool, beta: f64) -> Recurrence {
    if look_ahead { Recurrence::nesterov(beta, 1.0) } else { Recurrence::heavy_ball(beta, 1.0) }
}

/// The family of a rule with some parameters set.
fn family(id: &str, changes: &[(&str, Setting)]) -> MomentumFamily {
    let entry = optimizer::find(id).expect("known");
    let mut settings = Settings::defaults(&entry.parameters());
    for (name, value) in changes {
        assert!(settings.set(name, value.clone()), "{id} has no {name}");
    }
    MomentumFamily::of(entry, &settings).expect("a recurrence")
}

/// What `simulate` says of one run by theory.
fn theory(configuration: serde_json::Value) -> Option<Theory> {
    simulated(configuration).theory()
}

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
            let recurrence = at(look_ahead, beta);
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
            let limit = at(look_ahead, beta).limit(1.0).expect("a limit");
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
    let recurrence = Recurrence::heavy_ball(beta, 1.0 - beta);
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

/// A name, the optimizer of a configuration at a momentum, and the critical momentum at x = lr·λ in
/// closed form.
type Form = (&'static str, fn(f64) -> serde_json::Value, fn(f64) -> f64);

/// Every form that is a momentum recurrence.
const FORMS: &[Form] = &[
    ("accumulating", |b| json!({"id": "momentum", "beta": b}), |x| (1.0 - x.sqrt()).powi(2)),
    (
        "polyak",
        |b| json!({"id": "momentum", "form": "polyak", "beta": b}),
        |x| (1.0 - x.sqrt()).powi(2),
    ),
    (
        "moving average",
        |b| json!({"id": "momentum", "form": "ema", "beta": b}),
        |x| ((1.0 - x) / (1.0 + x)).powi(2),
    ),
    (
        "dampened",
        |b| json!({"id": "momentum", "dampening": 0.5, "beta": b}),
        |x| (1.0 - (0.5 * x).sqrt()).powi(2),
    ),
    ("nesterov", |b| json!({"id": "nesterov", "beta": b}), |x| (1.0 - x.sqrt()) / (1.0 + x.sqrt())),
    (
        "look-ahead",
        |b| json!({"id": "nesterov", "form": "lookahead", "beta": b}),
        |x| (1.0 - x.sqrt()) / (1.0 + x.sqrt()),
    ),
    (
        "qhm with ν = 1",
        |b| json!({"id": "qhm", "nu": 1, "beta": b}),
        |x| ((1.0 - x) / (1.0 + x)).powi(2),
    ),
    (
        "qhm with ν = β",
        |b| json!({"id": "qhm", "nu": b, "beta": b}),
        // (√(8x + 1) − 2x − 1)/(2x) without its cancellation.
        |x| 2.0 * (1.0 - x) / ((8.0 * x + 1.0).sqrt() + 2.0 * x + 1.0),
    ),
    // √β from (1 − β)/(1 + √(νβ))² = x.
    (
        "qhm with ν = 0.7",
        |b| json!({"id": "qhm", "nu": 0.7, "beta": b}),
        |x| (((1.0 - 0.3 * x).sqrt() - x * 0.7_f64.sqrt()) / (1.0 + 0.7 * x)).powi(2),
    ),
];

/// Theory on a ravine along the axes with curvatures 1 and `kappa`.
fn in_ravine(kappa: f64, lr: f64, mut rule: serde_json::Value) -> Theory {
    rule["lr"] = lr.into();
    let surface = json!({"id": "ravine", "kappa": kappa, "angle": 0});
    theory(json!({"surface": surface, "steps": 3, "optimizer": rule})).expect("a recurrence")
}

#[test]
fn the_promised_momentum_damps_every_form_critically() {
    for &(name, rule, closed) in FORMS {
        for kappa in [1.0, 4.0, 60.0] {
            for x in [1e-10, 1e-6, 0.01, 0.1, 0.4, 0.9, 0.999, 1.0 - 1e-6] {
                let lr = x / kappa;
                let promised = in_ravine(kappa, lr, rule(0.9)).local.critical_beta[1];
                let beta = promised.unwrap_or_else(|| panic!("{name} x {x}: none"));
                // Rounding counts relative to the distance from 1.
                let error = (beta - closed(x)).abs() / (1.0 - beta);
                let rounding = 4.0 * f64::EPSILON / (1.0 - beta);
                assert!(error < 1e-8 + rounding, "{name} x {x}: {beta}, not {}", closed(x));
                let there = in_ravine(kappa, lr, rule(beta));
                assert_eq!(there.local.modes[1].regime, Regime::Critical, "{name} x {x} κ {kappa}");
                assert!(there.local.modes[1].rate < 1.0, "{name} x {x}");
                // Theory asked at the promised momentum promises it again.
                let again = there.local.critical_beta[1].expect("critical");
                assert!(
                    (again - beta).abs() <= 1e-8 * (1.0 - beta) + f64::EPSILON,
                    "{name} x {x}: {again}"
                );
                let apart = 1e-3 * beta.min(1.0 - beta);
                for (moved, regime) in
                    [(beta - apart, Regime::Monotone), (beta + apart, Regime::Oscillating)]
                {
                    let beside = in_ravine(kappa, lr, rule(moved)).local.modes[1];
                    assert_eq!(beside.regime, regime, "{name} x {x}: β {moved}");
                    assert!(beside.rate > there.local.modes[1].rate, "{name} x {x}: β {moved}");
                }
            }
        }
    }
}

#[test]
fn the_critical_momenta_of_known_settings() {
    let at = |rule: serde_json::Value, lr: f64| in_ravine(1.0, lr, rule).local.critical_beta[1];
    let near = |found: Option<f64>, expected: f64| {
        assert!((found.expect("critical") - expected).abs() < 1e-5, "{found:?}, not {expected}");
    };
    near(at(json!({"id": "momentum", "form": "ema", "beta": 0.9}), 0.4), 0.18367);
    near(at(json!({"id": "qhm", "nu": 0.9, "beta": 0.9}), 0.4), 0.31174);
    near(at(json!({"id": "momentum", "beta": 0.9}), 0.04), 0.64);
    // Curvature 4: (1 − √0.16)².
    let steep = in_ravine(4.0, 0.04, json!({"id": "momentum"}));
    near(steep.local.critical_beta[1], 0.36);
    near(steep.local.critical_beta[0], 0.64);
    // Plain descent has none of its own: the heavy ball's.
    near(at(json!({"id": "gd"}), 0.04), 0.64);
    assert_eq!(in_ravine(1.0, 0.4, json!({"id": "qhm", "nu": 0.9, "beta": 0.9})).follows, ["ν"]);
    assert!(in_ravine(1.0, 0.4, json!({"id": "qhm", "nu": 0.7, "beta": 0.9})).follows.is_empty());
}

#[test]
fn where_no_momentum_is_critical_the_reason_is_given() {
    for &(name, rule, _) in FORMS.iter().filter(|form| form.0 != "dampened") {
        for x in [1.0, 1.5, 3.9, 4.0, 7.0] {
            let local = in_ravine(1.0, x, rule(0.9)).local;
            assert_eq!(local.critical_beta, [None; 2], "{name} x {x}");
            assert_eq!(local.uncritical, [Some(Uncritical::Steep); 2], "{name} x {x}");
        }
    }
    // Dampening 0.5 halves every gradient but at β = 0.
    let dampened = |x| in_ravine(1.0, x, json!({"id": "momentum", "dampening": 0.5})).local;
    assert!(dampened(1.5).critical_beta[0].is_some());
    assert_eq!(dampened(2.0).uncritical[0], Some(Uncritical::Steep));
    let reasons = |surface: serde_json::Value, rule: serde_json::Value| {
        let steps = json!({"surface": surface, "start": [1, 1], "steps": 3, "optimizer": rule});
        let local = theory(steps).expect("a recurrence").local;
        assert_eq!(
            local.critical_beta.map(|beta| beta.is_none()),
            local.uncritical.map(|why| why.is_some())
        );
        local.uncritical
    };
    let rule = || json!({"id": "momentum", "lr": 0.1, "beta": 0.9});
    let own = |formula: &str| json!({"expression": formula});
    assert_eq!(reasons("saddle".into(), rule()), [Some(Uncritical::Downward), None]);
    assert_eq!(reasons(own("x^2"), rule()), [Some(Uncritical::Flat), None]);
    assert_eq!(reasons(own("x+y"), rule()), [Some(Uncritical::Flat); 2]);
    let idle = json!({"id": "qhm", "lr": 0.1, "nu": 0, "beta": 0.9});
    assert_eq!(reasons("bowl".into(), idle), [Some(Uncritical::Unfelt); 2]);
    let still = json!({"id": "momentum", "lr": 0});
    assert_eq!(reasons("bowl".into(), still), [Some(Uncritical::Unfelt); 2]);
    let deaf = json!({"id": "momentum", "lr": 0.1, "dampening": 1});
    assert_eq!(reasons("bowl".into(), deaf), [Some(Uncritical::Unfelt); 2]);
}

#[test]
fn next_to_one_no_momentum_is_critical_by_rounding() {
    for beta in [0.999_999, 0.999_999_9, 0.999_999_999] {
        let rule = at(false, beta);
        let border = rule.critical_lr(1.0).expect("critical");
        assert!((border / (1.0 - beta.sqrt()).powi(2) - 1.0).abs() < 1e-5, "β {beta}: {border}");
        let regime = |x: f64| rule.mode(x, 1.0).regime;
        assert_eq!(regime(border), Regime::Critical, "β {beta}");
        for (factor, expected) in [
            (0.0, Regime::Monotone),
            (0.5, Regime::Monotone),
            (0.99, Regime::Monotone),
            (1.01, Regime::Oscillating),
            (2.0, Regime::Oscillating),
            (1e3, Regime::Oscillating),
        ] {
            assert_eq!(regime(border * factor), expected, "β {beta}, {factor} of the border");
        }
    }
    for (x, expected) in [(0.0, Regime::Monotone), (1e-18, Regime::Oscillating)] {
        assert_eq!(at(false, 1.0).mode(x, 1.0).regime, expected, "β 1, x {x}");
    }
}

#[test]
fn one_step_to_rest_is_not_critical_damping() {
    // Both factors are 0, not positive: descent at lr·λ = 1, and Nesterov there with any momentum.
    for rule in [at(false, 0.0), at(true, 0.0), at(true, 0.9)] {
        let mode = rule.mode(1.0, 1.0);
        assert_eq!(
            (mode.regime, mode.rate, mode.period),
            (Regime::Monotone, 0.0, None),
            "{rule:?}"
        );
    }
}

#[test]
fn descent_past_lr_lambda_1_alternates() {
    let mode = in_ravine(1.0, 1.5, json!({"id": "gd"})).local.modes[0];
    assert_eq!((mode.regime, mode.rate, mode.period), (Regime::Alternating, 0.5, Some(2.0)));
    let mode = in_ravine(1.0, 0.5, json!({"id": "gd"})).local.modes[0];
    assert_eq!((mode.regime, mode.rate, mode.period), (Regime::Monotone, 0.5, None));
    // The double root of the heavy ball there is negative: (√1.5 − 1)² with factor √β.
    let beta = (1.5_f64.sqrt() - 1.0).powi(2);
    let mode = in_ravine(1.0, 1.5, json!({"id": "momentum", "beta": beta})).local.modes[0];
    assert_eq!(mode.regime, Regime::Alternating);
    assert!((mode.rate - beta.sqrt()).abs() < 1e-6, "{mode:?}");
}

#[test]
fn a_schedule_s_rate_at_that_step_counts() {
    // γ^⌊k/n⌋: from step 11 on a tenth of the rate.
    let configuration = json!({
        "surface": "parabola", "steps": 30, "runs": [{
            "id": "momentum", "lr": 0.4, "beta": 0.5,
            "schedule": "step", "schedule_steps": 10, "schedule_factor": 0.1,
        }],
    });
    let asked = serde_json::from_value(configuration).expect("plain data");
    let mut lab = Lab::new(Configuration::strict(&asked).expect("valid"));
    for (step, lr) in [(0.0, 0.4), (9.0, 0.4), (10.0, 0.04), (20.0, 0.004)] {
        lab.seek(step);
        let theory = lab.theory(0).expect("a recurrence");
        assert!((theory.lr - lr).abs() < 1e-15, "step {step}: {}", theory.lr);
        let expected = (1.0 - lr.sqrt()).powi(2);
        let critical = theory.local.critical_beta[0].expect("critical");
        assert!((critical - expected).abs() < 1e-12, "step {step}: {critical}");
        assert!((theory.local.effective_step - 2.0 * lr).abs() < 1e-15);
        assert_eq!(theory.local.modes[0], at(false, 0.5).mode(lr, 1.0));
    }
}

#[test]
fn coupled_decay_and_climbing_change_the_curvature_that_is_met() {
    let rules: [fn() -> serde_json::Value; 4] = [
        || json!({"id": "gd"}),
        || json!({"id": "momentum", "form": "ema"}),
        || json!({"id": "nesterov", "form": "lookahead"}),
        || json!({"id": "qhm", "nu": 0.7}),
    ];
    for rule in rules {
        for (surface, maximize, decay) in [
            ("bowl", false, 0.5),
            ("saddle", false, 1.5),
            ("saddle", true, 1.25),
            ("bowl", true, 0.25),
        ] {
            let mut rule = rule();
            for (name, value) in
                [("lr", json!(0.2)), ("weight_decay", json!(decay)), ("maximize", json!(maximize))]
            {
                rule[name] = value;
            }
            let done = simulated(json!({
                "surface": surface, "start": [1.0, 0.7], "steps": 600, "optimizer": rule,
            }));
            let local = done.theory().expect("a recurrence").local;
            let sign = if maximize { -1.0 } else { 1.0 };
            let expected = local.eigenvalues.map(|lambda| sign * lambda + decay);
            assert_eq!(local.curvatures, expected);
            // On these the sum is a quadratic around 0: the path is the theory's.
            let size = |row: usize| done.run.points()[row] - Point::new(0.0, 0.0);
            let last =
                (1..done.run.last_step()).take_while(|row| size(*row).norm() > 1e-200).count();
            let span = last / 2;
            let rate = ((size(last).norm() / size(last - span).norm()).ln() / span as f64).exp();
            let found = (rate - local.spectral_radius).abs();
            assert!(found < 0.02, "{rule} on {surface}: {rate}, not {}", local.spectral_radius);
            let condition = (expected[0] > 0.0 && expected[1] > 0.0)
                .then(|| expected[0].max(expected[1]) / expected[0].min(expected[1]));
            assert_eq!(local.condition_number, condition);
        }
    }
}

#[test]
fn with_decay_theory_is_that_of_where_the_run_rests() {
    // The minimum of f + ½·decay·|w|² is not Rosenbrock's.
    let done = simulated(json!({
        "surface": "rosenbrock", "start": [0.5, 0.5], "steps": 60_000,
        "optimizer": {"id": "momentum", "lr": 4e-4, "beta": 0.9, "weight_decay": 0.2},
    }));
    let local = done.theory().expect("a recurrence").local;
    assert!(
        (done.run.end() - local.point).norm() < 1e-6,
        "{:?}, not {:?}",
        local.point,
        done.run.end()
    );
    assert!((local.point - Point::new(1.0, 1.0)).norm() > 0.1);
    // Climbing, a run rests at a maximum.
    let done = simulated(json!({
        "surface": {"expression": "cos(x)*cos(y)"}, "start": [0.6, -0.4], "steps": 300,
        "optimizer": {"id": "momentum", "lr": 0.1, "beta": 0.8, "maximize": true},
    }));
    let local = done.theory().expect("a recurrence").local;
    assert!((local.point - Point::new(0.0, 0.0)).norm() < 1e-9, "{:?}", local.point);
    assert!(local.curvatures.iter().all(|curvature| (curvature - 1.0).abs() < 1e-9));
}

#[test]
fn an_eigenvalue_of_0_has_no_condition_number_and_no_limit() {
    let local = theory(json!({
        "surface": {"expression": "3*x^2"}, "start": [1, 1], "steps": 3,
        "optimizer": {"id": "momentum", "lr": 0.1},
    }))
    .expect("a recurrence")
    .local;
    assert_eq!((local.eigenvalues, local.condition_number), ([0.0, 6.0], None));
    assert_eq!(local.limits[0], None);
    assert!((local.limits[1].expect("a limit") - 3.8 / 6.0).abs() < 1e-12);
    assert!((local.modes[0].rate - 1.0).abs() < 1e-15, "{:?}", local.modes[0]);
}

#[test]
fn at_a_kink_there_is_no_theory() {
    let at = |surface: serde_json::Value, start: [f64; 2]| {
        let asked = json!({
            "surface": surface, "runs": [{"id": "momentum", "lr": 0.01}], "start": start, "steps": 3,
        });
        let asked = serde_json::from_value(asked).expect("plain data");
        Lab::new(Configuration::strict(&asked).expect("valid")).theory(0)
    };
    let own = |formula: &str| json!({"expression": formula});
    for (surface, start) in [
        (json!("ackley"), [0.0, 0.0]),
        (json!("lessard"), [1.0, 0.0]),
        (json!("lessard"), [2.0, 0.0]),
        (own("abs(x)+y^2"), [0.0, 0.3]),
        (own("x^2+abs(y)"), [0.3, 0.0]),
        (own("max(abs(x),abs(y))"), [1.0, 1.0]),
        (own("max(abs(x),abs(y))"), [-0.5, 0.5]),
        (own("min(x^2,y^2)+x"), [0.5, 0.5]),
        (own("sqrt(x^2+y^2)"), [0.0, 0.0]),
        (own("max(x,0)+y^2"), [0.0, 1.0]),
        (own("max(x,0)^2+y^2"), [0.0, 1.0]),
        (own("abs(x)^1.5+y^2"), [0.0, 0.0]),
        (own("ln(x)+y^2"), [-1.0, 0.0]),
    ] {
        assert_eq!(at(surface.clone(), start), None, "{surface} at {start:?}");
    }
    for (surface, start) in [
        (json!("ackley"), [0.3, 0.2]),
        (json!("lessard"), [0.9, 0.0]),
        (json!("lessard"), [3.0, 0.0]),
        (json!("plateau"), [-9.0, 5.0]),
        (json!("plateau"), [0.0, 0.0]),
        (own("abs(x)+y^2"), [0.1, 0.0]),
        (own("sqrt(x^2+y^2)"), [0.1, 0.0]),
        (own("abs(x)^3+y^2"), [0.0, 0.0]),
        (own("x^4+y^4"), [0.0, 0.0]),
        (own("x+2*y"), [0.5, 0.5]),
        (own("1e6*x^2+1e-6*y^2"), [0.0, 0.0]),
    ] {
        assert!(at(surface.clone(), start).is_some(), "{surface} at {start:?}");
    }
    for entry in surface::SURFACES {
        let surface = entry.with_defaults();
        let start = surface.start();
        let theory = at(json!(entry.description.id), [start.x, start.y]);
        assert!(theory.is_some(), "{} at its start", entry.description.id);
        for minimum in surface.minima().into_iter().filter(|_| entry.description.id != "ackley") {
            let theory = at(json!(entry.description.id), [minimum.x, minimum.y]);
            assert!(theory.is_some(), "{} at {minimum:?}", entry.description.id);
        }
    }
    // A run that cycles around the tip of a cone for ever is promised nothing.
    let cycles = json!({
        "surface": "ackley", "start": [0.3, 0.2], "steps": 400, "optimizer": {"id": "gd", "lr": 0.01},
    });
    assert_eq!(theory(cycles), None);
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
        (at(false, 0.1), 1.9, [1.0, -0.9]),
        (at(false, 0.1), 1.9, [1.0, 0.3]),
        (at(true, 0.3), 1.15, [1.0, 0.4]),
        (at(true, 0.3), 1.15, [0.1, -0.8]),
        (at(false, 0.0), 1.5, [1.0, -0.5]),
    ] {
        let amplitude = recurrence.amplitude(lr, 1.0, offsets).expect("swings");
        let rate = recurrence.mode(lr, 1.0).rate;
        let [mut before, mut now] = offsets;
        let mut largest = before.abs().max(now.abs() / rate);
        for step in 2..60 {
            (before, now) = (now, recurrence.next(lr, 1.0, [before, now]));
            largest = largest.max(now.abs() / rate.powi(step));
        }
        assert!((amplitude / largest - 1.0).abs() < 1e-6, "{recurrence:?}: {amplitude} {largest}");
    }
}

#[test]
fn best_settings_beat_their_neighbours_and_have_their_rates() {
    let (low, high) = (1.0, 40.0_f64);
    let number = Setting::Number;
    let root = (3.0 * high + 1.0).sqrt();
    let (polyak, nesterov) = ((high.sqrt() - 1.0) / (high.sqrt() + 1.0), 1.0 - 2.0 / root);
    for (family, rate) in [
        (family("momentum", &[]), Some(polyak)),
        (family("momentum", &[("form", Setting::Choice("ema"))]), Some(polyak)),
        (family("momentum", &[("dampening", number(0.4))]), Some(polyak)),
        (family("nesterov", &[]), Some(nesterov)),
        (family("qhm", &[("nu", number(0.9)), ("beta", number(0.9))]), Some(nesterov)),
        (family("qhm", &[("nu", number(0.7))]), None),
        (family("qhm", &[("nu", number(0.2))]), None),
        (family("gd", &[]), Some((high - 1.0) / (high + 1.0))),
    ] {
        let best = family.best([low, high]).expect("tuning");
        let radius = |lr: f64, beta: f64| {
            let at = family.at(beta).expect("a recurrence");
            at.mode(lr, low).rate.max(at.mode(lr, high).rate)
        };
        assert!(rate.is_none_or(|rate| (best.rate - rate).abs() < 1e-9), "{best:?}, not {rate:?}");
        assert!((radius(best.lr, best.beta) - best.rate).abs() < 1e-6, "{best:?}");
        for (lr, beta) in [(0.97, 0.0), (1.03, 0.0), (1.0, 0.02), (1.0, -0.02)] {
            let moved = (best.beta + beta).max(0.0);
            if family.has_momentum() || beta == 0.0 {
                assert!(radius(best.lr * lr, moved) > best.rate, "{best:?} {lr} {beta}");
            }
        }
        if family.has_momentum() {
            // No setting of a grid is better.
            for row in 0..200 {
                let beta = f64::from(row) / 200.0;
                for column in 0..200 {
                    let lr = 10_f64.powf(f64::from(column) / 50.0 - 2.5);
                    assert!(radius(lr, beta) > best.rate - 1e-9, "{best:?}: lr {lr} β {beta}");
                }
            }
        }
        assert_eq!(family.best([-1.0, 2.0]), None);
        assert_eq!(family.best([0.0, 2.0]), None);
    }
    let round = family("momentum", &[]).best([2.0, 2.0]).expect("tuning");
    assert!(round.rate < 1e-7 && round.beta < 1e-7 && (round.lr - 0.5).abs() < 1e-7, "{round:?}");
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
        ("momentum", 0.0, at(false, 0.0), 1.100),
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
    let momentum = family("momentum", &[]);
    let local = Local::at(&*ravine, ravine.start(), &momentum, 0.01).expect("smooth");
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
