//! Stationary points: all are there, where the sources put them, and of the kind they claim.

use crate::support::path;
use crate::surfaces::variants;
use momentum_lab::math::geometry::{Bounds, Point, Vector};
use momentum_lab::optimizer;
use momentum_lab::parameter::{Setting, Settings};
use momentum_lab::run::measure::{End, Measured};
use momentum_lab::surface::{
    AnySurface, Group, SURFACES, Stationary, StationaryKind, find, stationary_near,
};
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
            let around = (0..directions).map(|direction| {
                let angle = f64::from(direction) * TAU / f64::from(directions);
                Vector::new(angle.cos(), angle.sin())
            });
            // A saddle may fall within a narrow angle only.
            let along = [low.direction, high.direction, low.direction * -1.0];
            let along = along.into_iter().filter(|_| directions > 2);
            let rises: Vec<f64> = around
                .chain(along)
                .map(|direction| surface.value(p + direction * 1e-3) - value)
                .collect();
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
        ("beale", [1, 2, 0]),
        ("three-hump-camel", [3, 2, 0]),
        ("mccormick", [9, 9, 0]),
        ("monkey-saddle", [0, 1, 0]),
        ("plateau", [1, 0, 0]),
        ("himmelblau", [4, 4, 1]),
        ("six-hump-camel", [6, 7, 2]),
        ("styblinski-tang", [4, 4, 1]),
        ("goldstein-price", [4, 4, 1]),
        ("rastrigin", [187, 402, 216]),
        ("ackley", [187, 402, 216]),
        ("griewank", [59, 144, 60]),
        ("levy", [72, 127, 56]),
        ("easom", [5, 4, 4]),
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

/// The stationary points inside `bounds`, by Newton's method from the cells of a fine grid in which
/// both components of the gradient change sign.
fn searched(surface: &dyn AnySurface, bounds: Bounds) -> Vec<Stationary> {
    const SIDE: usize = 200;
    let at = |column: usize, row: usize| {
        let part = |index: usize| (index as f64 + 0.29) / SIDE as f64;
        let x = bounds.x_min + part(column) * bounds.width();
        Point::new(x, bounds.y_min + part(row) * bounds.height())
    };
    let slopes: Vec<Vector> =
        (0..SIDE * SIDE).map(|i| surface.gradient(at(i % SIDE, i / SIDE)).1).collect();
    let mut found = Vec::new();
    for index in 0..SIDE * (SIDE - 1) {
        let (column, row) = (index % SIDE, index / SIDE);
        if column + 1 == SIDE {
            continue;
        }
        let corners = [index, index + 1, index + SIDE, index + SIDE + 1].map(|i| slopes[i]);
        let turns = |part: fn(&Vector) -> f64| {
            corners.iter().any(|s| part(s) <= 0.0) && corners.iter().any(|s| part(s) >= 0.0)
        };
        if !(turns(|slope| slope.x) && turns(|slope| slope.y)) {
            continue;
        }
        let begin = at(column, row);
        let mut p = begin;
        for _ in 0..40 {
            let (_, g) = surface.gradient(p);
            for eigen in surface.hessian(p).eigen() {
                p = p + eigen.direction * (-g.dot(eigen.direction) / eigen.value);
            }
        }
        let [low, high] = surface.hessian(p).eigen().map(|eigen| eigen.value);
        // What is nearly flat, far out on Easom's plain, is left out.
        let clear = low.abs().min(high.abs()) > 1e-8;
        let near = (p - begin).norm() < 0.02 * bounds.width();
        if clear && near && surface.gradient(p).1.norm() < 1e-9 {
            let kind = match (low > 0.0, high > 0.0) {
                (true, _) => StationaryKind::Minimum,
                (false, true) => StationaryKind::Saddle,
                (false, false) => StationaryKind::Maximum,
            };
            found.push(Stationary { point: p, kind });
        }
    }
    found
}

#[test]
fn no_stationary_point_in_view_is_missing() {
    for (name, surface) in variants() {
        let description = surface.description();
        // A user's formula is sampled more coarsely, and promises no complete list.
        if description.dimension == 1 || description.group == Group::Own {
            continue;
        }
        let known = surface.stationary();
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
        for found in fitted.into_iter().flat_map(|seen| searched(&*surface, seen)) {
            let same = |known: &Stationary| (known.point - found.point).norm() < 1e-6;
            let listed = known.iter().find(|known| same(known));
            assert_eq!(listed.map(|known| known.kind), Some(found.kind), "{name}: {found:?}");
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

/// The own formula `text` as a surface.
fn own(text: &str) -> Box<dyn AnySurface> {
    let entry = find("expression").expect("own formulas");
    let mut settings = Settings::defaults(entry.description.parameters);
    settings.set("expression", Setting::Text(text.to_owned()));
    entry.build(&settings)
}

/// The kind listed at a point, if any.
fn listed(surface: &dyn AnySurface, x: f64, y: f64) -> Option<StationaryKind> {
    let at = Point::new(x, y);
    surface.stationary().iter().find(|found| (found.point - at).norm() < 1e-5).map(|f| f.kind)
}

#[test]
fn stationary_points_of_own_formulas_are_found_and_classified() {
    use StationaryKind::{Maximum, Minimum, Saddle};
    let cases = [
        ("(x^2-y^2)/2", 0.0, 0.0, Saddle),
        ("x*y", 0.0, 0.0, Saddle),
        ("x*y + 1000", 0.0, 0.0, Saddle),
        ("-(x^2+2*y^2)", 0.0, 0.0, Maximum),
        ("(x^2-1)^2 + y^2", 0.0, 0.0, Saddle),
        ("(x^2-1)^2 + y^2", 1.0, 0.0, Minimum),
        ("(x^2-1)^2 + y^2", -1.0, 0.0, Minimum),
        ("(x^2-1)^2 + (y^2-1)^2", 0.0, 0.0, Maximum),
        ("(x^2-1)^2 + (y^2-1)^2", 0.0, 1.0, Saddle),
        ("cos(x)*cos(y)", 0.0, 0.0, Maximum),
        ("cos(x)*cos(y)", PI, 0.0, Minimum),
        ("cos(x)*cos(y)", PI / 2.0, PI / 2.0, Saddle),
        // The Hessian vanishes, wholly or along one direction.
        ("(x*y)^2", 0.0, 0.0, Minimum),
        ("(x*y)^2 + 7", 0.0, 0.0, Minimum),
        ("-(x*y)^2", 0.0, 0.0, Maximum),
        ("x^4 + y^4", 0.0, 0.0, Minimum),
        ("x^6 + y^2", 0.0, 0.0, Minimum),
        ("x^4 - y^4", 0.0, 0.0, Saddle),
        ("x^2 - y^4", 0.0, 0.0, Saddle),
        ("x^2 + y^4", 0.0, 0.0, Minimum),
        ("-x^2 - y^4", 0.0, 0.0, Maximum),
        ("x^3 - 3*x*y^2", 0.0, 0.0, Saddle),
        ("x^3/100 + y^2", 0.0, 0.0, Saddle),
        ("(x^3 + y^3)*exp(-x^2/2 - y^2/2)", 0.0, 0.0, Saddle),
        // Peano: a minimum along every straight line through it, but not of the surface.
        ("(y-x^2)*(y-3*x^2)", 0.0, 0.0, Saddle),
        ("((x+y)^2 - (x-y)^4)/4", 0.0, 0.0, Saddle),
        // Kinks.
        ("abs(x) + abs(y)", 0.0, 0.0, Minimum),
        ("abs(x-1) + abs(y+0.5)", 1.0, -0.5, Minimum),
        ("abs(x) + y^2", 0.0, 0.0, Minimum),
        ("sqrt(x^2+y^2)", 0.0, 0.0, Minimum),
        ("max(abs(x),abs(y))", 0.0, 0.0, Minimum),
    ];
    let wrong: Vec<_> = cases
        .into_iter()
        .map(|(text, x, y, kind)| (text, x, y, kind, listed(&*own(text), x, y)))
        .filter(|(_, _, _, kind, found)| *found != Some(*kind))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_not_stationary_is_not_listed() {
    let mut found = Vec::new();
    for text in [
        "x + y",
        "exp(x)",
        "5",
        "x^2 + y^2/100 + 20*y",
        "x^3 + x + y",
        "abs(x) + y",
        "0/0",
        "1 - exp(-((x-40)^2+y^2)/2)",
        "max(x, y)",
        "ln(x) + y",
    ] {
        found.extend(own(text).stationary().into_iter().map(|found| (text, found)));
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_level_valley_is_marked_here_and_there() {
    for text in ["x^2", "(x^2+y^2-1)^2", "(x*y-1)^2/2", "(x+y)^2 + 3"] {
        let surface = own(text);
        let found = surface.stationary();
        assert!((3..=24).contains(&found.len()), "{text}: {found:?}");
        let level: Vec<_> =
            found.iter().filter(|found| found.kind == StationaryKind::Minimum).collect();
        assert!(level.len() >= 3, "{text}: {found:?}");
        let extent = surface.view().width().max(surface.view().height());
        for (index, a) in level.iter().enumerate() {
            for b in &level[..index] {
                assert!((a.point - b.point).norm() > 0.1 * extent, "{text}: {a:?} {b:?}");
            }
        }
    }
}

#[test]
fn the_kind_is_known_beside_the_list_too() {
    use StationaryKind::{Maximum, Minimum, Saddle};
    let near = |text: &str, x: f64, y: f64| {
        let found = stationary_near(&*own(text), Point::new(x, y), 0.1);
        found.map(|found| found.kind)
    };
    // Anywhere on the axes f is 0 and nowhere less; a ball rests beside them.
    assert_eq!(near("(x*y)^2", 1e-5, 1.73), Some(Minimum));
    assert_eq!(near("(x*y)^2", 1e-3, 1.73), Some(Minimum));
    assert_eq!(near("(x*y)^2", -2.1, 0.0), Some(Minimum));
    assert_eq!(near("-(x*y)^2", 1e-5, 1.73), Some(Maximum));
    assert_eq!(near("(x^2+y^2-1)^2", 0.6 + 1e-4, 0.8), Some(Minimum));
    assert_eq!(near("(x^2-y^2)/2", 1e-4, 0.0), Some(Saddle));
    assert_eq!(near("abs(x) - abs(y)", 0.0, 0.0), Some(Saddle));
    // Far out on a plain, on a slope, or with the point farther away than that.
    assert_eq!(near("1 - exp(-(x^2+y^2)/2)", 6.0, 1.0), None);
    assert_eq!(near("x^2 + y/1000", 0.0, 0.0), None);
    assert_eq!(near("(x-1)^2 + y^2", 0.0, 0.0), None);
    assert_eq!(near("5", 0.0, 0.0), None);
    assert_eq!(near("ln(x)", -1.0, 0.0), None);
}

/// A formula is built anew with each keystroke.
#[test]
fn the_search_is_bounded_however_many_points_there_are() {
    for (text, least, most) in [
        ("sin(50*x)*sin(50*y)", 200, 800),
        ("sin(9*x) + sin(9*y)", 200, 800),
        ("sin(1/x)*cos(1/y)", 0, 800),
        ("floor(x*y)", 0, 0),
        ("floor(3*x) + max(y, 0)^2", 0, 100),
    ] {
        let count = own(text).stationary().len();
        assert!((least..=most).contains(&count), "{text}: {count}");
    }
}

#[test]
fn a_ball_at_rest_on_a_stationary_point_is_told_its_kind() {
    let end = |surface: &dyn AnySurface, start: Point, lr: f64, steps: usize| {
        let descent = optimizer::find("gd").expect("known").with_defaults();
        Measured::of(&path(surface, descent, lr, start, steps), surface).end
    };
    for entry in SURFACES {
        let surface = entry.with_defaults();
        let minima = surface.minima();
        for found in surface.stationary() {
            let end = end(&*surface, found.point, 1e-12, 3);
            match (found.kind, end) {
                (StationaryKind::Minimum, End::Minimum { index }) => {
                    assert_eq!(minima[index], found.point, "{}", entry.description.id);
                }
                (StationaryKind::Saddle | StationaryKind::Maximum, End::Saddle { .. }) => {}
                _ => panic!("{}: {found:?} is told as {end:?}", entry.description.id),
            }
        }
    }
    // Along the ridge of a saddle.
    let saddle = end(&*own("(x^2-y^2)/2"), Point::new(-3.0, 0.0), 0.2, 200);
    assert!(matches!(saddle, End::Saddle { .. }), "{saddle:?}");
    let minimum = end(&*own("(x*y)^2"), Point::default(), 0.1, 20);
    assert!(matches!(minimum, End::Minimum { .. }), "{minimum:?}");
    // On the floor of a level valley, far from the points that are marked.
    let valley = end(&*own("(x*y)^2"), Point::new(1.0, 2.0), 0.01, 2000);
    assert!(matches!(valley, End::OtherMinimum { .. }), "{valley:?}");
    let ring = own("(x^2+y^2-1)^2");
    for angle in 0..12 {
        let (sin, cos) = f64::from(angle).sin_cos();
        let end = end(&*ring, Point::new(1.5 * cos, 1.5 * sin), 0.02, 2000);
        assert!(matches!(end, End::Minimum { .. } | End::OtherMinimum { .. }), "{end:?}");
    }
    let plain = end(&*own("1 - exp(-(x^2+y^2)/2)"), Point::new(-9.0, 5.0), 0.5, 50);
    assert!(matches!(plain, End::Plateau { .. }), "{plain:?}");
}
