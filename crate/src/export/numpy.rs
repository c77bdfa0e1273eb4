//! A script for NumPy alone: the rule line by line, the slope by the complex step.
//!
//! Squire & Trapp, "Using Complex Variables to Estimate Derivatives of Real Functions", SIAM
//! Review 40, 1998: Im f(x + ih)/h is f′(x) to rounding where f is analytic and h is tiny. The
//! functions of [`Dialect::ComplexStep`] that are not get a derivative of their own.

use super::noise;
use super::python::{self, Loss};
use super::rule::Rule;
use super::stages;
use crate::configuration::Error;
use crate::math::expression::Dialect;
use crate::study::simulate::Simulated;
use std::fmt::Write;

/// The functions that NumPy's cannot stand for on complex numbers, with their statements, each after
/// those that call it. What is complex carries a derivative, even one of 0: with an infinite slope it
/// gives NaN, as in the lab. `carry` gives a value the derivative of z by the chain rule.
const HELPERS: &[(&str, &str)] = &[
    ("absolute(z)", "return carry(z, abs(z.real), np.sign(z.real))"),
    ("sign(z)", "return np.sign(z.real)"),
    ("floor(z)", "return np.floor(z.real)"),
    ("minimum(a, b)", "return choose(a, b, a.real < b.real)"),
    ("maximum(a, b)", "return choose(a, b, a.real > b.real)"),
    ("sqrt(z)", "root = np.sqrt(z.real)\n    return carry(z, root, 0.5 / root)"),
    ("log(z)", "return carry(z, np.log(z.real), np.divide(1.0, z.real))"),
    ("log2(z)", "return carry(z, np.log2(z.real), np.divide(np.log2(np.e), z.real))"),
    ("log10(z)", "return carry(z, np.log10(z.real), np.divide(np.log10(np.e), z.real))"),
    ("arcsin(z)", "return carry(z, np.arcsin(z.real), 1.0 / np.sqrt(1.0 - z.real**2))"),
    ("arccos(z)", "return carry(z, np.arccos(z.real), -1.0 / np.sqrt(1.0 - z.real**2))"),
    ("cbrt(z)", "root = np.cbrt(z.real)\n    return carry(z, root, 1.0 / (3.0 * root**2))"),
    (
        "arctan2(y, x)",
        "square = np.square(x.real) + np.square(y.real)\n    \
         turn = np.divide(x.real, square) * y.imag - np.divide(y.real, square) * x.imag\n    \
         return carry(x + y, np.arctan2(y.real, x.real), turn, 1.0)",
    ),
    (
        "power(a, b)",
        "value, slope = np.power(a.real, b.real), 0.0\n    \
         if np.iscomplexobj(a):\n        \
         lowered = b.real * np.power(a.real, b.real - 1.0) if b.real else 0.0\n        \
         slope += a.imag * lowered\n    \
         if np.iscomplexobj(b):\n        \
         slope += b.imag * (value * np.log(a.real) if a.real > 0.0 else 0.0)\n    \
         return carry(a + b, value, slope, 1.0)",
    ),
    (
        "root_power(z, index, exponent)",
        "root = np.sqrt(z.real) if index == 2.0 else np.cbrt(z.real)\n    \
         slope = exponent / index * np.power(root, exponent - index) if exponent else 0.0\n    \
         return carry(z, np.power(root, exponent), np.nan if np.isnan(root) else slope)",
    ),
    (
        "choose(a, b, first)",
        "if np.isnan(a.real) or np.isnan(b.real):\n        \
         return carry(a + b, np.nan, np.nan)\n    \
         if a.real == b.real:\n        \
         return carry(a + b, a.real, (a.imag + b.imag) / 2.0, 1.0)\n    \
         chosen = a if first else b\n    \
         return carry(a + b, chosen.real, chosen.imag, 1.0)",
    ),
    (
        "carry(z, value, slope, along=None)",
        "if not np.iscomplexobj(z):\n        \
         return np.float64(value)\n    \
         along = z.imag if along is None else along\n    \
         return np.complex128(complex(value, slope * along))",
    ),
];

/// A Python script that draws this very path with NumPy, in float64.
///
/// # Errors
/// The field that prevents it, and why: the surface's formula, or a change on the
/// way that its rule's formula does not know.
pub fn numpy(simulation: &Simulated) -> Result<String, Error> {
    let stages = stages::stages(simulation);
    let loss = Loss::new(simulation, Dialect::ComplexStep)?;
    let schedule = python::schedule(&stages)?;
    let scheduled = schedule.is_some();
    let rule = Rule::new(simulation, &stages, scheduled)?;

    let mut script = python::title(simulation, "NumPy");
    if scheduled || noise::noisy(simulation) {
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
    let drawn = noise::drawn(simulation);
    let (given, passed) = if drawn { (", samples=samples", ", samples") } else { ("", "") };
    if samples.is_some() {
        let total = format!("sum(sample_loss({coordinates}, *sample) for sample in samples)");
        let mean = format!("return {total} / len(samples)");
        python::define(&mut script, &format!("loss({coordinates}{given})"), [mean]);
    }
    let slope = [
        "\"\"\"By the complex step: Squire & Trapp 1998.\"\"\"",
        "slope = np.zeros(len(w))",
        "for axis in range(len(w)):",
        "    z = list(w)",
        "    z[axis] += 1e-100j",
        &format!("    slope[axis] = loss(*z{passed}).imag / 1e-100"),
        "# What is smaller is what the method leaves out.",
        "slope[np.abs(slope) < 1e-150] = 0.0",
        "return slope",
    ];
    python::define(&mut script, &format!("gradient(w{given})"), slope.map(str::to_owned));
    if let Some(lines) = schedule {
        python::define(&mut script, "learning_rate(k)", lines);
    }
    noise::define(&mut script, simulation, "np.array");
    python::show(&mut script, simulation, "float(loss(*w))");

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
    let mut text = [loss.lines.join("\n"), loss.value.clone()].join("\n");
    let called = |head: &str, text: &str| {
        let name = head.split_inclusive('(').next().unwrap_or(head);
        let inside = |c: char| c.is_alphanumeric() || "_.".contains(c);
        text.match_indices(name).any(|(at, _)| !text[..at].ends_with(inside))
    };
    for (head, body) in HELPERS {
        if called(head, &text) {
            python::define(script, head, [(*body).to_owned()]);
            text += body;
        }
    }
}
