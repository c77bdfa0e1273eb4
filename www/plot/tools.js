// The buttons on the plot, and what else lies on it as text: the names of stationary points and
// what is under the pointer.

import { placeIn } from "../platform/coordinates.js";
import { h, icon, setAttribute, setText } from "../platform/dom.js";
import { coordinate, readable } from "../i18n/format.js";

/**
 * @typedef {import("../i18n/messages.js").Messages} Messages
 * @typedef {import("../i18n/messages.js").Key} Key
 */

const ICONS = {
  arrows: "M4 20 L18 6 M10 5.5 H18.5 V14",
  curvature: "M4 12 A8 4.5 0 1 0 20 12 A8 4.5 0 1 0 4 12 M4 12 H20 M12 7.5 V16.5",
  basins: "M4 4 H20 V20 H4 Z M12 4 C8.5 9 14.5 10 12 14 M4 17 C8 17 9 14 12 14 C15 14 16 17 20 17",
  out: "M6 12 H18",
  in: "M6 12 H18 M12 6 V18",
  fit: "M4 9 V4 H9 M15 4 H20 V9 M20 15 V20 H15 M9 20 H4 V15",
};

/**
 * A square button with a sign.
 * @param {Messages} messages
 * @param {keyof typeof ICONS} name
 * @param {Key} title
 */
export function tool(messages, name, title) {
  const text = messages.text(title);
  return h("button", { type: "button", "data-action": name, title: text, "aria-label": text },
    icon(ICONS[name]));
}

/** By the core's numbers. @type {Key[]} */
const SIGHTS = ["sight.minimum", "sight.saddle", "sight.maximum"];
/** No more names than this, and none nearer to another, in CSS pixels. */
const MOST = 12;
const APART = [90, 22];
/** From a point to the edge of its mark, and from it to the corner of its name, in CSS pixels. */
const MARK = 7;
const NAME = [7, 4];

export class Sights {
  element = h("div", { class: "sights", "aria-hidden": "true" });
  #messages;
  /** Width and height of each kind's name in CSS pixels. @type {Map<number, [number, number]>} */
  #sizes = new Map();
  /** For which they were measured. */
  #scale = 0;

  /** @param {Messages} messages */
  constructor(messages) {
    this.#messages = messages;
  }

  /**
   * @param {Float64Array} sights Kind, x and y of each.
   * @param {{width: number, height: number, scale: number}} size Of the plot in units of x and y, and CSS pixels to
   *   each; the text grows with it.
   * @returns {import("./hint.js").Box[]} What the marks and names cover.
   */
  name(sights, { width, height, scale }) {
    /** @type {[number, number][]} */
    const taken = [];
    const names = [];
    const covered = [];
    for (let index = 0; index < sights.length; index += 3) {
      const [kind, x, y] = sights.subarray(index, index + 3);
      const [left, top] = [x * scale, y * scale];
      covered.push({ left: left - MARK, top: top - MARK, right: left + MARK, bottom: top + MARK });
      if (taken.length === MOST) continue;
      const near = taken.some(([a, b]) => Math.abs(a - x) < APART[0] && Math.abs(b - y) < APART[1]);
      if (near) continue;
      taken.push([x, y]);
      const name = h("span", { "data-kind": kind }, this.#messages.text(SIGHTS[kind]));
      // As shares, which hold for a plot of another size on paper.
      name.style.setProperty("left", `${100 * x / width}%`);
      name.style.setProperty("top", `${100 * y / height}%`);
      names.push({ name, kind, left: left + NAME[0], top: top + NAME[1] });
    }
    this.element.replaceChildren(...names.map(({ name }) => name));
    for (const { name, kind, left, top } of names) {
      const [across, down] = this.#size(name, kind, scale);
      covered.push({ left, top, right: left + across, bottom: top + down });
    }
    return covered;
  }

  /**
   * Measured once: to measure is to lay the page out.
   * @param {HTMLElement} name
   * @param {number} kind
   * @param {number} scale
   * @returns {[number, number]}
   */
  #size(name, kind, scale) {
    if (this.#scale !== scale) this.#sizes.clear();
    this.#scale = scale;
    const known = this.#sizes.get(kind);
    if (known) return known;
    /** @type {[number, number]} */
    const size = [name.offsetWidth, name.offsetHeight];
    // What is not shown has no size yet.
    if (size[0] > 0) this.#sizes.set(kind, size);
    return size;
  }
}

/** What is under the pointer: the place, the value, the gradient, and where a start there ends. */
export class Examined {
  element = h("p", { class: "examined", part: "examined", hidden: true });
  #messages;
  #repeat = () => {};

  /** @param {Messages} messages */
  constructor(messages) {
    this.#messages = messages;
  }

  /** Says anew what is under a pointer that rests. */
  again() {
    this.#repeat();
  }

  /**
   * @param {HTMLElement} plot
   * @param {(x: number, y: number) => Float64Array} examine Nothing, or x, y, f, ∂f/∂x, ∂f/∂y.
   * @param {(x: number, y: number) => string} fate What becomes of a ball from that point of the
   *   plane, or nothing.
   */
  follow(plot, examine, fate) {
    plot.addEventListener("pointermove", (event) => {
      if (event.pointerType === "touch") return;
      const [x, y] = placeIn(plot, event);
      this.#repeat = () => this.#say(examine(x, y), fate);
      this.again();
    });
    plot.addEventListener("pointerleave", () => {
      this.#repeat = () => {};
      setAttribute(this.element, "hidden", "");
    });
  }

  /**
   * @param {Float64Array} found
   * @param {(x: number, y: number) => string} fate
   */
  #say(found, fate) {
    this.element.hidden = found.length === 0;
    if (found.length === 0) return;
    const [x, y, value, right, up] = found;
    const here = this.#messages.text("plot.examined", {
      x: coordinate(x), y: coordinate(y), value: readable(value),
      right: readable(right), up: readable(up),
    });
    const end = fate(x, y);
    setText(this.element, end ? `${here}\n${end}` : here);
  }
}
