//! A surface written outside the crate: a bowl with a ripple. Momentum rolls through the ripple in
//! which gradient descent stays. Both paths are drawn into `own_surface.svg`.
//!
//! `cargo run --package momentum-lab --example own_surface`

use momentum_lab::draw::theme::LIGHT;
use momentum_lab::draw::{Levels, Stage, Viewport, balls, ground, trails};
use momentum_lab::math::geometry::{Bounds, Point};
use momentum_lab::math::number::Real;
use momentum_lab::optimizer::{GradientDescent, Momentum};
use momentum_lab::parameter::Settings;
use momentum_lab::surface::{Candidate, Description, Group};
use momentum_lab::{Rule, Simulation, Surface, Trajectory};
use plotters::prelude::SVGBackend;

#[derive(Debug)]
struct Ripple;

impl Surface for Ripple {
    const DESCRIPTION: Description = Description {
        id: "ripple",
        name: "Rippled bowl",
        group: Group::Own,
        dimension: 2,
        formula: &["(x^2 + y^2)/2 + sin(3x)"],
        parameters: &[],
        source: "an example",
    };

    fn new(_: &Settings) -> Self {
        Self
    }

    fn at<R: Real>(&self, x: R, y: R) -> R {
        (x * x + y * y) * 0.5 + (x * 3.0).sin()
    }

    fn view(&self) -> Bounds {
        Bounds::new(-4.0, 4.0, -3.0, 3.0)
    }

    fn start(&self) -> Point {
        Point::new(3.5, 2.0)
    }

    fn learning_rate(&self) -> f64 {
        0.02
    }

    fn stationary(&self) -> Vec<Candidate> {
        // Newton's method finds the exact places.
        [-0.5, 1.4].map(|x| Candidate::Near(Point::new(x, 0.0))).to_vec()
    }
}

fn paths() -> Result<[Trajectory; 2], momentum_lab::configuration::Error> {
    let descent = Simulation::new(Ripple).optimizer(Rule::<GradientDescent>::new(0.02));
    let momentum = Simulation::new(Ripple).optimizer(Rule::<Momentum>::new(0.02).beta(0.9));
    Ok([descent.steps(300).run()?, momentum.steps(300).run()?])
}

/// Contours, trails and balls at the end, as SVG.
fn picture([descent, momentum]: &[Trajectory; 2]) -> Result<String, Box<dyn std::error::Error>> {
    let (surface, view) = (descent.surface(), descent.surface().view());
    let viewport = Viewport::new(800.0, 600.0, 1.0, view, true);
    let stage = Stage { surface, viewport: &viewport, theme: &LIGHT, space: None };
    let runs = [(0, descent.recorded()), (1, momentum.recorded())];
    let ends = runs.map(|(run, path)| (run, path.end()));
    let mut svg = String::new();
    for layer in 0..3 {
        let mut drawn = String::new();
        let backend = SVGBackend::with_string(&mut drawn, viewport.fine_size());
        match layer {
            0 => ground(backend, stage, &Levels::of(surface, viewport.bounds)),
            1 => trails(backend, stage, (&runs, None), (300.0, true), &mut Vec::new()),
            _ => balls(backend, stage, surface.start(), ends.into_iter()),
        }
        .map_err(|error| error.to_string())?;
        svg += &drawn;
    }
    let (width, height) = viewport.fine_size();
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\">{svg}</svg>"
    ))
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let paths = paths()?;
    for (name, path) in ["gradient descent", "momentum"].iter().zip(&paths) {
        let end = path.points()[path.points().len() - 1];
        println!("{name}: {:?} at ({:.3}, {:.3})", path.status(), end.x, end.y);
    }
    std::fs::write("own_surface.svg", picture(&paths)?)?;
    Ok(())
}

#[test]
fn momentum_reaches_the_deeper_minimum_and_both_paths_are_drawn() {
    let paths = paths().expect("valid");
    let [descent, momentum] = paths.each_ref().map(|path| path.losses()[300]);
    assert!(momentum < descent - 0.5, "{momentum} and {descent}");
    let svg = picture(&paths).expect("drawn");
    for color in ["#0072B2", "#D55E00"] {
        assert!(svg.contains(color), "no trail in {color}");
    }
}
