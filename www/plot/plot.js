// The plot: four stacked canvases that the core draws on with a map between them, the start as an element that can be
// dragged and focused, and the sentence that says what the picture shows.

import { ON_PAPER, sharpnessOf } from "../platform/coordinates.js";
import { freshId, h, icon, setAttribute, setText } from "../platform/dom.js";
import { coordinate } from "../i18n/format.js";
import { listenToGestures } from "./gestures.js";
import { Hint } from "./hint.js";
import { PlotLegend } from "./plot-legend.js";
import { listenToPointer } from "./pointer.js";
import { Examined, Sights, tool } from "./tools.js";
import { WheelHint, ownsWheel } from "./wheel-hint.js";

/**
 * @typedef {import("../i18n/messages.js").Messages} Messages
 * @typedef {import("./pointer.js").Start} Start
 *
 * @typedef {import("./pointer.js").View & import("./gestures.js").Window} View
 * @typedef {object} Choices What the buttons on the plot do.
 * @property {() => void} toggleSpace
 * @property {(field: string) => void} toggle Turns a field of the configuration on or off.
 * @property {(x: number, y: number) => Float64Array} examine
 * @property {(x: number, y: number) => string} fate
 */

const LAYERS = /** @type {const} */ (["heat", "frame", "trails", "ball"]);

/** Size of the text, in CSS pixels, beside which the picture's pixels are those of CSS. */
const TYPE = 14;
/** A button shows so many times as much, or as little. */
const ZOOM = 1.5;

/** A cube, seen from a corner. */
const SPACE_ICON = "M12 3 L20 7.5 V16.5 L12 21 L4 16.5 V7.5 Z M4 7.5 L12 12 L20 7.5 M12 12 V21";

export class Plot {
  element;
  canvases = LAYERS.map((layer) => h("canvas", { "data-layer": layer }));
  /** Between heat and contours. */
  map = h("canvas", { "data-layer": "basins" });
  #messages;
  #picture;
  #tools;
  #spaceButton;
  #overlays;
  #sizes;
  #legend;
  #sights;
  #examined;
  #wheelHint;
  #handle;
  #hint;
  #sentence = h("p", { class: "sentence", part: "sentence", id: freshId("sentence") });
  #width = 0;
  #printed = false;
  /** @type {(width: number, height: number, ratio: number) => void} */
  #resized = () => {};
  /** CSS pixels to a pixel of the picture: its strokes and numbers grow with the text. */
  #scale = 1;

  /** @param {Messages} messages */
  constructor(messages) {
    this.#messages = messages;
    const { text } = messages;
    this.#hint = new Hint(text("start.hint"));
    const button = { type: "button", class: "start", "data-action": "start" };
    this.#handle = h("button", button, this.#hint.element);
    // A click gives it the focus, so that the lab's keys are pressed within the lab.
    const picture = { class: "layers", role: "img", tabindex: -1, "aria-describedby": this.#sentence.id };
    const [heat, ...others] = this.canvases;
    this.#picture = h("div", picture, heat, this.map, ...others);
    this.#spaceButton = h("button", {
      type: "button", "data-action": "projection", title: text("plot.space.title"),
    }, icon(SPACE_ICON), text("plot.space"));
    this.#overlays = {
      arrows: tool(messages, "arrows", "plot.arrows"),
      curvature: tool(messages, "curvature", "plot.curvature"),
      basins: tool(messages, "basins", "plot.basins"),
    };
    this.#sizes = {
      out: tool(messages, "out", "plot.out"),
      in: tool(messages, "in", "plot.in"),
      fit: tool(messages, "fit", "plot.fit"),
    };
    this.#tools = h("div", { class: "tools", part: "tools" },
      ...Object.values(this.#overlays), this.#spaceButton, ...Object.values(this.#sizes));
    this.#legend = new PlotLegend(messages);
    this.#sights = new Sights(messages);
    this.#examined = new Examined(messages);
    this.#wheelHint = new WheelHint(messages);
    this.element = h("div", { class: "plot", part: "plot" },
      this.#picture, this.#sights.element, this.#handle, this.#tools, this.#examined.element,
      this.#legend.element, this.#sentence, this.#wheelHint.element);
  }

  /**
   * Follows the plot's size and the screen's pixels.
   * @param {(width: number, height: number, ratio: number) => void} resized
   * @param {AbortSignal} signal
   */
  watch(resized, signal) {
    this.#resized = resized;
    const measure = () => this.#measure();
    // A graphics process that starts again leaves the canvases empty and unscaled.
    this.#picture.addEventListener("contextrestored", measure, { capture: true, signal });
    const observer = new ResizeObserver(() => {
      // The first picture comes at once. Later, what measuring writes may change sizes again, of which browsers
      // tell the page as an error: it waits for a frame.
      if (this.#width === 0) measure();
      else requestAnimationFrame(() => { if (!signal.aborted) measure(); });
    });
    observer.observe(this.element);
    signal.addEventListener("abort", () => observer.disconnect());
    // The page around may scale the plot to the window, as slides are.
    globalThis.addEventListener("resize", measure, { signal });
    const followRatio = () => {
      matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener("change", () => {
        measure();
        followRatio();
      }, { once: true, signal });
    };
    followRatio();
  }

  #measure() {
    const { clientWidth: width, clientHeight: height } = this.element;
    // On paper the picture is scaled as a whole.
    if (this.#printed || width === 0 || height === 0) return;
    const scale = Math.max(1, Number.parseFloat(getComputedStyle(this.element).fontSize) / TYPE);
    [this.#width, this.#scale] = [width, scale];
    this.element.style.setProperty("--shape", String(width / height));
    this.#resized(width / scale, height / scale, sharpnessOf(this.element) * scale);
  }

  /**
   * Keeps the size of the picture while it is printed, with enough pixels for paper.
   * @param {boolean} on
   */
  print(on) {
    if (this.#width === 0) return;
    this.#printed = false;
    if (!on) return this.#measure();
    const { width, height, scale } = this.size;
    this.#printed = true;
    this.#resized(width, height, Math.max(sharpnessOf(this.element), ON_PAPER) * scale);
  }

  /** In pixels of the picture, and CSS pixels to each. */
  get size() {
    const { clientWidth, clientHeight } = this.element;
    return { width: clientWidth / this.#scale, height: clientHeight / this.#scale, scale: this.#scale };
  }

  /** Says anew what is under the pointer: what is known of it has changed. */
  examineAgain() {
    this.#examined.again();
  }

  /** The middle in pixels of the picture. @returns {[number, number]} */
  get middle() {
    const { clientWidth, clientHeight } = this.element;
    return [clientWidth / 2 / this.#scale, clientHeight / 2 / this.#scale];
  }

  /**
   * Lets the pointer and the arrow keys move the start and what is shown, as far as the reader may;
   * what is not the reader's is left to the page.
   * @param {import("../app/reader.js").Reader} reader
   */
  movable(reader) {
    const { start, view } = reader;
    this.#offer(reader);
    const inner = (/** @type {(x: number, y: number) => any} */ act) => {
      return (/** @type {number} */ x, /** @type {number} */ y) => act(x / this.#scale, y / this.#scale);
    };
    const moved = (/** @type {(x: number, y: number) => void} */ act) => {
      return inner((x, y) => {
        this.#hint.element.hidden = true;
        act(x, y);
      });
    };
    const seen = {
      inSpace: view.inSpace,
      turn: inner(view.turn),
      fit: view.fit,
      pan: inner(view.pan),
      zoom: (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ factor) => {
        view.zoom(x / this.#scale, y / this.#scale, factor);
      },
    };
    listenToPointer(this.element, this.#handle, this.#tools, {
      position: () => {
        const [x, y] = start.position();
        return [x * this.#scale, y * this.#scale];
      },
      move: moved(start.move),
      nudge: moved(start.nudge),
      keep: start.keep,
    }, seen);
    if (reader.may("view")) {
      // Not `:focus-within`: in a window behind others it matches nothing.
      const focused = () => /** @type {ShadowRoot} */ (this.element.getRootNode()).activeElement;
      const zooms = () => this.element.contains(focused()) || ownsWheel(this.element);
      listenToGestures(this.element, seen, zooms, () => this.#wheelHint.show());
    }
    this.#examined.follow(this.#picture, inner(view.examine), view.fate);
    this.#spaceButton.addEventListener("click", view.toggleSpace);
    for (const [field, button] of Object.entries(this.#overlays)) {
      button.addEventListener("click", () => view.toggle(field));
    }
    this.#sizes.in.addEventListener("click", () => view.zoom(...this.middle, 1 / ZOOM));
    this.#sizes.out.addEventListener("click", () => view.zoom(...this.middle, ZOOM));
    this.#sizes.fit.addEventListener("click", view.fit);
  }

  /**
   * Takes away what the page does not show.
   * @param {import("../app/reader.js").Reader} reader
   */
  #offer(reader) {
    const buttons = { ...this.#overlays, projection: this.#spaceButton };
    for (const [name, button] of Object.entries(buttons)) {
      if (!reader.shows(name)) button.remove();
    }
    if (!reader.shows("view")) for (const button of Object.values(this.#sizes)) button.remove();
    if (!reader.shows("start")) this.#handle.remove();
    this.element.classList.toggle("fixed", !reader.may("start"));
  }

  /**
   * Puts another button on the plot.
   * @param {HTMLButtonElement} button
   */
  add(button) {
    this.#tools.prepend(button);
  }

  /**
   * Puts letters on the plot.
   * @param {HTMLElement} letters
   */
  letter(letters) {
    this.#handle.before(letters);
  }

  /** @param {boolean} on Whether the start is not the reader's to move. */
  seal(on) {
    this.#handle.inert = on;
  }

  /**
   * Shows how the surface is seen.
   * @param {boolean} inSpace
   * @param {boolean} possible Whether there is another way to see it.
   */
  project(inSpace, possible) {
    this.#spaceButton.hidden = !possible;
    this.#overlays.basins.hidden = !possible;
    this.#overlays.basins.disabled = inSpace;
    setAttribute(this.#spaceButton, "aria-pressed", String(inSpace));
    this.element.classList.toggle("space", inSpace);
    const label = this.#messages.text(inSpace ? "plot.label.space" : "plot.label");
    setAttribute(this.#picture, "aria-label", label);
    // In space the arrow keys turn the picture, so it can be reached by them.
    this.#picture.tabIndex = inSpace ? 0 : -1;
  }

  /**
   * Shows what is drawn over the surface.
   * @param {Record<string, any>} configuration
   * @param {import("../cards/damping.js").Spread | null} spread Of a cloud, where there is one.
   */
  overlay(configuration, spread) {
    for (const [field, button] of Object.entries(this.#overlays)) {
      setAttribute(button, "aria-pressed", String(configuration[field]));
    }
    this.#legend.update({
      arrows: configuration.arrows,
      curvature: configuration.curvature,
      cloud: spread !== null,
      theory: spread?.theory.every((deviation) => deviation !== null) ?? false,
    });
  }

  /**
   * Names the stationary points, and puts the start's handle where the start is.
   * @param {Float64Array} sights See the core's `Lab.sights`.
   * @param {[number, number]} pixel Of the start.
   * @param {[number, number]} point The same in the plane.
   */
  place(sights, [inward, down], [x, y]) {
    const taken = this.#sights.name(sights, this.size);
    const [left, top] = [inward * this.#scale, down * this.#scale];
    this.#handle.style.setProperty("translate", `${left}px ${top}px`);
    this.#hint.place([left, top], this.#width, this.#scale, taken);
    const label = this.#messages.text("start.label", { x: coordinate(x), y: coordinate(y) });
    setAttribute(this.#handle, "aria-label", label);
  }

  /** @param {string} sentence */
  say(sentence) {
    setText(this.#sentence, sentence);
  }
}
