//! Which question a link asks before it shows anything; how answers are judged is in
//! [`task`](crate::teaching::task).

use super::Value;
use super::general::one_run;
use crate::parameter::{ChoiceOption, ParameterSpec, Settings};

/// What the reader is to predict, if anything.
pub const TASK: ParameterSpec = ParameterSpec::choice(
    "task",
    "question asked first",
    &[
        ChoiceOption { id: NO_TASK, name: "(none)" },
        ChoiceOption { id: "oscillates", name: "does it oscillate?" },
        ChoiceOption { id: "minimum", name: "which minimum?" },
        ChoiceOption { id: "damps", name: "which momentum damps it?" },
        ChoiceOption { id: "faster", name: "which run settles first?" },
    ],
    NO_TASK,
);

const NO_TASK: &str = "none";

/// The run that the question is about, counted from 0; where there are fewer, the last one.
pub const TASK_RUN: ParameterSpec = one_run("task_run", "run asked about");

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskChoice {
    /// Identifier of the question, if there is one.
    pub id: Option<&'static str>,
    /// See [`TASK_RUN`].
    pub run: usize,
}

impl TaskChoice {
    pub(super) fn of(general: &Settings) -> Self {
        let id = Some(general.choice(TASK.id)).filter(|id| *id != NO_TASK);
        Self { id, run: general.number(TASK_RUN.id) as usize }
    }

    pub(super) fn fields(self) -> [(&'static str, Value); 2] {
        [
            (TASK.id, Value::from(self.id.unwrap_or(NO_TASK))),
            (TASK_RUN.id, Value::Number(self.run as f64)),
        ]
    }
}
