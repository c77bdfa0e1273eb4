// The map of basins: which one is wanted, its picture on the plot, and its legend.

import { BasinLegend } from "./basin-legend.js";
import { MapKeeper } from "./map-keeper.js";
import { MapPicture } from "./map-picture.js";
import { mapConfiguration, mapOptions } from "./map-request.js";
import { fateOf, placeOf } from "./map-words.js";

/**
 * @typedef {import("../core/catalogue.js").Catalogue} Catalogue
 * @typedef {import("../core/catalogue.js").Configuration} Configuration
 * @typedef {import("../app/reader.js").Reader} Reader
 */

export class BasinMap {
  #catalogue;
  #host;
  #plot;
  #picture;
  #legend;
  #map;

  /**
   * @param {Awaited<ReturnType<typeof import("./maps.js").mapPool>>} pool
   * @param {import("../core/core.js").Whole} whole
   * @param {import("../plot/plot.js").Plot} plot
   * @param {HTMLElement} place Of the legend.
   * @param {Catalogue} catalogue
   * @param {Reader} host
   */
  constructor(pool, whole, plot, place, catalogue, host) {
    this.#catalogue = catalogue;
    this.#host = host;
    this.#plot = plot;
    this.#picture = new MapPicture(plot.map);
    const [{ basins }] = Object.values(catalogue.themes);
    this.#legend = new BasinLegend(place, basins.length, catalogue.limits, host);
    this.#map = new MapKeeper(pool, whole, "basins", {
      render: ({ task, bounds, steps }, more) => {
        const { counts } = this.#picture.render(task, bounds);
        this.#legend.tell(task, counts, steps, more);
      },
      failed: (error) => {
        this.#picture.clear();
        this.#legend.fail(error);
        this.#plot.examineAgain();
      },
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
   * @param {string[]} names Of the runs.
   * @param {Float64Array} bounds
   * @param {[number, number]} size Of the plot, in its own pixels.
   * @param {{inward: number, width: number}} start See `BasinLegend.avoid`.
   */
  show(configuration, names, bounds, size, { inward, width }) {
    const run = Math.min(configuration.basins_run, configuration.runs.length - 1);
    this.#legend.update(configuration.basins_opacity, names, run);
    this.#picture.fade(configuration.basins_opacity);
    const asked = request(configuration, this.#catalogue, run, bounds, size);
    if (this.#map.want(asked, bounds)) {
      this.#legend.wait(asked.options.tolerance);
      this.#plot.examineAgain();
      this.#map.open();
    }
    this.#picture.place(bounds, size);
    this.#legend.avoid(inward, width);
  }

  /** Ends the map and empties its layer. */
  hide() {
    const told = this.#map.asked;
    this.#map.end();
    this.#picture.clear();
    this.#legend.clear();
    if (told) this.#plot.examineAgain();
  }

  /**
   * What becomes of a ball from a point of the plane: what the map says of it, or is going to.
   * @param {number} x
   * @param {number} y
   */
  fate(x, y) {
    const { asked } = this.#map;
    if (!asked) return "";
    const { width, height, max_steps: most, bounds: [left, right, bottom, top] } = asked.options;
    const column = Math.floor((x - left) / (right - left) * width);
    const row = Math.floor((top - y) / (top - bottom) * height);
    if (column < 0 || row < 0 || column >= width || row >= height) return "";
    const known = this.#read(row * width + column) ?? this.#compute(column, row);
    if (!known) return "";
    const { label, steps, minima } = known;
    const { text } = this.#host.messages;
    return text(`basins.${fateOf(label, steps, most)}`, { steps, ...placeOf(minima, label) });
  }

  /** What is known of a cell. @param {number} at */
  #read(at) {
    const { whole } = this.#map;
    if (!whole) return undefined;
    const { labels, steps, minima } = whole.task;
    return { label: labels[at], steps: steps[at], minima };
  }

  /**
   * What is found out of a cell by its ball alone.
   * @param {number} column
   * @param {number} row
   */
  #compute(column, row) {
    const cells = this.#map.single((job) => job.cell(column, row));
    return cells && { label: cells.labels[0], steps: cells.steps[0], minima: cells.minima };
  }
}

/**
 * What to ask the core for: the balls of one run, as many steps as the paths have or more, a cell
 * to each pixel as far as the core goes.
 * @param {Configuration} configuration
 * @param {Catalogue} catalogue
 * @param {number} run
 * @param {Float64Array} bounds
 * @param {[number, number]} size
 */
function request(configuration, catalogue, run, bounds, size) {
  const { start: _, ...asked } = mapConfiguration(configuration, catalogue, run);
  return { configuration: asked, options: { bounds: [...bounds], ...mapOptions(configuration, catalogue, size) } };
}
