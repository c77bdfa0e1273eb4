//! Questions that are asked before a path is shown, and answers to them.

use super::error::read;
use super::{Lab, plain};
use crate::configuration::Value;
use crate::teaching::task::{Offer, Unfit, Verdict};
use serde::Serialize;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A question about what is configured. */
export interface Task {
  id: string;
  /** The run it is about, counted from 0. */
  run: number;
  /** What can be answered; null where the question does not fit. */
  offer:
    | { kind: "words"; words: string[] }
    | { kind: "minima"; points: [number, number][] }
    | { kind: "runs"; runs: number[] }
    | { kind: "number"; field: string; spec: any; value: number }
    | null;
  /** Why it does not fit: `one-run`, `no-momentum`, `undamped`. */
  unfit: string | null;
}

/** What can be answered: a word, such as `yes` or `none`, or a number. */
export type Answer = string | number;

/** What has become of an answer. */
export interface Verdict {
  truth: Answer | null;
  /** From 0, wrong, to 1, right. */
  score: number;
  /** Which words tell of it. */
  because: string;
  /** What they quote. */
  numbers: Record<string, number>;
  /** The step up to which the runs are worth watching. */
  until: number;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// A question, as JavaScript sees it.
    #[wasm_bindgen(typescript_type = "Task | undefined")]
    pub type Task;
    /// The same for what has become of an answer.
    #[wasm_bindgen(typescript_type = "Verdict")]
    pub type Judged;
}

#[derive(Serialize)]
struct Asked {
    id: &'static str,
    run: usize,
    offer: Option<Offer>,
    unfit: Option<&'static str>,
}

#[wasm_bindgen]
impl Lab {
    /// The question that is configured, if there is one.
    ///
    /// # Errors
    /// None in practice.
    pub fn task(&self) -> Result<Task, JsError> {
        let case = self.state.case();
        let Some(task) = case.task() else { return Ok(JsValue::UNDEFINED.unchecked_into()) };
        let (offer, unfit) = match (task.offer)(&case) {
            Ok(offer) => (Some(offer), None),
            Err(Unfit(code)) => (None, Some(code)),
        };
        Ok(plain(&Asked { id: task.id, run: case.index(), offer, unfit })?.unchecked_into())
    }

    /// How an answer to it compares with what the runs do.
    ///
    /// # Errors
    /// When nothing is asked, or when the answer is none that is offered.
    pub fn judge(&self, answer: JsValue) -> Result<Judged, JsValue> {
        let case = self.state.case();
        let task = case.task().ok_or_else(|| JsError::new("task: nothing is asked"))?;
        let Verdict { truth, score, because, numbers, until } =
            (task.judge)(&case, &read("answer", answer)?)?;
        let numbers = numbers.into_iter().map(|(name, number)| (name, Value::Number(number)));
        let verdict = Value::map([
            ("truth", truth),
            ("score", Value::Number(score)),
            ("because", Value::from(because)),
            ("numbers", Value::map(numbers)),
            ("until", Value::Number(until as f64)),
        ]);
        Ok(plain(&verdict)?.unchecked_into())
    }

    /// The minima in view, three numbers each: its number in the surface's list, and its place in
    /// CSS pixels from the plot's top left.
    pub fn minima(&self) -> Vec<f64> {
        let minima = self.state.minima().into_iter();
        minima.flat_map(|(index, (x, y))| [index as f64, x, y]).collect()
    }
}
