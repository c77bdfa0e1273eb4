// One figure: two stacked canvases that the core draws on, a title or a choice of figures over
// them, and the pointer, which moves the time where the figure is over the steps.

import { ON_PAPER, placeIn, sharpnessOf } from "./coordinates.js";
import { h, setAttribute, setText, setValue } from "./dom.js";
import { readable } from "./format.js";
import { Plane } from "./plane.js";

/** The figure that has handles and a legend of its own. */
const PLANE = "plane";

/** Size of the text, in CSS pixels, beside which the picture's pixels are those of CSS. */
const TYPE = 14;

/**
 * @typedef {import("./figures.js").Lab} Lab
 * @typedef {import("./messages.js").Messages} Messages
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
  #values = h("p", { class: "values", "aria-hidden": "true", hidden: true });
  #picture;
  /** @type {Plane | undefined} */
  #plane;
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
    this.#picture = h("div", { class: "layers", role: "img" }, this.#ground, this.#marks);
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
    /** @type {Facts | null} */
    const facts = this.#lab.figure_facts(this.#id);
    if (!facts) return;
    const timed = this.#lab.figure_step(this.#id, 0) !== undefined;
    this.#picture.classList.toggle("timed", timed);
    if (timed) this.#picture.tabIndex = 0;
    else this.#picture.removeAttribute("tabindex");
    const { lines } = facts;
    this.#legend.replaceChildren(...lines.map((id) => h("span", {},
      h("span", { class: "stroke", "data-line": id, "aria-hidden": "true" }),
      this.#messages.named("line", { id }))));
    setAttribute(this.#picture, "aria-label", this.#sentence(facts, names));
  }

  /**
   * Shows the present moment.
   * @param {boolean} stale Whether more than the time may have changed.
   */
  read(stale) {
    this.#plane?.read(stale);
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
    this.read(true);
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

  /** Lets the pointer move the time, and read values. */
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
