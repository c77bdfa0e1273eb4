// One figure: two stacked canvases that the core draws on, a title or a choice of figures over
// them, and the pointer, which moves the time where the figure is over the steps.

import { ON_PAPER, placeIn, sharpnessOf } from "../platform/coordinates.js";
import { deafen, h, setAttribute, setText, setValue } from "../platform/dom.js";
import { readable } from "../i18n/format.js";
import { Plane } from "./plane.js";

/** The figure that has handles and a legend of its own. */
const PLANE = "plane";

/** What a slider says of itself: its range, its value, and the value in words. */
const SLIDER = ["aria-valuemin", "aria-valuemax", "aria-valuenow", "aria-valuetext"];
/** Page Up and Page Down move by one in so many parts of all steps. */
const COARSE = 10;

/** Size of the text, in CSS pixels, beside which the picture's pixels are those of CSS. */
const TYPE = 14;

/**
 * @typedef {import("./figures.js").Lab} Lab
 * @typedef {import("../i18n/messages.js").Messages} Messages
 *
 * @typedef {object} Player
 * @property {() => void} pause
 * @property {(step: number) => void} seek
 *
 * @typedef {object} Facts Lists have one item a run.
 * @property {string[]} lines The kinds of line that need a name.
 * @property {number[]} ends The last values.
 * @property {(number | null)[]} measured The factor by which a step shrinks the distance.
 * @property {(number | null)[]} theory
 *
 * @typedef {object} Surroundings
 * @property {number} colors How many colours runs have, before they repeat.
 * @property {import("./plane.js").PlaneHost} plane
 * @property {() => void} resized
 * @property {(id: string) => void} chosen Called when a figure has been chosen by hand.
 */

export class FigureCard {
  element;
  #id = "";
  #lab;
  #messages;
  #player;
  #surroundings;
  #title;
  #legend = h("span", { class: "lines" });
  #ground = h("canvas", { "data-layer": "ground" });
  #marks = h("canvas", { "data-layer": "marks" });
  #drawing = h("div", {}, this.#ground, this.#marks);
  #values = h("p", { class: "values", "aria-hidden": "true", hidden: true });
  #picture;
  /** @type {Plane | undefined} */
  #plane;
  /** Names of the runs. @type {string[]} */
  #names = [];
  /** The present step, and the last. */
  #time = { step: 0, steps: 0 };
  /** CSS pixels to a pixel of the picture: its strokes and numbers grow with the text. */
  #scale = 1;
  #printed = false;
  /** Of the picture. What measuring writes may change its size again, so it waits for a frame. */
  #observer = new ResizeObserver(() => requestAnimationFrame(() => this.#measure()));

  /**
   * @param {string[]} ids Of the figures that are shown here, one at a time.
   * @param {Lab} lab
   * @param {Messages} messages
   * @param {Player} player
   * @param {Surroundings} surroundings
   */
  constructor(ids, lab, messages, player, surroundings) {
    this.#lab = lab;
    this.#messages = messages;
    this.#player = player;
    this.#surroundings = surroundings;
    this.#title = ids.length > 1 ? this.#menu(ids) : h("span", {}, this.#name(ids[0]));
    this.#picture = h("div", { class: "layers", role: "img" }, this.#drawing);
    this.element = h("figure", { class: "card figure", part: "figure" },
      h("figcaption", {}, this.#title, this.#legend));
    const frame = h("div", { class: "picture" }, this.#picture, this.#values);
    if (ids.includes(PLANE)) {
      this.#plane = new Plane(frame, this.#picture, surroundings.plane, () => this.#scale);
      this.#title.after(this.#plane.menu);
      this.element.append(h("div", { class: "with-legend" }, frame, this.#plane.legend));
    } else {
      this.element.append(frame);
    }
    this.#listen();
    this.#observer.observe(this.#picture);
    // A graphics process that starts again leaves the canvases empty and unscaled.
    this.#picture.addEventListener("contextrestored", () => this.#measure(), { capture: true });
  }

  /**
   * Shows one of the figures.
   * @param {string} id
   */
  show(id) {
    this.#detach();
    this.#id = id;
    this.#values.hidden = true;
    this.element.dataset.figure = id;
    if (this.#title instanceof HTMLSelectElement) setValue(this.#title, id);
    setAttribute(this.#picture, "aria-label", this.#name(id));
    this.#lab.attach_figure(id, this.#ground, this.#marks);
    this.#measure();
  }

  /**
   * Says in words and numbers what is shown.
   * @param {string[]} names Of the runs.
   */
  tell(names) {
    this.#names = names;
    /** @type {Facts | null} */
    const facts = this.#lab.figure_facts(this.#id);
    if (!facts) return;
    const timed = this.#lab.figure_step(this.#id, 0) !== undefined;
    this.#picture.classList.toggle("timed", timed);
    // A chart over the steps is read by keys as a slider along them, with the picture in it.
    setAttribute(this.#picture, "role", timed ? "slider" : "img");
    if (timed) {
      this.#picture.tabIndex = 0;
      setAttribute(this.#drawing, "role", "img");
      setAttribute(this.#drawing, "aria-label", this.#name(this.#id));
    } else {
      for (const name of ["tabindex", ...SLIDER]) this.#picture.removeAttribute(name);
      for (const name of ["role", "aria-label"]) this.#drawing.removeAttribute(name);
    }
    this.#showTime();
    const { lines } = facts;
    this.#legend.replaceChildren(...lines.map((id) => h("span", {},
      h("span", { class: "stroke", "data-line": id, "aria-hidden": "true" }),
      this.#messages.named("line", { id }))));
    setAttribute(this.#picture, "aria-label", this.#sentence(facts, names));
  }

  /**
   * Shows the present moment.
   * @param {boolean} stale Whether more than the time may have changed.
   * @param {{step: number, steps: number}} time The present step, and the last.
   */
  read(stale, { step, steps }) {
    this.#plane?.read(stale);
    const moved = step !== this.#time.step || steps !== this.#time.steps;
    this.#time = { step, steps };
    if ((moved || stale) && this.#focused) {
      this.#showTime();
      this.#read(step);
    }
  }

  /** Shows the present choices, before anything is drawn. */
  update() {
    this.#plane?.update();
  }

  retheme() {
    this.#plane?.retheme();
  }

  /** Watches no more; nothing is drawn here any longer. */
  end() {
    this.#observer.disconnect();
    this.#detach();
    this.#plane?.end();
    this.element.remove();
    deafen(this.element);
  }

  #detach() {
    if (this.#id) this.#lab.detach_figure(this.#id);
    this.#id = "";
  }

  /** @param {string} id */
  #name(id) {
    return this.#messages.named("figure", { id });
  }

  /** @param {string[]} ids */
  #menu(ids) {
    const label = this.#messages.text("figures.choose");
    const options = ids.map((id) => h("option", { value: id }, this.#name(id)));
    const menu = h("select", { "aria-label": label, "data-action": "figure" }, ...options);
    menu.addEventListener("change", () => {
      this.show(menu.value);
      this.#surroundings.chosen(menu.value);
    });
    return menu;
  }

  /**
   * @param {Facts} facts
   * @param {string[]} names
   * @returns {string}
   */
  #sentence({ ends, measured, theory }, names) {
    const { text } = this.#messages;
    const runs = ends.map((end, run) => {
      const said = text("figures.end", { name: names[run] ?? "", value: readable(end) });
      const [rate, expected] = [measured[run], theory[run]].map((value) => {
        return value === null ? null : readable(value);
      });
      if (rate === null) return said;
      return expected === null
        ? text("figures.rate", { said, rate })
        : text("figures.theory", { said, rate, theory: expected });
    });
    const title = this.#name(this.#id);
    return [title, ...runs].join(text("sentence.join"));
  }

  #measure() {
    const { clientWidth: width, clientHeight: height } = this.#picture;
    // On paper the picture is scaled as a whole.
    if (this.#printed || width === 0 || height === 0 || !this.#id) return;
    const scale = Math.max(1, Number.parseFloat(getComputedStyle(this.element).fontSize) / TYPE);
    this.#scale = scale;
    this.#picture.style.setProperty("--shape", String(width / height));
    this.#lab.resize_figure(this.#id, width / scale, height / scale, sharpnessOf(this.#picture) * scale);
    this.#surroundings.resized();
    this.#plane?.read(true);
  }

  /**
   * Keeps the size of the picture while it is printed, with enough pixels for paper.
   * @param {boolean} on
   */
  print(on) {
    this.#printed = false;
    if (!on) return this.#measure();
    const { clientWidth, clientHeight } = this.#picture;
    if (clientWidth === 0 || clientHeight === 0 || !this.#id) return;
    this.#printed = true;
    const scale = this.#scale;
    const ratio = Math.max(sharpnessOf(this.#picture), ON_PAPER) * scale;
    this.#lab.resize_figure(this.#id, clientWidth / scale, clientHeight / scale, ratio);
  }

  /** Whether the keys move the time here. */
  get #focused() {
    return this.#picture.matches(":focus-visible");
  }

  /** Says where along the steps the chart is read, and the values there. */
  #showTime() {
    if (this.#picture.getAttribute("role") !== "slider") return;
    const { step, steps } = this.#time;
    const { text } = this.#messages;
    const values = [...this.#lab.figure_values(this.#id, step)].map((value, run) => {
      return text("figures.value", { name: this.#names[run] ?? "", value: readable(value) });
    });
    const said = [text("figures.step", { step }), ...values].join(text("sentence.join"));
    const now = ["0", String(steps), String(step), said];
    SLIDER.forEach((name, index) => setAttribute(this.#picture, name, now[index]));
  }

  /**
   * The step to which a key leads along the chart, if it does.
   * @param {string} key
   */
  #stepBy(key) {
    const { step, steps } = this.#time;
    const coarse = Math.max(1, Math.round(steps / COARSE));
    /** @type {Record<string, number>} */
    const targets = {
      ArrowLeft: step - 1, ArrowDown: step - 1, ArrowRight: step + 1, ArrowUp: step + 1,
      PageDown: step - coarse, PageUp: step + coarse, Home: 0, End: steps,
    };
    return targets[key];
  }

  /** Lets the pointer and the keys move the time, and read values. */
  #listen() {
    const picture = this.#picture;
    let held = false;
    const stepAt = (/** @type {PointerEvent} */ event) => {
      const [x] = placeIn(picture, event);
      return this.#lab.figure_step(this.#id, x / this.#scale);
    };
    const go = (/** @type {number} */ step) => {
      this.#player.pause();
      this.#player.seek(step);
    };
    picture.addEventListener("pointerdown", (event) => {
      const step = stepAt(event);
      if (event.button !== 0 || !event.isPrimary || step === undefined) return;
      held = true;
      picture.setPointerCapture(event.pointerId);
      go(step);
      this.#read(step);
    });
    picture.addEventListener("pointermove", (event) => {
      const step = stepAt(event);
      if (!event.isPrimary || step === undefined) return;
      if (held) go(step);
      this.#read(step);
    });
    const release = () => {
      held = false;
    };
    picture.addEventListener("pointerup", release);
    picture.addEventListener("pointercancel", release);
    picture.addEventListener("lostpointercapture", release);
    picture.addEventListener("pointerleave", () => {
      if (!held) this.#values.hidden = true;
    });
    picture.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
      const step = this.#stepBy(event.key);
      if (step === undefined || !picture.classList.contains("timed")) return;
      event.preventDefault();
      go(step);
    });
    picture.addEventListener("focus", () => {
      if (!this.#focused || !picture.classList.contains("timed")) return;
      this.#showTime();
      this.#read(this.#time.step);
    });
    picture.addEventListener("blur", () => {
      this.#values.hidden = true;
    });
  }

  /**
   * Shows the step and the value of each run there.
   * @param {number} step
   */
  #read(step) {
    const values = [...this.#lab.figure_values(this.#id, step)];
    const texts = values.map((value, run) => {
      const item = h("span", {}, h("span", { class: "dot" }), readable(value));
      const color = `--momentum-lab-runs-${run % this.#surroundings.colors}`;
      item.style.setProperty("--accent", `var(${color})`);
      return item;
    });
    const heading = h("span");
    setText(heading, this.#messages.text("figures.step", { step }));
    this.#values.replaceChildren(heading, ...texts);
    this.#values.hidden = false;
  }
}
