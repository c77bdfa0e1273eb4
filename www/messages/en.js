// Every visible or spoken text of the shell, in English. Names of surfaces, optimizers and
// parameters come from the catalogue, what is wrong with a value from the core; a text
// `surface.<id>`, `optimizer.<id>`, `parameter.<id>`, `option.<id>`, `group.<id>`, `theme.<id>` or
// `complaint.<code>` would stand before them, as it does in the other languages.

export default {
  "page.title": "Momentum Lab: gradient descent with momentum, made visible",
  "page.momentum": "Momentum",
  "page.lab": "Lab",
  "page.lead": "Drag the start, turn learning rate and momentum, and watch what the path becomes.",

  "lab.label": "Momentum Lab: gradient descent on a loss surface",
  "lab.loading": "Loading the lab…",
  "lab.failed": "The lab could not start: {reason}. It needs a browser with WebAssembly, and a page that is served over HTTP.",
  "lab.stopped": "The lab has stopped: {reason}. Reload the page to begin again.",

  "language.change": "Language: go on in {language}",

  "theme.choose": "Colours: {theme}. Change",
  "theme.auto": "as the system",

  "plot.label": "Loss surface with the paths of all runs",
  "plot.label.space": "Loss surface in 3-D with the paths of all runs. The arrow keys turn it.",
  "plot.space": "3-D",
  "plot.space.title": "Show the surface in 3-D or in plan (key 3). In 3-D, drag to turn, double-click to turn back.",
  "plot.arrows": "Arrows: what one step is made of (key A)",
  "plot.curvature": "Curvature at the balls (key C)",
  "plot.out": "Show more (key −)",
  "plot.in": "Show less (key +)",
  "plot.fit": "Show all (key 0, or double-click)",
  "plot.examined": "f({x}, {y}) = {value}   ∇f = ({right}, {up})",
  "part.momentum": "velocity kept",
  "part.gradient": "gradient",
  "part.step": "step",
  "sight.minimum": "minimum",
  "sight.saddle": "saddle",
  "sight.maximum": "maximum",
  "start.label": "Start at {x}, {y}. Drag it, or move it with the arrow keys.",
  "start.hint": "start, drag me",

  "transport.label": "Time",
  "transport.restart": "Restart",
  "transport.back": "One step back",
  "transport.play": "Play",
  "transport.pause": "Pause",
  "transport.forward": "One step forward",
  "transport.time": "Step shown",
  "transport.step": "step",
  "transport.of": "/ {steps}",
  "transport.speed": "Speed: {value} steps per second",
  "transport.factor": "{factor}×",

  "figures.label": "Figures",
  "figure.data": "Data and fitted curves",

  "surface.label": "Surface",
  "surface.choose": "surface",
  "path.label": "Length, noise, and when changes count",

  "run.label": "Run {number}: {name}",
  "run.choose": "Optimizer of run {number}",
  "run.add": "Add a run",
  "run.remove": "Remove run {number}",
  "run.numbers": "loss {loss}  ·  |∇f| {gradient}",
  "card.more": "formula",
  "card.source": "Source: {source}",

  "status.running": "running",
  "status.converged": "settled · {step}",
  "status.diverged": "diverged · {step}",

  "number.label": "{name}, as a number",
  "error.empty": "type a number",

  "sentence.start": "All start at loss {loss}. Drag the start, or press Play.",
  "sentence.running": "{name} is still moving, loss {loss}",
  "sentence.converged": "{name} settled at step {step}",
  "sentence.diverged": "{name} diverged at step {step}",
  "sentence.many": "{converged} settled, {diverged} diverged, {running} still moving",
  "sentence.join": "; ",
  "sentence.end": "{sentence}.",

  "outcome.running": "{name} does not settle in {steps} steps",
  "outcome.converged": "{name} settles at step {step}",
  "outcome.diverged": "{name} diverges at step {step}",

  "group.quadratic": "Quadratic",
  "group.valley": "Valleys and wells",
};
