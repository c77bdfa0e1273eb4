//! Easom's function f = −cos x·cos y·exp(−(x − π)² − (y − π)²): one hole in a flat plain.
//!
//! The lowest minimum is −1 at (π, π). Around the hole stand four mounds less than 0.01 high, and
//! between these lie four dents less than 0.0001 deep. Usual domain |x|, |y| ≤ 100. Easom, "A Survey
//! of Global Optimization Techniques", University of Louisville 1990.

use super::{Candidate, Description, Group, Surface};
use crate::math::geometry::{Bounds, Point};
use crate::math::number::Real;
use crate::parameter::Settings;
use std::f64::consts::{FRAC_PI_2, PI};

/// Easom's function, which has no parameters.
#[derive(Debug)]
pub struct Easom;

impl Surface for Easom {
    const DESCRIPTION: Description = Description {
        id: "easom",
        name: "Easom",
        group: Group::ManyMinima,
        dimension: 2,
        formula: &["-cos(x)*cos(y)*exp(-(x - pi)^2 - (y - pi)^2)"],
        parameters: &[],
        source: "Easom, A Survey of Global Optimization Techniques, 1990",
    };

    fn new(_: &Settings) -> Self {
        Self
    }

    #[inline(always)]
    fn at<R: Real>(&self, x: R, y: R) -> R {
        let (dx, dy) = (x - PI, y - PI);
        -(x.cos() * y.cos() * (-(dx * dx + dy * dy)).exp())
    }

    fn view(&self) -> Bounds {
        Bounds::new(-0.4, 6.6, 0.8, 5.5)
    }

    fn start(&self) -> Point {
        // On the brink, where descent crawls at first.
        Point::new(1.8, 4.4)
    }

    fn learning_rate(&self) -> f64 {
        0.2
    }

    fn stationary(&self) -> Vec<Candidate> {
        // Along each coordinate the mounds and dents stand where tan u = −2u, u from the centre.
        const OFFSETS: [f64; 3] = [-1.837, 0.0, 1.837];
        let place = |u: f64, v: f64| Candidate::Near(Point::new(PI + u, PI + v));
        let square = |offsets: &[f64]| -> Vec<Candidate> {
            offsets.iter().flat_map(|&u| offsets.iter().map(move |&v| place(u, v))).collect()
        };
        // Where both cosines vanish there is a saddle.
        [square(&OFFSETS), square(&[-FRAC_PI_2, FRAC_PI_2])].concat()
    }
}
