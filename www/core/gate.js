// Which controls a lab shows, and whether its reader may do what none of them stands for.

import { fieldNames } from "./fields.js";

/**
 * Controls that are named by what they are, with the fields of a configuration that they change.
 * All others are named by the parameter they change.
 * @type {Record<string, string[]>}
 */
const PARTS = {
  // Over the plot.
  undo: [], link: [], embed: [], export: [], keys: [], present: [], language: [], theme: [],
  // On the plot and under it.
  start: ["start"], view: ["view", "yaw", "pitch"], basins: ["basins", "basins_opacity", "basins_run"], play: ["speed"],
  optimizer: [],
  // Beside it.
  lessons: [], surface: ["surface"], runs: ["runs", "lock_lr"], damping: [], rule: [],
  sweep: ["sweep", "sweep_reach"],
  path: ["steps", "tolerance", "noise", "batch", "seed", "cloud", "takes_effect"],
  figures: ["tuning", "plane_lr", "plane_beta"],
};

/** Parameters that have a button on the plot. */
export const TOOLS = ["projection", "arrows", "curvature"];

/** Parts that stand beside the plot or take a row of their own. */
const CARDS = ["lessons", "surface", "runs", "damping", "rule", "sweep", "path", "figures"];

/** What may be done while a question is open: to look, and to take the question along. */
const LOOKING = ["view", "yaw", "pitch", "projection", "link", "keys", "present", "language", "theme"];

/** What can be listed beside parameters, by the place where it stands; the page around needs no choice of its own address. */
export const PLACES = {
  under: ["play", "optimizer"],
  plot: ["start", "view", ...TOOLS, "basins"],
  beside: CARDS,
  over: ["undo", "export", "keys", "present", "language", "theme"],
};

export class Gate {
  /** The names listed, in their order; all if there is no list. @type {string[] | undefined} */
  #listed;
  #locked;
  #sealed = false;

  /**
   * @param {string | null} controls Names between spaces; null for all there are.
   * @param {boolean} locked Whether only what is listed can be changed from the page.
   */
  constructor(controls, locked) {
    this.#listed = controls?.split(/\s+/).filter(Boolean);
    this.#locked = locked;
  }

  /**
   * Whether a control is shown.
   * @param {string} name
   */
  shows(name) {
    return this.#listed?.includes(name) ?? true;
  }

  /**
   * Lets the reader look only, or do again what is permitted.
   * @param {boolean} on
   */
  seal(on) {
    this.#sealed = on;
  }

  /** Whether there is nothing but the plot and what stands right under it. */
  get compact() {
    return this.#listed !== undefined && !CARDS.some((name) => this.shows(name));
  }

  /** How many rows stand under the plot, where that is all; the transport may take two. */
  get rows() {
    return this.parameters.length + (this.shows("play") ? 2 : 0) + (this.shows("optimizer") ? 1 : 0);
  }

  /** What is listed that is no part of the lab, and so must be a parameter. */
  get parameters() {
    const listed = this.#listed ?? [];
    return [...new Set(listed)].filter((name) => !(name in PARTS));
  }

  /**
   * What is listed and is nothing.
   * @param {import("./catalogue.js").Catalogue} catalogue
   */
  unknown(catalogue) {
    const known = fieldNames(catalogue);
    return this.parameters.filter((name) => !known.has(name));
  }

  /**
   * Whether the reader may do what any of these controls stands for; without any, whatever there is.
   * @param {...string} names
   */
  permits(...names) {
    const asked = this.#sealed ? names.filter((name) => LOOKING.includes(name)) : names;
    if (this.#sealed && asked.length === 0) return false;
    return !this.#locked || asked.some((name) => this.shows(name));
  }

  /**
   * Whether the reader may change a field of the configuration, such as `runs[1].beta`.
   * @param {string} field
   */
  permitsField(field) {
    return this.permits(...partsOf(field), ...singly(field));
  }

  /**
   * Whether a part that is shown has a control for a field.
   * @param {string} field
   */
  covers(field) {
    return partsOf(field).some((part) => this.shows(part));
  }
}

/**
 * The parts that change a field, among others.
 * @param {string} field
 */
function partsOf(field) {
  const [name] = field.split(/[.[]/);
  return Object.keys(PARTS).filter((part) => PARTS[part].includes(name));
}

/**
 * The name of the control that changes a field alone; of runs, the first has such controls.
 * @param {string} field
 */
function singly(field) {
  const [owner, name] = field.split(".");
  if (name === undefined) return [owner];
  if (owner === "surface") return [name];
  if (owner !== "runs[0]") return [];
  return [name === "id" ? "optimizer" : name];
}
