//! The ways to write momentum: where they agree, and where they do not.

use momentum_lab::configuration::{Configuration, Value};
use momentum_lab::lab::Lab;
use momentum_lab::math::geometry::Point;
use momentum_lab::run::Run;

/// The path of one optimizer, given as JSON, on the default ravine.
fn path(optimizer: serde_json::Value) -> Run {
    let text = serde_json::json!({"surface": "ravine", "runs": [optimizer], "steps": 200});
    let value: Value = serde_json::from_value(text).expect("plain data");
    let lab = Lab::new(Configuration::strict(&value).expect("configuration"));
    lab.runs()[0].clone()
}

fn farthest(a: &[Point], b: &[Point]) -> f64 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (*a - *b).norm()).fold(0.0, f64::max)
}

macro_rules! optimizer {
    ($($json:tt)*) => { path(serde_json::json!({ $($json)* })) };
}

#[test]
fn polyak_and_accumulating_draw_the_same_path_at_constant_lr() {
    let accumulating = optimizer!("id": "momentum", "lr": 0.01, "beta": 0.9);
    let polyak = optimizer!("id": "momentum", "lr": 0.01, "beta": 0.9, "form": "polyak");
    assert!(farthest(accumulating.points(), polyak.points()) < 1e-12);
    assert!(farthest(&accumulating.points()[..1], &accumulating.points()[50..51]) > 1.0);
}

#[test]
fn ema_draws_the_accumulating_path_of_a_smaller_lr() {
    let accumulating = optimizer!("id": "momentum", "lr": 0.01, "beta": 0.9);
    let ema = optimizer!("id": "momentum", "lr": 0.1, "beta": 0.9, "form": "ema");
    assert!(farthest(accumulating.points(), ema.points()) < 1e-12);
}

#[test]
fn dampening_beta_is_not_ema_because_the_first_buffer_is_the_gradient() {
    let ema = optimizer!("id": "momentum", "lr": 0.02, "beta": 0.9, "form": "ema");
    let damped = optimizer!("id": "momentum", "lr": 0.02, "beta": 0.9, "dampening": 0.9);
    let step = |run: &Run| (run.points()[1] - run.points()[0]).norm();
    // The first step is 1/(1 − β) times longer.
    assert!((step(&damped) / step(&ema) - 10.0).abs() < 1e-9);
    assert!(farthest(ema.points(), damped.points()) > 1.0);
}

#[test]
fn pytorch_nesterov_iterates_are_the_look_ahead_points() {
    let (lr, beta) = (0.01, 0.9);
    let torch = optimizer!("id": "nesterov", "lr": lr, "beta": beta);
    let ahead = optimizer!("id": "nesterov", "lr": lr, "beta": beta, "form": "lookahead");
    let points = ahead.points();
    for step in 1..=200 {
        // The velocity of this form is the last displacement.
        let look_ahead = points[step] + (points[step] - points[step - 1]) * beta;
        let distance = (look_ahead - torch.points()[step]).norm();
        assert!(distance < 1e-11, "step {step}: {distance}");
    }
    assert!(farthest(torch.points(), points) > 0.1);
}

#[test]
fn momentum_zero_is_plain_descent() {
    let plain = optimizer!("id": "gd", "lr": 0.02);
    for (id, form) in [
        ("momentum", "accumulating"),
        ("momentum", "ema"),
        ("momentum", "polyak"),
        ("nesterov", "pytorch"),
        ("nesterov", "lookahead"),
    ] {
        let run = optimizer!("id": id, "form": form, "lr": 0.02, "beta": 0.0);
        assert!(farthest(plain.points(), run.points()) < 1e-12, "{id} {form}");
    }
}

#[test]
fn the_first_view_shows_the_point() {
    let lab = Lab::new(Configuration::default());
    let [momentum, descent] = lab.runs() else { panic!("two runs side by side") };
    let zigzags = |run: &Run| run.overshoots()[60][1];
    assert!(zigzags(descent) >= 20, "descent crosses the floor {} times", zigzags(descent));
    assert!(zigzags(momentum) * 2 <= zigzags(descent), "momentum {}", zigzags(momentum));
    let settled = |run: &Run| match run.status() {
        momentum_lab::run::Status::Converged(step) => step,
        other => panic!("{other:?}"),
    };
    assert!(settled(momentum) < settled(descent), "{} {}", settled(momentum), settled(descent));
}
