//! Questions to be answered before a path is shown: what can be answered, and how an answer is
//! judged against what the runs really do.
//!
//! A new kind of question is one file here, its line in [`TASKS`] and its option in
//! [`TASK`](crate::configuration::TASK). Its texts are the page's: `task.<id>.question`, one
//! `task.<id>.<reason>` for each of [`Task::reasons`], and `task.answer.<word>` for words.

mod damps;
mod faster;
mod minimum;
mod oscillates;

use crate::configuration::{Configuration, Error, Value};
use crate::error_kind::ErrorKind;
use crate::math::geometry::Point;
use crate::parameter::ParameterSpec;
use crate::run::measure::Outcome;
use crate::run::{Run, Status};
use crate::surface::AnySurface;
use serde::Serialize;

/// Every kind of question.
pub static TASKS: &[&Task] =
    &[&oscillates::OSCILLATES, &minimum::MINIMUM, &damps::DAMPS, &faster::FASTER];

/// The answer that nothing of what is offered will come true.
pub const NONE: &str = "none";

/// A kind of question.
#[derive(Debug)]
pub struct Task {
    /// Identifier, as in links and configurations.
    pub id: &'static str,
    /// What the words about a [`Verdict`] can be called.
    pub reasons: &'static [&'static str],
    /// What can be answered, or why this cannot be asked of what is configured.
    pub offer: fn(&Case<'_>) -> Result<Offer, Unfit>,
    /// How an answer compares with what is true.
    pub judge: fn(&Case<'_>, &Value) -> Result<Verdict, Error>,
}

/// What a question is asked about.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// What is configured.
    pub configuration: &'a Configuration,
    /// Its surface.
    pub surface: &'a dyn AnySurface,
    /// Its runs, computed.
    pub runs: &'a [Run],
}

impl<'a> Case<'a> {
    /// The question, if there is one.
    pub fn task(&self) -> Option<&'static Task> {
        find(self.configuration.task.id?)
    }

    /// The number of the run asked about.
    pub fn index(&self) -> usize {
        self.configuration.task.run.min(self.runs.len().saturating_sub(1))
    }

    /// That run.
    fn run(&self) -> &'a Run {
        &self.runs[self.index()]
    }
}

/// What can be answered.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Offer {
    /// One of these words.
    Words {
        /// In the order in which they are offered.
        words: &'static [&'static str],
    },
    /// The number of one of these minima, or [`NONE`].
    Minima {
        /// In the surface's order.
        points: Vec<Point>,
    },
    /// The number of one of these runs, or [`NONE`].
    Runs {
        /// Those that are shown.
        runs: Vec<usize>,
    },
    /// A value of one parameter.
    Number {
        /// Its name in a configuration.
        field: String,
        /// Its range.
        spec: Box<ParameterSpec>,
        /// What is set now.
        value: f64,
    },
}

/// Why a question cannot be asked of what is configured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unfit(pub &'static str);

/// What has become of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// What would have been right; of several right answers the best.
    pub truth: Value,
    /// From 0, wrong, to 1, right.
    pub score: f64,
    /// What the words about it are called, one of [`Task::reasons`].
    pub because: &'static str,
    /// Numbers that these words quote, by name.
    pub numbers: Vec<(&'static str, f64)>,
    /// The step up to which the runs are worth watching.
    pub until: usize,
}

/// The kind of question named `id`.
pub fn find(id: &str) -> Option<&'static Task> {
    TASKS.iter().copied().find(|task| task.id == id)
}

/// The step at which a run settles, if it does: in a minimum, or where weight decay holds it. One
/// that rests on a saddle, where the surface is flat or because its learning rate has gone to 0 is
/// stuck there.
fn settled(run: &Run) -> Option<usize> {
    match Outcome::of(run) {
        Outcome::Converged | Outcome::WeightDecay => run.status().step(),
        _ => None,
    }
}

/// The step from which nothing new happens to a run.
fn last_news(run: &Run) -> usize {
    match run.status() {
        // One that moves away is watched while it does.
        Status::Leaving(_) | Status::Running => run.last_step(),
        Status::Converged(step) | Status::Diverged(step) | Status::Undefined(step) => step,
    }
}

/// The number that is answered, if it is one of so many, or nothing for [`NONE`].
fn numbered(answer: &Value, known: &[usize]) -> Result<Option<usize>, Error> {
    match answer {
        Value::Text(word) if word == NONE => Ok(None),
        Value::Number(number) => match known.iter().find(|known| **known as f64 == *number) {
            Some(known) => Ok(Some(*known)),
            None => Err(not_offered(answer, known)),
        },
        _ => Err(not_offered(answer, known)),
    }
}

fn not_offered(answer: &Value, known: &[usize]) -> Error {
    let numbers = known.iter().map(ToString::to_string);
    let options: Vec<String> = numbers.chain([NONE.to_owned()]).collect();
    let reason = ErrorKind::NotAnOption { value: answer.to_string(), options: options.join(", ") };
    Error::new("answer", reason)
}

/// The same number of a list, or [`NONE`], as an answer.
fn answered(number: Option<usize>) -> Value {
    number.map_or(Value::from(NONE), |number| Value::Number(number as f64))
}
