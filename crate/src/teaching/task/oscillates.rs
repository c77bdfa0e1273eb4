//! Does a run swing past its resting place, or approach it from one side?

use super::{Case, Offer, Task, Verdict, last_news, settled};
use crate::configuration::{Error, Value};
use crate::error_kind::ErrorKind;
use crate::run::{Run, Status};
use std::cmp::Ordering;

/// The question. Yes is right if the run overshoots at least once along the flattest or the steepest
/// direction, see [`Run::overshoots`](crate::run::Run::overshoots); one that runs away does so about
/// the minimum nearest to the start.
pub(super) static OSCILLATES: Task = Task {
    id: "oscillates",
    reasons: &[
        "creeps",
        "swings",
        "stuck",
        "swings-stuck",
        "creeps-on",
        "swings-on",
        "leaves",
        "swings-away",
        "moves-away",
        "swings-wider",
        "undefined",
    ],
    offer: |_| Ok(Offer::Words { words: &WORDS }),
    judge,
};

const YES: &str = "yes";
const NO: &str = "no";
const WORDS: [&str; 2] = [YES, NO];

fn judge(case: &Case<'_>, answer: &Value) -> Result<Verdict, Error> {
    let word = match answer {
        Value::Text(word) if WORDS.contains(&word.as_str()) => word.as_str(),
        other => {
            let reason =
                ErrorKind::NotAnOption { value: other.to_string(), options: WORDS.join(", ") };
            return Err(Error::new("answer", reason));
        }
    };
    let run = case.run();
    let (count, axis) = overshoots(run);
    let truth = if count > 0 { YES } else { NO };
    let because = match (run.status(), count) {
        (Status::Converged(_), 0) if settled(run).is_some() => "creeps",
        (Status::Converged(_), 0) => "stuck",
        (Status::Converged(_), _) if settled(run).is_some() => "swings",
        (Status::Converged(_), _) => "swings-stuck",
        (Status::Running, 0) => "creeps-on",
        (Status::Running, _) => "swings-on",
        (Status::Diverged(_), 0) => "leaves",
        (Status::Diverged(_), _) => "swings-away",
        (Status::Leaving(_), 0) => "moves-away",
        (Status::Leaving(_), _) => "swings-wider",
        (Status::Undefined(_), _) => "undefined",
    };
    let step = last_news(run);
    Ok(Verdict {
        truth: Value::from(truth),
        score: f64::from(u8::from(word == truth)),
        because,
        numbers: vec![
            ("overshoots", f64::from(count)),
            ("step", step as f64),
            ("axis", f64::from(axis)),
        ],
        until: step,
    })
}

/// How often a run passes its resting place, along the direction in which it does
/// so most often, and which one that is: 1 the flattest, 2 the steepest, 0 if it does so as often
/// along both.
fn overshoots(run: &Run) -> (u32, u8) {
    let [flattest, steepest] = run.overshoots().last().copied().unwrap_or_default();
    let axis = match flattest.cmp(&steepest) {
        Ordering::Greater => 1,
        Ordering::Less => 2,
        Ordering::Equal => 0,
    };
    (flattest.max(steepest), axis)
}
