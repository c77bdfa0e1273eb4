//! One run from a configuration, with everything recorded.

use crate::configuration::{Configuration, Error, Value};
use crate::run::{Run, Status};
use crate::surface::AnySurface;
use crate::theory::momentum_family::Theory;

/// A finished run with what it was computed from.
#[derive(Debug)]
pub struct Simulated {
    /// What was asked for.
    pub configuration: Configuration,
    /// The surface.
    pub surface: Box<dyn AnySurface>,
    /// The path.
    pub run: Run,
}

/// Runs the first run of a configuration, e.g. `{"surface": "rosenbrock", "optimizer":
/// {"id": "momentum", "lr": 1e-3, "beta": 0.9}, "start": [-1.2, 1], "steps": 200}`.
///
/// Makes all its steps whatever happens, unless a coordinate passes
/// [`DIVERGED`](crate::run::DIVERGED) in size or f or its gradient is not a finite number where the
/// ball is: that row is the last.
///
/// ```
/// use momentum_lab::configuration::Value;
/// use momentum_lab::study::simulate::simulate;
///
/// let asked: Value = serde_json::from_str(
///     r#"{"surface": "parabola", "start": [1], "steps": 2,
///         "optimizer": {"id": "momentum", "lr": 0.01, "beta": 0.9}}"#,
/// )?;
/// let done = simulate(&asked)?;
/// assert_eq!(format!("{:.6}", done.run.end().x), "0.971100");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// The first field that is not as it should be, with its value.
pub fn simulate(asked: &Value) -> Result<Simulated, Error> {
    let configuration = Configuration::strict(asked)?;
    let surface = configuration.surface.entry.build(&configuration.surface.settings);
    let mut run = Run::new();
    run.compute(&*surface, &configuration.plan(0));
    Ok(Simulated { configuration, surface, run })
}

impl Simulated {
    /// Positions as x0, y0, x1, y1, …: 2·(rows) numbers.
    pub fn coordinates(&self) -> Vec<f64> {
        self.run.points().iter().flat_map(|point| [point.x, point.y]).collect()
    }

    /// `running`, `converged`, `diverged`, `leaving` or `undefined`, see [`Status`].
    pub fn status(&self) -> &'static str {
        match self.run.status() {
            Status::Running => "running",
            Status::Converged(_) => "converged",
            Status::Diverged(_) => "diverged",
            Status::Leaving(_) => "leaving",
            Status::Undefined(_) => "undefined",
        }
    }

    /// The step at which a coordinate passed [`DIVERGED`](crate::run::DIVERGED), if one did.
    pub fn diverged_at(&self) -> Option<usize> {
        self.run.diverged_at()
    }

    /// What theory says of the first step's settings around the place where the run rests or would:
    /// its [`Centre`](crate::run::centre::Centre), or the start where no minimum is known. `None` where the rule is no momentum
    /// recurrence, and where the surface has no curvature there.
    pub fn theory(&self) -> Option<Theory> {
        let choice = self.configuration.runs.first()?;
        super::theory_around_rest((choice.entry, &choice.settings), &*self.surface, &self.run)
    }
}
