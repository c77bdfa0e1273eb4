//! McCormick's function f = sin(x + y) + (x − y)² − 1.5x + 2.5y + 1: a valley with steps, unbounded
//! below.
//!
//! In its usual domain, −1.5 ≤ x ≤ 4 and −3 ≤ y ≤ 4, the lowest minimum is −1.9132 at
//! (−0.5472, −1.5472). Stationary points have x − y = 1 and x + y = ±2π/3 + 2πk, minima where the
//! sign is minus; each step of k along the valley is π higher. Lootsma (editor), "Numerical Methods
//! for Non-linear Optimization", 1972.

use super::{Candidate, Description, Group, Surface};
use crate::math::geometry::{Bounds, Point};
use crate::math::number::Real;
use crate::parameter::Settings;
use std::f64::consts::TAU;

/// McCormick's function, which has no parameters.
#[derive(Debug)]
pub struct McCormick;

impl Surface for McCormick {
    const DESCRIPTION: Description = Description {
        id: "mccormick",
        name: "McCormick",
        group: Group::Valley,
        dimension: 2,
        formula: &["sin(x + y) + (x - y)^2 - 1.5*x + 2.5*y + 1"],
        parameters: &[],
        source: "Lootsma (editor), Numerical Methods for Non-linear Optimization, 1972",
    };

    fn new(_: &Settings) -> Self {
        Self
    }

    #[inline(always)]
    fn at<R: Real>(&self, x: R, y: R) -> R {
        let across = x - y;
        (x + y).sin() + across.square() - x * 1.5 + y * 2.5 + 1.0
    }

    fn view(&self) -> Bounds {
        Bounds::new(-3.5, 6.0, -3.6, 4.4)
    }

    fn start(&self) -> Point {
        // Descent stops on the first step, momentum rolls down all the others.
        Point::new(4.5, 2.8)
    }

    fn learning_rate(&self) -> f64 {
        0.2
    }

    fn stationary(&self) -> Vec<Candidate> {
        let beside = |sum: f64| Candidate::Near(Point::new((sum + 1.0) / 2.0, (sum - 1.0) / 2.0));
        // As far as a wide plot shows.
        let steps = -4..=4;
        steps
            .flat_map(|k| [-TAU / 3.0, TAU / 3.0].map(|s| beside(s + TAU * f64::from(k))))
            .collect()
    }
}
