//! With which momentum does a run settle soonest without overshooting along the flattest direction?
//!
//! Along the steepest one, momenta that are quick overshoot whatever the learning rate: were that
//! counted, only creeping would be right.

use super::{Case, Offer, Task, Unfit, Verdict, last_news, settled};
use crate::configuration::{Complaint, Configuration, Value};
use crate::optimizer::MOMENTUM;
use crate::parameter::{Kind, ParameterSpec};
use crate::reason::Reason;
use crate::run::{Run, Status};

/// The question. Each answer is run. A momentum without overshoots is worth a half, and all if the
/// run settles in at most [`ALLOWANCE`] times the steps of the best one; the other half falls
/// off with the steps. With overshoots it is worth less than a half: the less, the more there are
/// in comparison with the momentum that was set. One that runs away is worth nothing.
pub(super) static DAMPS: Task = Task {
    id: "damps",
    reasons: &["quick", "slow", "moving", "overshoots", "diverged"],
    offer,
    judge,
};

/// By so many times the least number of steps a right answer may take.
const ALLOWANCE: f64 = 1.25;

/// So many momenta, evenly along the slider, are tried to find the best one, or fewer if they take
/// more than [`STEPS`] together.
const TRIALS: usize = 120;
const STEPS: usize = 2_000_000;

/// What becomes of the run with one momentum.
struct Trial {
    beta: f64,
    overshoots: u32,
    status: Status,
    settled: Option<usize>,
    until: usize,
}

impl Trial {
    /// Whether it settles without overshooting.
    fn is_sound(&self) -> bool {
        self.overshoots == 0 && self.settled.is_some()
    }

    fn of(case: &Case<'_>, configuration: &Configuration, beta: f64) -> Self {
        let mut run = Run::new();
        run.compute(case.surface, &configuration.plan(case.index()));
        Self {
            beta,
            overshoots: run.overshoots().last().map_or(0, |[flattest, _]| *flattest),
            status: run.status(),
            settled: settled(&run),
            until: last_news(&run),
        }
    }
}

/// The field that is answered.
fn field(case: &Case<'_>) -> String {
    format!("runs[{}].{}", case.index(), MOMENTUM.id)
}

/// The momentum that is set and its range, where the run's rule has one.
fn momentum(case: &Case<'_>) -> Option<(ParameterSpec, f64)> {
    let choice = &case.configuration.runs[case.index()];
    let spec = choice.entry.parameters().into_iter().find(|spec| spec.id == MOMENTUM.id)?;
    Some((spec, choice.settings.number(MOMENTUM.id)))
}

fn offer(case: &Case<'_>) -> Result<Offer, Unfit> {
    let (spec, value) = momentum(case).ok_or(Unfit("no-momentum"))?;
    if !trials(case, &spec).any(|trial| trial.is_sound()) {
        return Err(Unfit("undamped"));
    }
    Ok(Offer::Number { field: field(case), spec: Box::new(spec), value })
}

fn judge(case: &Case<'_>, answer: &Value) -> Result<Verdict, Complaint> {
    let unknown = || Complaint::new(field(case), Reason::NoSuchParameter);
    let (spec, value) = momentum(case).ok_or_else(unknown)?;
    let changed = case.configuration.with(&field(case), answer.clone())?;
    let Value::Number(beta) = *answer else { return Err(unknown()) };
    let own = Trial::of(case, &changed, beta);
    // Between those that are tried there may be a better one. Of several the smallest.
    let sound = trials(case, &spec).filter(Trial::is_sound).min_by_key(|trial| trial.settled);
    let best = match (&sound, own.is_sound()) {
        (Some(tried), true) if own.settled < tried.settled => Some(&own),
        (None, true) => Some(&own),
        (tried, _) => tried.as_ref(),
    };
    let least = best.and_then(|best| best.settled);
    let quick = |step: usize| least.map_or(1.0, |least| ALLOWANCE * least as f64 / step as f64);
    let (because, score) = match (own.status, own.overshoots) {
        (Status::Diverged(_), _) => ("diverged", 0.0),
        (Status::Converged(step), 0) if quick(step) >= 1.0 => ("quick", 1.0),
        (Status::Converged(step), 0) => ("slow", 0.5 + 0.5 * quick(step)),
        (Status::Running, 0) => ("moving", 0.5),
        (_, count) => {
            let before = Trial::of(case, case.configuration, value).overshoots.max(1);
            ("overshoots", 0.5 * (1.0 - f64::from(count) / f64::from(before)).max(0.0))
        }
    };
    let mut numbers =
        vec![("beta", beta), ("overshoots", f64::from(own.overshoots)), ("step", own.until as f64)];
    if let (Some(best), Some(least)) = (best, least) {
        numbers.extend([("best", best.beta), ("least", least as f64)]);
    }
    let truth = best.map_or(Value::Nothing, |best| Value::Number(best.beta));
    Ok(Verdict { truth, score, because, numbers, until: own.until })
}

/// What becomes of the run with each of many momenta.
fn trials<'a>(case: &'a Case<'_>, spec: &ParameterSpec) -> impl Iterator<Item = Trial> + 'a {
    let field = field(case);
    let count = TRIALS.min(STEPS / case.configuration.steps.max(1)).max(1);
    let range = match spec.kind {
        Kind::Number { min, max, scale, .. } => Some((min, max, scale)),
        _ => None,
    };
    let numbers = range.into_iter().flat_map(move |(min, max, scale)| {
        (0..=count).map(move |index| scale.between([min, max], index as f64 / count as f64))
    });
    numbers.filter_map(move |number| {
        // Three digits are what a slider tells.
        let beta = (number * 1e3).round() / 1e3;
        let changed = case.configuration.with(&field, Value::Number(beta)).ok()?;
        Some(Trial::of(case, &changed, beta))
    })
}
