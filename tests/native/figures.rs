//! The figures beside the plot, drawn through plotters' SVG backend.

use momentum_lab::configuration::{Configuration, Value};
use momentum_lab::draw::{Figure, Viewport};
use momentum_lab::geometry::Point;
use momentum_lab::lab::Lab;
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
    let viewport = figure.viewport(lab.subject(), SIZE);
    let mut svg = String::new();
    let backend = SVGBackend::with_string(&mut svg, viewport.fine_size());
    figure.marks(backend, lab.subject(), &viewport).expect("drawn");
    (svg, viewport)
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
    assert!(lab("tanh-neuron").figures().any(|figure| figure == Figure::Data));
    assert!(lab("ravine").figures().all(|figure| figure != Figure::Data));
}

#[test]
fn every_sample_has_its_dot() {
    for surface in ["linear-regression", "logistic-regression", "tanh-neuron"] {
        let lab = lab(surface);
        let viewport = Figure::Data.viewport(lab.subject(), SIZE);
        let mut svg = String::new();
        let backend = SVGBackend::with_string(&mut svg, viewport.fine_size());
        Figure::Data.ground(backend, lab.subject(), &viewport).expect("drawn");
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
