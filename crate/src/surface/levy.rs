//! Lévy's function f = sin²(πu) + (u − 1)²(1 + 10sin²(πu + 1)) + (v − 1)²(1 + sin²(2πv)) with
//! u = 1 + (x − 1)/4 and v = 1 + (y − 1)/4: parallel troughs, rippled both ways.
//!
//! The lowest minimum is 0 at (1, 1). Usual domain |x|, |y| ≤ 10. Levy & Montalvo, "The Tunneling
//! Algorithm for the Global Minimization of Functions", SIAM Journal on Scientific and Statistical
//! Computing 6 (1985).

use super::{Candidate, Description, Group, Surface};
use crate::math::geometry::{Bounds, Point};
use crate::math::number::Real;
use crate::parameter::Settings;
use std::f64::consts::{PI, TAU};

/// Lévy's function, which has no parameters.
#[derive(Debug)]
pub struct Levy;

impl Surface for Levy {
    const DESCRIPTION: Description = Description {
        id: "levy",
        name: "Lévy",
        group: Group::ManyMinima,
        dimension: 2,
        formula: &[
            "u = 1 + (x - 1)/4",
            "v = 1 + (y - 1)/4",
            "sin(pi*u)^2 + (u - 1)^2*(1 + 10*sin(pi*u + 1)^2) + (v - 1)^2*(1 + sin(2*pi*v)^2)",
        ],
        parameters: &[],
        source: "Levy & Montalvo, SIAM Journal on Scientific and Statistical Computing 6, 1985",
    };

    fn new(_: &Settings) -> Self {
        Self
    }

    #[inline(always)]
    fn at<R: Real>(&self, x: R, y: R) -> R {
        let (du, dv) = ((x - 1.0) / 4.0, (y - 1.0) / 4.0);
        let (u, v) = (du + 1.0, dv + 1.0);
        let steps = (u * PI).sin().powi(2);
        let troughs = du * du * ((u * PI + 1.0).sin().powi(2) * 10.0 + 1.0);
        let ripples = dv * dv * ((v * TAU).sin().powi(2) + 1.0);
        steps + troughs + ripples
    }

    fn view(&self) -> Bounds {
        Bounds::new(-10.0, 10.0, -7.0, 7.0)
    }

    fn start(&self) -> Point {
        // Descent stays in the first trough, momentum crosses to the lowest minimum.
        Point::new(9.2, 1.6)
    }

    fn learning_rate(&self) -> f64 {
        0.04
    }

    fn stationary(&self) -> Vec<Candidate> {
        // f is a sum of a function of x and one of y: the minima of each, then the maxima.
        const X: [&[f64]; 2] = [
            &[-16.26, -12.25, -8.245, -4.205, 1.0, 3.791, 7.723, 11.71, 15.71],
            &[-14.385, -10.423, -6.496, -2.705, 2.769, 6.109, 9.938, 13.871],
        ];
        const Y: [&[f64]; 2] = [
            &[-8.96, -6.948, -4.93, -2.891, 1.0, 4.891, 6.93, 8.948],
            &[-8.089, -6.115, -4.159, -2.257, 4.257, 6.159, 8.115],
        ];
        let pairs = |(x, y): (usize, usize)| {
            X[x].iter().flat_map(move |&x| Y[y].iter().map(move |&y| (x, y)))
        };
        let kinds = [(0, 0), (0, 1), (1, 0), (1, 1)].into_iter();
        kinds.flat_map(pairs).map(|(x, y)| Candidate::Near(Point::new(x, y))).collect()
    }
}
