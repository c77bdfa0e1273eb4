//! A sweep: the paths for several values of one parameter, all else as it is.

use crate::configuration::{Configuration, RunChoice, Value};
use crate::parameter::{ParameterSpec, Setting};
use crate::run::Run;

/// The paths of a sweep.
pub const MEMBERS: usize = 9;

/// One path of a sweep.
#[derive(Debug)]
pub struct Member {
    /// The parameter's value, of four significant digits.
    pub value: f64,
    /// The path.
    pub run: Run,
}

/// The paths of a sweep, by ascending values.
#[derive(Debug)]
pub struct SweepResult {
    /// The run whose paths they are.
    pub run: usize,
    /// What is swept.
    pub parameter: ParameterSpec,
    /// One for each value.
    pub members: Vec<Member>,
}

impl SweepResult {
    /// The paths of the configured sweep: of the first shown run that has the parameter, or if it
    /// is one of the surface, of the first shown run. `None` where there is none.
    pub fn of(configuration: &Configuration) -> Option<Self> {
        let id = configuration.sweep.parameter?;
        let mut shown =
            configuration.runs.iter().enumerate().filter(|(_, choice)| choice.visible());
        let has = |specs: Vec<ParameterSpec>| specs.into_iter().find(|spec| spec.id == id);
        let of_run = shown.clone().find_map(|(run, choice)| {
            let spec = has(RunChoice::parameters(choice.entry))?;
            Some((run, spec, format!("runs[{run}].{id}"), choice.settings.get(id)?))
        });
        let surface = &configuration.surface;
        let (run, parameter, field, present) = of_run.or_else(|| {
            let spec = has(surface.entry.description.parameters.to_vec())?;
            Some((shown.next()?.0, spec, format!("surface.{id}"), surface.settings.get(id)?))
        })?;
        let &Setting::Number(present) = present else { return None };
        let mut values = values(&parameter, present, configuration.sweep.reach);
        values.dedup();
        let members = values.into_iter().filter_map(|value| {
            let changed = configuration.with(&field, Value::Number(value)).ok()?;
            let entry = changed.surface.entry;
            let mut path = Run::new();
            path.compute(&*entry.build(&changed.surface.settings), &changed.plan(run));
            Some(Member { value, run: path })
        });
        Some(Self { run, parameter, members: members.collect() })
    }
}

/// Values in equal steps of the slider, `reach` of it to either side of `present`.
fn values(spec: &ParameterSpec, present: f64, reach: f64) -> Vec<f64> {
    let Some(middle) = spec.position(present) else { return Vec::new() };
    let (low, high) = ((middle - reach).max(0.0), (middle + reach).min(1.0));
    let at = |index: usize| {
        let value = spec.value_at(low + (high - low) * index as f64 / (MEMBERS - 1) as f64)?;
        // So that what is written beside a path is its whole value.
        format!("{value:.3e}").parse().ok()
    };
    (0..MEMBERS).filter_map(at).collect()
}
