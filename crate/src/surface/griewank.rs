//! Griewank's function f = 1 + (x² + y²)/4000 − cos(x)·cos(y/√2): wells that hardly differ in depth.
//!
//! The lowest minimum is 0 at (0, 0); the others lie near (kπ, lπ√2) with k + l even, maxima
//! where k + l is odd and saddles where k and l are halves. Usual domain
//! |x|, |y| ≤ 600. Griewank, Journal of Optimization Theory and Applications 34 (1981).

use super::{Candidate, Description, Group, Surface};
use crate::math::geometry::{Bounds, Point};
use crate::math::number::Real;
use crate::parameter::Settings;
use std::f64::consts::{PI, SQRT_2};

/// Griewank's function, which has no parameters.
#[derive(Debug)]
pub struct Griewank;

impl Surface for Griewank {
    const DESCRIPTION: Description = Description {
        id: "griewank",
        name: "Griewank",
        group: Group::ManyMinima,
        dimension: 2,
        formula: &["1 + (x^2 + y^2)/4000 - cos(x)*cos(y/sqrt(2))"],
        parameters: &[],
        source: "Griewank, Journal of Optimization Theory and Applications 34, 1981",
    };

    fn new(_: &Settings) -> Self {
        Self
    }

    #[inline(always)]
    fn at<R: Real>(&self, x: R, y: R) -> R {
        (x * x + y * y) / 4000.0 - x.cos() * (y / SQRT_2).cos() + 1.0
    }

    fn view(&self) -> Bounds {
        Bounds::new(-14.0, 14.0, -10.0, 10.0)
    }

    fn start(&self) -> Point {
        // Near a pass: descent takes the nearer well, momentum a lower one.
        Point::new(-6.5, 3.8)
    }

    fn learning_rate(&self) -> f64 {
        0.5
    }

    fn stationary(&self) -> Vec<Candidate> {
        let place = |k: f64, l: f64| Candidate::Near(Point::new(k * PI, l * PI * SQRT_2));
        // As far as a wide plot shows: whole numbers, then halves.
        let whole = (-8..=8).flat_map(|k| (-3..=3).map(move |l| (f64::from(k), f64::from(l))));
        let half = (-9..=8).flat_map(|k| (-4..=3).map(move |l| (f64::from(k), f64::from(l))));
        whole.chain(half.map(|(k, l)| (k + 0.5, l + 0.5))).map(|(k, l)| place(k, l)).collect()
    }
}
