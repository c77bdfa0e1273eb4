//! What is measured on a path, and numbers as mathematics sets them.

use crate::support::{measured, simulated};
use momentum_lab::math::expression::{Math, Rounding};
use momentum_lab::math::geometry::Point;
use momentum_lab::run::measure::fitted_rate;
use serde_json::json;

#[test]
fn swings_that_grow_have_the_factor_by_which_they_grow() {
    let swings = |factor: f64| -> Vec<f64> {
        (0..120).map(|k| factor.powi(k) * (0.9 * f64::from(k)).cos()).collect()
    };
    for factor in [1.02, 1.1, 1.4] {
        let rate = fitted_rate(&swings(factor), 1.0).expect("a rate");
        assert!((rate - factor).abs() < 0.005, "{factor}: {rate}");
    }
    // A run beyond the limit of its learning rate: |1 - lr| = 1.1.
    let done = simulated(json!({
        "surface": {"expression": "(x^2 + y^2)/2"}, "start": [1, 0], "steps": 40,
        "optimizer": {"id": "gd", "lr": 2.1},
    }));
    let distances: Vec<f64> = done.run.points().iter().map(|p| p.x).collect();
    assert!((fitted_rate(&distances, 1.0).expect("a rate") - 1.1).abs() < 1e-9);
}

#[test]
fn rows_at_the_size_of_rounding_do_not_count() {
    // Halved at each step, until rounding holds it.
    let offsets: Vec<f64> = (0..200).map(|k| 3.0 * 0.5_f64.powi(k).max(1e-14)).collect();
    let rate = fitted_rate(&offsets, offsets[0]).expect("a rate");
    assert!((rate - 0.5).abs() < 1e-9, "{rate}");
    // The share of the start counts, not the size.
    let tiny: Vec<f64> = offsets.iter().map(|offset| offset * 1e-200).collect();
    assert!((fitted_rate(&tiny, tiny[0]).expect("a rate") - 0.5).abs() < 1e-9);
}

#[test]
fn the_detour_is_the_path_over_the_straight_distance() {
    let run = |formula: &str, start: [f64; 2], lr: f64| {
        simulated(json!({
            "surface": {"expression": formula}, "start": start, "steps": 60,
            "optimizer": {"id": "gd", "lr": lr},
        }))
    };
    let straight = measured(&run("x^2 + y^2", [2.0, 1.0], 0.1));
    assert!((straight.detour.expect("moves") - 1.0).abs() < 1e-12, "{straight:?}");
    let zigzag = run("(x^2 + 20*y^2)/2", [3.0, 1.0], 0.095);
    let points = zigzag.run.points();
    let length: f64 = points.windows(2).map(|p| (p[1].x - p[0].x).hypot(p[1].y - p[0].y)).sum();
    let (first, last) = (points[0], points[points.len() - 1]);
    let expected = length / (last.x - first.x).hypot(last.y - first.y);
    let detour = measured(&zigzag).detour.expect("moves");
    assert!((detour - expected).abs() < 1e-12 && detour > 2.0, "{detour} {expected}");
    assert_eq!(measured(&run("x^2 + y^2", [0.0, 0.0], 0.1)).detour, None);
}

#[test]
fn minima_anywhere_in_the_view_of_an_own_formula_are_found() {
    for (formula, minima) in [
        ("(x^2-4)^2/8 + (y^2-1)^2", vec![(-2.0, -1.0), (2.0, -1.0), (-2.0, 1.0), (2.0, 1.0)]),
        ("min((x-3)^2+(y+1)^2, (x+1)^2+(y-2)^2+0.5)", vec![(3.0, -1.0), (-1.0, 2.0)]),
        ("(x-4)^2*((x+1)^2+0.5)/20 + (y-2)^2", vec![(4.0, 2.0)]),
    ] {
        let done = simulated(json!({"surface": {"expression": formula}, "steps": 1}));
        let found = done.surface.minima();
        for (x, y) in &minima {
            let near = |p: &Point| (p.x - x).hypot(p.y - y) < 1e-6;
            assert_eq!(found.iter().filter(|p| near(p)).count(), 1, "{formula}: {found:?}");
        }
        if minima.len() > 1 {
            assert_eq!(found.len(), minima.len(), "{formula}: {found:?}");
        }
    }
}

#[test]
fn the_minimum_of_rosenbrock_lies_at_a_and_its_square() {
    for (a, b) in [(0.5, 100.0), (-1.5, 10.0), (1.4, 1.0), (0.0, 100.0)] {
        let done = simulated(json!({
            "surface": {"id": "rosenbrock", "a": a, "b": b}, "start": [0.3, -0.7], "steps": 1,
        }));
        let (surface, minimum) = (&done.surface, Point::new(a, a * a));
        assert_eq!(surface.minima().len(), 1);
        assert!((surface.minima()[0] - minimum).norm() < 1e-9, "{a}: {:?}", surface.minima());
        assert!(surface.value(minimum).abs() < 1e-25);
        let expected = (a - 0.3) * (a - 0.3) + b * (-0.7 - 0.09) * (-0.7 - 0.09);
        assert!((surface.value(Point::new(0.3, -0.7)) - expected).abs() < 1e-12 * expected);
        let (_, slope) = surface.gradient(Point::new(0.3, -0.7));
        let off = -0.7 - 0.09;
        assert!((slope.x - (-2.0 * (a - 0.3) - 4.0 * b * 0.3 * off)).abs() < 1e-9 * b.max(1.0));
        assert!((slope.y - 2.0 * b * off).abs() < 1e-9 * b);
    }
}

#[test]
fn numbers_of_four_and_five_digits_are_set_without_a_power_of_ten() {
    let set = |value: f64, rounding| Math::number(value, rounding).text();
    for (value, fixed, short) in [
        (123.456_78, "123.5", "123.5"),
        (1_234.567_8, "1235", "1235"),
        (12_345.678, "12346", "12346"),
        (123_456.78, "1.235·10^5", "1.235·10^5"),
        (0.001_234_567, "0.001235", "0.001235"),
        (0.000_123_456_7, "1.235·10^(−4)", "1.235·10^(−4)"),
    ] {
        assert_eq!(set(value, Rounding::Fixed), fixed, "{value}");
        assert_eq!(set(value, Rounding::Short), short, "{value}");
    }
    assert_eq!(set(-12_345.678, Rounding::Fixed), "−12346");
    assert_eq!([1234.5, 12_345.6].map(|v| set(v, Rounding::Short)), ["1234.5", "12345.6"]);
}
