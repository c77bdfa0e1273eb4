// The words at the start, where they cover neither a stationary point nor its name.

import { h, setAttribute } from "../platform/dom.js";

/**
 * @typedef {object} Box In CSS pixels from the plot's top left.
 * @property {number} left
 * @property {number} top
 * @property {number} right
 * @property {number} bottom
 */

/** From the start to the words, in CSS pixels: sideways, and from it to their upper edge above or below. */
const [ASIDE, ABOVE, BELOW] = [12, -20, 2];
/** Nearer to the upper edge than this, in CSS pixels, they would lie under the tools. */
const TOOLS = 72;
/** Where the start is this share of the way to the right, the words stand before it. */
const RIGHT = 0.6;

export class Hint {
  element;
  /** Of the words, in CSS pixels, at the scale for which they were measured. */
  #size = { width: 0, height: 0, scale: 0 };

  /** @param {string} text */
  constructor(text) {
    this.element = h("span", { class: "hint", "aria-hidden": "true" }, text);
  }

  /**
   * Puts the words beside the start; where all places are taken, they are left out.
   * @param {[number, number]} start In CSS pixels from the plot's top left.
   * @param {number} width Of the plot, in CSS pixels.
   * @param {number} scale CSS pixels to a pixel of the picture; the text grows with it.
   * @param {Box[]} taken
   */
  place([x, y], width, scale, taken) {
    if (this.#size.scale !== scale) {
      const { offsetWidth, offsetHeight } = this.element;
      // Measured only while it is shown.
      if (offsetWidth > 0) this.#size = { width: offsetWidth, height: offsetHeight, scale };
    }
    const [first, second] = x > width * RIGHT ? [true, false] : [false, true];
    const [upper, lower] = y < TOOLS ? [true, false] : [false, true];
    const places = [upper, lower].flatMap((below) => [first, second].map((before) => ({ before, below })));
    const free = places.find((place) => {
      const box = this.#box([x, y], place);
      return box.left >= 0 && box.right <= width && !taken.some((other) => overlap(box, other));
    });
    const { before, below } = free ?? places[0];
    const { classList } = this.element;
    classList.toggle("before", before);
    classList.toggle("below", below);
    setAttribute(this.element, "data-free", String(free !== undefined));
  }

  /**
   * @param {[number, number]} start
   * @param {{before: boolean, below: boolean}} place
   * @returns {Box}
   */
  #box([x, y], { before, below }) {
    const { width, height } = this.#size;
    const left = before ? x - ASIDE - width : x + ASIDE;
    const top = y + (below ? BELOW : ABOVE);
    return { left, top, right: left + width, bottom: top + height };
  }
}

/**
 * @param {Box} a
 * @param {Box} b
 */
function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
