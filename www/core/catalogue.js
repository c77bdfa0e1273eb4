// What crosses the boundary as plain objects: their types, and small look-ups in them. The
// catalogue says all there is to choose from; nothing here knows an entry by name.

/**
 * @typedef {object} Option
 * @property {string} id
 * @property {string} name English name.
 * @property {string} [group] Menu family.
 *
 * @typedef {object} SpecHead
 * @property {string} id
 * @property {string} symbol The field's symbol, or nothing.
 * @property {string} name English name.
 * @property {boolean} advanced Rarely needed: may stay folded away.
 *
 * @typedef {"linear" | "logarithmic" | "near-one"} Scale
 *
 * @typedef {SpecHead & {kind: "number", min: number, max: number, default: number,
 *   scale: Scale, integer: boolean}} NumberSpec min and max are the slider's range.
 * @typedef {SpecHead & {kind: "choice", options: Option[], default: string}} ChoiceSpec
 * @typedef {SpecHead & {kind: "toggle", default: boolean}} ToggleSpec
 * @typedef {SpecHead & {kind: "text", longest: number, default: string}} TextSpec
 * @typedef {NumberSpec | ChoiceSpec | ToggleSpec | TextSpec} ParameterSpec
 *
 * @typedef {object} EntryBody
 * @property {string[]} formula Lines of text.
 * @property {ParameterSpec[]} parameters
 * @property {string} source Where the formula comes from.
 * @typedef {Option & EntryBody} Entry A surface or an optimizer.
 *
 * @typedef {Entry & {lr_meaning: "gradient" | "distance" | "factor"}} OptimizerEntry What its
 *   learning rate measures stands in `lr_meaning`.
 *
 * @typedef {Record<string, string | string[]>} Theme Colours `#rrggbb`; `runs` is a list.
 *
 * @typedef {object} Catalogue
 * @property {(Entry & {dimension: number})[]} surfaces
 * @property {OptimizerEntry[]} optimizers
 * @property {Record<string, Theme>} themes
 * @property {{runs: number, steps: NumberSpec, speed: NumberSpec, projection: ChoiceSpec,
 *   cloud: ToggleSpec, sweep: ChoiceSpec, sweep_reach: NumberSpec, lock_lr: ToggleSpec, visible: ToggleSpec,
 *   basins_opacity: NumberSpec, basins_run: NumberSpec, tuning: ChoiceSpec, plane_lr: NumberSpec, plane_beta: NumberSpec}} limits
 *   May hold more specs.
 * @property {{width: NumberSpec, height: NumberSpec, max_steps: NumberSpec, tolerance: NumberSpec}} maps
 * @property {Configuration} defaults
 * @property {number[][]} dashes On and off lengths in CSS pixels, run by run; they repeat.
 * @property {Scene[]} scenes In the order in which they teach.
 *
 * @typedef {object} Scene A lesson; its texts are `scene.<id>.…` among the messages.
 * @property {string} id
 * @property {object} configuration
 * @property {number | null} stop The step to stop at, if that is not the last one.
 * @property {number} choices How many answers there are to choose from.
 * @property {number} right The right one, counted from 0.
 * @property {number | null} decimals Digits after the point of its numbers, if exact.
 * @property {string[]} tries Fields of the configuration or its runs that its answer asks to change.
 *
 * @typedef {number | string | boolean} Setting
 * @typedef {{id: string} & Record<string, Setting>} Selection An entry and its settings.
 *
 * @typedef {object} Configuration
 * @property {Selection} surface
 * @property {[number, number]} start
 * @property {Selection[]} runs
 * @property {boolean} cloud Whether the first shown run is repeated with other seeds.
 * @property {string} sweep The parameter for several values of which paths are drawn, or `none`.
 * @property {number} sweep_reach How far to either side, in lengths of its slider.
 * @property {boolean} lock_lr Whether learning rates that mean the same change together.
 * @property {number} steps Length of the path.
 * @property {number} noise Standard deviation of what is added to each coordinate of a gradient.
 * @property {number} batch Data points to a gradient; 0: all.
 * @property {number} seed Of noise and batches.
 * @property {number} tolerance Gradient norm under which a ball has settled.
 * @property {boolean} basins Whether the map of basins is shown.
 * @property {number} basins_opacity
 * @property {number} basins_run The run that it is about, counted from 0.
 * @property {string} tuning By what the plane of learning rate and momentum is shaded.
 * @property {[number, number] | null} plane_lr Its learning rates from, to, if they are chosen.
 * @property {[number, number] | null} plane_beta Its momenta.
 * @property {string} task The question that is asked before anything is shown, or `none`.
 * @property {number} task_run The run it is about, counted from 0.
 * @property {number} speed Steps per second.
 * @property {string} projection How a surface over the plane is seen.
 * @property {number} yaw In degrees, as it is turned in space.
 * @property {number} pitch In degrees.
 * @property {[number, number, number, number]} view x from, to; y from, to.
 */

/**
 * The entry with that id; the core accepts no other ids, so it exists.
 * @template {{id: string}} T
 * @param {T[]} entries
 * @param {string} id
 * @returns {T}
 */
export function entryOf(entries, id) {
  const entry = entries.find((candidate) => candidate.id === id);
  if (!entry) throw new Error(`${id}: not in the catalogue`);
  return entry;
}

/**
 * The specifications among the catalogue's limits, but for those named.
 * @param {Catalogue} catalogue
 * @param {string[]} but
 * @returns {ParameterSpec[]}
 */
export function generalSpecs(catalogue, but) {
  /** @type {(number | ParameterSpec)[]} */
  const limits = Object.values(catalogue.limits);
  return limits.flatMap((limit) => {
    return typeof limit === "number" || but.includes(limit.id) ? [] : limit;
  });
}
