//! A script for PyTorch: autograd for the slope, `torch.optim` for the steps.

use super::python::{self, Loss};
use crate::expression::Dialect;
use crate::simulate::Simulation;
use std::fmt::Write;

/// PyTorch has no cube root.
const CBRT: &str = "\n\ndef cbrt(x):\n    return torch.sign(x) * torch.abs(x) ** (1.0 / 3.0)\n";

/// A Python script that draws this very path with `torch.optim`, in float64.
///
/// # Errors
/// Why there is none, after the field that prevents it: `torch.optim` has no such rule, or chance
/// or changes on the way are part of the run.
pub fn pytorch(simulation: &Simulation) -> Result<String, String> {
    python::repeatable(simulation)?;
    let choice = &simulation.configuration.runs[0];
    let settings = &choice.settings;
    let description = choice.entry.description;
    let (class, arguments) = choice.entry.build(settings).pytorch().ok_or_else(|| {
        format!("runs[0].id: torch.optim has no class that makes these steps of {}", description.id)
    })?;
    let loss = Loss::new(simulation, Dialect::Torch)?;
    let schedule = python::schedule(settings)?;

    let mut script = python::title(simulation, "PyTorch");
    if schedule.is_some() {
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
    let tensor = |(id, number): &(&str, f64)| format!("{id} = torch.tensor({number:?})");
    let data = samples.as_ref().map(|_| "input, target = samples.T".to_owned());
    let value = match data {
        Some(_) => format!("return torch.mean({})", loss.value),
        None => format!("return {}", loss.value),
    };
    let parameters = loss.parameters.iter().map(tensor);
    let body = data.into_iter().chain(parameters).chain(loss.lines).chain([value]);
    python::define(&mut script, &format!("loss({})", python::coordinates(simulation)), body);
    let scheduled = schedule.is_some();
    if let Some(lines) = schedule {
        python::define(&mut script, "lr(k)", lines);
    }

    let lr = if scheduled { "lr(1)".to_owned() } else { format!("{:?}", settings.number("lr")) };
    let mut given = format!("lr={lr}");
    for (name, value) in arguments {
        let _ = write!(given, ", {name}={value}");
    }
    let weight_decay = settings.number("weight_decay");
    if weight_decay != description.weight_decay {
        let _ = write!(given, ", weight_decay={weight_decay:?}");
    }
    if settings.toggle("maximize") {
        given += ", maximize=True";
    }
    python::show(&mut script, simulation, "loss(*w).item()");
    let _ = write!(
        script,
        "\n\nw = torch.tensor([{}], requires_grad=True)\n\
         optimizer = torch.optim.{class}([w], {given})\n\n\
         print(\"step,x,y,loss\")\nshow(0)\nfor k in range(1, {} + 1):\n{}    \
         optimizer.zero_grad()\n    loss(*w).backward()\n    optimizer.step()\n    show(k)\n",
        python::start(simulation),
        simulation.run.last_step(),
        if scheduled { "    optimizer.param_groups[0][\"lr\"] = lr(k)\n" } else { "" },
    );
    Ok(script)
}
