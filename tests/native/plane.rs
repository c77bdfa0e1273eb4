//! The plane of learning rate and momentum.

use momentum_lab::configuration::{Configuration, Value};
use momentum_lab::draw::theme::{DARK, LIGHT, PROJECTOR};
use momentum_lab::draw::{Figure, Viewport};
use momentum_lab::lab::Lab;
use momentum_lab::map::{Cell, Map, Options, Pass};
use momentum_lab::math::geometry::Point;
use momentum_lab::plane::{Around, UPWARD};
use momentum_lab::theory::Regime;
use plotters::prelude::SVGBackend;
use serde_json::json;

/// A figure of this size, in CSS pixels, with one canvas pixel to each.
const SIZE: (f64, f64, f64) = (400.0, 200.0, 1.0);

fn plain(json: serde_json::Value) -> Value {
    serde_json::from_value(json).expect("plain data")
}

fn configuration(json: serde_json::Value) -> Configuration {
    Configuration::strict(&plain(json)).expect("valid")
}

/// The rectangles of the plane's ground in a colour, as (left, top, right, bottom) in CSS pixels.
fn rectangles(svg: &str, color: &str) -> Vec<[f64; 4]> {
    let number = |element: &str, name: &str| {
        let text = element.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?;
        text.parse::<f64>().ok().map(|fine| fine / 8.0)
    };
    svg.split("<rect")
        .skip(1)
        .filter_map(|rest| rest.split("/>").next())
        .filter(|element| element.contains(color))
        .filter_map(|element| {
            let (x, y) = (number(element, "x")?, number(element, "y")?);
            Some([x, y, x + number(element, "width")?, y + number(element, "height")?])
        })
        .collect()
}

fn ground(figure: Figure, lab: &Lab) -> (String, Viewport) {
    let layout = figure.layout(lab.subject(), SIZE);
    let mut svg = String::new();
    let backend = SVGBackend::with_string(&mut svg, layout.viewport.fine_size());
    figure.ground(backend, lab.subject(), &layout).expect("drawn");
    (svg, layout.viewport)
}

#[test]
fn the_plane_diverges_from_the_recurrence_s_limit_on() {
    for (id, form) in [("momentum", "accumulating"), ("momentum", "ema"), ("nesterov", "pytorch")] {
        let lab = Lab::new(configuration(json!({
            "surface": "ravine", "runs": [{"id": id, "form": form, "beta": 0.9}],
        })));
        let (svg, viewport) = ground(Figure::Plane, &lab);
        let (_, plane) = lab.subject().plane().expect("a plane");
        let divergent = rectangles(&svg, "#F1E2DB");
        assert!(divergent.len() > 20, "{id} {form}: {} rows diverge", divergent.len());
        let [_, steepest] = plane.curvatures().expect("curved");
        for [left, top, right, _] in divergent {
            // The row's own middle, one CSS pixel under its upper edge.
            let beta = UPWARD.value(viewport.point_at(left, top + 1.0).y);
            let limit = plane.family().at(beta).and_then(|found| found.limit(steepest));
            let (edge, _) = viewport.pixel(plane.point(limit.expect("a limit"), beta));
            assert!((left - edge).abs() < 2.5, "{id} {form} β {beta}: {left}, not {edge}");
            let (end, _) = viewport.pixel(plane.point(1e9, beta));
            assert!((right - end).abs() < 0.5, "{id} {form} β {beta}: ends at {right}");
        }
    }
}

#[test]
fn handles_stand_where_dragging_puts_them_and_the_settings_agree() {
    let mut lab = Lab::new(configuration(json!({
        "surface": "ravine",
        "runs": [{"id": "momentum"}, {"id": "adam"}, {"id": "gd"}],
    })));
    let viewport = Figure::Plane.layout(lab.subject(), SIZE).viewport;
    let (x, y) = viewport.pixel(Point::new(-2.2, 0.8));
    lab.plane_drag(&viewport, 0, (x, y)).expect("accepted");
    lab.plane_drag(&viewport, 1, (x, y)).expect("nothing to do");
    lab.plane_drag(&viewport, 2, (x + 20.0, y)).expect("accepted");
    let shown = lab.plane(&viewport).expect("a plane");
    assert_eq!((shown.run, shown.around), (0, Around::Everywhere));
    let [first, last] = shown.handles[..] else { panic!("{:?}", shown.handles) };
    assert_eq!((first.run, last.run), (0, 2), "Adam has no handle");
    assert!((first.x - x).abs() < 0.3 && (first.y - y).abs() < 0.3, "{first:?}, not {x} {y}");
    assert!((last.x - x - 20.0).abs() < 0.3 && !last.has_momentum);
    let floor = viewport.pixel(Point::new(0.0, 0.0)).1;
    assert!((last.y - floor).abs() < 1e-9, "plain descent keeps to β = 0");
    let settings = &lab.configuration().runs[0].settings;
    let set = (settings.number("lr"), settings.number("beta"));
    assert_eq!((first.forecast.lr, first.forecast.beta), set);
    // A drag along one axis leaves the other number as it was typed.
    lab.set("runs[0].beta", Value::Number(0.876_543)).expect("valid");
    let at = lab.plane(&viewport).expect("a plane").handles[0];
    lab.plane_drag(&viewport, 0, (at.x - 15.0, at.y)).expect("accepted");
    let settings = &lab.configuration().runs[0].settings;
    assert_eq!(settings.number("beta"), 0.876_543);
    assert!(settings.number("lr") < set.0);
}

#[test]
fn the_plane_is_that_of_the_minimum_that_the_run_reaches_or_of_the_nearest() {
    let lab_of = |value| Lab::new(configuration(value));
    // Away from the minimum, on negative curvature, settings that converge are not shown as divergent.
    for (surface, start) in [
        ("himmelblau", [0.0, 0.0]),
        ("rastrigin", [0.5, 0.4]),
        ("easom", [4.5, 2.5]),
        ("rosenbrock", [-1.2, 1.0]),
    ] {
        for tuning in ["theory", "end"] {
            let mut lab = lab_of(json!({
                "surface": surface, "start": start, "steps": 4000, "tuning": tuning,
                "runs": [{"id": "momentum"}],
            }));
            let (before, viewport) = ground(Figure::Plane, &lab);
            let shown = lab.plane(&viewport).expect("a plane");
            let Around::Reached { point } = shown.around else { panic!("{surface}: {shown:?}") };
            let end = lab.runs()[0].end();
            assert!((point - end).norm() < 1e-2, "{surface}: {point:?}, not {end:?}");
            let forecast = shown.handles[0].forecast;
            let [flat, steep] = forecast.regimes.expect("theory");
            assert!(flat != Regime::Divergent && steep != Regime::Divergent, "{surface}");
            assert!(!shown.curves_down);
            // The place is the run's, not the time's.
            assert!(!Figure::Plane.ground_moves(lab.subject()));
            lab.seek(200.0);
            assert_eq!(ground(Figure::Plane, &lab).0, before, "{surface} {tuning}");
            if tuning == "theory" {
                assert!(rectangles(&before, "#F1E2DB").len() > 5, "{surface}: the limit is shown");
                assert_eq!(rectangles(&before, "#E4E4E6").len(), 0, "{surface}");
            }
        }
    }
    let far = lab_of(json!({"surface": "rosenbrock", "runs": [{"id": "momentum"}], "steps": 20}));
    let viewport = Figure::Plane.layout(far.subject(), SIZE).viewport;
    let around = far.plane(&viewport).expect("a plane").around;
    assert!(matches!(around, Around::Nearest { .. }), "{around:?}");
    let (_, plane) = far.subject().plane().expect("a plane");
    let [_, steep] = plane.curvatures().expect("curved");
    assert!((steep - 1001.6).abs() < 0.1, "{steep}");
    let left = lab_of(json!({"surface": "himmelblau", "runs": [{"id": "momentum", "lr": 0.5}]}));
    let around = left.plane(&viewport).expect("a plane").around;
    assert!(matches!(around, Around::Nearest { .. }), "{around:?}");
    let adam = lab_of(json!({"surface": "ravine", "runs": [{"id": "adam"}]}));
    assert!(adam.figures().concat().iter().all(|figure| *figure != Figure::Plane));
    assert_eq!((adam.theory(0), adam.theory(7), adam.measured(7)), (None, None, None));
}

#[test]
fn where_no_minimum_has_a_curvature_there_is_no_theory_in_a_shade_of_its_own() {
    let own = |formula: &str| json!({"expression": formula});
    for (surface, kind, down) in [
        (json!("monkey-saddle"), "nowhere", false),
        (json!("saddle"), "nowhere", true),
        (json!("ackley"), "kink", false),
        (own("x^2-y^3"), "nowhere", false),
        (own("x+2*y"), "nowhere", false),
    ] {
        let start = json!([0.3, 0.2]);
        let lab = Lab::new(configuration(json!({
            "surface": surface, "start": start, "runs": [{"id": "momentum", "lr": 0.01}],
        })));
        let (svg, viewport) = ground(Figure::Plane, &lab);
        let shown = serde_json::to_value(lab.plane(&viewport).expect("a plane")).expect("plain");
        assert_eq!(shown["around"]["kind"], kind, "{surface}");
        assert_eq!(shown["curves_down"], down, "{surface}");
        for theme in [&LIGHT, &DARK, &PROJECTOR] {
            assert!(![theme.diverging, theme.high, theme.fast].contains(&theme.unknown));
        }
        assert!(rectangles(&svg, "#E4E4E6").len() > 20, "{surface}");
        assert_eq!(rectangles(&svg, "#F1E2DB").len(), 0, "{surface}: divergent");
        // A quadratic's factors are the same everywhere, whether it has a minimum or not.
        let known = !shown["handles"][0]["spectral_radius"].is_null();
        assert_eq!(known, surface == json!("saddle") || surface == own("x+2*y"), "{surface}");
        let (x, y) = viewport.pixel(Point::new(-2.2, 0.8));
        assert!(lab.plane_at(&viewport, x, y).is_some(), "{surface}: settings can be chosen");
    }
}

#[test]
fn the_critical_line_of_the_plane_is_where_theory_changes_its_regime() {
    let qhm = json!({"id": "qhm", "nu": 0.9, "beta": 0.9});
    let rules = [
        json!({"id": "momentum"}),
        json!({"id": "momentum", "form": "ema"}),
        json!({"id": "nesterov"}),
        json!({"id": "qhm", "nu": 0.7}),
        qhm.clone(),
        json!({"id": "momentum", "weight_decay": 0.5}),
    ];
    for rule in rules {
        let mut lab = Lab::new(configuration(json!({"surface": "ravine", "runs": [rule]})));
        let (svg, viewport) = ground(Figure::Plane, &lab);
        let dashes = polylines(&svg);
        let (_, plane) = lab.subject().plane().expect("a plane");
        let family = plane.family().clone();
        let eigenvalues = plane.curvatures().expect("curved");
        for beta in [0.2, 0.5, 0.8, 0.95, 0.99] {
            for (axis, lambda) in eigenvalues.into_iter().enumerate() {
                let found = family.at(beta).expect("a recurrence");
                let lr = found.critical_lr(lambda).expect("critical");
                // Card, plane and theory agree: dragged onto the line the run is critically damped.
                let regime = found.mode(lr, lambda).regime;
                assert_eq!(regime, Regime::Critical, "{rule} β {beta}");
                let promised = family.critical_beta(lr, lambda).expect("critical");
                assert!((promised - beta).abs() < 1e-9, "{rule}: {promised}, not {beta}");
                let (x, y) = viewport.pixel(plane.point(lr, beta));
                if plane.lr()[0] < lr && lr < plane.lr()[1] {
                    let near = dashes.iter().any(|line| {
                        line.windows(2).any(|ends| distance((x, y), ends[0], ends[1]) < 4.0)
                    });
                    assert!(near, "{rule} β {beta}, direction {axis}: no line at {x}, {y}");
                }
            }
        }
        // What is tied to the momentum follows it.
        let (x, y) = viewport.pixel(plane.point(plane.lr()[0] * 30.0, 0.6));
        lab.plane_drag(&viewport, 0, (x, y)).expect("accepted");
        let settings = &lab.configuration().runs[0].settings;
        if rule == qhm {
            assert_eq!(settings.number("nu"), settings.number("beta"));
            assert!((settings.number("nu") - 0.6).abs() < 0.02);
        }
    }
}

/// The lines of a picture, in CSS pixels.
fn polylines(svg: &str) -> Vec<Vec<(f64, f64)>> {
    let corner = |pair: &str| {
        let (x, y) = pair.split_once(',')?;
        Some((x.parse::<f64>().ok()? / 8.0, y.parse::<f64>().ok()? / 8.0))
    };
    let points = svg.split("<polyline").skip(1).filter_map(|rest| {
        let points = rest.split("points=\"").nth(1)?.split('"').next()?;
        Some(points.split_whitespace().filter_map(corner).collect())
    });
    points.collect()
}

/// Distance of a point from a segment.
fn distance((x, y): (f64, f64), (ax, ay): (f64, f64), (bx, by): (f64, f64)) -> f64 {
    let (dx, dy) = (bx - ax, by - ay);
    let share = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy).max(1e-12);
    let share = share.clamp(0.0, 1.0);
    (x - ax - share * dx).hypot(y - ay - share * dy)
}

#[test]
fn a_map_over_the_plane_has_its_cells_where_the_plane_has_their_settings() {
    let asked = configuration(json!({
        "surface": "three-hump-camel", "runs": [{"id": "gd"}, {"id": "nesterov"}],
        "tuning": "steps", "plane_lr": [0.004, 0.3], "plane_beta": [0.2, 0.998],
    }));
    let lab = Lab::new(asked.clone());
    let viewport = Figure::Plane.layout(lab.subject(), SIZE).viewport;
    let shown = lab.plane(&viewport).expect("a plane");
    assert_eq!((shown.run, shown.measured), (1, true), "gradient descent has no momentum to vary");
    assert_eq!((shown.lr, shown.beta), ([0.004, 0.3], [0.2, 0.998]));
    let (width, height) = (30, 20);
    let options = plain(json!({
        "run": shown.run, "width": width, "height": height, "lr": shown.lr, "beta": shown.beta,
        "beta_scale": shown.beta_scale,
    }));
    let map = Map::new(&asked, Options::tuning(&asked, &options).expect("valid"));
    let (_, plane) = lab.subject().plane().expect("a plane");
    let [left, top, across, down] = shown.frame;
    for cell in map.options().grid.cells(Pass { stride: 4, refines: false }, 0..height, 0..width) {
        let (lr, beta) = map.setting(cell).expect("a setting");
        let (x, y) = viewport.pixel(plane.point(lr, beta));
        let (right, under) = (cell.column as f64 + 0.5, cell.row as f64 + 0.5);
        assert!((x - left - right / width as f64 * across).abs() < 1e-9, "{cell:?} at {x}");
        assert!((y - top - under / height as f64 * down).abs() < 1e-9, "{cell:?} at {y}");
        // What is told of a place is what a drag there gives.
        let told = lab.plane_at(&viewport, x, y).expect("on the plane");
        let mut dragged = Lab::new(asked.clone());
        dragged.plane_drag(&viewport, 1, (x, y)).expect("accepted");
        let set = &dragged.configuration().runs[1].settings;
        assert_eq!((told.lr, told.beta), (set.number("lr"), set.number("beta")));
    }
    // Equal steps of β unless asked for otherwise, and up to 1.
    let linear = plain(json!({"run": 1, "width": 2, "height": 2, "beta": [0, 1]}));
    let map = Map::new(&asked, Options::tuning(&asked, &linear).expect("valid"));
    assert_eq!(map.setting(Cell { column: 0, row: 0 }).map(|(_, beta)| beta), Some(0.75));
}

#[test]
fn what_is_measured_takes_the_place_of_theory_s_bands_under_its_lines() {
    let lab = |tuning: &str, runs: serde_json::Value| {
        Lab::new(configuration(json!({"surface": "ravine", "runs": runs, "tuning": tuning})))
    };
    let momentum = json!([{"id": "momentum"}]);
    let (theory, _) = ground(Figure::Plane, &lab("theory", momentum.clone()));
    assert!(rectangles(&theory, "#F1E2DB").len() > 20);
    for tuning in ["steps", "overshoots", "end"] {
        let (measured, _) = ground(Figure::Plane, &lab(tuning, momentum.clone()));
        assert_eq!(rectangles(&measured, "#").len(), 0, "{tuning}: a band hides the map");
        let lines = |svg: &str| svg.matches("<polyline").count();
        assert_eq!(lines(&measured), lines(&theory), "{tuning}: the same lines");
    }
    // A rule without momentum has nothing to be measured over: theory's heavy ball stays.
    let (plain, _) = ground(Figure::Plane, &lab("steps", json!([{"id": "gd"}])));
    assert!(rectangles(&plain, "#F1E2DB").len() > 20);
}

#[test]
fn the_plane_s_ranges_are_checked_and_follow_the_surface() {
    let refused = |range: serde_json::Value| {
        Configuration::strict(&plain(range)).expect_err("must be refused").to_string()
    };
    let cases = [
        (json!({"plane_lr": [0.1, 0.1]}), "plane_lr: 0.1 to 0.1 is no range"),
        (json!({"plane_lr": [0, 0.1]}), "plane_lr: 0 is not in 0.000000001 to 1000000"),
        (json!({"plane_lr": 3}), "plane_lr: 3 is not a list of 2 numbers"),
        (json!({"plane_beta": [0.9, "a"]}), "plane_beta: \"a\" is not a number"),
        (json!({"plane_beta": [0.9, 1]}), "plane_beta: 1 is not in 0 to 0.999999"),
        (json!({"plane_beta": [0.95, 0.9]}), "plane_beta: 0.95 to 0.9 is no range"),
        (json!({"tuning": "x"}), "tuning: \"x\" is not one of theory, steps, overshoots, end"),
    ];
    for (given, expected) in cases {
        assert_eq!(refused(given.clone()), expected, "{given}");
    }
    let mut lab = Lab::new(configuration(json!({"surface": "ravine"})));
    let (_, usual) = lab.subject().plane().expect("a plane");
    let ends = |value: [f64; 2]| plain(json!(value));
    lab.set("plane_lr", ends([0.001, 0.02])).expect("valid");
    lab.set("plane_beta", ends([0.5, 0.99])).expect("valid");
    let (_, plane) = lab.subject().plane().expect("a plane");
    assert_eq!((plane.lr(), plane.beta()), ([0.001, 0.02], [0.5, 0.99]));
    let written = lab.configuration().to_value();
    assert_eq!(Configuration::strict(&written).expect("valid").to_value(), written);
    // Learning rates suit a surface, momenta any.
    lab.set("surface.id", Value::from("rosenbrock")).expect("valid");
    assert_eq!(lab.configuration().plane.lr, None);
    assert_eq!(lab.configuration().plane.beta, Some([0.5, 0.99]));
    lab.set("surface.id", Value::from("ravine")).expect("valid");
    lab.set("plane_beta", Value::Nothing).expect("valid");
    assert_eq!(lab.subject().plane().expect("a plane").1.bounds(), usual.bounds());
}

#[test]
fn the_first_view_s_theory_has_its_known_numbers() {
    let lab = Lab::new(configuration(json!({"surface": "ravine"})));
    let theory = lab.theory(0).expect("theory").local;
    let [low, high] = theory.eigenvalues;
    let kappa = theory.condition_number.expect("curves upward");
    assert!((kappa - 60.0).abs() < 1e-9 && (high / low - kappa).abs() < 1e-9);
    assert!((theory.limits[1].expect("a limit") - 2.0 * 1.9 / high).abs() < 1e-12);
    assert!((theory.effective_step - 0.0078 * 10.0).abs() < 1e-9 && theory.exact);
    let plain = serde_json::to_value(lab.theory(0)).expect("plain");
    assert_eq!(plain["modes"][0]["regime"], "oscillating");
    let best = plain["best"]["rate"].as_f64().expect("a rate");
    assert!((best - (60_f64.sqrt() - 1.0) / (60_f64.sqrt() + 1.0)).abs() < 1e-12);
    let measured = lab.measured(0).expect("measured");
    assert!((measured.rate.expect("a rate") - theory.spectral_radius).abs() < 0.01);
    let plain = serde_json::to_value(measured).expect("plain");
    assert_eq!(plain["end"], json!({"kind": "minimum", "index": 0}));
}
