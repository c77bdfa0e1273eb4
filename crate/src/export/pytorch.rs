//! A script for PyTorch: autograd for the slope, `torch.optim` for the steps.

use super::autograd;
use super::noise;
use super::python::{self, Loss};
use super::stages::{self, Stage};
use crate::configuration::Error;
use crate::error_kind::ErrorKind;
use crate::math::expression::{Dialect, parse};
use crate::optimizer::PyTorch;
use crate::study::simulate::Simulated;
use std::fmt::Write;

/// PyTorch has no cube root.
const CBRT: &str = "\n\ndef cbrt(x):\n    return torch.sign(x) * torch.abs(x) ** (1.0 / 3.0)\n";

/// A Python script that draws this very path with `torch.optim`, in float64.
///
/// # Errors
/// The field that prevents it, and why: `torch.optim` has no such rule, or a
/// change on the way means something else there.
pub fn pytorch(simulation: &Simulated) -> Result<String, Error> {
    let choice = &simulation.configuration.runs[0];
    let description = choice.entry.description;
    let stages = stages::stages(simulation);
    if stages.iter().any(|stage| stage.optimizer.pytorch().is_none()) {
        let reason = ErrorKind::TorchClass { optimizer: description.id };
        return Err(Error::new("runs[0].id", reason));
    }
    let schedule = python::schedule(&stages)?;
    let scheduled = schedule.is_some();
    let changes = stages::table(&stages, |stage| call(stage, scheduled).1);
    check_changes(&stages)?;
    let loss = Loss::new(simulation, Dialect::Torch)?;

    let mut script = python::title(simulation, "PyTorch");
    if scheduled || noise::noisy(simulation) {
        script += "import math\n\n";
    }
    script += "import torch\n\ntorch.set_default_dtype(torch.float64)\n";
    let samples = python::samples(simulation);
    // Writing to a String cannot fail.
    if let Some(rows) = &samples {
        let _ = writeln!(script, "\nsamples = torch.tensor({rows})");
    }
    if loss.lines.iter().chain([&loss.value]).any(|line| line.contains("cbrt(")) {
        script += CBRT;
    }
    script += &autograd::remark(simulation, &loss);
    let tensor = |(id, number): &(&str, f64)| format!("{id} = torch.tensor({number:?})");
    let data = samples.as_ref().map(|_| "input, target = samples.T".to_owned());
    let value = match data {
        Some(_) => format!("return torch.mean({})", loss.value),
        None => format!("return {}", loss.value),
    };
    let parameters = loss.parameters.iter().map(tensor);
    let body = data.into_iter().chain(parameters).chain(loss.lines).chain([value]);
    let drawn = noise::drawn(simulation);
    let given = if drawn { ", samples=samples" } else { "" };
    let coordinates = python::coordinates(simulation);
    python::define(&mut script, &format!("loss({coordinates}{given})"), body);
    if let Some(lines) = schedule {
        python::define(&mut script, "lr(k)", lines);
    }
    noise::define(&mut script, simulation, "torch.tensor");
    python::show(&mut script, simulation, "loss(*w).item()");

    let (class, arguments) = call(&stages[0], scheduled);
    let mut given: Vec<String> = arguments
        .iter()
        .filter(|(name, value)| {
            *name != "weight_decay" || *value != format!("{:?}", description.weight_decay)
        })
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    if choice.settings.toggle("maximize") {
        given.push("maximize=True".to_owned());
    }
    let _ = write!(
        script,
        "\n\nw = torch.tensor([{}], requires_grad=True)\noptimizer = torch.optim.{class}([w], {})\n",
        python::start(simulation),
        given.join(", "),
    );
    let mut steps = vec!["optimizer.zero_grad()"];
    if let Some(table) = changes {
        script += &table;
        steps.insert(0, "optimizer.param_groups[0].update(changes.get(k - 1, {}))");
    }
    if scheduled {
        steps.insert(0, "optimizer.param_groups[0][\"lr\"] = lr(k)");
    }
    steps.push(if drawn { "loss(*w, batch(k)).backward()" } else { "loss(*w).backward()" });
    if noise::noisy(simulation) {
        steps.push("w.grad += noise(k)");
    }
    steps.extend(["optimizer.step()", "show(k)"]);
    let last = simulation.run.last_step();
    let _ = writeln!(script, "\nprint(\"step,x,y,loss\")\nshow(0)\nfor k in range(1, {last} + 1):");
    for step in steps {
        let _ = writeln!(script, "    {step}");
    }
    Ok(script)
}

/// The class of a stage, with all its arguments but `maximize`.
fn call(stage: &Stage, scheduled: bool) -> PyTorch {
    let number = |id| format!("{:?}", stage.settings.number(id));
    let lr = if scheduled { "lr(1)".to_owned() } else { number("lr") };
    let (class, own) = stage.optimizer.pytorch().unwrap_or_default();
    let mut arguments = vec![("lr", lr)];
    arguments.extend(own);
    arguments.push(("weight_decay", number("weight_decay")));
    (class, arguments)
}

/// Refuses the changes that `torch.optim` takes in another way than the lab.
fn check_changes(stages: &[Stage]) -> Result<(), Error> {
    let still = |stage: &Stage| call(stage, false).1.contains(&("momentum", "0.0".to_owned()));
    if stages.iter().any(|stage| still(stage) != still(&stages[0])) {
        return Err(Error::new("runs[0].changes", ErrorKind::TorchVelocity));
    }
    let changed = stages::changed(stages);
    for stage in stages {
        let names = stage.names();
        for (_, text) in stage.assignments() {
            let read = parse(text, &names).map_err(|reason| Error::new("runs[0].id", reason))?;
            let found = stages::in_powers_of_steps(&read, &names);
            if let Some(id) = found.iter().find(|id| changed.contains(id)) {
                let reason = ErrorKind::TorchLatest { parameter: (*id).to_owned() };
                return Err(Error::new("runs[0].changes", reason));
            }
        }
    }
    Ok(())
}
