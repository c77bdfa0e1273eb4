// By what the plane of learning rate and momentum is shaded: what theory says, or a map of runs that
// have been made at each setting. What computes and draws the map is loaded when it is first shown.

import { offerAgain } from "../controls/complaint.js";
import { headingMenu } from "../controls/controls.js";
import { h, setAttribute } from "../platform/dom.js";
import { imported } from "../platform/import.js";

/**
 * @typedef {import("../charts/plane.js").PlaneHost} PlaneHost
 * @typedef {import("../charts/plane.js").Shown} Shown
 * @typedef {import("./tuning-map.js").TuningMap} TuningMap
 */

export class Tuning {
  /** The choice. */
  menu;
  /** What the shades stand for, in a line. */
  scale = h("div", { class: "tuning-scale", hidden: true });
  /** What there is on the map, with shares. */
  legend = h("ul", { class: "shares", hidden: true });
  #canvas = h("canvas", { "data-layer": "cells" });
  #host;
  #update;
  /** @type {Promise<void> | undefined} */
  #loading;
  /** @type {TuningMap | undefined} */
  #map;
  #failed = false;
  #ended = false;
  /** Whether a map is asked for that cannot be. */
  impossible = false;
  /** Whether there is to be a map. */
  #wanted = false;

  /**
   * @param {HTMLElement} picture Under whose other layers the map lies.
   * @param {PlaneHost} host
   */
  constructor(picture, host) {
    this.#host = host;
    const { tuning } = host.catalogue.limits;
    const { element, update } = headingMenu("option", tuning.options, tuning.id, host);
    setAttribute(element, "aria-label", host.messages.named("parameter", tuning));
    this.menu = element;
    this.#update = update;
    picture.prepend(this.#canvas);
  }

  /**
   * Makes room, before anything is drawn: while the layout is being observed it is too late.
   * @param {import("../core/catalogue.js").Configuration} configuration
   */
  update({ tuning }) {
    this.#update(tuning);
    this.#show(tuning !== this.#host.catalogue.limits.tuning.default);
  }

  /** @param {boolean} on */
  #show(on) {
    for (const part of [this.scale, this.legend]) part.hidden = !on;
  }

  /**
   * Shows the map that the configuration and the plane ask for, or none.
   * @param {Shown} plane
   * @param {number} scale CSS pixels to a pixel of the picture.
   */
  read(plane, scale) {
    const configuration = this.#host.lab.configuration();
    this.#show(plane.measured);
    this.#wanted = plane.measured;
    this.impossible = !plane.measured && configuration.tuning !== this.#host.catalogue.limits.tuning.default;
    if (!plane.measured) {
      // What could not be loaded is tried again when it is asked for again.
      if (this.#failed) this.#loading = undefined;
      this.#map?.hide();
    } else if (this.#map) this.#map.show(configuration, plane, scale);
    else this.#loading ??= this.#load();
  }

  /**
   * What a run at a setting comes to, in words, where there is a map.
   * @param {number} lr
   * @param {number} beta
   */
  measured(lr, beta) {
    return this.#wanted ? this.#map?.measured(lr, beta) ?? "" : "";
  }

  /** The gradient's norm under which the map's balls stop, while there is one. */
  get tolerance() {
    return this.#wanted ? this.#map?.tolerance : undefined;
  }

  retheme() {
    this.#map?.retheme(this.#host.theme());
  }

  end() {
    this.#ended = true;
    this.#map?.hide();
  }

  async #load() {
    this.#failed = false;
    this.scale.replaceChildren();
    try {
      const [{ TuningMap }, { mapPool }, { loadWhole }] = await Promise.all([
        imported(() => import("./tuning-map.js")), imported(() => import("./maps.js")), import("../core/core.js"),
      ]);
      const [pool, whole] = await Promise.all([mapPool(), loadWhole()]);
      if (this.#ended) return;
      this.#map = new TuningMap(pool, whole, this.#canvas, this, this.#host);
      this.retheme();
      this.#host.refresh();
    } catch (error) {
      // The plane has its lines without it.
      this.#failed = true;
      console.error(error);
      const { messages } = this.#host;
      this.scale.replaceChildren(h("p", { class: "complaint", role: "alert" }, offerAgain(messages,
        messages.text("basins.failed", { reason: messages.reason(error) }), () => {
          this.#loading = this.#load();
        })));
    }
  }
}
