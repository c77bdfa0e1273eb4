//! With which momentum does a run settle soonest without overshooting along the flattest direction?
//!
//! Along the steepest one, momenta that are quick overshoot whatever the learning rate: were that
//! counted, only creeping would be right.

use super::{Case, Offer, Task, Unfit, Verdict, last_news, settled};
use crate::configuration::{Configuration, Error, Value};
use crate::error_kind::ErrorKind;
use crate::optimizer::MOMENTUM;
use crate::parameter::{Kind, ParameterSpec};
use crate::run::stationary_index::StationaryIndex;
use crate::run::{Run, Status, last_counted};

/// The question. Each answer is run. A momentum without overshoots is worth a half, and all if the
/// run settles in at most [`ALLOWANCE`] times the steps of the best one; the other half falls
/// off with the steps. With overshoots it is worth less than a half: the less, the more there are
/// in comparison with the momentum that was set. One that runs away is worth nothing.
pub(super) static DAMPS: Task = Task {
    id: "damps",
    reasons: &[
        "quick",
        "slow",
        "moving",
        "stuck",
        "overshoots",
        "diverged",
        "leaving",
        "undefined",
    ],
    offer,
    judge,
};

/// By so many times the least number of steps a right answer may take.
const ALLOWANCE: f64 = 1.25;

/// Momenta are tried in three decimals, as a slider and its box tell them.
const DECIMALS: f64 = 1e3;

/// So many steps at most are made by all that are tried together, so that long paths try fewer.
const STEPS: usize = 4_000_000;

/// How far apart, in the last decimal, the momenta are that are tried first.
const COARSE: usize = 8;

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
        Self::seen(&run, beta)
    }

    fn seen(run: &Run, beta: f64) -> Self {
        Self {
            beta,
            overshoots: run.overshoots().last().map_or(0, |[flattest, _]| *flattest),
            status: run.status(),
            settled: settled(run),
            until: last_news(run),
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
    if best(case, &spec, true).is_none() {
        return Err(Unfit("undamped"));
    }
    Ok(Offer::Number { field: field(case), spec: Box::new(spec), value })
}

fn judge(case: &Case<'_>, answer: &Value) -> Result<Verdict, Error> {
    let unknown = || Error::new(field(case), ErrorKind::NoSuchParameter);
    let (spec, value) = momentum(case).ok_or_else(unknown)?;
    let changed = case.configuration.with(&field(case), answer.clone())?;
    let Value::Number(beta) = *answer else { return Err(unknown()) };
    let own = Trial::of(case, &changed, beta);
    // With more decimals there may be a better one.
    let sound = best(case, &spec, false);
    let best = match (&sound, own.is_sound()) {
        (Some(tried), true) if own.settled < tried.settled => Some(&own),
        (None, true) => Some(&own),
        (tried, _) => tried.as_ref(),
    };
    let least = best.and_then(|best| best.settled);
    let quick = |step: usize| least.map_or(1.0, |least| ALLOWANCE * least as f64 / step as f64);
    let (because, score) = match (own.status, own.overshoots) {
        (Status::Diverged(_), _) => ("diverged", 0.0),
        (Status::Leaving(_), _) => ("leaving", 0.0),
        (Status::Undefined(_), _) => ("undefined", 0.0),
        (Status::Converged(step), 0) if own.settled.is_some() => match quick(step) {
            share if share >= 1.0 => ("quick", 1.0),
            share => ("slow", 0.5 + 0.5 * share),
        },
        (Status::Converged(_), 0) => ("stuck", 0.0),
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

/// The momentum in three decimals with which the run settles soonest without overshooting, the
/// smallest of several; `any` is content with the first that is found.
///
/// All of the slider's are tried, first those that are far apart; none makes more steps than count
/// for the best so far.
fn best(case: &Case<'_>, spec: &ParameterSpec, any: bool) -> Option<Trial> {
    let Kind::Number { min, max, .. } = spec.kind else { return None };
    let [first, last] = [(min * DECIMALS).ceil() as usize, (max * DECIMALS).floor() as usize];
    let coarse = (first..=last).step_by(COARSE);
    let fine = (first..=last).filter(|index| !(index - first).is_multiple_of(COARSE));
    let (field, places) = (field(case), StationaryIndex::of(case.surface));
    let (mut run, mut best, mut made) = (Run::new(), None::<Trial>, 0);
    for index in coarse.chain(fine) {
        let beta = index as f64 / DECIMALS;
        let Ok(changed) = case.configuration.with(&field, Value::Number(beta)) else { continue };
        let mut plan = changed.plan(case.index());
        if let Some(step) = best.as_ref().and_then(|best| best.settled) {
            plan.steps = plan.steps.min(last_counted(step));
        }
        run.compute_among(&places, case.surface, &plan);
        let trial = Trial::seen(&run, beta);
        let better = |best: &Trial| (trial.settled, trial.beta) < (best.settled, best.beta);
        if trial.is_sound() && best.as_ref().is_none_or(better) {
            best = Some(trial);
        }
        made += run.last_step();
        if any && best.is_some() || made > STEPS {
            break;
        }
    }
    best
}
