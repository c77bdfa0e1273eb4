//! Every surface of the registry keeps the promises that a surface makes.

use momentum_lab::configuration::Configuration;
use momentum_lab::math::geometry::{Bounds, Point};
use momentum_lab::parameter::{Kind, ParameterSpec, Scale, Setting, Settings};
use momentum_lab::surface::{AnySurface, Group, SURFACES};
use std::collections::HashSet;

/// Each surface at its defaults, and again with each number moved into its range and each switch
/// turned.
pub(crate) fn variants() -> Vec<(String, Box<dyn AnySurface>)> {
    let mut all = Vec::new();
    for entry in SURFACES {
        let id = entry.description.id;
        let specs = entry.description.parameters;
        all.push((id.to_owned(), entry.with_defaults()));
        for spec in specs {
            let value = match spec.kind {
                Kind::Number { min, max, .. } => Setting::Number(min + 0.3 * (max - min).min(30.0)),
                Kind::Toggle { default } => Setting::Toggle(!default),
                Kind::Choice { .. } | Kind::Text { .. } => continue,
            };
            let mut settings = Settings::defaults(specs);
            let name = format!("{id} with {} = {value:?}", spec.id);
            settings.set(spec.id, value);
            all.push((name, entry.build(&settings)));
        }
    }
    all
}

/// A grid of points over the view, off its centre so that no symmetry hides a slip.
pub(crate) fn points(bounds: Bounds) -> impl Iterator<Item = Point> {
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

#[test]
fn one_dimensional_surfaces_do_not_depend_on_y() {
    for (name, surface) in variants() {
        let dimension = surface.description().dimension;
        assert_eq!(dimension == 1, surface.description().group == Group::OneDimension, "{name}");
        if dimension == 2 {
            continue;
        }
        assert_eq!(surface.start().y, 0.0, "{name}");
        assert!(surface.stationary().iter().all(|found| found.point.y == 0.0), "{name}");
        for p in points(surface.view()) {
            assert_eq!(surface.value(p), surface.value(Point::new(p.x, 0.0)), "{name}");
            assert_eq!(surface.gradient(p).1.y, 0.0, "{name}");
        }
    }
}

#[test]
fn menus_list_each_group_in_one_piece() {
    let mut groups: Vec<_> = SURFACES.iter().map(|entry| entry.description.group).collect();
    groups.dedup();
    let expected = [
        Group::Quadratic,
        Group::Valley,
        Group::ManyMinima,
        Group::OneDimension,
        Group::Data,
        Group::Own,
    ];
    assert_eq!(groups, expected);
}

#[test]
fn surfaces_called_quadratic_have_one_hessian() {
    for (name, surface) in variants() {
        if surface.description().group == Group::Quadratic {
            let at_start = surface.hessian(surface.start());
            for p in points(surface.view()) {
                assert_eq!(surface.hessian(p), at_start, "{name} at {p:?}");
            }
        }
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
            Kind::Text { longest, default, check } => {
                assert!(default.chars().count() <= longest, "{what}: default {default}");
                assert_eq!(check(default), Ok(()), "{what}");
            }
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
