// The ranges of the axes of the plane of learning rate and momentum, to be set by hand.

import { NumberControl } from "../controls/number-control.js";
import { h } from "../platform/dom.js";

/**
 * @typedef {import("./plane.js").PlaneHost} PlaneHost
 * @typedef {import("./plane.js").Shown} Shown
 * @typedef {[number, number]} Ends
 */

export class PlaneRange {
  element;
  #controls;
  #reset;
  /** @type {Ends[]} */
  #ends = [[NaN, NaN], [NaN, NaN]];

  /** @param {PlaneHost} host */
  constructor(host) {
    const { messages: { text }, catalogue: { limits } } = host;
    const axes = [limits.plane_lr, limits.plane_beta];
    this.#controls = axes.map((spec, axis) => {
      return [text("plane.lowest"), text("plane.highest")].map((name, end) => {
        const set = (/** @type {string} */ field, /** @type {any} */ value) => {
          host.set(field, this.#ends[axis].map((old, index) => (index === end ? value : old)));
        };
        const named = { ...spec, id: `${spec.id}.${end}`, name };
        return new NumberControl(named, spec.id, { messages: host.messages, set });
      });
    });
    this.#reset = h("button", { type: "button", "data-action": "plane-range" }, text("plane.range.reset"));
    this.#reset.addEventListener("click", () => {
      for (const { id } of axes) host.set(id, null);
    });
    this.element = h("details", { class: "range" },
      h("summary", {}, text("plane.range")),
      ...this.#controls.flat().map(({ element }) => element), this.#reset);
  }

  /** @param {Shown} plane */
  update({ lr, beta }) {
    this.#ends = [lr, beta];
    this.#controls.forEach((pair, axis) => {
      pair.forEach((control, end) => control.update(this.#ends[axis][end]));
    });
  }
}
