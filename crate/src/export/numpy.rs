//! A script for NumPy alone: the rule line by line, the slope by the complex step.
//!
//! Squire & Trapp, "Using Complex Variables to Estimate Derivatives of Real Functions", SIAM
//! Review 40, 1998: Im f(x + ih)/h is f′(x) to rounding where f is analytic and h is tiny. The
//! functions of [`Dialect::ComplexStep`] that are not get a derivative of their own.

use super::python::{self, Loss};
use crate::expression::{Dialect, Expression, Operation, parse};
use crate::parameter::Setting;
use crate::simulate::Simulation;
use std::fmt::Write;

/// The functions that NumPy's cannot stand for on complex numbers, with their statements; `nan`
/// is not a number with a slope that is none either.
const HELPERS: &[(&str, &str)] = &[
    ("absolute(z)", "return np.sign(z.real) * z"),
    ("sign(z)", "return np.sign(z.real)"),
    ("floor(z)", "return np.floor(z.real)"),
    ("minimum(a, b)", "return b if b.real < a.real else a"),
    ("maximum(a, b)", "return b if a.real < b.real else a"),
    ("sqrt(z)", "return np.sqrt(z) if z.real >= 0.0 else nan"),
    ("log(z)", "return np.log(z) if z.real >= 0.0 else nan"),
    ("log2(z)", "return np.log2(z) if z.real >= 0.0 else nan"),
    ("log10(z)", "return np.log10(z) if z.real >= 0.0 else nan"),
    ("arcsin(z)", "return np.arcsin(z) if abs(z.real) <= 1.0 else nan"),
    ("arccos(z)", "return np.arccos(z) if abs(z.real) <= 1.0 else nan"),
    ("cbrt(z)", "root = np.cbrt(z.real)\n    return root + 1j * z.imag / (3.0 * root**2)"),
    (
        "arctan2(y, x)",
        "turn = (x.real * y.imag - y.real * x.imag) / (x.real**2 + y.real**2)\n    \
         return np.arctan2(y.real, x.real) + 1j * turn",
    ),
    ("power(a, b)", "return a**b if a.real > 0.0 else nan"),
];

/// A Python script that draws this very path with NumPy, in float64.
///
/// # Errors
/// Why there is none, after the field that prevents it: chance or changes on the way are part of
/// the run.
pub fn numpy(simulation: &Simulation) -> Result<String, String> {
    python::repeatable(simulation)?;
    let settings = &simulation.configuration.runs[0].settings;
    let loss = Loss::new(simulation, Dialect::ComplexStep)?;
    let schedule = python::schedule(settings)?;
    let rule = Rule::new(simulation)?;

    let mut script = python::title(simulation, "NumPy");
    if schedule.is_some() {
        script += "import math\n\n";
    }
    script += "import numpy as np\n\n# Paths may leave for good.\nnp.seterr(all=\"ignore\")\n";
    // Writing to a String cannot fail.
    let samples = python::samples(simulation);
    if let Some(rows) = &samples {
        let _ = writeln!(script, "\nsamples = np.array({rows})");
    }
    helpers(&mut script, &loss);
    let coordinates = python::coordinates(simulation);
    let number = |(id, number): &(&str, f64)| format!("{id} = {number:?}");
    let head = match samples {
        Some(_) => format!("sample_loss({coordinates}, input, target)"),
        None => format!("loss({coordinates})"),
    };
    let value = format!("return {}", loss.value);
    let parameters = loss.parameters.iter().map(number);
    python::define(&mut script, &head, parameters.chain(loss.lines).chain([value]));
    if samples.is_some() {
        let total = format!("sum(sample_loss({coordinates}, *sample) for sample in samples)");
        let mean = format!("return {total} / len(samples)");
        python::define(&mut script, &format!("loss({coordinates})"), [mean]);
    }
    let slope = [
        "\"\"\"By the complex step: Squire & Trapp 1998.\"\"\"",
        "steps = 1e-100j * np.eye(len(w))",
        "return np.array([loss(*(w + step)).imag for step in steps]) / 1e-100",
    ];
    python::define(&mut script, "gradient(w)", slope.map(str::to_owned));
    let scheduled = schedule.is_some();
    if let Some(lines) = schedule {
        python::define(&mut script, "learning_rate(k)", lines);
    }
    python::show(&mut script, simulation, "float(loss(*(w + 0j)).real)");

    let _ = writeln!(script, "\n\nw = np.array([{}])", python::start(simulation));
    if !scheduled {
        let _ = writeln!(script, "lr = {:?}", settings.number("lr"));
    }
    for (name, value) in &rule.parameters {
        let _ = writeln!(script, "{name} = {value:?}");
    }
    for name in &rule.remembered {
        let _ = writeln!(script, "{name} = np.zeros(len(w))");
    }
    let last = simulation.run.last_step();
    let _ = writeln!(script, "\nprint(\"step,x,y,loss\")\nshow(0)\nfor k in range(1, {last} + 1):");
    if scheduled {
        script += "    lr = learning_rate(k)\n";
    }
    for line in rule.lines {
        let _ = writeln!(script, "    {line}");
    }
    script += "    show(k)\n";
    Ok(script)
}

/// Defines what the loss needs of [`HELPERS`].
fn helpers(script: &mut String, loss: &Loss) {
    let text = [loss.lines.join("\n"), loss.value.clone()].join("\n");
    let called = |head: &str| {
        let name = head.split_inclusive('(').next().unwrap_or(head);
        let inside = |c: char| c.is_alphanumeric() || "_.".contains(c);
        text.match_indices(name).any(|(at, _)| !text[..at].ends_with(inside))
    };
    let needed = || HELPERS.iter().filter(|(head, _)| called(head));
    if needed().any(|(_, body)| body.ends_with("nan")) {
        *script += "\nnan = complex(np.nan, np.nan)\n";
    }
    for (head, body) in needed() {
        python::define(script, head, [(*body).to_owned()]);
    }
}

/// One step of a rule in Python, on arrays of both coordinates.
struct Rule {
    /// The numbers that it reads.
    parameters: Vec<(&'static str, f64)>,
    /// What it reads before it sets it.
    remembered: Vec<&'static str>,
    /// The statements.
    lines: Vec<String>,
}

impl Rule {
    fn new(simulation: &Simulation) -> Result<Self, String> {
        let choice = &simulation.configuration.runs[0];
        let settings = &choice.settings;
        let optimizer = choice.entry.build(settings);
        let assignments: Vec<(&str, &str)> =
            optimizer.formula().into_iter().filter_map(|line| line.split_once(" = ")).collect();
        let numbers: Vec<(&str, f64)> = settings
            .iter()
            .filter_map(|(id, setting)| match setting {
                Setting::Number(number) if id != "lr" => Some((id, *number)),
                _ => None,
            })
            .collect();
        let mut names = vec!["w", "g", "lr", "k"];
        names.extend(numbers.iter().map(|(id, _)| id));
        names.extend(assignments.iter().map(|(target, _)| target));
        let read = |text: &str| {
            parse(text, &names).map_err(|error| format!("runs[0].id: in {text}: {error}"))
        };

        let probe = read(optimizer.probe_formula())?;
        let place = probe.print(&names, Dialect::NumPy);
        let sign = if settings.toggle("maximize") { "-" } else { "" };
        let mut lines = vec![format!("g = {sign}gradient({place})")];
        let decay = settings.number("weight_decay");
        if decay != 0.0 {
            lines.push(if optimizer.decouples() {
                format!("w = w * (1.0 - lr * {decay:?})")
            } else {
                format!("g = g + {decay:?} * ({place})")
            });
        }

        let mut used = variables(&probe, &names);
        let mut set = Vec::new();
        let mut remembered = Vec::new();
        let mut note = |used: &[&'static str], set: &[&str]| {
            for name in used {
                let early = assignments.iter().any(|(target, _)| target == name);
                if early && *name != "w" && !set.contains(name) && !remembered.contains(name) {
                    remembered.push(*name);
                }
            }
        };
        note(&used, &set);
        for (target, text) in &assignments {
            let expression = read(text)?;
            let here = variables(&expression, &names);
            note(&here, &set);
            set.push(*target);
            used.extend(here);
            lines.push(format!("{target} = {}", expression.print(&names, Dialect::NumPy)));
        }
        let parameters = numbers.into_iter().filter(|(id, _)| used.contains(id)).collect();
        Ok(Self { parameters, remembered, lines })
    }
}

/// The names that an expression reads.
fn variables(expression: &Expression, names: &[&'static str]) -> Vec<&'static str> {
    let index = |operation: &Operation| match operation {
        Operation::Variable(index) => Some(names[*index]),
        _ => None,
    };
    expression.operations().iter().filter_map(index).collect()
}
