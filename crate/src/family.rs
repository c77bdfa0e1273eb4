//! A rule with its learning rate and momentum left open, all its other parameters as they are.
//!
//! What the theory says at another momentum depends on the rule: a moving average's gain is
//! 1 − β, dampening counts only where there is momentum. So the rule itself is asked at each.

use crate::geometry::Point;
use crate::optimizer::{Entry, MOMENTUM, Recurrence};
use crate::parameter::{Setting, Settings};
use crate::schedule::Schedule;
use crate::surface::AnySurface;
use crate::theory::{Local, Tuning};
use serde::Serialize;

/// See the [module](self).
#[derive(Clone, Debug)]
pub struct Family {
    entry: &'static Entry,
    settings: Settings,
    /// The recurrence as set; for a rule without momentum, where its plane begins.
    present: Recurrence,
    has_momentum: bool,
}

impl Family {
    /// The family of a rule; `None` where it is no momentum recurrence, or only at some momenta.
    pub fn of(entry: &'static Entry, settings: &Settings) -> Option<Self> {
        let present = entry.build(settings).recurrence()?;
        let settings = settings.clone();
        let mut family = Self { entry, settings, present, has_momentum: true };
        if family.settings.get(MOMENTUM.id).is_none() {
            family.has_momentum = false;
        } else {
            let probes = [0.25, 0.75].map(|beta| family.at(beta).map(|found| found.beta == beta));
            let [Some(low), Some(high)] = probes else { return None };
            family.has_momentum = low && high;
        }
        Some(family)
    }

    /// The recurrence at momentum `beta`. A rule without momentum, which is the heavy ball at
    /// β = 0, has the heavy ball's.
    pub fn at(&self, beta: f64) -> Option<Recurrence> {
        if !self.has_momentum {
            return Some(Recurrence { beta, ..self.present });
        }
        let mut settings = self.settings.clone();
        settings.set(MOMENTUM.id, Setting::Number(beta));
        self.entry.build(&settings).recurrence()
    }

    /// Whether its momentum can be set.
    pub fn has_momentum(&self) -> bool {
        self.has_momentum
    }

    /// Learning rate and momentum as set, and the recurrence there.
    pub fn present(&self) -> (f64, Recurrence) {
        (self.settings.number("lr"), self.present)
    }

    /// The setting with the smallest spectral radius over curvatures from `low` to `high`; see
    /// [`Recurrence::best`].
    pub fn best(&self, [low, high]: [f64; 2]) -> Option<Tuning> {
        let best = self.present.best(low, high, self.has_momentum)?;
        let lr = best.lr / self.at(best.beta)?.gain;
        lr.is_finite().then_some(Tuning { lr, ..best })
    }
}

/// What theory says of one run at one place.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Theory {
    /// Learning rate, with the schedule's share.
    pub lr: f64,
    /// Momentum; 0 for plain descent.
    pub beta: f64,
    /// See [`Local`].
    #[serde(flatten)]
    pub local: Local,
    /// The setting with the smallest spectral radius, if both curvatures are positive.
    pub best: Option<Tuning>,
}

impl Theory {
    /// The theory of a rule around `point` for the step after `step` steps; `None` where it is no
    /// momentum recurrence.
    pub fn of(
        (entry, settings): (&'static Entry, &Settings),
        surface: &dyn AnySurface,
        point: Point,
        step: usize,
    ) -> Option<Self> {
        let recurrence = entry.build(settings).recurrence()?;
        let lr = settings.number("lr") * Schedule::new(settings).share(step + 1);
        let local = Local::at(surface, point, recurrence, lr);
        let best = Family::of(entry, settings).and_then(|family| family.best(local.eigenvalues));
        Some(Self { lr, beta: recurrence.beta, local, best })
    }
}
