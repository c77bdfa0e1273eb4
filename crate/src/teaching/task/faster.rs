//! Which of several runs settles first?

use super::{Case, Offer, Task, Unfit, Verdict, answered, last_news, numbered, settled};
use crate::configuration::{Error, Value};

/// The question. Runs that settle at the same step are equally right; among three and more, the
/// second is worth half.
pub(super) static FASTER: Task = Task {
    id: "faster",
    reasons: &["nobody", "alone", "tie", "first"],
    offer: |case| match shown(case) {
        runs if runs.len() > 1 => Ok(Offer::Runs { runs }),
        _ => Err(Unfit("one-run")),
    },
    judge,
};

/// The runs that are compared.
fn shown(case: &Case<'_>) -> Vec<usize> {
    let runs = case.configuration.runs.iter().enumerate();
    runs.filter(|(_, run)| run.visible()).map(|(index, _)| index).collect()
}

fn judge(case: &Case<'_>, answer: &Value) -> Result<Verdict, Error> {
    let runs = shown(case);
    let chosen = numbered(answer, &runs)?;
    let settles = |index: &usize| Some((settled(&case.runs[*index])?, *index));
    let mut order: Vec<_> = runs.iter().filter_map(settles).collect();
    order.sort_unstable();
    let first = order.first().map(|(step, _)| *step);
    let second = order.iter().map(|(step, _)| *step).find(|step| Some(*step) != first);
    let own = chosen.and_then(|index| settled(&case.runs[index]));
    let score = match chosen {
        None => f64::from(u8::from(first.is_none())),
        Some(_) if own.is_none() => 0.0,
        Some(_) if own == first => 1.0,
        Some(_) if own == second && runs.len() > 2 => 0.5,
        Some(_) => 0.0,
    };
    let because = match order[..] {
        [] => "nobody",
        [_] => "alone",
        [(step, _), (other, _), ..] if step == other => "tie",
        [..] => "first",
    };
    let steps = [("step", first), ("next", second), ("steps", Some(case.configuration.steps))];
    let numbers = steps.into_iter().filter_map(|(name, step)| Some((name, step? as f64)));
    let until = runs.iter().map(|index| last_news(&case.runs[*index])).max().unwrap_or(0);
    Ok(Verdict {
        truth: answered(order.first().map(|(_, index)| *index)),
        score,
        because,
        numbers: numbers.collect(),
        // Where some never settle, the last that does has ended the race.
        until: order.last().map_or(until, |(step, _)| *step),
    })
}
