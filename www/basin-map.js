// The map of basins: which one is wanted, its picture on the plot, and its legend.

import { BasinLegend } from "./basin-legend.js";
import { BasinPicture } from "./basin-picture.js";
import { coordinate } from "./format.js";
import { DIVERGED, UNDECIDED } from "./map-task.js";

/**
 * @typedef {import("./catalogue.js").Catalogue} Catalogue
 * @typedef {import("./catalogue.js").Configuration} Configuration
 * @typedef {import("./controls.js").Host} Host
 * @typedef {import("./map-task.js").Task} Task
 */

/**
 * @typedef {object} Shown A map and the part of the plane that it shows.
 * @property {Task} task
 * @property {Float64Array} bounds x from, to; y from, to.
 * @property {number} steps The most that a ball makes.
 */

export class BasinMap {
  #pool;
  #catalogue;
  #host;
  #picture;
  #legend;
  /** The map that is computed, or has been. @type {Shown | undefined} */
  #wanted;
  /** What was asked for, as text. */
  #key = "";
  /** The map on the plot: until the one that is wanted can be seen, the one before.
      @type {Shown | undefined} */
  #shown;
  #frame = 0;

  /**
   * @param {Awaited<ReturnType<typeof import("./maps.js").mapPool>>} pool
   * @param {HTMLCanvasElement} canvas
   * @param {HTMLElement} place Of the legend.
   * @param {Catalogue} catalogue
   * @param {Host} host
   * @param {() => void} request Asks for a `show`.
   */
  constructor(pool, canvas, place, catalogue, host, request) {
    this.#pool = pool;
    this.#catalogue = catalogue;
    this.#host = host;
    this.#picture = new BasinPicture(canvas);
    const [{ basins }] = Object.values(catalogue.themes);
    const { basins_opacity: opacity } = catalogue.limits;
    this.#legend = new BasinLegend(place, basins.length, opacity, host, request);
  }

  /** @param {import("./catalogue.js").Theme} theme */
  retheme(theme) {
    this.#picture.retheme(theme);
    if (this.#shown) this.#render();
  }

  /**
   * Shows the map that is asked for, and begins it if it is another one.
   * @param {Configuration} configuration
   * @param {string[]} names Of the runs.
   * @param {Float64Array} bounds
   * @param {[number, number]} size Of the plot, in its own pixels.
   * @param {{inward: number, width: number}} start See `BasinLegend.avoid`.
   */
  show(configuration, names, bounds, size, { inward, width }) {
    this.#legend.update(configuration.basins_opacity, names);
    this.#picture.fade(configuration.basins_opacity);
    this.#want(configuration, this.#legend.run, bounds, size);
    this.#picture.place(bounds, size);
    this.#legend.avoid(inward, width);
  }

  /** Ends the map and empties its layer. */
  hide() {
    this.#drop();
    this.#shown = undefined;
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#picture.clear();
    this.#legend.clear();
  }

  /**
   * What becomes of a ball from a point of the plane, once that is known for certain.
   * @param {number} x
   * @param {number} y
   */
  fate(x, y) {
    const shown = this.#shown;
    if (!shown || shown !== this.#wanted || !shown.task.done) return "";
    const { task: { width, height, labels, steps, minima }, bounds: [left, right, bottom, top] } = shown;
    const column = Math.floor((x - left) / (right - left) * width);
    const row = Math.floor((top - y) / (top - bottom) * height);
    if (column < 0 || row < 0 || column >= width || row >= height) return "";
    const at = row * width + column;
    const label = labels[at];
    const { text } = this.#host.messages;
    const made = { steps: steps[at] };
    if (label === DIVERGED) return text("basins.leaves", made);
    if (label === UNDECIDED) return text(made.steps < shown.steps ? "basins.rests" : "basins.moves", made);
    const [a, b] = minima.subarray(2 * label);
    return text("basins.ends", { ...made, x: coordinate(a), y: coordinate(b) });
  }

  /**
   * @param {Configuration} configuration
   * @param {number} run
   * @param {Float64Array} bounds
   * @param {[number, number]} size
   */
  #want(configuration, run, bounds, size) {
    const asked = request(configuration, this.#catalogue, run, bounds, size);
    const key = JSON.stringify(asked);
    if (key === this.#key) return;
    this.#drop();
    this.#key = key;
    const mine = () => this.#wanted?.task === task;
    const task = this.#pool.start("basins", asked.configuration, asked.options, {
      came: () => {
        if (mine()) this.#frame ||= requestAnimationFrame(() => this.#render());
      },
      done: () => {},
      failed: (error) => {
        if (mine()) this.#legend.fail(error);
      },
    });
    this.#wanted = { task, bounds, steps: asked.options.max_steps };
    this.#legend.wait();
  }

  #drop() {
    if (this.#wanted) this.#pool.cancel(this.#wanted.task);
    this.#wanted = undefined;
    this.#key = "";
  }

  /** Puts on the plot what has come. */
  #render() {
    this.#frame = 0;
    if (this.#wanted && this.#wanted.task.pass > 0) this.#shown = this.#wanted;
    if (!this.#shown) return;
    const { task, bounds, steps } = this.#shown;
    const counts = this.#picture.render(task, bounds);
    this.#legend.tell(task, counts, steps, this.#shown !== this.#wanted || !task.done);
  }
}

/** Of a configuration, what a map does not depend on. */
const BESIDE = [
  "start", "view", "steps", "speed", "tolerance", "takes_effect", "lock_lr", "projection", "yaw",
  "pitch", "arrows", "curvature", "cloud", "sweep", "sweep_reach", "basins", "basins_opacity",
];

/**
 * What to ask the core for: the balls of one run, as many steps as the paths have or more, a cell
 * to each pixel as far as the core goes.
 * @param {Configuration} configuration
 * @param {Catalogue} catalogue
 * @param {number} run
 * @param {Float64Array} bounds
 * @param {[number, number]} size
 */
function request(configuration, { maps, limits }, run, bounds, [width, height]) {
  const whole = Object.entries(configuration).filter(([field]) => !BESIDE.includes(field));
  const { [limits.visible.id]: _, ...chosen } = configuration.runs[run];
  const shrink = Math.min(1, maps.width.max / width, maps.height.max / height);
  const { max_steps, tolerance } = maps;
  return {
    configuration: { ...Object.fromEntries(whole), runs: [chosen] },
    options: {
      bounds: [...bounds],
      width: Math.max(1, Math.round(width * shrink)),
      height: Math.max(1, Math.round(height * shrink)),
      max_steps: Math.min(Math.max(configuration.steps, max_steps.default), max_steps.max),
      // A path may ask for rest to the last bit, a map needs an end.
      tolerance: Math.max(configuration.tolerance, tolerance.min),
    },
  };
}
