//! What theory says of an optimizer on a quadratic: regimes, rates and limits.
//!
//! Along an eigen-direction with curvature λ, write x = lr·gain·λ. A step multiplies position
//! and velocity by a matrix whose eigenvalues σ solve σ² − tσ + d = 0, with t = 1 + β − x, d = β
//! for the heavy ball and t = (1 + β)(1 − x), d = β(1 − x) for Nesterov's look-ahead. Everything
//! here follows from these two numbers. Exact on quadratics, local elsewhere.
//!
//! Sources: Goh, "Why Momentum Really Works", Distill 2017; Lessard, Recht & Packard, SIAM J.
//! Optim. 26 (2016), arXiv 1408.3595; Zhang & Mitliagkas, "YellowFin", arXiv 1706.03471.

use crate::geometry::{Eigen, Point, Vector};
use crate::optimizer::Recurrence;
use crate::surface::AnySurface;
use serde::Serialize;

/// How a ball behaves along one eigen-direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Regime {
    /// Approaches without crossing.
    Monotone,
    /// On the border between monotone and oscillating, where the approach is fastest.
    Critical,
    /// Swings through the minimum with a period, ever less.
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

/// Relative size under which a discriminant counts as zero.
const CRITICAL: f64 = 1e-12;

impl Recurrence {
    /// Trace and determinant of the step's matrix at x = lr·gain·λ.
    fn matrix(self, x: f64) -> (f64, f64) {
        let Self { beta, .. } = self;
        if self.look_ahead {
            ((1.0 + beta) * (1.0 - x), beta * (1.0 - x))
        } else {
            (1.0 + beta - x, beta)
        }
    }

    /// The behaviour at learning rate `lr` along a direction of curvature `lambda`.
    pub fn mode(self, lr: f64, lambda: f64) -> Mode {
        let (trace, determinant) = self.matrix(lr * self.gain * lambda);
        let discriminant = trace * trace - 4.0 * determinant;
        let critical = discriminant.abs() <= CRITICAL * (trace * trace + 4.0 * determinant.abs());
        let (rate, period) = if discriminant < 0.0 && !critical {
            let angle = libm::atan2((-discriminant).sqrt(), trace);
            (determinant.sqrt(), Some(std::f64::consts::TAU / angle))
        } else {
            let root = 0.5 * (trace.abs() + discriminant.max(0.0).sqrt());
            (root, (trace < 0.0).then_some(2.0))
        };
        let regime = match period {
            _ if rate > 1.0 + CRITICAL => Regime::Divergent,
            Some(_) if discriminant < 0.0 && !critical => Regime::Oscillating,
            Some(_) => Regime::Alternating,
            // Without momentum the matrix is singular, and "critical" would be one step to rest.
            None if critical => Regime::Critical,
            None => Regime::Monotone,
        };
        Mode { regime, rate, period }
    }

    /// The learning rate from which a direction of curvature `lambda` diverges; `None` where
    /// every one does, because the surface does not curve upward.
    pub fn limit(self, lambda: f64) -> Option<f64> {
        let beta = self.beta;
        let x = if self.look_ahead {
            (2.0 + 2.0 * beta) / (1.0 + 2.0 * beta)
        } else {
            2.0 * (1.0 + beta)
        };
        (lambda > 0.0).then(|| x / (self.gain * lambda))
    }

    /// The momentum that damps a direction of curvature `lambda` critically at `lr`, this
    /// recurrence's gain kept; `None` where none does.
    pub fn critical_beta(self, lr: f64, lambda: f64) -> Option<f64> {
        let root = (lr * self.gain * lambda).sqrt();
        if self.look_ahead {
            (root < 1.0).then(|| (1.0 - root) / (1.0 + root))
        } else {
            (root < 2.0).then_some((1.0 - root) * (1.0 - root))
        }
    }

    /// The smallest A for which ±A·rateᵏ holds every iterate of a swing along a direction of
    /// curvature `lambda`, and where the factors are complex all times between too, from its first two
    /// offsets; `None` where the ball does not swing.
    pub fn amplitude(self, lr: f64, lambda: f64, [first, second]: [f64; 2]) -> Option<f64> {
        let (trace, determinant) = self.matrix(lr * self.gain * lambda);
        let discriminant = trace * trace - 4.0 * determinant;
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

    /// The learning rate at which a direction of curvature `lambda` is on the border between
    /// monotone and oscillating: the inverse of [`critical_beta`](Self::critical_beta), but for
    /// the gain, which is that of this momentum. `None` where the surface does not curve upward.
    pub fn critical_lr(self, lambda: f64) -> Option<f64> {
        let beta = self.beta;
        let root = if self.look_ahead { (1.0 - beta) / (1.0 + beta) } else { 1.0 - beta.sqrt() };
        (lambda > 0.0).then(|| root * root / (self.gain * lambda))
    }

    /// The setting with the smallest spectral radius over curvatures from `low` to `high`, for
    /// plain gradient descent where this recurrence has no momentum to set. The learning rate is that
    /// for a gain of 1: the gain may depend on the momentum, as
    /// [`Family::best`](crate::family::Family::best) takes into account.
    /// `None` unless 0 < `low` ≤ `high`.
    pub fn best(self, low: f64, high: f64, has_momentum: bool) -> Option<Tuning> {
        if !(low > 0.0 && high >= low && high.is_finite()) {
            return None;
        }
        let kappa = high / low;
        Some(if !has_momentum {
            Tuning { lr: 2.0 / (low + high), beta: 0.0, rate: (kappa - 1.0) / (kappa + 1.0) }
        } else if self.look_ahead {
            let root = (3.0 * kappa + 1.0).sqrt();
            let beta = (root - 2.0) / (root + 2.0);
            Tuning { lr: 4.0 / (3.0 * high + low), beta, rate: 1.0 - 2.0 / root }
        } else {
            let rate = (kappa.sqrt() - 1.0) / (kappa.sqrt() + 1.0);
            let root = 2.0 / (low.sqrt() + high.sqrt());
            Tuning { lr: root * root, beta: rate * rate, rate }
        })
    }

    /// Stationary variance along a direction of curvature `lambda` under gradient noise of
    /// variance `noise`; heavy ball only, and only where it is stable.
    pub fn stationary_variance(self, lr: f64, lambda: f64, noise: f64) -> Option<f64> {
        let (beta, x) = (self.beta, lr * self.gain * lambda);
        let stable = x > 0.0 && x < 2.0 * (1.0 + beta) && beta < 1.0;
        (stable && !self.look_ahead).then(|| {
            let step = lr * self.gain;
            step * noise * (1.0 + beta) / (lambda * (1.0 - beta) * (2.0 * (1.0 + beta) - x))
        })
    }
}

/// The theory at one point of a surface.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Local {
    /// Eigenvalues of the Hessian in ascending order; both the same on one-dimensional surfaces.
    pub eigenvalues: [f64; 2],
    /// Their eigenvectors, of length 1.
    pub directions: [Vector; 2],
    /// λmax/λmin where both are positive.
    pub condition_number: Option<f64>,
    /// Behaviour along each eigen-direction.
    pub modes: [Mode; 2],
    /// The largest of both rates.
    pub spectral_radius: f64,
    /// The learning rate from which each direction diverges; `None` where every one does.
    pub limits: [Option<f64>; 2],
    /// Momentum that damps each direction critically at this lr.
    pub critical_beta: [Option<f64>; 2],
    /// lr·gain/(1 − β): what a constant gradient comes to move in a step; infinite at β = 1.
    pub effective_step: f64,
    /// Whether the surface is quadratic, so that all this holds everywhere.
    pub exact: bool,
}

impl Local {
    /// The theory of `recurrence` at `lr` around `point`.
    pub fn at(surface: &dyn AnySurface, point: Point, recurrence: Recurrence, lr: f64) -> Self {
        let eigen = directions(surface, point);
        let [low, high] = eigen.map(|eigen| eigen.value);
        let modes = [low, high].map(|lambda| recurrence.mode(lr, lambda));
        Self {
            eigenvalues: [low, high],
            directions: eigen.map(|eigen| eigen.direction),
            condition_number: (low > 0.0).then(|| high / low),
            modes,
            spectral_radius: modes[0].rate.max(modes[1].rate),
            limits: [low, high].map(|lambda| recurrence.limit(lambda)),
            critical_beta: [low, high].map(|lambda| recurrence.critical_beta(lr, lambda)),
            effective_step: lr * recurrence.gain / (1.0 - recurrence.beta),
            exact: is_quadratic(surface),
        }
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
