//! What the surfaces' own starts and learning rates are there to show.

use crate::support;
use momentum_lab::configuration::Configuration;
use momentum_lab::lab::Lab;
use momentum_lab::math::geometry::Point;
use momentum_lab::optimizer;
use momentum_lab::parameter::{Setting, Settings};
use momentum_lab::run::{Run, Status};
use momentum_lab::surface::{AnySurface, SURFACES, find};

/// The path of a rule at its defaults but this β.
fn path(surface: &dyn AnySurface, rule: &str, beta: f64, lr: f64, steps: usize) -> Run {
    let entry = optimizer::find(rule).expect(rule);
    let mut settings = Settings::defaults(&entry.parameters());
    settings.set("beta", Setting::Number(beta));
    support::path(surface, entry.build(&settings), lr, surface.start(), steps)
}

/// Plain descent and the heavy ball with β = 0.9 at a quarter of its rate, from the surface's
/// start.
fn both(surface: &dyn AnySurface, steps: usize) -> [Run; 2] {
    let lr = surface.learning_rate();
    [path(surface, "gd", 0.0, lr, steps), path(surface, "momentum", 0.9, lr / 4.0, steps)]
}

#[test]
fn momentum_leaves_the_minimum_in_which_descent_stops() {
    let surfaces =
        ["double-well", "three-hump-camel", "six-hump-camel", "styblinski-tang", "ackley"];
    for id in [&surfaces[..], &["griewank", "levy", "well"]].concat() {
        let surface = find(id).expect(id).with_defaults();
        let [descent, momentum] = both(&*surface, 1000);
        let nearest = |run: &Run| {
            let distance = |p: &Point| (*p - run.end()).norm();
            surface.minima().into_iter().min_by(|a, b| distance(a).total_cmp(&distance(b)))
        };
        let (stuck, free) = (nearest(&descent).expect(id), nearest(&momentum).expect(id));
        assert!((descent.end() - stuck).norm() < 0.02, "{id}: descent ends at {:?}", descent.end());
        assert!((momentum.end() - free).norm() < 0.05, "{id}: {:?}", momentum.end());
        assert!(surface.value(free) < surface.value(stuck) - 0.01, "{id}: {stuck:?}, {free:?}");
        let escaped = |run: &Run| run.points().iter().any(|p| !surface.view().contains(*p));
        assert!(!escaped(&descent) && !escaped(&momentum), "{id}: a path leaves the view");
    }
}

#[test]
fn descent_is_slow_where_the_surface_is_flat() {
    for id in ["plateau", "tanh-neuron", "goldstein-price", "beale", "rosenbrock"] {
        let surface = find(id).expect(id).with_defaults();
        let [descent, momentum] = both(&*surface, 150);
        let lowest = surface.minima().iter().map(|p| surface.value(*p)).fold(f64::MAX, f64::min);
        let left = |run: &Run| run.losses()[run.last_step()] - lowest;
        assert!(left(&momentum) < 0.7 * left(&descent), "{id}: {}", left(&descent));
    }
}

#[test]
fn no_start_lies_under_what_floats_at_the_edges_of_the_plot() {
    for entry in SURFACES.iter().filter(|entry| entry.description.dimension == 2) {
        let surface = entry.with_defaults();
        let (view, start) = (surface.view(), surface.start());
        let up = (start.y - view.y_min) / view.height();
        assert!((0.165..0.835).contains(&up), "{}: {up}", entry.description.id);
        assert!(view.contains(start), "{}: {start:?}", entry.description.id);
    }
}

#[test]
fn the_paths_that_the_page_opens_with_stay_in_view() {
    let lab = Lab::new(Configuration::default());
    let view = lab.configuration().view;
    for run in lab.runs() {
        let outside = run.points().iter().find(|p| !view.contains(**p));
        assert_eq!(outside, None, "{view:?}");
    }
}

#[test]
fn no_start_counts_as_settled() {
    for entry in SURFACES {
        let [descent, _] = both(&*entry.with_defaults(), 300);
        let settled_at_once = matches!(descent.status(), Status::Converged(step) if step < 5);
        assert!(!settled_at_once, "{}", entry.description.id);
    }
}
