//! A cloud: the same run again and again, each time with other noise.

use crate::configuration::Configuration;
use crate::math::geometry::{Point, Vector};
use crate::optimizer::Recurrence;
use crate::run::Run;
use crate::run::noise::Noise;
use crate::surface::AnySurface;
use crate::theory::curvature::curvature;
use crate::theory::{directions, is_quadratic};
use serde::Serialize;

/// Steps of all repeats together, so that long paths have fewer of them.
const STEPS: usize = 200_000;

/// The least and the most repeats.
const REPEATS: (usize, usize) = (10, 200);

/// The repeats of one run.
#[derive(Debug)]
pub struct NoiseEnsemble {
    /// Which run.
    pub run: usize,
    /// Where the run without noise would come to rest: the minimum nearest to the run's end.
    pub rest: Option<Point>,
    paths: Vec<Vec<Point>>,
    directions: [Vector; 2],
    theory: [Option<f64>; 2],
}

/// How far a cloud is spread.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Spread {
    /// Which run.
    pub run: usize,
    /// Number of repeats.
    pub repeats: usize,
    /// Standard deviation over the repeats now, along the flattest and the steepest direction at
    /// the resting place.
    pub measured: [f64; 2],
    /// The same by theory, once the start is forgotten; `None` where theory has no word: on
    /// anything but a stable heavy ball with noise of one size in all directions.
    pub theory: [Option<f64>; 2],
}

impl NoiseEnsemble {
    /// The cloud of the first shown run, if one is asked for and there is chance in its gradients.
    /// `runs` are the paths as configured.
    pub fn of(
        configuration: &Configuration,
        surface: &dyn AnySurface,
        runs: &[Run],
    ) -> Option<Self> {
        let Noise { deviation, seed, .. } = configuration.noise;
        let drawn = configuration.noise.takes_batches(surface.samples());
        if !(configuration.overlay.cloud && (deviation > 0.0 || drawn)) {
            return None;
        }
        let run = configuration.runs.iter().position(|choice| choice.visible())?;
        let repeats = (STEPS / configuration.steps.max(1)).clamp(REPEATS.0, REPEATS.1);
        let (mut path, mut plan) = (Run::new(), configuration.plan(run));
        let paths = (1..=repeats as u32).map(|other| {
            plan.noise.seed = seed.wrapping_add(other);
            path.walk(surface, &plan);
            path.points().to_vec()
        });
        let paths = paths.collect();
        let rest = runs[run].resting_place();
        let eigen = directions(surface, rest.unwrap_or(configuration.start));
        let last = configuration.rule_after(run, configuration.steps);
        // What theory speaks of takes as long as the start is remembered, at one learning rate.
        let rates = runs[run].rates();
        let lr = rates.last().copied().unwrap_or(f64::NAN);
        let steady = rates[rates.len() / 2..].iter().all(|rate| *rate == lr);
        // With weight decay the runs rest elsewhere, where only a quadratic curves the same.
        let here = |rule: Recurrence| rule.descends() || is_quadratic(surface);
        let smooth = rest.is_some_and(|rest| curvature(surface, rest).is_some());
        let recurrence = last.recurrence().filter(|rule| !drawn && steady && smooth && here(*rule));
        let theory = eigen.map(|eigen| {
            recurrence?.stationary_variance(lr, eigen.value, deviation * deviation).map(f64::sqrt)
        });
        Some(Self { run, rest, paths, directions: eigen.map(|eigen| eigen.direction), theory })
    }

    /// Where each repeat is at a time in steps, on whole steps; one that has left for good is
    /// where it was last.
    pub fn points(&self, time: f64) -> impl Iterator<Item = Point> {
        let row = time.max(0.0) as usize;
        self.paths.iter().filter_map(move |path| path.get(row).or(path.last()).copied())
    }

    /// The Hessian's eigenvectors at the resting place.
    pub fn directions(&self) -> [Vector; 2] {
        self.directions
    }

    /// How far it is spread at a time in steps.
    pub fn spread(&self, time: f64) -> Spread {
        let count = self.paths.len() as f64;
        let measured = self.directions.map(|direction| {
            let along = || self.points(time).map(|p| p.x * direction.x + p.y * direction.y);
            let mean = along().sum::<f64>() / count;
            let squares = along().map(|value| (value - mean) * (value - mean)).sum::<f64>();
            (squares / (count - 1.0)).sqrt()
        });
        Spread { run: self.run, repeats: self.paths.len(), measured, theory: self.theory }
    }

    /// The middle of it at a time in steps.
    pub fn middle(&self, time: f64) -> Point {
        let count = self.paths.len() as f64;
        let (x, y) = self.points(time).fold((0.0, 0.0), |(x, y), p| (x + p.x, y + p.y));
        Point::new(x / count, y / count)
    }
}
