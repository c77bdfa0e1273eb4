// What to ask the core for when a map of a run is wanted.

/**
 * @typedef {import("../core/catalogue.js").Catalogue} Catalogue
 * @typedef {import("../core/catalogue.js").Configuration} Configuration
 * @typedef {import("../core/catalogue.js").Selection} Selection
 */

/** Of a configuration, what no map depends on. */
const BESIDE = [
  "view", "steps", "speed", "tolerance", "takes_effect", "lock_lr", "projection", "yaw", "pitch",
  "arrows", "curvature", "cloud", "sweep", "sweep_reach", "basins", "basins_opacity", "basins_run", "tuning",
  "plane_lr", "plane_beta", "task", "task_run",
];

/**
 * What a map of one run depends on.
 * @param {Configuration} configuration
 * @param {Catalogue} catalogue
 * @param {number} run
 * @returns {Pick<Configuration, "surface" | "start" | "runs">}
 */
export function mapConfiguration(configuration, { limits }, run) {
  const { surface, start, runs, ...others } = configuration;
  const rest = Object.entries(others).filter(([field]) => !BESIDE.includes(field));
  const { [limits.visible.id]: _, ...settings } = runs[run];
  const chosen = /** @type {Selection} */ (settings);
  return { surface, start, ...Object.fromEntries(rest), runs: [chosen] };
}

/**
 * Options of every map: as many steps as the paths have or more, a cell to each pixel as far as
 * the core goes.
 * @param {Configuration} configuration
 * @param {Catalogue} catalogue
 * @param {[number, number]} size In pixels.
 */
export function mapOptions(configuration, { maps }, [width, height]) {
  const shrink = Math.min(1, maps.width.max / width, maps.height.max / height);
  const { max_steps, tolerance } = maps;
  return {
    width: Math.max(1, Math.round(width * shrink)),
    height: Math.max(1, Math.round(height * shrink)),
    max_steps: Math.min(Math.max(configuration.steps, max_steps.default), max_steps.max),
    // A path may ask for rest to the last bit, a map needs an end.
    tolerance: Math.max(configuration.tolerance, tolerance.min),
  };
}
