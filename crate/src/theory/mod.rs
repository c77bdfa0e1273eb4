//! What theory says of an optimizer on a quadratic: regimes, rates and limits.
//!
//! Along an eigen-direction with curvature λ, write x = lr·λ. A step multiplies position and
//! velocity by a matrix whose eigenvalues σ solve σ² − tσ + d = 0, with t = 1 + β − now·x and
//! d = β − before·x, see [`Recurrence`]. Everything here follows from these two numbers. Exact on
//! quadratics, local elsewhere.
//!
//! Sources: Goh, "Why Momentum Really Works", Distill 2017; Lessard, Recht & Packard, SIAM J.
//! Optim. 26 (2016), arXiv 1408.3595; Zhang & Mitliagkas, "YellowFin", arXiv 1706.03471; Ma &
//! Yarats, "Quasi-hyperbolic momentum", arXiv 1810.06801. The variance is that of an
//! autoregressive process of second order, Box & Jenkins, "Time Series Analysis", 1970.

pub mod curvature;
pub mod momentum_family;

use crate::math::geometry::{Eigen, Point, Vector};
use crate::optimizer::Recurrence;
use crate::surface::AnySurface;
use serde::Serialize;

/// How a ball behaves along one eigen-direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Regime {
    /// Approaches without crossing.
    Monotone,
    /// On the border between monotone and oscillating: both eigenvalues are the same positive one.
    Critical,
    /// Damped oscillation.
    Oscillating,
    /// Jumps to the other side at every step, ever less.
    Alternating,
    /// Moves away.
    Divergent,
}

/// The behaviour along one eigen-direction.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Mode {
    /// See [`Regime`].
    pub regime: Regime,
    /// Spectral radius: the factor by which a step shrinks the distance in the long run.
    pub rate: f64,
    /// Steps for one full swing, when oscillating or alternating.
    pub period: Option<f64>,
}

/// The spectral radius of one whole spectrum and the setting that has it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Tuning {
    /// Learning rate.
    pub lr: f64,
    /// Momentum.
    pub beta: f64,
    /// Spectral radius there.
    pub rate: f64,
}

/// By how much a rate may exceed 1 through rounding.
const ROUNDING: f64 = 1e-12;

/// Relative distance of x from the border within which a direction counts as critically damped.
const CRITICAL: f64 = 1e-9;

impl Recurrence {
    /// Trace and determinant of the step's matrix at x = lr·λ.
    fn matrix(self, x: f64) -> (f64, f64) {
        (1.0 + self.beta - self.now * x, self.beta - self.before * x)
    }

    /// The x at which the eigenvalues are equal: (1 + β − now·x)² = 4(β − before·x). The lower one
    /// is infinite where no gradient is felt.
    fn borders(self) -> [f64; 2] {
        let Self { beta, now, before, .. } = self;
        let middle = now * (1.0 + beta) - 2.0 * before;
        let sum = middle + 2.0 * ((now - before) * (now * beta - before)).max(0.0).sqrt();
        // Their product is (1 − β)²/now²; the difference would cancel near β = 1.
        let apart = (1.0 - beta) * (1.0 - beta);
        [if sum > 0.0 { apart / sum } else { f64::INFINITY }, sum / (now * now)]
    }

    /// Trace² − 4·determinant, near the lower border without cancellation, which would count near
    /// β = 1.
    fn discriminant(self, x: f64) -> f64 {
        let [low, high] = self.borders();
        if 2.0 * x < high {
            self.now * self.now * (x - low) * (x - high)
        } else {
            let (trace, determinant) = self.matrix(x);
            trace * trace - 4.0 * determinant
        }
    }

    /// The behaviour at learning rate `lr` along a direction where the surface's curvature is
    /// `lambda`.
    pub fn mode(self, lr: f64, lambda: f64) -> Mode {
        self.mode_at(lr * self.curvature(lambda))
    }

    /// The behaviour at x = lr·λ.
    pub(crate) fn mode_at(self, x: f64) -> Mode {
        let (trace, determinant) = self.matrix(x);
        let discriminant = self.discriminant(x);
        let (middle, spread) = (0.5 * trace, discriminant.abs().sqrt());
        // Between two equal eigenvalues and two that are apart by a share of their distance from 0
        // and from 1. The rounding of β counts more the nearer it is to 1.
        let rounding = (CRITICAL + 8.0 * f64::EPSILON / (1.0 - self.beta).abs()).min(1e-2);
        let apart = middle.min(1.0 - middle);
        let critical = apart > 0.0 && spread <= 2.0 * rounding.sqrt() * apart;
        let swings = discriminant < 0.0 && !critical;
        let (rate, period) = if critical {
            (middle, None)
        } else if swings {
            let angle = libm::atan2(spread, trace);
            (determinant.sqrt(), Some(std::f64::consts::TAU / angle))
        } else {
            (0.5 * (trace.abs() + spread), (trace < 0.0).then_some(2.0))
        };
        let regime = match period {
            _ if rate > 1.0 + ROUNDING => Regime::Divergent,
            Some(_) if swings => Regime::Oscillating,
            Some(_) => Regime::Alternating,
            None if critical => Regime::Critical,
            None => Regime::Monotone,
        };
        Mode { regime, rate, period }
    }

    /// The learning rate from which a direction diverges where the surface's curvature is
    /// `lambda`; `None` where no rate is stable, because it does not curve upward, and where every
    /// one is, because no gradient is felt.
    pub fn limit(self, lambda: f64) -> Option<f64> {
        // One eigenvalue reaches −1 there: 1 + trace + determinant = 0.
        let x = 2.0 * (1.0 + self.beta) / (self.now + self.before);
        let curvature = self.curvature(lambda);
        (curvature > 0.0).then(|| x / curvature).filter(|limit| limit.is_finite())
    }

    /// The x = lr·λ on the border between monotone and oscillating.
    pub(crate) fn critical_x(self) -> f64 {
        self.borders()[0]
    }

    /// The learning rate at which a direction of the surface's curvature `lambda` is damped
    /// critically at this momentum; `None` where it does not curve upward.
    pub fn critical_lr(self, lambda: f64) -> Option<f64> {
        let curvature = self.curvature(lambda);
        (curvature > 0.0).then(|| self.critical_x() / curvature).filter(|lr| lr.is_finite())
    }

    /// The offset after `now` and, a step earlier, `before`, along a direction where the surface's
    /// curvature is `lambda`.
    pub fn next(self, lr: f64, lambda: f64, [before, now]: [f64; 2]) -> f64 {
        let (trace, determinant) = self.matrix(lr * self.curvature(lambda));
        trace * now - determinant * before
    }

    /// The smallest A for which ±A·rateᵏ holds every iterate of a swing along a direction of
    /// curvature `lambda`, and where the factors are complex all times between too, from its first two
    /// offsets; `None` where the ball does not swing.
    pub fn amplitude(self, lr: f64, lambda: f64, [first, second]: [f64; 2]) -> Option<f64> {
        let x = lr * self.curvature(lambda);
        let (trace, _) = self.matrix(x);
        let discriminant = self.discriminant(x);
        let spread = discriminant.abs().sqrt();
        if spread == 0.0 {
            return None;
        }
        if discriminant < 0.0 {
            return Some(libm::hypot(first, (2.0 * second - trace * first) / spread));
        }
        // wₖ = a·σ₁ᵏ + b·σ₂ᵏ with |σ₁| < |σ₂| and σ₂ < 0: wₖ/σ₂ᵏ goes from w₀ to b, on one side of b
        // or, where σ₁ > 0, on both in turn.
        let slow = (0.5 * (trace + spread) * first - second) / spread;
        let rate = 0.5 * (spread - trace);
        (trace < 0.0).then(|| slow.abs().max(first.abs()).max(second.abs() / rate))
    }

    /// Stationary variance along a direction of the surface's curvature `lambda` under gradient
    /// noise of variance `noise`; heavy ball only, and only where it is stable.
    pub fn stationary_variance(self, lr: f64, lambda: f64, noise: f64) -> Option<f64> {
        let (beta, curvature) = (self.beta, self.curvature(lambda));
        let step = lr * self.now;
        let x = step * curvature;
        let stable = x > 0.0 && x < 2.0 * (1.0 + beta) && beta < 1.0;
        (stable && self.before == 0.0).then(|| {
            step * noise * (1.0 + beta) / (curvature * (1.0 - beta) * (2.0 * (1.0 + beta) - x))
        })
    }
}

/// The Hessian's eigenvalues at `point` in ascending order, with their directions; twice the only
/// one on one-dimensional surfaces.
pub fn directions(surface: &dyn AnySurface, point: Point) -> [Eigen; 2] {
    let hessian = surface.hessian(point);
    if surface.description().dimension == 1 {
        [Eigen { value: hessian.xx, direction: Vector::new(1.0, 0.0) }; 2]
    } else {
        hessian.eigen()
    }
}

/// Whether the Hessian is the same all over the view.
pub fn is_quadratic(surface: &dyn AnySurface) -> bool {
    let view = surface.view();
    let at = |column: f64, row: f64| {
        surface.hessian(Point::new(
            view.x_min + column * view.width(),
            view.y_min + row * view.height(),
        ))
    };
    let first = at(0.5, 0.5);
    let size = first.xx.abs() + first.xy.abs() + first.yy.abs();
    [(0.07, 0.11), (0.93, 0.29), (0.31, 0.87), (0.71, 0.61), (0.43, 0.17)].iter().all(|&(c, r)| {
        let h = at(c, r);
        (h.xx - first.xx).abs() + (h.xy - first.xy).abs() + (h.yy - first.yy).abs() <= 1e-9 * size
    })
}
