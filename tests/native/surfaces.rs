//! Every surface of the registry keeps the promises that a surface makes.

use momentum_lab::configuration::Configuration;
use momentum_lab::geometry::{Bounds, Point};
use momentum_lab::parameter::{Kind, ParameterSpec, Scale, Setting, Settings};
use momentum_lab::surface::{AnySurface, SURFACES};
use std::collections::HashSet;

/// Each surface at its defaults, and again with each number moved into its range.
fn variants() -> Vec<(String, Box<dyn AnySurface>)> {
    let mut all = Vec::new();
    for entry in SURFACES {
        let id = entry.description.id;
        let specs = entry.description.parameters;
        all.push((id.to_owned(), entry.with_defaults()));
        for spec in specs {
            let Kind::Number { min, max, .. } = spec.kind else { continue };
            let mut settings = Settings::defaults(specs);
            let value = min + 0.3 * (max - min).min(30.0);
            settings.set(spec.id, Setting::Number(value));
            all.push((format!("{id} with {} = {value}", spec.id), entry.build(&settings)));
        }
    }
    all
}

/// A grid of points over the view, off its centre so that no symmetry hides a slip.
fn points(bounds: Bounds) -> impl Iterator<Item = Point> {
    (0..49).map(move |i| {
        let part = |k: i32| (f64::from(k) + 0.37) / 7.0;
        let (column, row) = (part(i % 7), part(i / 7));
        Point::new(bounds.x_min + column * bounds.width(), bounds.y_min + row * bounds.height())
    })
}

#[track_caller]
fn assert_near(what: &str, exact: f64, measured: f64, scale: f64) {
    assert!((exact - measured).abs() <= 1e-6 * scale, "{what}: exact {exact}, measured {measured}");
}

#[test]
fn gradients_agree_with_central_differences() {
    for (name, surface) in variants() {
        for p in points(surface.view()) {
            let (value, g) = surface.gradient(p);
            assert_eq!(value, surface.value(p), "{name} at {p:?}");
            let h = 1e-5 * (1.0 + p.x.abs().max(p.y.abs()));
            let f = |dx: f64, dy: f64| surface.value(Point::new(p.x + dx, p.y + dy));
            let scale = 1.0 + g.norm() + value.abs() * 1e-4;
            assert_near(
                &format!("{name}: x-slope at {p:?}"),
                g.x,
                (f(h, 0.0) - f(-h, 0.0)) / (2.0 * h),
                scale,
            );
            assert_near(
                &format!("{name}: y-slope at {p:?}"),
                g.y,
                (f(0.0, h) - f(0.0, -h)) / (2.0 * h),
                scale,
            );
        }
    }
}

#[test]
fn hessians_agree_with_central_differences_of_gradients() {
    for (name, surface) in variants() {
        for p in points(surface.view()) {
            let hessian = surface.hessian(p);
            let h = 1e-5 * (1.0 + p.x.abs().max(p.y.abs()));
            let g = |dx: f64, dy: f64| surface.gradient(Point::new(p.x + dx, p.y + dy)).1;
            let along_x = (g(h, 0.0) - g(-h, 0.0)) * (0.5 / h);
            let along_y = (g(0.0, h) - g(0.0, -h)) * (0.5 / h);
            let scale = 1.0 + hessian.xx.abs() + hessian.xy.abs() + hessian.yy.abs();
            assert_near(&format!("{name}: xx at {p:?}"), hessian.xx, along_x.x, scale);
            assert_near(&format!("{name}: xy at {p:?}"), hessian.xy, along_x.y, scale);
            assert_near(&format!("{name}: yx at {p:?}"), hessian.xy, along_y.x, scale);
            assert_near(&format!("{name}: yy at {p:?}"), hessian.yy, along_y.y, scale);
        }
    }
}

#[test]
fn listed_minima_are_stationary_with_positive_definite_hessians() {
    for (name, surface) in variants() {
        for p in surface.minima() {
            let [low, high] = surface.hessian(p).eigen();
            assert!(low.value > 0.0, "{name}: no minimum at {p:?}, curvature {}", low.value);
            let slope = surface.gradient(p).1.norm();
            assert!(slope <= 1e-9 * (1.0 + high.value), "{name}: slope {slope} at {p:?}");
            let value = surface.value(p);
            for direction in 0..16 {
                let angle = f64::from(direction) * std::f64::consts::TAU / 16.0;
                let beside = Point::new(p.x + 1e-3 * angle.cos(), p.y + 1e-3 * angle.sin());
                assert!(surface.value(beside) > value, "{name}: lower beside {p:?}");
            }
        }
    }
}

#[test]
fn minima_are_where_the_sources_put_them() {
    let near = |id: &str, expected: &[(f64, f64)]| {
        let entry = SURFACES.iter().find(|entry| entry.description.id == id).expect(id);
        let minima = entry.with_defaults().minima();
        assert_eq!(minima.len(), expected.len(), "{id}: {minima:?}");
        for &(x, y) in expected {
            let hit = minima.iter().any(|p| (*p - Point::new(x, y)).norm() < 1e-6);
            assert!(hit, "{id}: no minimum at ({x}, {y}) among {minima:?}");
        }
    };
    near("bowl", &[(0.0, 0.0)]);
    near("ravine", &[(0.0, 0.0)]);
    near("saddle", &[]);
    near("rosenbrock", &[(1.0, 1.0)]);
    // Himmelblau 1972; digits by Newton's method in 50-digit arithmetic.
    near(
        "himmelblau",
        &[
            (3.0, 2.0),
            (-2.805118086952745, 3.131312518250573),
            (-3.779310253377747, -3.283185991286170),
            (3.584428340330492, -1.848126526964404),
        ],
    );
    // Roots of 4x³ − 4x + 0.2.
    near("double-well", &[(-1.024120300215050, 0.0), (0.973994353231278, 0.0)]);
}

#[test]
fn a_strong_tilt_leaves_one_well() {
    let entry = SURFACES.iter().find(|entry| entry.description.id == "double-well").expect("entry");
    let mut settings = Settings::defaults(entry.description.parameters);
    settings.set("tilt", Setting::Number(1.6));
    let minima = entry.build(&settings).minima();
    assert_eq!(minima.len(), 1);
    assert!(minima[0].x < -1.0);
}

#[test]
fn rows_of_values_are_values() {
    for (name, surface) in variants() {
        let x: Vec<f64> = (0..9).map(|i| f64::from(i) * 0.4 - 1.7).collect();
        let mut row = [0.0; 9];
        surface.values(&x, 0.3, &mut row);
        for (x, value) in x.iter().zip(row) {
            assert_eq!(value, surface.value(Point::new(*x, 0.3)), "{name}");
        }
    }
}

#[test]
fn starts_lie_in_view_and_learning_rates_descend() {
    for entry in SURFACES {
        let surface = entry.with_defaults();
        let id = entry.description.id;
        assert!(surface.view().contains(surface.start()), "{id}");
        let (value, g) = surface.gradient(surface.start());
        let next = surface.start() + g * -surface.learning_rate();
        assert!(surface.value(next) < value, "{id}: the first step of descent climbs");
    }
}

/// What holds for every list of parameters.
pub(crate) fn check_parameters(owner: &str, specs: &[ParameterSpec]) {
    let ids: HashSet<_> = specs.iter().map(|spec| spec.id).collect();
    assert_eq!(ids.len(), specs.len(), "{owner}: a parameter's id is used twice");
    for spec in specs {
        let what = format!("{owner}.{}", spec.id);
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        assert!(spec.id.chars().all(plain) && spec.id != "id", "{what}: not fit for a link");
        assert!(!spec.name.is_empty(), "{what} has no name");
        match spec.kind {
            Kind::Number { min, max, default, scale, lowest, highest, integer } => {
                assert!(min < max && (min..=max).contains(&default), "{what}: default {default}");
                assert!(lowest <= min && max <= highest, "{what}: the slider leaves the range");
                match scale {
                    Scale::Linear => {}
                    Scale::Logarithmic => assert!(min > 0.0, "{what}: logarithm of {min}"),
                    Scale::NearOne => {
                        assert!(min == 0.0 && max < 1.0, "{what}: range {min} to {max}")
                    }
                }
                assert!(!integer || default.fract() == 0.0, "{what}: default {default}");
            }
            Kind::Choice { options, default } => {
                assert!(options.iter().any(|option| option.id == default), "{what}: {default}");
                let ids: HashSet<_> = options.iter().map(|option| option.id).collect();
                assert_eq!(ids.len(), options.len(), "{what}: an option's id is used twice");
            }
            Kind::Toggle { .. } => {}
        }
    }
}

#[test]
fn ids_are_unique_and_parameters_sound() {
    let ids: HashSet<_> = SURFACES.iter().map(|entry| entry.description.id).collect();
    assert_eq!(ids.len(), SURFACES.len());
    for entry in SURFACES {
        let momentum_lab::surface::Description { id, name, formula, parameters, source, .. } =
            entry.description;
        check_parameters(id, parameters);
        assert!(!name.is_empty() && !formula.is_empty() && !source.is_empty(), "{id}");
    }
    let defaults = Configuration::default();
    assert_eq!(defaults.surface.entry.description.id, SURFACES[0].description.id);
}
