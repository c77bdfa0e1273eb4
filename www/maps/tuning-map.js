// The map of measured runs under the plane of learning rate and momentum.

import { entryOf } from "../core/catalogue.js";
import { h, setAttribute, setText } from "../platform/dom.js";
import { MapKeeper } from "./map-keeper.js";
import { MapPicture } from "./map-picture.js";
import { mapConfiguration, mapOptions } from "./map-request.js";
import { UNDEFINED } from "./map-task.js";
import { fateOf, lostLines, minimaLines, placeOf, withShares } from "./map-words.js";

/**
 * @typedef {import("../core/catalogue.js").Configuration} Configuration
 * @typedef {import("./map-keeper.js").Asked} Asked
 * @typedef {import("./map-picture.js").Shading} Shading
 * @typedef {import("../charts/plane.js").PlaneHost} PlaneHost
 * @typedef {import("../charts/plane.js").Shown} Plane
 */

/** What the axes vary. */
const AXES = ["lr", "beta"];
/** Of so many single settings it is remembered what they come to. */
const KNOWN = 200;

export class TuningMap {
  #canvas;
  #host;
  #picture;
  #map;
  #list;
  #scale;
  #first = h("span");
  #last = h("span");
  #band = h("span", { class: "band" });
  #progress;
  #complaint = h("p", { class: "complaint", role: "alert", hidden: true });
  /** @type {Shading} */
  #shading = "steps";
  /** @type {1 | 2} */
  #dimension = 2;
  /** By setting, in words. @type {Map<string, string>} */
  #known = new Map();

  /**
   * @param {Awaited<ReturnType<typeof import("./maps.js").mapPool>>} pool
   * @param {import("../core/core.js").Whole} whole
   * @param {HTMLCanvasElement} canvas
   * @param {{scale: HTMLElement, legend: HTMLElement}} places What tells of the map.
   * @param {PlaneHost} host
   */
  constructor(pool, whole, canvas, { scale, legend }, host) {
    const { text } = host.messages;
    this.#canvas = canvas;
    this.#host = host;
    this.#picture = new MapPicture(canvas);
    this.#list = legend;
    this.#scale = scale;
    this.#progress = h("progress", { class: "refining", max: 1, "aria-label": text("basins.progress") });
    scale.replaceChildren(
      h("p", { class: "shading" }, this.#first, this.#band, this.#last), this.#progress, this.#complaint);
    this.#map = new MapKeeper(pool, whole, "tuning", {
      render: (shown, more) => this.#render(shown, more),
      failed: (error) => this.#fail(error),
    });
  }

  /** @param {import("../core/catalogue.js").Theme} theme */
  retheme(theme) {
    this.#picture.retheme(theme);
    this.#map.render();
  }

  /**
   * Shows the map that is asked for, and begins it if it is another one.
   * @param {Configuration} configuration
   * @param {Plane} plane
   * @param {number} scale CSS pixels to a pixel of the picture.
   */
  show(configuration, plane, scale) {
    const { catalogue } = this.#host;
    const [left, top, width, height] = plane.frame.map((length) => length * scale);
    const sides = { left, top, width, height };
    for (const [side, length] of Object.entries(sides)) this.#canvas.style.setProperty(side, `${length}px`);
    // A cell to each CSS pixel: a ball costs more than its pixel shows.
    const { options, ...asked } = request(configuration, plane, catalogue, [width, height]);
    this.#dimension = entryOf(catalogue.surfaces, configuration.surface.id).dimension === 1 ? 1 : 2;
    const shaded = this.#shading !== configuration.tuning;
    this.#shading = /** @type {Shading} */ (configuration.tuning);
    this.#picture.place(plane.bounds, [options.width, options.height]);
    try {
      if (this.#map.want({ ...asked, options }, plane.bounds)) this.#begin();
      else if (shaded) this.#map.render();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** The gradient's norm under which its balls stop. */
  get tolerance() {
    return this.#map.asked?.options.tolerance;
  }

  /** Ends the map and empties its layer. */
  hide() {
    this.#map.end();
    this.#clear();
  }

  #clear() {
    this.#known.clear();
    this.#picture.clear();
    this.#list.replaceChildren();
    setAttribute(this.#scale, "aria-busy", "false");
  }

  /**
   * What a run at a setting comes to, in words.
   * @param {number} lr
   * @param {number} beta
   */
  measured(lr, beta) {
    const { asked } = this.#map;
    if (!asked) return "";
    const key = `${lr} ${beta}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const cells = this.#map.single((job) => job.at(lr, beta));
    if (!cells) return "";
    const { labels: [label], steps: [steps], overshoots, minima } = cells;
    const { text } = this.#host.messages;
    const fate = fateOf(label, steps, asked.options.max_steps);
    const place = text(this.#dimension === 1 ? "maps.line" : "basins.place", placeOf(minima, label))
      .replaceAll(" ", "\u00a0");
    const words = text(`tuning.${fate}`, { steps, overshoots: overshoots?.[0] ?? 0, place });
    if (this.#known.size > KNOWN) this.#known.clear();
    this.#known.set(key, words);
    return words;
  }

  #begin() {
    this.#known.clear();
    this.#complaint.hidden = true;
    this.#canvas.classList.add("stale");
    this.#progress.value = 0;
    setAttribute(this.#scale, "aria-busy", "true");
    this.#map.open();
  }

  /** @param {unknown} error */
  #fail(error) {
    this.#clear();
    const { messages } = this.#host;
    setText(this.#complaint, messages.text("basins.failed", { reason: messages.reason(error) }));
    this.#complaint.hidden = false;
  }

  /**
   * @param {import("./map-keeper.js").Shown} shown
   * @param {boolean} more
   */
  #render({ task, bounds, steps }, more) {
    const { messages, catalogue } = this.#host;
    const { text } = messages;
    const shading = this.#shading;
    const { counts, range: [first, last] } = this.#picture.render(task, bounds, shading);
    this.#canvas.classList.toggle("stale", this.#map.stale);
    const ends = shading === "end";
    this.#band.dataset.shading = shading;
    setText(this.#first, ends ? text("basins.soon") : String(first));
    setText(this.#last, ends ? text("basins.late") : text(`tuning.${shading}`, { count: last }));
    const [{ basins }] = Object.values(catalogue.themes);
    const settled = counts.subarray(0, UNDEFINED).reduce((sum, count) => sum + count, 0);
    const lines = ends ? minimaLines(task, counts, basins.length, messages, this.#dimension)
      : [{ kind: "settled", name: text("tuning.settled"), count: settled }];
    this.#list.replaceChildren(...withShares([...lines, ...lostLines(counts, steps, messages)], messages));
    this.#progress.value = task.progress;
    setAttribute(this.#scale, "aria-busy", String(more));
  }
}

/**
 * What to ask the core for: the runs from the start at each setting of the plane, which it keeps to
 * all along.
 * @param {Configuration} configuration
 * @param {Plane} plane
 * @param {import("../core/catalogue.js").Catalogue} catalogue
 * @param {[number, number]} size In pixels.
 * @returns {Asked & {options: {width: number, height: number}}}
 */
function request(configuration, { run, lr, beta, beta_scale }, catalogue, size) {
  const { runs: [chosen], ...asked } = mapConfiguration(configuration, catalogue, run);
  const { changes = [], ...settings } = /** @type {Record<string, any>} */ (chosen);
  const kept = changes.map(constant).filter((/** @type {object} */ change) => Object.keys(change).length > 1);
  return {
    configuration: { ...asked, runs: [{ ...constant(settings), changes: kept }] },
    options: { lr, beta, beta_scale, ...mapOptions(configuration, catalogue, size) },
  };
}

/**
 * Settings without those that the axes vary.
 * @param {Record<string, any>} settings
 */
function constant(settings) {
  return Object.fromEntries(Object.entries(settings).filter(([id]) => !AXES.includes(id)));
}
