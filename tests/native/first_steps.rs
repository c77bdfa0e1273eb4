//! The first steps of every rule, written out by hand.

use crate::optimizers::{walk, with};
use momentum_lab::math::geometry::{Point, Vector};
use momentum_lab::optimizer::OPTIMIZERS;
use momentum_lab::parameter::Setting;

/// Where every walk starts, and the gradients it meets.
const W: f64 = 1.0;
const G: [f64; 2] = [2.0, -0.5];
const LR: f64 = 0.1;

/// Checks w after each step under gradients [`G`] and learning rate [`LR`].
#[track_caller]
fn check(id: &str, changes: &[(&str, Setting)], expected: [f64; 2]) {
    let gradients = G.map(|g| Vector::new(g, 0.0));
    let path = walk(&*with(id, changes).build(), LR, Point::new(W, 0.0), &gradients);
    for (step, expected) in expected.into_iter().enumerate() {
        let found = path[step + 1].x;
        assert!((found - expected).abs() < 1e-12, "{id} step {}: {found} {expected}", step + 1);
    }
}

fn number(value: f64) -> Setting {
    Setting::Number(value)
}

#[test]
fn descent_and_momentum() {
    check("gd", &[], [0.8, 0.85]);
    // v = 2, then 0.9·2 − 0.5 = 1.3.
    check("momentum", &[], [0.8, 0.67]);
    // v = 2, then 1.8 − 0.5·0.6 = 1.5: the first buffer is not dampened.
    check("momentum", &[("dampening", number(0.4))], [0.8, 0.65]);
    // v = 0.2, then 0.18 − 0.05 = 0.13.
    check("momentum", &[("form", Setting::Choice("ema"))], [0.98, 0.967]);
    check("momentum", &[("form", Setting::Choice("polyak"))], [0.8, 0.67]);
    // g + 0.9v = 3.8, then −0.5 + 0.9·1.3 = 0.67.
    check("nesterov", &[], [0.62, 0.553]);
    check("nesterov", &[("form", Setting::Choice("lookahead"))], [0.8, 0.67]);
    // The sequence's momentum is 0 in the first two steps, as t₁ = 1.
    check("nesterov", &[("form", Setting::Choice("sequence"))], [0.8, 0.85]);
    // 0.3·2 + 0.7·0.2 = 0.74, then 0.3·(−0.5) + 0.7·0.13 = −0.059.
    check("qhm", &[], [0.926, 0.9319]);
}

#[test]
fn the_original_sequence_grows_as_published() {
    // t = 1, 1.618, 2.194, 2.750: momentum 0, 0.282, 0.434 before steps 2, 3, 4.
    let t = |before: f64| (1.0 + (1.0 + 4.0 * before * before).sqrt()) / 2.0;
    let (t2, t3, t4) = (t(1.0), t(t(1.0)), t(t(t(1.0))));
    let (w1, w2) = (1.0 - LR, 1.0 - LR - LR);
    let v3 = (t2 - 1.0) / t3 * (w2 - w1) - LR;
    let v4 = (t3 - 1.0) / t4 * v3 - LR;
    let rule = with("nesterov", &[("form", Setting::Choice("sequence"))]);
    let path = walk(&*rule.build(), LR, Point::new(1.0, 0.0), &[Vector::new(1.0, 0.0); 4]);
    for (found, expected) in path.iter().zip([1.0, w1, w2, w2 + v3, w2 + v3 + v4]) {
        assert!((found.x - expected).abs() < 1e-14, "{} {expected}", found.x);
    }
}

#[test]
fn adagrad_and_its_kin() {
    let eps = 1e-10;
    let first = 1.0 - 0.1 * 2.0 / (2.0 + eps);
    check("adagrad", &[], [first, first + 0.1 * 0.5 / (4.25_f64.sqrt() + eps)]);
    let changes = [("lr_decay", number(1.0)), ("initial_accumulator_value", number(5.0))];
    let first = 1.0 - 0.1 * 2.0 / (3.0 + eps);
    check("adagrad", &changes, [first, first + 0.05 * 0.5 / (9.25_f64.sqrt() + eps)]);

    let (v1, eps) = (0.04, 1e-8);
    let v2: f64 = 0.99 * v1 + 0.01 * 0.25;
    let (d1, d2) = (2.0 / (0.2 + eps), -0.5 / (v2.sqrt() + eps));
    check("rmsprop", &[], [1.0 - 0.1 * d1, 1.0 - 0.1 * (d1 + d2)]);
    let b2 = 0.5 * d1 + d2;
    check("rmsprop", &[("momentum", number(0.5))], [1.0 - 0.1 * d1, 1.0 - 0.1 * (d1 + b2)]);
    let m2: f64 = 0.99 * 0.02 - 0.005;
    let d1 = 2.0 / ((0.04_f64 - 0.02 * 0.02).sqrt() + eps);
    let d2 = -0.5 / ((v2 - m2 * m2).sqrt() + eps);
    let centered = [("centered", Setting::Toggle(true))];
    check("rmsprop", &centered, [1.0 - 0.1 * d1, 1.0 - 0.1 * (d1 + d2)]);

    let eps = 1e-6_f64;
    let d1 = 2.0 * eps.sqrt() / (0.4 + eps).sqrt();
    let u1 = 0.1 * d1 * d1;
    let d2 = -0.5 * (u1 + eps).sqrt() / (0.9 * 0.4 + 0.1 * 0.25 + eps).sqrt();
    check("adadelta", &[], [1.0 - 0.1 * d1, 1.0 - 0.1 * (d1 + d2)]);
}

/// Adam's averages after two steps, bias corrected.
const M2: f64 = (0.9 * 0.2 + 0.1 * -0.5) / (1.0 - 0.81);
const V2: f64 = (0.999 * 0.004 + 0.001 * 0.25) / (1.0 - 0.998001);

#[test]
fn adam_and_its_kin() {
    let eps = 1e-8;
    // The first step is lr·sign(g) up to eps.
    let first = 1.0 - 0.1 * 2.0 / (2.0 + eps);
    let second = first - 0.1 * M2 / (V2.sqrt() + eps);
    check("adam", &[], [first, second]);
    // The largest average is the first one here only without its bias correction: 0.004.
    let largest = (0.999_f64 * 0.004 + 0.001 * 0.25).max(0.004) / (1.0 - 0.998001);
    check(
        "adam",
        &[("amsgrad", Setting::Toggle(true))],
        [first, first - 0.1 * M2 / (largest.sqrt() + eps)],
    );
    // The coordinate shrinks by 1 − 0.1·0.01 before each step.
    let first = 0.999 - 0.1 * 2.0 / (2.0 + eps);
    check("adamw", &[], [first, 0.999 * first - 0.1 * M2 / (V2.sqrt() + eps)]);

    let first = 1.0 - 0.1 * 2.0 / (2.0 + eps);
    check("adamax", &[], [first, first - 0.1 * M2 / (0.999 * (2.0 + eps))]);

    let mu = |k: f64| 0.9 * (1.0 - 0.5 * 0.96_f64.powf(k * 0.004));
    let scale = 2.0 + eps;
    let first = 1.0
        - 0.1 * (1.0 - mu(1.0)) / (1.0 - mu(1.0)) * 2.0 / scale
        - 0.1 * mu(2.0) / (1.0 - mu(1.0) * mu(2.0)) * 0.2 / scale;
    let scale = V2.sqrt() + eps;
    let second = first + 0.1 * (1.0 - mu(2.0)) / (1.0 - mu(1.0) * mu(2.0)) * 0.5 / scale
        - 0.1 * mu(3.0) / (1.0 - mu(1.0) * mu(2.0) * mu(3.0)) * (0.9 * 0.2 - 0.05) / scale;
    check("nadam", &[], [first, second]);

    // Not normalised at all in the first steps.
    check("radam", &[], [0.8, 0.8 - 0.1 * M2]);

    let first = 1.0 - 0.1 * (0.9e-6 + 0.2) / 0.1 / (((1e-6 + 0.004) / 0.001_f64).sqrt() + 1e-3);
    let m = (0.9 * (0.9e-6 + 0.2) - 0.05) / (1.0 - 0.81);
    let v: f64 = (1e-6 + 0.004 + 0.001 * 0.25) / (1.0 - 0.998001);
    check("yogi", &[], [first, first - 0.1 * m / (v.sqrt() + 1e-3)]);

    let (eps, v1) = (1e-16, 0.001 * 1.8 * 1.8 + 1e-16);
    let first = 1.0 - 0.1 * 2.0 / ((v1 / 0.001_f64).sqrt() + eps);
    let off: f64 = -0.5 - (0.9 * 0.2 - 0.05);
    let v: f64 = (0.999 * v1 + 0.001 * off * off + 1e-16) / (1.0 - 0.998001);
    check("adabelief", &[], [first, first - 0.1 * M2 / (v.sqrt() + eps)]);
}

#[test]
fn radam_trusts_its_variance_from_the_sixth_step() {
    let path =
        walk(&*with("radam", &[]).build(), LR, Point::new(0.0, 0.0), &[Vector::new(3.0, 0.0); 6]);
    let lengths: Vec<_> = path.windows(2).map(|pair| pair[0].x - pair[1].x).collect();
    for length in &lengths[..5] {
        assert!((length - 0.3).abs() < 1e-12, "{length}");
    }
    let (longest, power) = (1999.0, 0.999_f64.powi(6));
    let rho = longest - 12.0 * power / (1.0 - power);
    let rectified =
        ((rho - 4.0) * (rho - 2.0) * longest) / ((longest - 4.0) * (longest - 2.0) * rho);
    assert!((lengths[5] - 0.1 * rectified.sqrt()).abs() < 1e-8, "{}", lengths[5]);
}

#[test]
fn rules_of_signs() {
    // Rprop: after the change of sign the size halves and the gradient counts as 0.
    check("rprop", &[], [0.9, 0.9]);
    let slopes = |list: &[f64]| list.iter().map(|&g| Vector::new(g, 0.0)).collect::<Vec<_>>();
    let path = |id: &str, list: &[f64]| -> Vec<f64> {
        let mut variant = with(id, &[]);
        variant.settings.set("weight_decay", number(0.0));
        walk(&*variant.build(), LR, Point::new(W, 0.0), &slopes(list)).iter().map(|p| p.x).collect()
    };
    let near = |found: Vec<f64>, expected: &[f64]| {
        assert_eq!(found.len(), expected.len());
        for (a, b) in found.iter().zip(expected) {
            assert!((a - b).abs() < 1e-14, "{found:?} {expected:?}");
        }
    };
    // Sizes 0.1, 0.12, 0.06 (gradient dropped), 0.06, 0.072; sign(0) is 0 and no change of sign.
    near(path("rprop", &[2.0, 1.0, -1.0, -1.0, -3.0]), &[1.0, 0.9, 0.78, 0.78, 0.84, 0.912]);
    near(path("rprop", &[0.0, 2.0, 0.0, -2.0]), &[1.0, 1.0, 0.9, 0.9, 1.0]);
    // Lion: 0.9m + 0.1g is 0.2, then 0.9·0.02 − 0.05 = −0.032.
    near(path("lion", &G), &[1.0, 0.9, 1.0]);
    near(path("lion", &[0.0, 0.0, 4.0]), &[1.0, 1.0, 1.0, 0.9]);
    let shrink = 1.0 - 0.1 * 1e-3;
    check("lion", &[], [shrink - 0.1, shrink * (shrink - 0.1) + 0.1]);
}

#[test]
fn averaged_descent() {
    let (first, rate) = (1.0 - 1e-5 - 0.2, 0.1 / (1.0 + 1e-5_f64).powf(0.75));
    check("asgd", &[], [first, first * (1.0 - 1e-4 * rate) + 0.5 * rate]);
}

#[test]
fn no_rule_goes_unchecked() {
    let source = include_str!("first_steps.rs");
    for entry in OPTIMIZERS {
        let id = entry.description.id;
        assert!(source.contains(&format!("check(\"{id}\"")), "{id} has no steps by hand");
    }
}
