//! What lies over the plot and on the figures: each mark by its place, direction and length, read
//! from plotters' SVG backend.

use crate::support::lab;
use momentum_lab::draw::theme::LIGHT;
use momentum_lab::draw::{Figure, Viewport};
use momentum_lab::lab::Lab;
use momentum_lab::math::geometry::{Point, Vector};
use momentum_lab::study::noise_ensemble::NoiseEnsemble;
use momentum_lab::study::sweep::{MEMBERS, SweepResult};
use plotters::prelude::SVGBackend;
use serde_json::json;
use std::f64::consts::FRAC_PI_2;

/// An element of a picture, in CSS pixels.
#[derive(Debug)]
struct Element {
    color: String,
    corners: Vec<(f64, f64)>,
    radius: f64,
}

/// The elements of one name, in the order in which they are drawn.
fn elements(svg: &str, name: &str) -> Vec<Element> {
    let element = |text: &str| {
        let text = format!(" {}", text.split("/>").next().expect("an element"));
        let value = |attribute: &str| {
            let rest = text.split(&format!(" {attribute}=\"")).nth(1)?;
            Some(rest.split('"').next().expect("a value").to_owned())
        };
        let number = |text: &str| text.parse::<f64>().expect("a number") / 8.0;
        let of = |attribute: &str| value(attribute).map(|text| number(&text));
        let color = [value("stroke"), value("fill")].into_iter().flatten().find(|c| c != "none");
        let corners = match (value("points"), of("cx"), of("cy")) {
            (Some(points), ..) => points
                .split_whitespace()
                .filter_map(|pair| pair.split_once(','))
                .map(|(x, y)| (number(x), number(y)))
                .collect(),
            (None, Some(x), Some(y)) => vec![(x, y)],
            _ => panic!("{text} has no place"),
        };
        Element { color: color.expect("a colour"), corners, radius: of("r").unwrap_or_default() }
    };
    svg.split(&format!("<{name} ")).skip(1).map(element).collect()
}

fn overlay(lab: &Lab) -> String {
    let mut svg = String::new();
    let backend = SVGBackend::with_string(&mut svg, lab.viewport().fine_size());
    lab.draw_overlay(backend).expect("drawn");
    svg
}

/// The colour of a run, as it is written.
fn color(run: usize) -> String {
    LIGHT.run(run).to_string().to_uppercase()
}

/// The lab of a configuration in a plot of 800 × 500 pixels.
fn plot(plain: serde_json::Value) -> Lab {
    let mut lab = lab(plain);
    lab.resize(800.0, 500.0, 1.0);
    lab
}

/// From one place in pixels to another.
fn from_to(a: (f64, f64), b: (f64, f64)) -> Vector {
    Vector::new(b.0 - a.0, b.1 - a.1)
}

/// A vector of the plane in pixels.
fn in_pixels(viewport: &Viewport, vector: Vector) -> Vector {
    let origin = Point::default();
    from_to(viewport.pixel(origin), viewport.pixel(origin + vector))
}

#[track_caller]
fn assert_near(what: &str, found: Vector, expected: Vector, tolerance: f64) {
    assert!((found - expected).norm() < tolerance, "{what}: {found:?}, not {expected:?}");
}

#[test]
fn arrows_are_the_step_and_its_two_parts() {
    for (rule, gain) in [
        (json!({"id": "momentum", "lr": 0.01, "beta": 0.8}), 1.0),
        (json!({"id": "momentum", "lr": 0.04, "beta": 0.8, "form": "ema"}), 0.2),
        (json!({"id": "nesterov", "lr": 0.01, "beta": 0.8, "form": "lookahead"}), 1.0),
    ] {
        let lr = rule["lr"].as_f64().expect("lr");
        let mut lab = plot(json!({
            "surface": {"id": "ravine", "kappa": 20, "angle": 30}, "start": [-5, 3], "steps": 40,
            "arrows": true, "runs": [rule],
        }));
        lab.seek(5.0);
        let run = &lab.runs()[0];
        let viewport = lab.viewport();
        let (ball, next) = (run.points()[5], run.points()[6]);
        let gradient = lab.surface().gradient(run.probes()[5]).1 * (-lr * gain);
        let whole = next - ball;
        let momentum = whole - gradient;

        let svg = overlay(&lab);
        let heads = elements(&svg, "polygon");
        let tips: Vec<_> = heads.iter().map(|head| head.corners[0]).collect();
        let [step, carried, added] = tips[..] else { panic!("{} arrows", tips.len()) };
        let at = viewport.pixel(ball);
        // All are enlarged alike, so that the longest is long enough to read.
        let parts = [whole, momentum, gradient].map(|part| in_pixels(viewport, part));
        let longest = parts.iter().map(|part| part.norm()).fold(0.0, f64::max);
        let scale = (44.0 / longest).max(1.0);
        assert_near("step", from_to(at, step), parts[0] * scale, 1.0);
        assert_near("momentum", from_to(at, carried), parts[1] * scale, 1.0);
        assert_near("gradient", from_to(carried, added), parts[2] * scale, 1.0);
        assert_near("the sum", from_to(step, added), Vector::default(), 1.0);
        // Heads point along their shafts, symmetric to either side.
        for (head, along) in heads.iter().zip(parts) {
            let [tip, a, b] = head.corners[..3] else { panic!("{head:?}") };
            let middle = (0.5 * (a.0 + b.0), 0.5 * (a.1 + b.1));
            let pointing = from_to(middle, tip);
            let cosine = pointing.dot(along) / (pointing.norm() * along.norm());
            assert!(cosine > 0.99, "a head points elsewhere: {cosine}");
            assert!((from_to(tip, a).norm() - from_to(tip, b).norm()).abs() < 0.4);
        }
        assert_eq!(heads[0].color, color(0), "the step has the run's colour");
        // The ring of the look-ahead point.
        let ahead = in_pixels(viewport, run.probes()[5] - ball) * scale;
        let rings = elements(&svg, "circle");
        if lab.runs()[0].probes()[5] == ball {
            assert_eq!(rings.len(), 0, "{rings:?}");
        } else {
            let [ring] = &rings[..] else { panic!("{rings:?}") };
            assert_near("look-ahead", from_to(at, ring.corners[0]), ahead, 1.0);
        }
    }
}

#[test]
fn a_step_under_way_has_arrows_as_far_as_it_is_made() {
    let mut lab = plot(json!({
        "surface": {"id": "ravine", "kappa": 20, "angle": 30}, "start": [-5, 3], "steps": 40,
        "arrows": true, "runs": [{"id": "momentum", "lr": 0.01, "beta": 0.8}],
    }));
    for (time, momentum, gradient) in [(5.25, 0.5, 0.0), (5.75, 1.0, 0.5)] {
        lab.seek(5.0);
        let whole: Vec<_> =
            elements(&overlay(&lab), "polygon").iter().map(|head| head.corners[0]).collect();
        let at = lab.viewport().pixel(lab.runs()[0].points()[5]);
        lab.seek(time);
        let heads = elements(&overlay(&lab), "polygon");
        // First the whole step, faintly, then what is made of it.
        let made: Vec<_> = heads[3..].iter().map(|head| head.corners[0]).collect();
        let done = time - 5.0;
        assert_near("step", from_to(at, made[0]), from_to(at, whole[0]) * done, 1.0);
        assert_near("momentum", from_to(at, made[1]), from_to(at, whole[1]) * momentum, 1.0);
        if gradient > 0.0 {
            let added = from_to(whole[1], whole[2]) * gradient;
            assert_near("gradient", from_to(made[1], made[2]), added, 1.0);
        } else {
            assert_eq!(made.len(), 2, "the gradient adds nothing yet");
        }
    }
}

/// The half axes of a closed line of evenly spaced corners: from its middle to the corner along
/// the first direction, and to that along the second.
fn half_axes(ring: &[(f64, f64)]) -> ((f64, f64), [Vector; 2]) {
    let count = ring.len() - 1;
    let opposite = ring[count / 2];
    let middle = (0.5 * (ring[0].0 + opposite.0), 0.5 * (ring[0].1 + opposite.1));
    (middle, [from_to(middle, ring[0]), from_to(middle, ring[count / 4])])
}

/// The angle between two directions without a sense, 0 to π/2.
fn angle(a: Vector, b: Vector) -> f64 {
    (a.dot(b).abs() / (a.norm() * b.norm())).min(1.0).acos()
}

#[test]
fn curvature_is_an_ellipse_along_the_eigenvectors() {
    for (kappa, degrees) in [(4.0, 30.0), (4.0, 0.0), (9.0, -45.0), (1000.0, 20.0)] {
        let lab = plot(json!({
            "surface": {"id": "ravine", "kappa": kappa, "angle": degrees}, "curvature": true,
            "start": [-2, 1], "runs": ["gd"],
        }));
        let start = lab.configuration().start;
        let [flat, steep] = lab.surface().hessian(start).eigen();
        let lines = elements(&overlay(&lab), "polyline");
        let ring = lines.iter().find(|line| line.corners.len() > 40).expect("an ellipse");
        let (middle, [along, across]) = half_axes(&ring.corners);
        assert_near("middle", from_to(lab.viewport().pixel(start), middle), Vector::default(), 1.0);
        // Along the flattest direction 56 pixels; the shorter axis at least 5.
        assert!((along.norm() - 56.0).abs() < 1.0, "{along:?}");
        let expected = (56.0 * (flat.value / steep.value).sqrt()).max(5.0);
        assert!((across.norm() - expected).abs() < 1.0, "κ {kappa}: {across:?}");
        for (axis, eigen) in [(along, flat), (across, steep)] {
            let direction = in_pixels(lab.viewport(), eigen.direction);
            assert!(angle(axis, direction) < 0.12, "{axis:?} is not along {direction:?}");
        }
        assert!((angle(along, across) - FRAC_PI_2).abs() < 0.12);
        // Two lines through the middle, each as long as its axis.
        let axes: Vec<_> = lines.iter().filter(|line| line.corners.len() == 2).collect();
        assert_eq!(axes.len(), 2, "{axes:?}");
        for (line, axis) in axes.iter().zip([along, across]) {
            let length = from_to(line.corners[0], line.corners[1]);
            assert!((length.norm() - 2.0 * axis.norm()).abs() < 1.0, "{length:?}");
        }
    }
}

#[test]
fn where_it_curves_downward_the_axis_is_dashed_and_there_is_no_ellipse() {
    let lab = plot(json!({"surface": "saddle", "curvature": true, "start": [0.5, 0.25],
                          "runs": ["gd"]}));
    let [falls, rises] = lab.surface().hessian(lab.configuration().start).eigen();
    assert!(falls.value < 0.0 && rises.value > 0.0);
    let lines = elements(&overlay(&lab), "polyline");
    assert!(lines.iter().all(|line| line.corners.len() == 2), "{lines:?}");
    let along = |direction: Vector| {
        let direction = in_pixels(lab.viewport(), direction);
        let found = lines
            .iter()
            .filter(move |line| angle(from_to(line.corners[0], line.corners[1]), direction) < 0.12);
        found.count()
    };
    assert_eq!((along(falls.direction), along(rises.direction)), (4, 1));
}

#[test]
fn a_cloud_has_its_ellipses_of_two_standard_deviations() {
    let mut lab = plot(json!({
        "surface": {"id": "ravine", "kappa": 10, "angle": 30}, "start": [-4, 1], "steps": 400,
        "noise": 2.0, "cloud": true, "runs": [{"id": "momentum", "lr": 0.02, "beta": 0.6}],
    }));
    for time in [3.0, 40.0, 400.0] {
        lab.seek(time);
        let cloud =
            NoiseEnsemble::of(lab.configuration(), lab.surface(), lab.runs()).expect("a cloud");
        let (spread, viewport) = (cloud.spread(time), lab.viewport());
        let svg = overlay(&lab);
        let dots = elements(&svg, "circle");
        assert_eq!(dots.len(), cloud.points(time).count());
        for (dot, point) in dots.iter().zip(cloud.points(time)) {
            let at = from_to(dot.corners[0], viewport.pixel(point));
            assert_near("dot", at, Vector::default(), 1.0);
        }
        let lines = elements(&svg, "polyline");
        let measured = &lines[0];
        assert_eq!(measured.corners.len(), 73);
        let (middle, axes) = half_axes(&measured.corners);
        let expected = viewport.pixel(cloud.middle(time));
        assert_near("middle", from_to(expected, middle), Vector::default(), 1.0);
        let directions = cloud.directions().into_iter().zip(spread.measured);
        for (axis, (direction, deviation)) in axes.into_iter().zip(directions) {
            let expected = in_pixels(viewport, direction * (2.0 * deviation));
            assert_near("measured axis", axis, expected, 1.0);
        }
        // What theory expects, dashed around the resting place.
        let theory = spread.theory.map(|deviation| deviation.expect("a heavy ball"));
        let rest = cloud.rest.expect("a minimum");
        let dashes: Vec<_> = lines[1..].iter().flat_map(|line| &line.corners).collect();
        assert!(dashes.len() > 20, "{} corners", dashes.len());
        for &&(x, y) in &dashes {
            let offset = viewport.point_at(x, y) - rest;
            let along = |axis: usize| offset.dot(cloud.directions()[axis]) / (2.0 * theory[axis]);
            let radius = along(0).hypot(along(1));
            assert!((radius - 1.0).abs() < 0.05, "a dash lies at {radius} of the ellipse");
        }
    }
}

/// The marks of a figure, and where it is.
fn marks(figure: Figure, lab: &Lab) -> (String, Viewport) {
    let layout = figure.layout(lab.subject(), (400.0, 300.0, 1.0));
    let mut svg = String::new();
    let backend = SVGBackend::with_string(&mut svg, layout.viewport.fine_size());
    figure.marks(backend, lab.subject(), &layout).expect("drawn");
    (svg, layout.viewport)
}

#[test]
fn the_plane_has_a_mark_at_the_setting_of_each_run() {
    let lab = lab(json!({"surface": "ravine", "runs": [
        {"id": "momentum", "lr": 0.002, "beta": 0.5}, {"id": "momentum", "lr": 0.02, "beta": 0.9},
        {"id": "nesterov", "lr": 0.01, "beta": 0.97}, {"id": "adam"},
    ]}));
    let (svg, viewport) = marks(Figure::Plane, &lab);
    let circles = elements(&svg, "circle");
    // A rim and a body each, the first run on top; Adam has no place here.
    let colors = [color(2), color(1), color(0)];
    let settings = [(0.01, 0.97), (0.02, 0.9), (0.002, 0.5)];
    assert_eq!(circles.len(), 6, "{circles:?}");
    for ((pair, color), (lr, beta)) in circles.chunks(2).zip(colors).zip(settings) {
        let [rim, body] = pair else { panic!("{pair:?}") };
        assert_eq!((rim.color.as_str(), &body.color), ("#FFFFFF", &color));
        assert!(rim.radius > body.radius && body.radius > 4.0);
        assert_eq!(rim.corners, body.corners);
        let (x, y) = body.corners[0];
        let there = lab.plane_at(&viewport, x, y).expect("on the plane");
        assert!((there.lr / lr - 1.0).abs() < 0.02, "lr {lr}: {}", there.lr);
        assert!((there.beta - beta).abs() < 0.01, "β {beta}: {}", there.beta);
    }
}

#[test]
fn each_panel_of_a_sweep_has_its_ball_where_it_is() {
    let mut lab = lab(json!({"surface": "ravine", "runs": [{"id": "momentum"}], "sweep": "beta"}));
    let sweep = SweepResult::of(lab.configuration()).expect("a sweep");
    let (svg, _) = marks(Figure::Sweep, &lab);
    let starts: Vec<_> = elements(&svg, "circle").iter().map(|dot| dot.corners[0]).collect();
    assert_eq!(starts.len(), MEMBERS, "all begin in view");
    // Three in a row, evenly apart, at the same place of each panel.
    let (right, down) = (from_to(starts[0], starts[1]), from_to(starts[0], starts[3]));
    assert!(right.x > 50.0 && right.y == 0.0 && down.y > 50.0 && down.x == 0.0);
    for (index, start) in starts.iter().enumerate() {
        let expected = right * (index % 3) as f64 - down * -((index / 3) as f64);
        assert_near("panel", from_to(starts[0], *start), expected, 0.4);
    }
    // As far from there as the member is from its start, at one scale.
    lab.seek(12.0);
    let (svg, _) = marks(Figure::Sweep, &lab);
    let dots = elements(&svg, "circle");
    assert_eq!(dots.len(), MEMBERS, "all are still in view");
    let view = lab.configuration().view;
    let moved = |index: usize| sweep.members[index].run.points()[12] - lab.configuration().start;
    let panel = right.x * 0.88;
    for (index, dot) in dots.iter().enumerate() {
        let found = from_to(starts[index], dot.corners[0]);
        assert!(
            (found.x - moved(index).x / view.width() * panel).abs() < 1.0,
            "{index}: {found:?}"
        );
        assert!(found.y * moved(index).y <= 0.0, "upward is upward: {found:?}");
    }
    let colors: std::collections::HashSet<_> = dots.iter().map(|dot| &dot.color).collect();
    assert_eq!(colors.len(), MEMBERS, "each has a shade of its own");
}
