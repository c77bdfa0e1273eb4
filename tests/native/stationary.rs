//! Stationary points: all are there, where the sources put them, and of the kind they claim.

use crate::surfaces::variants;
use momentum_lab::geometry::{Bounds, Point, Vector};
use momentum_lab::parameter::{Setting, Settings};
use momentum_lab::surface::{AnySurface, Group, SURFACES, StationaryKind, find};
use std::f64::consts::{PI, TAU};

fn defaults(id: &str) -> Box<dyn AnySurface> {
    find(id).expect(id).with_defaults()
}

#[test]
fn there_is_no_slope_and_the_surroundings_agree_with_the_kind() {
    for (name, surface) in variants() {
        for found in surface.stationary() {
            let p = found.point;
            let [low, high] = surface.hessian(p).eigen();
            let slope = surface.gradient(p).1.norm();
            let steepest = low.value.abs().max(high.value.abs());
            assert!(slope <= 1e-9 * (1.0 + steepest), "{name}: slope {slope} at {p:?}");
            let directions = if surface.description().dimension == 1 { 2 } else { 24 };
            let value = surface.value(p);
            let rises = (0..directions).map(|direction| {
                let angle = f64::from(direction) * TAU / f64::from(directions);
                surface.value(p + Vector::new(angle.cos(), angle.sin()) * 1e-3) - value
            });
            let rises: Vec<_> = rises.collect();
            let kind = if rises.iter().all(|rise| *rise > 0.0) {
                StationaryKind::Minimum
            } else if rises.iter().all(|rise| *rise < 0.0) {
                StationaryKind::Maximum
            } else {
                StationaryKind::Saddle
            };
            assert_eq!(found.kind, kind, "{name} at {p:?}: {rises:?}");
        }
    }
}

/// Minimum, saddle and maximum counts of every surface at its defaults.
#[test]
fn every_known_point_is_found() {
    let expected = [
        ("ravine", [1, 0, 0]),
        ("bowl", [1, 0, 0]),
        ("saddle", [0, 1, 0]),
        ("booth", [1, 0, 0]),
        ("matyas", [1, 0, 0]),
        ("rosenbrock", [1, 0, 0]),
        ("double-well", [2, 1, 0]),
        ("beale", [1, 1, 0]),
        ("three-hump-camel", [3, 2, 0]),
        ("mccormick", [9, 9, 0]),
        ("monkey-saddle", [0, 1, 0]),
        ("plateau", [1, 0, 0]),
        ("himmelblau", [4, 4, 1]),
        ("six-hump-camel", [6, 7, 2]),
        ("styblinski-tang", [4, 4, 1]),
        ("goldstein-price", [4, 4, 1]),
        ("rastrigin", [187, 0, 0]),
        ("ackley", [187, 0, 0]),
        ("griewank", [59, 0, 0]),
        ("levy", [72, 0, 0]),
        ("easom", [5, 0, 4]),
        ("parabola", [1, 0, 0]),
        ("well", [2, 0, 1]),
        ("lessard", [1, 0, 0]),
        ("linear-regression", [1, 0, 0]),
        ("logistic-regression", [1, 0, 0]),
        ("tanh-neuron", [1, 0, 0]),
    ];
    // What a user writes has no published points.
    let published = SURFACES.iter().map(|entry| entry.description);
    let published = published.filter(|description| description.group != Group::Own);
    let ids: Vec<_> = published.map(|description| description.id).collect();
    assert_eq!(ids, expected.map(|(id, _)| id));
    for (id, counts) in expected {
        let found = defaults(id).stationary();
        let count = |kind| found.iter().filter(|found| found.kind == kind).count();
        let kinds = [StationaryKind::Minimum, StationaryKind::Saddle, StationaryKind::Maximum];
        assert_eq!(kinds.map(count), counts, "{id}");
    }
}

/// Positions and values as published; digits beyond the sources' by Newton's method.
#[test]
fn minima_are_where_the_sources_put_them() {
    let published: [(&str, (f64, f64), f64); 30] = [
        ("bowl", (0.0, 0.0), 0.0),
        ("ravine", (0.0, 0.0), 0.0),
        ("booth", (1.0, 3.0), 0.0),
        ("matyas", (0.0, 0.0), 0.0),
        ("rosenbrock", (1.0, 1.0), 0.0),
        // Roots of 4x³ − 4x + 0.2.
        ("double-well", (-1.024120300215, 0.0), -0.202440434440),
        ("double-well", (0.973994353231, 0.0), 0.197434152858),
        ("beale", (3.0, 0.5), 0.0),
        ("three-hump-camel", (0.0, 0.0), 0.0),
        ("mccormick", (-0.547197551197, -1.547197551197), -1.913222954981),
        ("mccormick", (2.594395102393, 1.594395102393), 1.228369698609),
        ("plateau", (0.0, 0.0), 0.0),
        ("himmelblau", (3.0, 2.0), 0.0),
        ("himmelblau", (-2.805118086953, 3.131312518251), 0.0),
        ("himmelblau", (-3.779310253378, -3.283185991286), 0.0),
        ("himmelblau", (3.584428340330, -1.848126526964), 0.0),
        ("six-hump-camel", (0.089842013100, -0.712656403021), -1.031628453490),
        ("six-hump-camel", (-0.089842013100, 0.712656403021), -1.031628453490),
        ("styblinski-tang", (-2.903534027771, -2.903534027771), -78.332331407543),
        ("goldstein-price", (0.0, -1.0), 3.0),
        ("goldstein-price", (-0.6, -0.4), 30.0),
        ("goldstein-price", (1.8, 0.2), 84.0),
        ("goldstein-price", (1.2, 0.8), 840.0),
        ("rastrigin", (0.0, 0.0), 0.0),
        ("ackley", (0.0, 0.0), 0.0),
        ("griewank", (0.0, 0.0), 0.0),
        ("levy", (1.0, 1.0), 0.0),
        ("easom", (PI, PI), -1.0),
        ("parabola", (0.0, 0.0), 0.0),
        ("lessard", (0.0, 0.0), 0.0),
    ];
    for (id, (x, y), value) in published {
        let surface = defaults(id);
        let minima = surface.minima();
        let expected = Point::new(x, y);
        let found = minima.iter().find(|p| (**p - expected).norm() < 1e-9);
        let found = found.unwrap_or_else(|| panic!("{id}: none at {expected:?} in {minima:?}"));
        let measured = surface.value(*found);
        assert!((measured - value).abs() < 1e-9, "{id} at {expected:?}: {measured}");
        // The first of a surface's rows is its lowest minimum, unless f is unbounded below.
        let first = published.iter().find(|row| row.0 == id).map(|row| row.2);
        if first == Some(value) && id != "mccormick" {
            assert!(minima.iter().all(|p| surface.value(*p) > value - 1e-9), "{id}: lower ones");
        }
    }
}

/// Positions inside `bounds` that are lowest among their neighbours on a fine grid.
fn dents(surface: &dyn AnySurface, bounds: Bounds) -> Vec<Point> {
    const SIDE: usize = 200;
    let at = |column: usize, row: usize| {
        let part = |index: usize| (index as f64 + 0.29) / SIDE as f64;
        let x = bounds.x_min + part(column) * bounds.width();
        Point::new(x, bounds.y_min + part(row) * bounds.height())
    };
    let value = |column, row| surface.value(at(column, row));
    let mut found = Vec::new();
    for row in 1..SIDE - 1 {
        for column in 1..SIDE - 1 {
            let here = value(column, row);
            let lowest =
                (row - 1..=row + 1).all(|r| (column - 1..=column + 1).all(|c| here <= value(c, r)));
            if lowest {
                found.push(at(column, row));
            }
        }
    }
    found
}

#[test]
fn no_minimum_in_view_is_missing() {
    for (name, surface) in variants() {
        let description = surface.description();
        // A user's formula is sampled more coarsely, and promises no complete list.
        if description.dimension == 1 || description.group == Group::Own {
            continue;
        }
        let known = surface.minima();
        let view = surface.view();
        // Plots show more than the view, to one side or the other.
        let fitted = [1.2, 2.4].map(|aspect| {
            let (width, height) = (
                view.width().max(aspect * view.height()),
                view.height().max(view.width() / aspect),
            );
            let (x, y) = (0.5 * (view.x_min + view.x_max), 0.5 * (view.y_min + view.y_max));
            Bounds::new(x - 0.5 * width, x + 0.5 * width, y - 0.5 * height, y + 0.5 * height)
        });
        for dent in fitted.into_iter().flat_map(|seen| dents(&*surface, seen)) {
            // Down to the bottom of the dent by Newton's method, if it has one nearby.
            let mut p = dent;
            for _ in 0..40 {
                let (_, g) = surface.gradient(p);
                for eigen in surface.hessian(p).eigen() {
                    p = p + eigen.direction * (-g.dot(eigen.direction) / eigen.value);
                }
            }
            // What is as flat as paper, far out on Easom's plain, is none to anybody.
            let is_minimum = surface.hessian(p).eigen()[0].value > 1e-8
                && surface.gradient(p).1.norm() < 1e-9
                && (p - dent).norm() < 0.02 * view.width();
            let is_known = known.iter().any(|known| (*known - p).norm() < 1e-6);
            assert!(is_known || !is_minimum, "{name}: an unknown minimum at {p:?}");
        }
    }
}

#[test]
fn a_strong_tilt_leaves_one_well() {
    for id in ["double-well", "well"] {
        let entry = find(id).expect(id);
        let mut settings = Settings::defaults(entry.description.parameters);
        settings.set("tilt", Setting::Number(1.6));
        let found = entry.build(&settings).stationary();
        assert_eq!(found.len(), 1, "{id}: {found:?}");
        assert_eq!(found[0].kind, StationaryKind::Minimum);
        assert!(found[0].point.x < -1.0);
    }
}

#[test]
fn the_tip_of_ackley_s_funnel_has_no_slope() {
    let (value, slope) = defaults("ackley").gradient(Point::default());
    assert!(value.abs() < 1e-15, "{value}");
    assert_eq!(slope, Vector::default());
    let hessian = defaults("ackley").hessian(Point::default());
    assert!(hessian.xx.is_finite() && hessian.xy.is_finite() && hessian.yy.is_finite());
}

#[test]
fn mccormick_has_no_lowest_point() {
    let minima = defaults("mccormick").minima();
    let below = Point::default() - Point::new(PI, PI);
    let values: Vec<_> = (0..4)
        .map(|step| defaults("mccormick").value(minima[0] + below * f64::from(step)))
        .collect();
    for pair in values.windows(2) {
        assert!((pair[0] - pair[1] - PI).abs() < 1e-9, "{values:?}");
    }
}

#[test]
fn lessard_s_gradient_has_its_three_pieces() {
    let surface = defaults("lessard");
    for x in [-2.0, 0.0, 0.99, 1.0, 1.5, 1.99, 2.0, 3.2] {
        let expected = if x < 1.0 {
            25.0 * x
        } else if x < 2.0 {
            x + 24.0
        } else {
            25.0 * x - 24.0
        };
        let slope = surface.gradient(Point::new(x, 0.0)).1.x;
        assert!((slope - expected).abs() < 1e-13 * (1.0 + expected.abs()), "{slope} at {x}");
    }
}

#[test]
fn surfaces_of_many_minima_have_several() {
    for entry in SURFACES.iter().filter(|entry| entry.description.group == Group::ManyMinima) {
        assert!(entry.with_defaults().minima().len() >= 4, "{}", entry.description.id);
    }
}
