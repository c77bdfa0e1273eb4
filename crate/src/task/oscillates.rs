//! Does a run swing past its resting place, or approach it from one side?

use super::{Case, Offer, Task, Verdict, last_news};
use crate::configuration::{Complaint, Value};
use crate::reason::Reason;
use crate::run::{Run, Status};

/// The question. Yes is right if the run overshoots at least once along the flattest or the steepest
/// direction, see [`Run::overshoots`](crate::run::Run::overshoots); one that runs away does so about
/// the minimum nearest to the start.
pub(super) static OSCILLATES: Task = Task {
    id: "oscillates",
    reasons: &["creeps", "swings", "creeps-on", "swings-on", "leaves", "swings-away"],
    offer: |_| Ok(Offer::Words { words: &WORDS }),
    judge,
};

const YES: &str = "yes";
const NO: &str = "no";
const WORDS: [&str; 2] = [YES, NO];

fn judge(case: &Case<'_>, answer: &Value) -> Result<Verdict, Complaint> {
    let word = match answer {
        Value::Text(word) if WORDS.contains(&word.as_str()) => word.as_str(),
        other => {
            let reason =
                Reason::NotAnOption { value: other.to_string(), options: WORDS.join(", ") };
            return Err(Complaint::new("answer", reason));
        }
    };
    let run = case.run();
    let count = overshoots(run);
    let truth = if count > 0 { YES } else { NO };
    let because = match (run.status(), count) {
        (Status::Converged(_), 0) => "creeps",
        (Status::Converged(_), _) => "swings",
        (Status::Running, 0) => "creeps-on",
        (Status::Running, _) => "swings-on",
        (Status::Diverged(_), 0) => "leaves",
        (Status::Diverged(_), _) => "swings-away",
    };
    let step = last_news(run);
    Ok(Verdict {
        truth: Value::from(truth),
        score: f64::from(u8::from(word == truth)),
        because,
        numbers: vec![("overshoots", f64::from(count)), ("step", step as f64)],
        until: step,
    })
}

/// How often a run passes its resting place up to its end, along the direction in which it does so
/// most often.
fn overshoots(run: &Run) -> u32 {
    run.overshoots().last().map_or(0, |[flattest, steepest]| *flattest.max(steepest))
}
