// The stylesheets of the element, in the order in which they count. Written out, so that tools that
// bundle find them.

export const STYLES = [
  new URL("./momentum-lab.css", import.meta.url),
  new URL("./stage.css", import.meta.url),
  new URL("./embedded.css", import.meta.url),
  new URL("./maps.css", import.meta.url),
  new URL("./controls.css", import.meta.url),
  new URL("./runs.css", import.meta.url),
  new URL("./figures.css", import.meta.url),
  new URL("./plane.css", import.meta.url),
  new URL("./tuning.css", import.meta.url),
  new URL("./lesson.css", import.meta.url),
  new URL("./task.css", import.meta.url),
  new URL("./rule.css", import.meta.url),
  new URL("./damping.css", import.meta.url),
  new URL("./link.css", import.meta.url),
  new URL("./take-along.css", import.meta.url),
  new URL("./presentation.css", import.meta.url),
];
