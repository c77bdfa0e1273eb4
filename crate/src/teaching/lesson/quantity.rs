//! What a scene may quote: a setting, something measured on a computed path, or what the theory
//! says of it.

use crate::configuration::{Configuration, Value};
use crate::math::geometry::Point;
use crate::run::Run;
use crate::run::measure::Measured;
use crate::surface::AnySurface;
use crate::theory::momentum_family::{Local, MomentumFamily};

/// One of the two eigen-directions of the Hessian.
#[derive(Clone, Copy, Debug)]
pub enum Direction {
    /// Of least curvature.
    Flattest,
    /// Of most curvature.
    Steepest,
}

/// A number with a meaning. Runs are counted from 0; row k of a path is the state after k steps.
#[derive(Clone, Copy, Debug)]
pub enum Quantity {
    /// A number set for a run, at the start.
    Setting(usize, &'static str),
    /// A number set for the surface.
    Parameter(&'static str),
    /// Length of the paths in steps.
    Steps,
    /// The step at which the run settles.
    StepsToSettle(usize),
    /// The same with another number set for the run.
    SettlesWith(usize, &'static str, f64),
    /// First step after which the loss is below this.
    StepsUntilBelow(usize, f64),
    /// Crossings of the resting place.
    Overshoots(usize, Direction),
    /// Mean number of steps for a full swing.
    Period(usize, Direction),
    /// Factor by which a step shrinks the distance, fitted.
    Rate(usize),
    /// x at a row.
    At(usize, usize),
    /// Derivative along x at a row.
    Slope(usize, usize),
    /// Length of the step that ends at a row.
    StepLength(usize, usize),
    /// x at the end.
    FinalX(usize),
    /// Loss at the end.
    FinalLoss(usize),
    /// Distance to the resting place at the end.
    FinalDistance(usize),
    /// Distance between two runs at a row.
    Apart(usize, usize, usize),
    /// Mean squared offset from the resting place in a coordinate, over the rows from this on.
    Variance(usize, usize),
    /// Theory: factor by which a step shrinks (or, above 1, stretches) the distance.
    ModeRate(usize, Direction),
    /// Theory: the learning rate from which the steepest direction diverges.
    Limit(usize),
    /// Theory: the momentum that damps this direction critically.
    CriticalBeta(usize, Direction),
    /// Theory: the variance of a coordinate under the configured noise, in the long run.
    StationaryVariance(usize),
}

/// A configuration with its paths.
pub(super) struct Computed {
    configuration: Configuration,
    surface: Box<dyn AnySurface>,
    runs: Vec<Run>,
}

impl Computed {
    pub(super) fn new(configuration: Configuration) -> Self {
        let surface = configuration.surface.entry.build(&configuration.surface.settings);
        let path = |index| {
            let mut run = Run::new();
            run.compute(&*surface, &configuration.plan(index));
            run
        };
        let runs = (0..configuration.runs.len()).map(path).collect();
        Self { configuration, surface, runs }
    }

    fn measured(&self, run: usize) -> Option<Measured> {
        Some(Measured::of(self.runs.get(run)?, &*self.surface))
    }

    /// Where the theory is about: the resting place, or else what is stationary.
    fn centre(&self, run: usize) -> Option<Point> {
        let minimum = self.runs.get(run)?.resting_place();
        minimum.or_else(|| self.surface.stationary().first().map(|stationary| stationary.point))
    }

    fn family(&self, run: usize) -> Option<MomentumFamily> {
        let choice = self.configuration.runs.get(run)?;
        MomentumFamily::of(choice.entry, &choice.settings)
    }

    fn local(&self, run: usize) -> Option<Local> {
        let family = self.family(run)?;
        Local::at(&*self.surface, self.centre(run)?, &family, family.present().0)
    }
}

impl Quantity {
    /// The number, if there is one.
    pub(super) fn of(self, computed: &Computed) -> Option<f64> {
        let Computed { configuration, surface, .. } = computed;
        let path = |run: usize| computed.runs.get(run);
        let row = |run: usize, row: usize| path(run)?.points().get(row).copied();
        let steps = |count: usize| count as f64;
        let number = match self {
            Self::Setting(run, name) => configuration.runs.get(run)?.settings.number(name),
            Self::Parameter(name) => configuration.surface.settings.number(name),
            Self::Steps => steps(configuration.steps),
            Self::StepsToSettle(run) => steps(computed.measured(run)?.settled?),
            Self::SettlesWith(run, name, number) => {
                let field = format!("runs[{run}].{name}");
                let other = configuration.with(&field, Value::Number(number)).ok()?;
                steps(Computed::new(other).measured(run)?.settled?)
            }
            Self::StepsUntilBelow(run, bound) => {
                steps(path(run)?.losses().iter().position(|loss| *loss < bound)?)
            }
            Self::Overshoots(run, direction) => {
                f64::from(computed.measured(run)?.swings[direction as usize].overshoots)
            }
            Self::Period(run, direction) => {
                computed.measured(run)?.swings[direction as usize].period?
            }
            Self::Rate(run) => computed.measured(run)?.rate?,
            Self::At(run, at) => row(run, at)?.x,
            Self::Slope(run, at) => path(run)?.gradients().get(at)?.x,
            Self::StepLength(run, at) => (row(run, at)? - row(run, at.checked_sub(1)?)?).norm(),
            Self::FinalX(run) => path(run)?.end().x,
            Self::FinalLoss(run) => *path(run)?.losses().last()?,
            Self::FinalDistance(run) => (path(run)?.end() - computed.centre(run)?).norm(),
            Self::Apart(one, other, at) => (row(one, at)? - row(other, at)?).norm(),
            Self::Variance(run, from) => {
                let centre = computed.centre(run)?;
                let rows = path(run)?.points().get(from..)?;
                let sum: f64 = rows.iter().map(|&p| (p - centre).dot(p - centre)).sum();
                let coordinates = f64::from(surface.description().dimension);
                sum / (coordinates * rows.len() as f64)
            }
            Self::ModeRate(run, direction) => computed.local(run)?.modes[direction as usize].rate,
            Self::Limit(run) => computed.local(run)?.limits[1]?,
            Self::CriticalBeta(run, direction) => {
                computed.local(run)?.critical_beta[direction as usize]?
            }
            Self::StationaryVariance(run) => {
                let (lr, recurrence) = computed.family(run)?.present();
                let curvature = computed.local(run)?.eigenvalues[0];
                let deviation = configuration.noise.deviation;
                recurrence.stationary_variance(lr, curvature, deviation * deviation)?
            }
        };
        number.is_finite().then_some(number)
    }
}
