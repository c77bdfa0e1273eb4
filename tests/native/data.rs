//! Losses from data: samples, batches, predictions.

use crate::surfaces::{points, variants};
use momentum_lab::math::geometry::{Point, Vector};
use momentum_lab::parameter::{Setting, Settings};
use momentum_lab::surface::{AnySurface, Group, find};

fn data_surfaces() -> impl Iterator<Item = (String, Box<dyn AnySurface>)> {
    variants().into_iter().filter(|(_, surface)| surface.description().group == Group::Data)
}

#[test]
fn only_the_data_group_has_data() {
    for (name, surface) in variants() {
        let is_data = surface.description().group == Group::Data;
        assert_eq!(surface.data().is_some(), is_data, "{name}");
        assert_eq!(surface.samples(), surface.data().map_or(0, |data| data.samples.len()));
        if let Some(data) = surface.data() {
            assert!((20..=40).contains(&data.samples.len()), "{name}");
            assert!(data.samples.is_sorted_by_key(|sample| sample.input), "{name}");
        }
    }
}

#[test]
fn the_batch_of_all_samples_has_the_whole_gradient() {
    for (name, surface) in variants() {
        let all: Vec<_> = (0..surface.samples().max(1)).collect();
        for p in points(surface.view()) {
            assert_eq!(surface.batch_gradient(p, &all), surface.gradient(p).1, "{name} at {p:?}");
            assert_eq!(surface.batch_gradient(p, &[]), Vector::default(), "{name} at {p:?}");
        }
    }
}

#[test]
fn two_halves_average_to_the_whole() {
    for (name, surface) in data_surfaces() {
        let (even, odd): (Vec<_>, Vec<_>) = (0..surface.samples()).partition(|i| i % 2 == 0);
        for p in points(surface.view()) {
            let (a, b) = (surface.batch_gradient(p, &even), surface.batch_gradient(p, &odd));
            let whole = surface.gradient(p).1;
            let off = Vector::new((a.x + b.x) / 2.0, (a.y + b.y) / 2.0) - whole;
            assert!(off.norm() <= 1e-13 * (1.0 + whole.norm()), "{name} at {p:?}");
            assert!((a - b).norm() > 0.0, "{name}: both halves agree");
        }
    }
}

/// The loss of a data surface, from its predictions.
fn loss(id: &str, prediction: f64, target: f64) -> f64 {
    match id {
        "logistic-regression" => {
            -(target * prediction.ln() + (1.0 - target) * (-prediction).ln_1p())
        }
        _ => 0.5 * (prediction - target).powi(2),
    }
}

#[test]
fn losses_are_those_of_the_predictions() {
    for (name, surface) in data_surfaces() {
        let data = surface.data().expect("data");
        for p in points(surface.view()) {
            let losses = data.samples.iter().map(|sample| {
                loss(surface.description().id, data.predict(p, sample.input), sample.target)
            });
            let mean = losses.sum::<f64>() / data.samples.len() as f64;
            let value = surface.value(p);
            assert!((value - mean).abs() < 1e-7 * (1.0 + value), "{name}: {value}, {mean}");
        }
    }
}

/// Linear regression with and without centred inputs.
fn regression(centred: bool) -> Box<dyn AnySurface> {
    let entry = find("linear-regression").expect("entry");
    let mut settings = Settings::defaults(entry.description.parameters);
    settings.set("centred", Setting::Toggle(centred));
    entry.build(&settings)
}

#[test]
fn the_regression_line_is_that_of_the_normal_equations() {
    for surface in [regression(false), regression(true)] {
        let samples = surface.data().expect("data").samples;
        let mean = |f: &dyn Fn(f64, f64) -> f64| {
            samples.iter().map(|s| f(s.input, s.target)).sum::<f64>() / samples.len() as f64
        };
        let (input, target) = (mean(&|x, _| x), mean(&|_, t| t));
        let slope = mean(&|x, t| (x - input) * (t - target)) / mean(&|x, _| (x - input).powi(2));
        let expected = Point::new(slope, target - slope * input);
        let minima = surface.minima();
        assert_eq!(minima.len(), 1);
        assert!((minima[0] - expected).norm() < 1e-12, "{minima:?}, {expected:?}");
        assert!(surface.view().contains(minima[0]));
    }
}

#[test]
fn centring_the_inputs_cures_the_condition_number() {
    let kappa = |surface: &dyn AnySurface| {
        let [low, high] = surface.hessian(surface.start()).eigen();
        high.value / low.value
    };
    let (plain, centred) = (regression(false), regression(true));
    assert!(kappa(&*plain) > 200.0 && kappa(&*centred) < 1.5);
    assert!((plain.minima()[0].x - centred.minima()[0].x).abs() < 1e-12, "the slope is the same");
}

#[test]
fn losses_stay_finite_far_out() {
    for (name, surface) in data_surfaces() {
        for p in [(1e6, -1e6), (-1e6, 1e6), (-1e6, -1e6), (1e6, 1e6)] {
            let (value, gradient) = surface.gradient(Point::new(p.0, p.1));
            assert!(value.is_finite() && gradient.norm().is_finite(), "{name} at {p:?}");
        }
    }
}

#[test]
fn logistic_regression_has_the_right_slope_where_all_scores_are_zero() {
    // At zero weights the probability is ½ for every input: ∂f/∂y = ½ − mean target.
    let surface = find("logistic-regression").expect("entry").with_defaults();
    let samples = surface.data().expect("data").samples;
    let labels = samples.iter().map(|sample| sample.target).sum::<f64>() / samples.len() as f64;
    let slope = surface.gradient(Point::default()).1.y;
    assert!((slope - (0.5 - labels)).abs() < 1e-15, "{slope}");
}
