// The map of basins over the plot: when there is one, and where it lies. What computes and draws it
// is loaded when it is first shown.

import { offerAgain } from "../controls/complaint.js";
import { loadWhole } from "../core/core.js";
import { h } from "../platform/dom.js";
import { imported } from "../platform/import.js";

/**
 * @typedef {import("./basin-map.js").BasinMap} BasinMap
 * @typedef {import("../core/catalogue.js").Catalogue} Catalogue
 * @typedef {import("../core/catalogue.js").Configuration} Configuration
 * @typedef {import("../pkg/momentum_lab_page.js").Lab} Lab
 */

export class Basins {
  /** The legend. */
  element = h("section", { class: "basins", part: "basins", hidden: true });
  #lab;
  #plot;
  #catalogue;
  #host;
  #request;
  /** @type {Promise<void> | undefined} */
  #loading;
  /** @type {BasinMap | undefined} */
  #map;
  #failed = false;
  #ended = false;
  /** @type {string[]} */
  #names = [];
  #dimension = 2;
  #theme = "";

  /**
   * @param {Lab} lab
   * @param {import("../plot/plot.js").Plot} plot
   * @param {Catalogue} catalogue
   * @param {import("../app/reader.js").Reader} host
   * @param {() => void} request Asks for a frame.
   */
  constructor(lab, plot, catalogue, host, request) {
    this.#lab = lab;
    this.#plot = plot;
    this.#catalogue = catalogue;
    this.#host = host;
    this.#request = request;
    this.element.setAttribute("aria-label", host.messages.text("basins.title"));
  }

  /** Whether the plane is seen from above. */
  get possible() {
    return this.#dimension > 1 && !this.#lab.in_space();
  }

  /**
   * @param {string[]} names Of the runs.
   * @param {number} dimension Of the surface.
   */
  update(names, dimension) {
    this.#names = names;
    this.#dimension = dimension;
  }

  /** @param {string} id Of the theme. */
  retheme(id) {
    this.#theme = id;
    this.#map?.retheme(this.#catalogue.themes[id]);
  }

  /**
   * Shows the map that the configuration and the plot ask for, or none.
   * @param {Configuration} configuration
   */
  read(configuration) {
    const shown = configuration.basins && this.possible;
    this.element.hidden = !shown;
    if (!shown) {
      // What could not be loaded is tried again when it is asked for again.
      if (this.#failed) this.#loading = undefined;
      return this.#map?.hide();
    }
    if (!this.#map) {
      this.#loading ??= this.#load();
      return;
    }
    const [, ground] = this.#plot.canvases;
    const [x] = this.#lab.start_position();
    const width = ground.clientWidth;
    const [middle] = this.#plot.middle;
    this.#map.show(configuration, this.#names, this.#lab.bounds(), [ground.width, ground.height],
      { inward: x / middle * width / 2, width });
  }

  /**
   * What becomes of a ball from a point of the plane, in words, where the map tells.
   * @param {number} x
   * @param {number} y
   */
  fate(x, y) {
    return this.#map?.fate(x, y) ?? "";
  }

  end() {
    this.#ended = true;
    this.#map?.hide();
  }

  async #load() {
    this.#failed = false;
    this.element.replaceChildren();
    try {
      const [{ BasinMap }, { mapPool }, whole] = await Promise.all(
        [imported(() => import("./basin-map.js")), imported(() => import("./maps.js")), loadWhole()]);
      const pool = await mapPool();
      if (this.#ended) return;
      this.#map = new BasinMap(pool, whole, this.#plot, this.element, this.#catalogue, this.#host);
      this.#map.retheme(this.#catalogue.themes[this.#theme]);
      this.#request();
    } catch (error) {
      // The plot is whole without it.
      this.#failed = true;
      console.error(error);
      const { messages } = this.#host;
      this.element.replaceChildren(h("p", { class: "complaint", role: "alert" }, offerAgain(messages,
        messages.text("basins.failed", { reason: messages.reason(error) }), () => {
          this.#loading = this.#load();
        })));
    }
  }
}
