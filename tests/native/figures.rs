//! The figures beside the plot, drawn through plotters' SVG backend.

use momentum_lab::configuration::{Configuration, Value};
use momentum_lab::draw::theme::LIGHT;
use momentum_lab::draw::{Figure, Viewport};
use momentum_lab::lab::Lab;
use momentum_lab::math::geometry::Point;
use momentum_lab::study::sweep::SweepResult;
use plotters::prelude::SVGBackend;

/// A figure of this size, in CSS pixels, with one canvas pixel to each.
const SIZE: (f64, f64, f64) = (400.0, 200.0, 1.0);

fn lab(surface: &str) -> Lab {
    let plain = serde_json::json!({ "surface": surface, "steps": 300 });
    let value: Value = serde_json::from_value(plain).expect("plain data");
    Lab::new(Configuration::strict(&value).expect("valid"))
}

/// The marks of a figure as SVG, and where they are.
fn marks(figure: Figure, lab: &Lab) -> (String, Viewport) {
    let layout = figure.layout(lab.subject(), SIZE);
    let mut svg = String::new();
    let backend = SVGBackend::with_string(&mut svg, layout.viewport.fine_size());
    figure.marks(backend, lab.subject(), &layout).expect("drawn");
    (svg, layout.viewport)
}

/// The ground of a figure as SVG, and where it is.
fn ground(figure: Figure, lab: &Lab) -> (String, Viewport) {
    let layout = figure.layout(lab.subject(), SIZE);
    let mut svg = String::new();
    let backend = SVGBackend::with_string(&mut svg, layout.viewport.fine_size());
    figure.ground(backend, lab.subject(), &layout).expect("drawn");
    (svg, layout.viewport)
}

/// The corners of every polyline of a colour, in CSS pixels.
fn line(svg: &str, color: &str) -> Vec<(f64, f64)> {
    svg.split("<polyline")
        .skip(1)
        .filter_map(|rest| rest.split("/>").next())
        .filter(|element| element.contains(color))
        .filter_map(|element| element.split("points=\"").nth(1)?.split('"').next())
        .flat_map(str::split_whitespace)
        .filter_map(|pair| pair.split_once(','))
        .map(|(x, y)| (x.parse::<f64>().expect("x") / 8.0, y.parse::<f64>().expect("y") / 8.0))
        .collect()
}

#[test]
fn the_data_figure_stands_where_there_is_data() {
    assert_eq!(lab("tanh-neuron").figures()[0], [Figure::Data]);
    assert!(lab("ravine").figures().concat().iter().all(|figure| *figure != Figure::Data));
}

#[test]
fn every_sample_has_its_dot() {
    for surface in ["linear-regression", "logistic-regression", "tanh-neuron"] {
        let lab = lab(surface);
        let (svg, viewport) = ground(Figure::Data, &lab);
        for sample in lab.surface().data().expect("data").samples {
            let (x, y) = viewport.pixel(Point::new(sample.input, sample.target));
            let dot = svg.split("<circle").skip(1).any(|circle| {
                let at = |name: &str| {
                    let value = circle.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?;
                    value.parse::<f64>().ok().map(|fine| fine / 8.0)
                };
                at("cx").is_some_and(|cx| (cx - x).abs() < 0.5)
                    && at("cy").is_some_and(|cy| (cy - y).abs() < 0.5)
            });
            assert!(dot, "{surface}: no dot at {x}, {y}");
        }
    }
}

#[test]
fn the_fitted_curve_is_that_of_the_present_weights() {
    let mut lab = lab("tanh-neuron");
    for time in [0.0, 120.5, 300.0] {
        lab.seek(time);
        let (svg, viewport) = marks(Figure::Data, &lab);
        let data = lab.surface().data().expect("data");
        let weights = lab.runs()[0].position_at(time);
        let curve = line(&svg, "#0072B2");
        assert!(curve.len() > 50, "{} corners", curve.len());
        for (x, y) in curve {
            let input = viewport.point_at(x, y).x;
            let (_, expected) = viewport.pixel(Point::new(input, data.predict(weights, input)));
            assert!((y - expected).abs() < 1.0, "at {input}: {y}, not {expected}");
        }
    }
}

/// The figures over the steps.
const OVER_STEPS: [Figure; 6] =
    [Figure::Loss, Figure::Across, Figure::Along, Figure::Energy, Figure::Steps, Figure::Turns];

const BLUE: &str = "#0072B2";
const SOFT: &str = "#5D6672";

fn configured(plain: serde_json::Value) -> Lab {
    let value: Value = serde_json::from_value(plain).expect("plain data");
    Lab::new(Configuration::strict(&value).expect("valid"))
}

/// Asserts that the corners of a line stand where `height` of their step says.
fn assert_on_curve(corners: &[(f64, f64)], viewport: &Viewport, height: impl Fn(usize) -> f64) {
    for (x, y) in corners {
        let step = viewport.point_at(*x, *y).x;
        let row = step.round();
        // A corner stands on a whole step, rounding to the fine grid aside.
        assert!((step - row).abs() * viewport.scale().x < 0.3, "step {step}");
        let (_, expected) = viewport.pixel(Point::new(row, height(row as usize)));
        assert!((y - expected).abs() < 0.3, "step {row}: {y}, not {expected}");
    }
}

#[test]
fn the_loss_curve_is_the_run_s_losses_on_a_logarithmic_scale() {
    for (surface, lowest) in [("ravine", 0.0), ("rosenbrock", 0.0), ("himmelblau", 0.0)] {
        let mut lab = configured(serde_json::json!({
            "surface": surface, "steps": 60, "runs": [{ "id": "momentum" }],
        }));
        lab.seek(60.0);
        let (svg, viewport) = marks(Figure::Loss, &lab);
        let corners = line(&svg, BLUE);
        assert_eq!(corners.len(), 61, "{surface}: a corner for each step");
        let losses = lab.runs()[0].losses();
        assert_on_curve(&corners, &viewport, |row| (losses[row] - lowest).log10());
    }
}

#[test]
fn ten_thousand_steps_are_few_corners_and_keep_their_extremes() {
    let mut lab = configured(serde_json::json!({
        "surface": "ravine", "steps": 10_000, "noise": 1.0, "runs": [{ "id": "momentum" }],
    }));
    lab.seek(10_000.0);
    let (svg, viewport) = marks(Figure::Loss, &lab);
    let corners = line(&svg, BLUE);
    assert!((300..900).contains(&corners.len()), "{} corners", corners.len());
    let losses = lab.runs()[0].losses();
    for extreme in [f64::min, f64::max] {
        let value = losses.iter().copied().reduce(extreme).expect("losses");
        let (_, height) = viewport.pixel(Point::new(0.0, value.log10()));
        assert!(corners.iter().any(|(_, y)| (y - height).abs() < 0.2), "{value} is seen");
    }
}

#[test]
fn theory_s_slope_is_the_measured_one_in_the_long_run() {
    let lab = configured(serde_json::json!({
        "surface": "ravine", "steps": 200,
        "runs": [{ "id": "momentum", "lr": 0.03, "beta": 0.8 }, { "id": "gd", "lr": 0.045 }],
    }));
    let layout = Figure::Loss.layout(lab.subject(), SIZE);
    let facts = Figure::Loss.facts(lab.subject(), &layout);
    assert_eq!(facts.lines, ["theory"]);
    for (measured, theory) in facts.measured.iter().zip(&facts.theory) {
        let (measured, theory) = (measured.expect("measured"), theory.expect("theory"));
        assert!((measured - theory).abs() < 4e-3, "{measured} and {theory}");
    }
    // Adam is no linear recurrence, and chance obeys none.
    for other in [
        serde_json::json!({ "runs": [{ "id": "adam" }] }),
        serde_json::json!({ "runs": [{ "id": "momentum" }], "noise": 0.5 }),
    ] {
        let lab = configured(other);
        let layout = Figure::Loss.layout(lab.subject(), SIZE);
        let facts = Figure::Loss.facts(lab.subject(), &layout);
        assert_eq!((facts.lines, &facts.theory[..]), (vec![], &[None][..]));
    }
}

/// The corners of the dotted lines of theory in a run's colour.
fn theory_lines(svg: &str, color: &str) -> Vec<(f64, f64)> {
    svg.split("<polyline")
        .filter(|element| element.contains("opacity=\"0.85\""))
        .flat_map(|element| line(&format!("<polyline{element}"), color))
        .collect()
}

#[test]
fn theory_s_line_begins_where_the_run_does_and_stays_beside_it() {
    for (surface, runs) in [
        // The first view's ravine: descent loses the sharp direction's share within a few steps.
        ("ravine", serde_json::json!([{ "id": "gd", "lr": 0.0078 }])),
        ("ravine", serde_json::json!([{ "id": "gd", "lr": 0.03 }])),
        ("ravine", serde_json::json!([{ "id": "momentum", "lr": 0.0078, "beta": 0.9 }])),
        ("ravine", serde_json::json!([{ "id": "nesterov", "lr": 0.01, "beta": 0.8 }])),
        // Next to critical damping along the flat direction, (1 − √0.01)² = 0.81.
        ("ravine", serde_json::json!([{ "id": "momentum", "lr": 0.01, "beta": 0.81 }])),
        ("ravine", serde_json::json!([{ "id": "momentum", "lr": 0.01, "beta": 0.82 }])),
        ("parabola", serde_json::json!([{ "id": "momentum", "lr": 0.04, "beta": 0.64 }])),
        ("parabola", serde_json::json!([{ "id": "momentum", "lr": 0.04, "beta": 0.9 }])),
    ] {
        let lab = configured(serde_json::json!({ "surface": surface, "steps": 120, "runs": runs }));
        let (svg, viewport) = ground(Figure::Loss, &lab);
        let theory = theory_lines(&svg, BLUE);
        let losses = lab.runs()[0].losses();
        let decades = |(x, y): &(f64, f64)| viewport.point_at(*x, *y);
        let first = theory.iter().map(decades).min_by(|a, b| a.x.total_cmp(&b.x)).expect("theory");
        assert!(first.x.abs() < 0.5, "{runs}: begins at step {}", first.x);
        assert!((first.y - losses[0].log10()).abs() < 0.05, "{runs}: begins at {first:?}");
        let mut gaps = Vec::new();
        for place in theory.iter().map(decades) {
            let row = (place.x.max(0.0) as usize).min(119);
            let [here, next] = [row, row + 1].map(|row| losses[row].log10());
            let gap = place.y - here - (place.x - row as f64) * (next - here);
            assert!(gap > -0.05, "{runs}: below the run at {place:?}");
            gaps.push((place.x, gap));
        }
        // A line without oscillation lies on the run, one with it touches its peaks in every period.
        for window in [(0.0, 40.0), (40.0, 80.0), (80.0, 121.0)] {
            let inside = gaps.iter().filter(|(x, _)| (window.0..window.1).contains(x));
            let least = inside.map(|(_, gap)| gap.abs()).fold(f64::INFINITY, f64::min);
            assert!(least < 0.3, "{runs}: {least} decades off from step {}", window.0);
        }
        if runs[0]["id"] == "gd" {
            assert!(gaps.iter().all(|(_, gap)| gap.abs() < 0.1), "{runs}: {gaps:?}");
        }
    }
}

#[test]
fn theory_s_line_ends_at_the_foot_of_the_chart() {
    // Long after the last digit has come to rest, theory goes on; the minima of Himmelblau's function
    // are equally low but for rounding.
    for asked in [
        serde_json::json!({ "surface": { "id": "ravine", "kappa": 4 }, "steps": 2000,
            "runs": [{ "id": "momentum", "lr": 0.2, "beta": 0.5 }] }),
        serde_json::json!({ "surface": "himmelblau", "steps": 2000,
            "runs": [{ "id": "momentum", "lr": 0.0025 }] }),
    ] {
        let lab = configured(asked);
        let (svg, _) = ground(Figure::Loss, &lab);
        let hairlines = line(&svg, SOFT);
        let foot = hairlines.iter().map(|(_, y)| *y).fold(0.0, f64::max);
        let theory: Vec<_> = svg
            .split("<polyline")
            .filter(|element| element.contains("opacity=\"0.85\""))
            .flat_map(|element| line(&format!("<polyline{element}"), BLUE))
            .collect();
        assert!(theory.len() > 10);
        assert!(theory.iter().all(|(_, y)| *y < foot + 0.5), "below {foot}: {:?}", theory.last());
    }
}

#[test]
fn theory_of_a_run_in_a_higher_minimum_levels_off_where_the_run_does() {
    let lab = configured(serde_json::json!({
        "surface": "double-well", "start": [1.2, 0.2], "steps": 300,
        "runs": [{ "id": "gd", "lr": 0.05 }],
    }));
    let (svg, viewport) = ground(Figure::Loss, &lab);
    let minima = lab.surface().minima();
    let values: Vec<_> = minima.iter().map(|minimum| lab.surface().value(*minimum)).collect();
    let gap = values[0].max(values[1]) - values[0].min(values[1]);
    let run = &lab.runs()[0];
    assert!((run.losses()[300] - values[0].max(values[1])).abs() < 1e-9, "not the higher well");
    let theory: Vec<_> = svg
        .split("<polyline")
        .filter(|element| element.contains("opacity=\"0.85\""))
        .flat_map(|element| line(&format!("<polyline{element}"), BLUE))
        .collect();
    let level = viewport.pixel(Point::new(300.0, gap.log10())).1;
    let end = theory.iter().max_by(|a, b| a.0.total_cmp(&b.0)).expect("theory");
    assert!((end.1 - level).abs() < 1.0, "{end:?} and not at {level}");
}

#[test]
fn the_envelope_bounds_the_oscillation() {
    for (optimizer, lr, beta) in
        [("momentum", 0.03, 0.9), ("nesterov", 0.01, 0.95), ("momentum", 0.07, 0.5)]
    {
        let mut lab = configured(serde_json::json!({
            "surface": "ravine", "steps": 100,
            "runs": [{ "id": optimizer, "lr": lr, "beta": beta }],
        }));
        lab.seek(100.0);
        for figure in [Figure::Across, Figure::Along] {
            let (svg, viewport) = marks(figure, &lab);
            let path = line(&svg, BLUE);
            let layout = figure.layout(lab.subject(), SIZE);
            let rate = figure.facts(lab.subject(), &layout).theory[0].expect("theory");
            if figure.facts(lab.subject(), &layout).lines.is_empty() {
                continue;
            }
            // Dashes of both sides; the curve itself is in them too, but not at full opacity.
            let (svg, _) = ground(figure, &lab);
            let envelope: Vec<_> = svg
                .split("<polyline")
                .filter(|element| element.contains("opacity=\"0.85\""))
                .flat_map(|element| line(&format!("<polyline{element}"), BLUE))
                .collect();
            let size = |y: f64| viewport.point_at(0.0, y).y.abs();
            let amplitude = |(x, y): (f64, f64)| {
                let step = viewport.point_at(x, y).x;
                size(y) / rate.powf(step)
            };
            // Far from zero, pixels are exact enough to tell the amplitude.
            let tall = 0.2 * size(0.0);
            let early = envelope.iter().copied().filter(|(_, y)| size(*y) > tall);
            let amplitude = early.map(amplitude).fold(0.0_f64, f64::max);
            assert!(amplitude > 0.0, "{optimizer}: no envelope");
            let pixel = 1.0 / viewport.scale().y;
            let mut near = f64::INFINITY;
            for (x, y) in path {
                let bound = amplitude * rate.powf(viewport.point_at(x, y).x);
                assert!(size(y) <= bound + pixel, "{optimizer} at {x}: {} > {bound}", size(y));
                near = near.min((bound - size(y)).abs() / bound);
            }
            assert!(near < 0.4, "{optimizer}: the envelope is not tight: {near}");
        }
    }
}

#[test]
fn the_cursor_and_the_dots_stand_at_the_present_step() {
    let mut lab = lab("ravine");
    for time in [0.0, 42.0, 99.5, 300.0] {
        lab.seek(time);
        for figure in OVER_STEPS {
            let (svg, viewport) = marks(figure, &lab);
            let (expected, _) = viewport.pixel(Point::new(time, 0.0));
            let cursor = line(&svg, "#20242C");
            assert_eq!(cursor.len(), 2, "{figure:?}");
            assert!(cursor.iter().all(|(x, _)| (x - expected).abs() < 0.2), "{figure:?} {time}");
            for circle in svg.split(" cx=\"").skip(1) {
                let x: f64 = circle.split('"').next().and_then(|x| x.parse().ok()).expect("x");
                assert!((x / 8.0 - expected).abs() < 0.2, "{figure:?}: a dot at {x}");
            }
        }
    }
    let layout = Figure::Loss.layout(lab.subject(), SIZE);
    for step in [0.0, 17.0, 300.0] {
        let (x, _) = layout.viewport.pixel(Point::new(step, 0.0));
        assert_eq!(layout.step_at(lab.subject(), x), Some(step));
    }
    assert_eq!(layout.step_at(lab.subject(), -50.0), Some(0.0));
    assert_eq!(layout.step_at(lab.subject(), f64::NAN), None);
}

#[test]
fn energy_starts_as_potential_and_the_total_falls() {
    let lab = configured(serde_json::json!({
        "surface": "bowl", "runs": [{ "id": "momentum", "lr": 0.01, "beta": 0.9 }],
    }));
    let layout = Figure::Energy.layout(lab.subject(), SIZE);
    let total = |step: f64| layout.values_at(lab.subject(), step)[0];
    assert_eq!(total(0.0), lab.runs()[0].losses()[0]);
    assert!((1..=300).all(|step| total(f64::from(step)) < total(f64::from(step) - 1.0)));
    assert!(total(301.0).is_nan());
}

#[test]
fn where_nothing_is_lowest_a_chart_shows_the_stall_and_the_way_out() {
    for surface in ["saddle", "monkey-saddle"] {
        let mut lab = lab(surface);
        lab.seek(300.0);
        for figure in [Figure::Loss, Figure::Energy] {
            let (svg, _) = marks(figure, &lab);
            let corners = line(&svg, BLUE);
            let seen = corners.iter().filter(|(_, y)| (0.0..SIZE.1).contains(y));
            let heights: Vec<f64> = seen.map(|(_, y)| *y).collect();
            let (top, bottom) = heights
                .iter()
                .fold((f64::INFINITY, 0.0_f64), |(low, high), y| (low.min(*y), high.max(*y)));
            let between = heights.iter().filter(|y| (top + 10.0..bottom - 10.0).contains(*y));
            let between = between.count();
            assert!(between > 10, "{surface}: {between} corners between {top} and {bottom}");
        }
    }
}

#[test]
fn nothing_leaves_the_canvas_when_a_run_diverges() {
    for (surface, optimizer, lr) in
        [("ravine", "gd", 0.2), ("ravine", "momentum", 5.0), ("rosenbrock", "gd", 1.0)]
    {
        let mut lab = configured(serde_json::json!({
            "surface": surface, "steps": 300,
            "runs": [{ "id": optimizer, "lr": lr }, { "id": "adam" }],
        }));
        let left = matches!(lab.runs()[0].status(), momentum_lab::run::Status::Diverged(_));
        assert!(left, "{surface}: {:?}", lab.runs()[0].status());
        for time in [0.0, 5.5, 300.0] {
            lab.seek(time);
            for figure in OVER_STEPS {
                for (svg, viewport) in [ground(figure, &lab), marks(figure, &lab)] {
                    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{figure:?}");
                    for (x, y) in line(&svg, "#") {
                        let inside = (-0.2..=viewport.width + 0.2).contains(&x)
                            && (-0.2..=viewport.height + 0.2).contains(&y);
                        assert!(inside, "{surface} {figure:?}: a corner at {x}, {y}");
                    }
                }
            }
        }
        // It is seen to leave: its line reaches the upper edge.
        let (svg, _) = ground(Figure::Loss, &lab);
        assert!(line(&svg, BLUE).iter().any(|(_, y)| *y < 0.2), "{surface}: it reaches the top");
    }
}

#[test]
fn every_surface_has_its_figures_whatever_the_size() {
    for entry in momentum_lab::surface::SURFACES {
        let mut lab = lab(entry.description.id);
        lab.seek(37.5);
        let cards = lab.figures();
        assert!((2..=3).contains(&cards.len()), "{}: {cards:?}", entry.description.id);
        for figure in cards.concat() {
            for size in [(1.0, 1.0, 1.0), (300.0, 150.0, 3.0), (f64::NAN, -4.0, 0.0)] {
                let layout = figure.layout(lab.subject(), size);
                let mut svg = String::new();
                let backend = SVGBackend::with_string(&mut svg, layout.viewport.fine_size());
                figure.ground(backend, lab.subject(), &layout).expect("drawn");
                assert!(!svg.contains("NaN"), "{}: {figure:?}", entry.description.id);
            }
        }
    }
}

#[test]
fn what_is_to_be_guessed_is_not_on_a_chart() {
    let mut lab = lab("ravine");
    let drawn = |lab: &Lab| line(&ground(Figure::Loss, lab).0, BLUE).len();
    assert!(drawn(&lab) > 10, "the curve to come is not drawn");
    lab.foretell(false);
    assert_eq!(drawn(&lab), 0, "the curve to come is told");
    lab.seek(30.0);
    let layout = Figure::Loss.layout(lab.subject(), SIZE);
    let facts = Figure::Loss.facts(lab.subject(), &layout);
    assert_eq!(facts.measured, [None; 2], "the rate is told");
    let now = layout.values_at(lab.subject(), 30.0);
    assert_eq!(facts.ends, now, "a loss to come is told");
    assert!(!line(&marks(Figure::Loss, &lab).0, BLUE).is_empty(), "what has been is not shown");
}

#[test]
fn each_path_of_a_sweep_has_a_panel_with_its_value() {
    let mut lab = configured(serde_json::json!({
        "surface": "himmelblau", "steps": 80, "runs": [{ "id": "momentum", "lr": 0.003, "beta": 0.6 }],
        "sweep": "beta",
    }));
    lab.seek(80.0);
    let sweep = SweepResult::of(lab.subject().configuration).expect("a sweep");
    assert_eq!(sweep.members.len(), 9, "three rows of three");
    let view = lab.subject().configuration.view;
    let (svg, viewport) = ground(Figure::Sweep, &lab);
    for (index, member) in sweep.members.iter().enumerate() {
        let number = format!("\n{}\n</text>", member.value);
        assert!(svg.contains(&number), "no panel tells {}: {svg}", member.value);
        let color = LIGHT.swept(sweep.run, index).to_string().to_uppercase();
        let corners = line(&svg, &color);
        let (column, row) = ((index % 3) as f64, (index / 3) as f64);
        // In a panel a path has the shape that it has in the view.
        let points = member.run.points().iter();
        let within = points.filter(|point| view.contains(**point)).map(|point| {
            let right = column + 0.06 + 0.88 * (point.x - view.x_min) / view.width();
            let down = row + 0.94 - 0.88 * (point.y - view.y_min) / view.height();
            viewport.pixel(Point::new(right, -down))
        });
        for (x, y) in within {
            let near = |(a, b): &(f64, f64)| (a - x).hypot(b - y) < 0.5;
            assert!(
                corners.iter().any(near),
                "({x}, {y}) is missing in the panel of {}",
                member.value
            );
        }
        assert!(corners.len() > 20, "{} corners for {}", corners.len(), member.value);
    }
}
