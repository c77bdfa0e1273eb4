//! The plane of learning rate and momentum.

use momentum_lab::configuration::{Configuration, Value};
use momentum_lab::draw::{Figure, Viewport};
use momentum_lab::geometry::Point;
use momentum_lab::lab::Lab;
use momentum_lab::plane::momentum;
use plotters::prelude::SVGBackend;
use serde_json::json;

/// A figure of this size, in CSS pixels, with one canvas pixel to each.
const SIZE: (f64, f64, f64) = (400.0, 200.0, 1.0);

fn configuration(plain: serde_json::Value) -> Configuration {
    let value: Value = serde_json::from_value(plain).expect("plain data");
    Configuration::strict(&value).expect("valid")
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
    let sheet = figure.sheet(lab.subject(), SIZE);
    let mut svg = String::new();
    let backend = SVGBackend::with_string(&mut svg, sheet.viewport.fine_size());
    figure.ground(backend, lab.subject(), &sheet).expect("drawn");
    (svg, sheet.viewport)
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
        let [_, steepest] = plane.curvatures();
        for [left, top, right, _] in divergent {
            // The row's own middle, one CSS pixel under its upper edge.
            let beta = momentum(viewport.point_at(left, top + 1.0).y);
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
    let viewport = Figure::Plane.sheet(lab.subject(), SIZE).viewport;
    let (x, y) = viewport.pixel(Point::new(-2.2, 0.8));
    lab.plane_drag(&viewport, 0, (x, y)).expect("accepted");
    lab.plane_drag(&viewport, 1, (x, y)).expect("nothing to do");
    lab.plane_drag(&viewport, 2, (x + 20.0, y)).expect("accepted");
    let shown = lab.plane(&viewport).expect("a plane");
    assert_eq!((shown.run, shown.exact), (0, true));
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
fn the_plane_is_local_where_curvature_changes_and_absent_without_a_recurrence() {
    let lab_of = |value| Lab::new(configuration(value));
    let mut lab = lab_of(json!({"surface": "rosenbrock", "runs": [{"id": "momentum"}]}));
    let (before, viewport) = ground(Figure::Plane, &lab);
    assert!(!lab.plane(&viewport).expect("a plane").exact);
    assert!(Figure::Plane.ground_moves(lab.subject()));
    lab.seek(200.0);
    assert_ne!(ground(Figure::Plane, &lab).0, before);
    let adam = lab_of(json!({"surface": "ravine", "runs": [{"id": "adam"}]}));
    assert!(adam.figures().concat().iter().all(|figure| *figure != Figure::Plane));
    assert_eq!((adam.theory(0), adam.theory(7), adam.measured(7)), (None, None, None));
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
