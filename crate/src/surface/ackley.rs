//! Ackley's function f = 20 − 20exp(−r/5) + e − exp((cos 2πx + cos 2πy)/2) with
//! r = √((x² + y²)/2): a steep funnel in a rippled plain.
//!
//! The lowest minimum is 0 at (0, 0), a kink: the gradient does not exist there and counts as 0.
//! The others lie near the whole numbers, maxima and saddles between them. Usual domain |x|, |y| ≤ 32.768. Ackley, "A Connectionist
//! Machine for Genetic Hillclimbing", 1987.

use super::stationary::lattice;
use super::{Candidate, Description, Group, StationaryKind, Surface};
use crate::math::geometry::{Bounds, Point};
use crate::math::number::Real;
use crate::parameter::Settings;
use std::f64::consts::{E, PI, TAU};

/// Ackley's function, which has no parameters.
#[derive(Debug)]
pub struct Ackley;

impl Surface for Ackley {
    const DESCRIPTION: Description = Description {
        id: "ackley",
        name: "Ackley",
        group: Group::ManyMinima,
        dimension: 2,
        formula: &[
            "r = sqrt((x^2 + y^2)/2)",
            "c = (cos(2*pi*x) + cos(2*pi*y))/2",
            "20 - 20*exp(-r/5) + e - exp(c)",
        ],
        parameters: &[],
        source: "Ackley, A Connectionist Machine for Genetic Hillclimbing, 1987",
    };

    fn new(_: &Settings) -> Self {
        Self
    }

    #[inline(always)]
    fn at<R: Real>(&self, x: R, y: R) -> R {
        let (zero, one) = (R::constant(0.0), R::constant(1.0));
        let square = (x * x + y * y) * 0.5;
        // The root has no slope at 0; the tip of the funnel takes 0 for it.
        let apart = zero.less_than(square);
        let r = R::select(apart, R::select(apart, square, one).sqrt(), zero);
        let ripple = ((x * TAU).cos() + (y * TAU).cos()) * 0.5;
        (-(-r / 5.0).exp() + 1.0) * 20.0 + (-ripple.exp() + E)
    }

    fn view(&self) -> Bounds {
        Bounds::new(-5.0, 5.0, -3.5, 3.5)
    }

    fn start(&self) -> Point {
        // Descent stops in the first dent, momentum rolls into the funnel.
        Point::new(4.2, 0.5)
    }

    fn learning_rate(&self) -> f64 {
        0.02
    }

    fn stationary(&self) -> Vec<Candidate> {
        let tip = Candidate::Exact(Point::new(0.0, 0.0), StationaryKind::Minimum);
        let others = lattice().filter(|pair| *pair != [0.0; 2]).map(balance);
        [tip].into_iter().chain(others.map(Candidate::Near)).collect()
    }
}

/// Where the funnel's slope is balanced by the ripple's, near a pair of whole or half numbers: the
/// funnel's is 2exp(−r/5)·x/r along x, the ripple's π·exp(c)·sin 2πx with c there.
fn balance(near: [f64; 2]) -> Point {
    let r = (0.5 * (near[0] * near[0] + near[1] * near[1])).sqrt();
    let crest = near.map(|k| if k.fract() == 0.0 { 1.0 } else { -1.0 });
    let ripple = PI * libm::exp(0.5 * (crest[0] + crest[1]));
    let shift = |k: f64, crest: f64| {
        let share = 2.0 * libm::exp(-r / 5.0) * k / (r * ripple);
        k - crest * libm::asin(share.clamp(-1.0, 1.0)) / TAU
    };
    Point::new(shift(near[0], crest[0]), shift(near[1], crest[1]))
}
