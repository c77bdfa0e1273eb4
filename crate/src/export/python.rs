//! What the scripts for PyTorch and NumPy share.
//!
//! Each script is complete: it prints `step,x,y,loss` for the start and for every step, in digits
//! that read back as the same float64. On a line (dimension 1) it moves x alone.

use super::stages::Stage;
use crate::configuration::Error;
use crate::error_kind::ErrorKind;
use crate::math::expression::{Binary, Dialect, Expression, Operation, parse};
use crate::parameter::Setting;
use crate::study::simulate::Simulated;
use std::fmt::Write;

/// The surface as the inside of a Python function.
pub(super) struct Loss {
    /// Its numbers by name.
    pub(super) parameters: Vec<(&'static str, f64)>,
    /// Assignments.
    pub(super) lines: Vec<String>,
    /// The value; with data that of one sample, with its `input` and `target`.
    pub(super) value: String,
    /// Those of the assignments and of the value, in x, y, the input, the target, the numbers and the
    /// results of those before.
    pub(super) expressions: Vec<Expression>,
}

impl Loss {
    /// The surface's formula in a dialect of Python.
    pub(super) fn new(simulation: &Simulated, dialect: Dialect) -> Result<Self, Error> {
        let choice = &simulation.configuration.surface;
        let mut formula = choice.entry.description.formula.to_vec();
        let mut parameters = Vec::new();
        for (id, setting) in choice.settings.iter() {
            match setting {
                Setting::Number(number) => parameters.push((id, *number)),
                Setting::Text(text) => formula = vec![text],
                // Where there are samples, that is what switches choose.
                Setting::Choice(_) | Setting::Toggle(_) if simulation.surface.samples() > 0 => {}
                Setting::Choice(_) | Setting::Toggle(_) => {
                    return Err(Error::new(format!("surface.{id}"), ErrorKind::ScriptNumbers));
                }
            }
        }
        let mut names = vec!["x", "y", "input", "target"];
        names.extend(parameters.iter().map(|(id, _)| *id));
        let mut lines = Vec::new();
        let mut value = String::new();
        let mut expressions = Vec::new();
        let mut varies = false;
        for line in formula {
            let (target, text) = line.split_once(" = ").unwrap_or(("", line));
            let expression = parse(text, &names).map_err(|reason| Error::new("surface", reason))?;
            let expression = expression.folded();
            check(&expression).map_err(|reason| Error::new("surface.expression", reason))?;
            varies |= expression.operations().iter().any(|o| matches!(o, Operation::Variable(_)));
            value = expression.print(&names, dialect);
            if !target.is_empty() {
                lines.push(format!("{target} = {value}"));
                names.push(target);
            }
            expressions.push(expression);
        }
        if !varies {
            return Err(Error::new("surface.expression", ErrorKind::ScriptConstant));
        }
        Ok(Self { parameters, lines, value, expressions })
    }
}

/// Refuses what Python would compute otherwise.
fn check(expression: &Expression) -> Result<(), ErrorKind> {
    // For each value on the stack: the number, if it is one.
    let mut stack: Vec<Option<f64>> = Vec::new();
    for operation in expression.operations() {
        let value = match operation {
            Operation::Number(number) if !number.is_finite() => {
                return Err(ErrorKind::ScriptNotFinite);
            }
            Operation::Number(number) => Some(*number),
            Operation::Variable(_) => None,
            Operation::Unary(_) => stack.pop().and(None),
            Operation::Binary(function) => {
                let (exponent, base) = (stack.pop().flatten(), stack.pop().flatten());
                let positive = base.is_some_and(|base| base > 0.0);
                if *function == Binary::Power && exponent.is_none() && !positive {
                    return Err(ErrorKind::ScriptPower);
                }
                None
            }
            Operation::First(_) => stack.pop().and(stack.pop()).and(None),
        };
        stack.push(value);
    }
    Ok(())
}

/// The statements of a function of the step `k`, counted from 1, that returns its learning rate;
/// `None` where that is no matter of a schedule.
pub(super) fn schedule(stages: &[Stage]) -> Result<Option<Vec<String>>, Error> {
    let given = |stage: &Stage| {
        ["lr", "schedule_steps", "schedule_factor"].map(|id| stage.settings.number(id))
    };
    let first = given(&stages[0]).map(|number| format!("{number:?}"));
    let mut lines = Vec::new();
    let [lr, steps, factor] = if stages.iter().all(|stage| given(stage) == given(&stages[0])) {
        first
    } else {
        lines.push("legs = {".to_owned());
        for (index, stage) in stages.iter().enumerate() {
            if index > 0 && given(stage) == given(&stages[index - 1]) {
                continue;
            }
            let [lr, steps, factor] = given(stage);
            lines.push(format!("    {}: ({lr:?}, {steps:?}, {factor:?}),", stage.from));
        }
        lines.push("}".to_owned());
        lines.push("peak, steps, factor = legs[max(leg for leg in legs if leg < k)]".to_owned());
        ["peak", "steps", "factor"].map(str::to_owned)
    };
    let share = match stages[0].settings.choice("schedule") {
        "constant" => return Ok(None),
        "step" => format!("{factor} ** math.floor(passed)"),
        "exponential" => format!("{factor} ** passed"),
        "cosine" => format!(
            "({factor} + (1.0 - {factor}) * 0.5 * (1.0 + math.cos(math.pi * min(passed, 1.0))))"
        ),
        "warm-up" => format!("({factor} + (1.0 - {factor}) * min(passed, 1.0))"),
        shape => {
            let reason = ErrorKind::ScriptSchedule { schedule: shape.to_owned() };
            return Err(Error::new("runs[0].schedule", reason));
        }
    };
    lines.extend([format!("passed = (k - 1) / {steps}"), format!("return {lr} * {share}")]);
    Ok(Some(lines))
}

/// Appends a Python function with an empty line or two around it.
pub(super) fn define(script: &mut String, head: &str, body: impl IntoIterator<Item = String>) {
    // Writing to a String cannot fail.
    let _ = writeln!(script, "\n\ndef {head}:");
    for line in body {
        let indent = if line.is_empty() { "" } else { "    " };
        let _ = writeln!(script, "{indent}{line}");
    }
}

/// The samples behind a loss, as rows of a Python list.
pub(super) fn samples(simulation: &Simulated) -> Option<String> {
    let data = simulation.surface.data()?;
    let rows = data.samples.iter().map(|s| format!("    [{:?}, {:?}],\n", s.input, s.target));
    Some(format!("[\n{}]", rows.collect::<String>()))
}

/// The names of the coordinates.
pub(super) fn coordinates(simulation: &Simulated) -> &'static str {
    if on_a_line(simulation) { "x" } else { "x, y" }
}

/// Where the ball starts, as items of a Python list.
pub(super) fn start(simulation: &Simulated) -> String {
    let start = simulation.configuration.start;
    if on_a_line(simulation) {
        format!("{:?}", start.x)
    } else {
        format!("{:?}, {:?}", start.x, start.y)
    }
}

/// The function `show` that prints a row; `loss` is the loss there as a Python float.
pub(super) fn show(script: &mut String, simulation: &Simulated, loss: &str) {
    let (unpacked, y) = if on_a_line(simulation) { ("(x,)", "0.0") } else { ("x, y", "{y!r}") };
    let row = format!("print(f\"{{k}},{{x!r}},{y},{{{loss}!r}}\")");
    define(script, "show(k)", [format!("{unpacked} = w.tolist()"), row]);
}

/// Whether x is the only coordinate.
pub(super) fn on_a_line(simulation: &Simulated) -> bool {
    simulation.surface.description().dimension == 1
}

/// The first line: what runs on what.
pub(super) fn title(simulation: &Simulated, tool: &str) -> String {
    let configuration = &simulation.configuration;
    format!(
        "\"\"\"A path of Momentum Lab in {tool}, {}.\n\nSurface: {}. Optimizer: {}.\n\"\"\"\n\n",
        "in float64: prints step,x,y,loss",
        configuration.surface.entry.description.name,
        configuration.runs[0].entry.description.name,
    )
}
