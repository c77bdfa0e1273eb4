// The plot: four stacked canvases that the core draws on, the start as an element that can be
// dragged and focused, and the sentence that says what the picture shows.

import { freshId, h, setAttribute, setText } from "./dom.js";
import { coordinate } from "./format.js";
import { listenToPointer } from "./pointer.js";

/**
 * @typedef {import("./messages.js").Messages} Messages
 * @typedef {import("./pointer.js").Start} Start
 */

const LAYERS = /** @type {const} */ (["heat", "frame", "trails", "ball"]);

export class Plot {
  element;
  canvases = LAYERS.map((layer) => h("canvas", { "data-layer": layer }));
  #messages;
  #handle;
  #hint;
  #sentence = h("p", { class: "sentence", part: "sentence", id: freshId("sentence") });
  #width = 0;

  /** @param {Messages} messages */
  constructor(messages) {
    this.#messages = messages;
    const { text } = messages;
    this.#hint = h("span", { class: "hint", "aria-hidden": "true" }, text("start.hint"));
    const button = { type: "button", class: "start", "data-action": "start" };
    this.#handle = h("button", button, this.#hint);
    const picture = {
      class: "layers", role: "img",
      "aria-label": text("plot.label"), "aria-describedby": this.#sentence.id,
    };
    this.element = h("div", { class: "plot", part: "plot" },
      h("div", picture, ...this.canvases),
      this.#handle, this.#sentence);
  }

  /**
   * Follows the plot's size and the screen's pixels.
   * @param {(width: number, height: number, ratio: number) => void} resized
   * @param {AbortSignal} signal
   */
  watch(resized, signal) {
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = this.element;
      this.#width = width;
      if (width > 0 && height > 0) resized(width, height, devicePixelRatio);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(this.element);
    signal.addEventListener("abort", () => observer.disconnect());
    const followRatio = () => {
      matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener("change", () => {
        measure();
        followRatio();
      }, { once: true, signal });
    };
    followRatio();
  }

  /**
   * Lets the pointer and the arrow keys move the start.
   * @param {Start} start
   */
  movable(start) {
    listenToPointer(this.element, this.#handle, {
      position: start.position,
      move: (x, y) => {
        this.#hint.hidden = true;
        start.move(x, y);
      },
    });
  }

  /**
   * Puts the start's handle where the start is.
   * @param {[number, number]} pixel
   * @param {[number, number]} point
   */
  place([left, top], [x, y]) {
    this.#handle.style.setProperty("translate", `${left}px ${top}px`);
    this.#hint.classList.toggle("before", left > this.#width * 0.6);
    const label = this.#messages.text("start.label", { x: coordinate(x), y: coordinate(y) });
    setAttribute(this.#handle, "aria-label", label);
  }

  /** @param {string} sentence */
  say(sentence) {
    setText(this.#sentence, sentence);
  }
}
