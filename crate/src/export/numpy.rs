//! A script for NumPy alone: the rule line by line, the slope by the complex step.
//!
//! Squire & Trapp, "Using Complex Variables to Estimate Derivatives of Real Functions", SIAM
//! Review 40, 1998: Im f(x + ih)/h is f′(x) to rounding where f is analytic and h is tiny. The
//! functions of [`Dialect::ComplexStep`] that are not get a derivative of their own.

use super::chance;
use super::python::{self, Loss};
use super::rule::Rule;
use super::stages;
use crate::configuration::Complaint;
use crate::expression::Dialect;
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
/// The field that prevents it, and why: the surface's formula, or a change on the
/// way that its rule's formula does not know.
pub fn numpy(simulation: &Simulation) -> Result<String, Complaint> {
    let stages = stages::stages(simulation);
    let loss = Loss::new(simulation, Dialect::ComplexStep)?;
    let schedule = python::schedule(&stages)?;
    let scheduled = schedule.is_some();
    let rule = Rule::new(simulation, &stages, scheduled)?;

    let mut script = python::title(simulation, "NumPy");
    if scheduled || chance::noisy(simulation) {
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
    let drawn = chance::drawn(simulation);
    let (given, passed) = if drawn { (", samples=samples", ", samples") } else { ("", "") };
    if samples.is_some() {
        let total = format!("sum(sample_loss({coordinates}, *sample) for sample in samples)");
        let mean = format!("return {total} / len(samples)");
        python::define(&mut script, &format!("loss({coordinates}{given})"), [mean]);
    }
    let slope = [
        "\"\"\"By the complex step: Squire & Trapp 1998.\"\"\"",
        "steps = 1e-100j * np.eye(len(w))",
        &format!("return np.array([loss(*(w + step){passed}).imag for step in steps]) / 1e-100"),
    ];
    python::define(&mut script, &format!("gradient(w{given})"), slope.map(str::to_owned));
    if let Some(lines) = schedule {
        python::define(&mut script, "learning_rate(k)", lines);
    }
    chance::define(&mut script, simulation, "np.array");
    python::show(&mut script, simulation, "float(loss(*(w + 0j)).real)");

    let _ = writeln!(script, "\n\nw = np.array([{}])", python::start(simulation));
    for (name, value) in &rule.parameters {
        let _ = writeln!(script, "{name} = {value:?}");
    }
    for name in &rule.products {
        let _ = writeln!(script, "{name} = 1.0");
    }
    for name in &rule.remembered {
        let _ = writeln!(script, "{name} = np.zeros(len(w))");
    }
    if let Some(table) = &rule.changes {
        script += table;
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
