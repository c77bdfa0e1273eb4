//! A rule with its learning rate and momentum left open, all its other parameters as they are.
//!
//! What the theory says at another momentum depends on the rule: a moving average's gain is
//! 1 − β, dampening counts only where there is momentum. So the rule itself is asked at each.

use crate::math::geometry::{Point, Vector};
use crate::optimizer::schedule::Schedule;
use crate::optimizer::{Entry, MOMENTUM, Recurrence};
use crate::parameter::Settings;
use crate::surface::AnySurface;
use crate::theory::curvature::curvature;
use crate::theory::{Mode, Tuning, is_quadratic};
use serde::Serialize;

/// A rule of which learning rate and momentum may be set anew.
#[derive(Clone, Debug)]
pub struct MomentumFamily {
    entry: &'static Entry,
    settings: Settings,
    /// The recurrence as set; for a rule without momentum, where its plane begins.
    present: Recurrence,
    has_momentum: bool,
}

/// Why no momentum damps a direction critically.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Uncritical {
    /// lr·λ is 1 or more: where both eigenvalues are equal they are negative, and the ball jumps to
    /// the other side at every step.
    Steep,
    /// The curvature is 0.
    Flat,
    /// The curvature is negative.
    Downward,
    /// No gradient or no momentum is felt, so that β changes nothing.
    Unfelt,
}

impl MomentumFamily {
    /// The family of a rule; `None` where it is no momentum recurrence.
    pub fn of(entry: &'static Entry, settings: &Settings) -> Option<Self> {
        let present = entry.build(settings).recurrence()?;
        let mut family = Self { entry, settings: settings.clone(), present, has_momentum: true };
        /// Any momentum but 0, where a rule could seem to have none.
        const PROBE: f64 = 0.5;
        family.has_momentum =
            family.at(PROBE)?.beta == PROBE && settings.get(MOMENTUM.id).is_some();
        Some(family)
    }

    /// The recurrence at momentum `beta`. A rule without momentum, which is the heavy ball at
    /// β = 0, has the heavy ball's.
    pub fn at(&self, beta: f64) -> Option<Recurrence> {
        if !self.has_momentum {
            return Some(Recurrence { beta, ..self.present });
        }
        self.entry.build(&self.settings_at(beta)).recurrence()
    }

    fn settings_at(&self, beta: f64) -> Settings {
        let mut settings = self.settings.clone();
        self.entry.set_momentum(&mut settings, beta);
        settings
    }

    /// Whether its momentum can be set.
    pub fn has_momentum(&self) -> bool {
        self.has_momentum
    }

    /// The parameters that follow the momentum when it is set through the family, see
    /// [`Optimizer::set_momentum`](crate::optimizer::Optimizer::set_momentum): id and symbol.
    pub fn follows(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        // Any two momenta.
        let [one, other] = [0.25, 0.75].map(|beta| self.settings_at(beta));
        let parameters = self.entry.parameters().into_iter();
        parameters
            .filter(move |spec| spec.id != MOMENTUM.id && one.get(spec.id) != other.get(spec.id))
            .map(|spec| (spec.id, spec.symbol))
    }

    /// Learning rate and momentum as set, and the recurrence there.
    pub fn present(&self) -> (f64, Recurrence) {
        (self.settings.number("lr"), self.present)
    }

    /// The least momentum that damps a direction of the surface's curvature `lambda` critically at
    /// `lr`; for a rule without momentum, the heavy ball's. The border in x = lr·λ falls as β
    /// grows, so it is found by bisection.
    ///
    /// # Errors
    /// Why there is none.
    pub fn critical_beta(&self, lr: f64, lambda: f64) -> Result<f64, Uncritical> {
        let curvature = self.present.curvature(lambda);
        let x = lr * curvature;
        match curvature {
            0.0 => return Err(Uncritical::Flat),
            below if below < 0.0 => return Err(Uncritical::Downward),
            _ if lr <= 0.0 || self.is_idle() => return Err(Uncritical::Unfelt),
            _ => {}
        }
        let below = |beta: f64| self.at(beta).is_some_and(|found| found.critical_x() <= x);
        /// Next to 0, where dampening begins.
        const LEAST: f64 = 1e-30;
        if below(LEAST) {
            return Err(Uncritical::Steep);
        }
        least(below).ok_or(Uncritical::Unfelt)
    }

    /// Whether it has a momentum that changes nothing.
    pub fn is_idle(&self) -> bool {
        !self.has_momentum && self.settings.get(MOMENTUM.id).is_some()
    }

    /// The setting with the smallest spectral radius over the surface's curvatures `low` and
    /// `high`, for plain gradient descent where there is no momentum to set. `None` unless both
    /// curve upward.
    ///
    /// At the best setting the flatter direction is critically damped, and the steeper one is just
    /// as fast: for the heavy ball Polyak's β = ((√κ−1)/(√κ+1))², for Nesterov's momentum
    /// β = (√(3κ+1)−2)/(√(3κ+1)+2), see Lessard, Recht & Packard.
    pub fn best(&self, curvatures: [f64; 2]) -> Option<Tuning> {
        let [low, high] = curvatures.map(|lambda| self.present.curvature(lambda));
        let (low, high) = (low.min(high), low.max(high));
        if !(low > 0.0 && high.is_finite()) {
            return None;
        }
        let kappa = high / low;
        if !self.has_momentum {
            let lr = 2.0 / ((low + high) * self.present.gain());
            let rate = (kappa - 1.0) / (kappa + 1.0);
            return lr.is_finite().then_some(Tuning { lr, beta: 0.0, rate });
        }
        let rates = |beta: f64| {
            let found = self.at(beta)?;
            let x = found.critical_x();
            Some((x, found.mode_at(x).rate, found.mode_at(x * kappa).rate))
        };
        // Rounding must not part what is equal.
        let balanced = |(_, flat, steep): (f64, f64, f64)| steep <= flat * (1.0 + 1e-13);
        let holds = |beta: f64| rates(beta).is_some_and(balanced);
        let beta = if holds(0.0) { 0.0 } else { least(holds)? };
        let (x, rate, _) = rates(beta)?;
        let lr = x / low;
        lr.is_finite().then_some(Tuning { lr, beta, rate })
    }
}

/// The least momentum from 0 to 1 at which something holds that holds at all larger ones, by
/// bisection of √β; `None` if it holds at none below 1.
fn least(holds: impl Fn(f64) -> bool) -> Option<f64> {
    /// As many as halve the distance to rounding.
    const HALVINGS: usize = 60;
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let root = 0.5 * (low + high);
        if holds(root * root) { high = root } else { low = root }
    }
    (high < 1.0).then_some(high * high)
}

/// The theory at one point of a surface. Pairs belong to the directions of the surface's least and
/// greatest curvature.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Local {
    /// Around which place it holds.
    pub point: Point,
    /// Eigenvalues of the surface's Hessian in ascending order; both the same on one-dimensional
    /// surfaces.
    pub eigenvalues: [f64; 2],
    /// What the rule meets there: the eigenvalue plus coupled weight decay, and where the rule
    /// climbs, with the eigenvalue's sign turned.
    pub curvatures: [f64; 2],
    /// The eigenvectors, of length 1.
    pub directions: [Vector; 2],
    /// The larger over the smaller curvature where both are positive.
    pub condition_number: Option<f64>,
    /// Behaviour along each eigen-direction.
    pub modes: [Mode; 2],
    /// The largest of both rates.
    pub spectral_radius: f64,
    /// The learning rate from which each direction diverges; `None` where every one does.
    pub limits: [Option<f64>; 2],
    /// Momentum that damps each direction critically at this lr.
    pub critical_beta: [Option<f64>; 2],
    /// Why there is no such momentum.
    pub uncritical: [Option<Uncritical>; 2],
    /// lr·gain/(1 − β): what a constant gradient comes to move in a step; infinite at β = 1.
    pub effective_step: f64,
    /// Whether the surface is quadratic, so that all this holds everywhere.
    pub exact: bool,
}

impl Local {
    /// The theory of a rule at `lr` around `point`; `None` where the surface has no curvature:
    /// at a kink, and where its second derivatives are not finite.
    pub fn at(
        surface: &dyn AnySurface,
        point: Point,
        family: &MomentumFamily,
        lr: f64,
    ) -> Option<Self> {
        let eigen = curvature(surface, point)?;
        let (_, recurrence) = family.present();
        let eigenvalues = eigen.map(|eigen| eigen.value);
        let curvatures = eigenvalues.map(|lambda| recurrence.curvature(lambda));
        let [least, most] = [curvatures[0].min(curvatures[1]), curvatures[0].max(curvatures[1])];
        let modes = eigenvalues.map(|lambda| recurrence.mode(lr, lambda));
        let critical = eigenvalues.map(|lambda| family.critical_beta(lr, lambda));
        Some(Self {
            point,
            eigenvalues,
            curvatures,
            directions: eigen.map(|eigen| eigen.direction),
            condition_number: (least > 0.0).then(|| most / least),
            modes,
            spectral_radius: modes[0].rate.max(modes[1].rate),
            limits: eigenvalues.map(|lambda| recurrence.limit(lambda)),
            critical_beta: critical.map(Result::ok),
            uncritical: critical.map(Result::err),
            effective_step: lr * recurrence.gain() / (1.0 - recurrence.beta),
            exact: is_quadratic(surface),
        })
    }
}

/// What theory says of one run at one place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Theory {
    /// Learning rate, with the schedule's share.
    pub lr: f64,
    /// Momentum; 0 for plain descent.
    pub beta: f64,
    /// Coupled weight decay, which adds to every curvature.
    pub decay: f64,
    /// Whether the rule climbs, which turns the sign of every curvature.
    pub climbs: bool,
    /// Symbols of the parameters that are tied to the momentum, so that a critical β is theirs too.
    pub follows: Vec<&'static str>,
    /// See [`Local`].
    #[serde(flatten)]
    pub local: Local,
    /// The setting with the smallest spectral radius, if both curvatures are positive.
    pub best: Option<Tuning>,
}

impl Theory {
    /// The theory of a rule around `point` for the step after `step` steps; `None` where it is no
    /// momentum recurrence, and where the surface has no curvature.
    pub fn of(
        (entry, settings): (&'static Entry, &Settings),
        surface: &dyn AnySurface,
        point: Point,
        step: usize,
    ) -> Option<Self> {
        let family = MomentumFamily::of(entry, settings)?;
        let (lr, recurrence) = family.present();
        let lr = lr * Schedule::new(settings).share(step + 1);
        let local = Local::at(surface, point, &family, lr)?;
        Some(Self {
            lr,
            beta: recurrence.beta,
            decay: recurrence.decay,
            climbs: recurrence.sign < 0.0,
            follows: family.follows().map(|(_, symbol)| symbol).collect(),
            local,
            best: family.best(local.eigenvalues),
        })
    }
}
