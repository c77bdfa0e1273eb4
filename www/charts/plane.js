// On the plane of learning rate and momentum: a handle for each run, to be dragged or moved by
// the arrow keys, and in words what theory says of the setting under the pointer.

import { entryOf } from "../core/catalogue.js";
import { placeIn } from "../platform/coordinates.js";
import { h, math, setAttribute, setText } from "../platform/dom.js";
import { coordinate, momentum, readable } from "../i18n/format.js";
import { PlaneRange } from "./plane-range.js";
import { Tuning } from "../maps/tuning.js";

/**
 * @typedef {import("../core/core.js").Core} Core
 * @typedef {import("../i18n/messages.js").Messages} Messages
 * @typedef {InstanceType<Core["Lab"]>} Lab
 * @typedef {NonNullable<ReturnType<Lab["plane_at"]>>} Forecast
 * @typedef {NonNullable<ReturnType<Lab["plane"]>>} Shown
 * @typedef {Shown["handles"][number]} Handle
 *
 * @typedef {object} PlaneHost What the plane needs of the lab.
 * @property {Messages} messages
 * @property {Lab} lab
 * @property {(run: number, x: number, y: number) => void} drag Takes a run's setting from a pixel of
 *   the picture; throws if it is refused.
 * @property {() => void} refresh Draws anew.
 * @property {() => string[]} names The name of each run's optimizer.
 * @property {(field: string, value: any) => void} set Throws if the value is refused.
 * @property {import("../core/catalogue.js").Catalogue} catalogue
 * @property {() => import("../core/catalogue.js").Theme} theme The one that is shown.
 */

/** Steps of the arrow keys, in CSS pixels. */
const NUDGE = 2;
const LEAP = 12;

/** To the right and down. @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** What the signs on the picture mean; each has its look in plane.css. */
const SIGNS = /** @type {const} */ (["shades", "diverging", "unknown", "limit", "critical", "best"]);

export class Plane {
  /** What stands under the picture. */
  legend;
  /** What stands beside the title. */
  menu;
  #tuning;
  #range;
  #host;
  #scale;
  #frame;
  /** By run. @type {Map<number, HTMLButtonElement>} */
  #buttons = new Map();
  /** @type {Map<number, Handle>} */
  #handles = new Map();
  /** Which part of which run's plane is shown. */
  #shown = "";
  #whose = h("p", { class: "whose" });
  #words = h("p", { class: "words" });
  #fold = h("details", { class: "more" });
  /** Where the pointer is on the plane. @type {[number, number] | undefined} */
  #pointed;
  /** The run whose plane is shown; its setting is told while the pointer is elsewhere. */
  #run = 0;
  /** Whether there is one direction only. */
  #line = false;
  /** Whether the ball moves away at any setting, because the surface curves down everywhere. */
  #down = false;
  /** Whether the rule climbs, so that the least curvature of the surface is the steepest downward. */
  #climbs = false;
  /** The run whose handle is under the pointer. @type {number | undefined} */
  #hovered;

  /**
   * @param {HTMLElement} frame Around the picture, of the same size.
   * @param {HTMLElement} picture
   * @param {PlaneHost} host
   * @param {() => number} scale CSS pixels to a pixel of the picture.
   */
  constructor(frame, picture, host, scale) {
    this.#host = host;
    this.#scale = scale;
    this.#frame = frame;
    this.#tuning = new Tuning(picture, host);
    this.#range = new PlaneRange(host);
    this.menu = this.#tuning.menu;
    const { text } = host.messages;
    const axes = h("span", { class: "axes" },
      text("plane.across"), " ", math("η"), " · ", text("plane.upward"), " ", math("β"));
    const signs = SIGNS.map((sign) => {
      return h("span", { class: "sign" }, h("i", { class: sign }), text(`plane.${sign}`));
    });
    // Only as the fold's neighbour can the rest be shown where there is room and no fold.
    this.#fold.append(h("summary", {}, text("plane.legend")));
    this.legend = h("div", { class: "plane-legend" }, this.#tuning.scale, this.#words, this.#fold,
      h("div", { class: "rest" }, this.#tuning.legend, h("p", { class: "signs" }, axes, ...signs),
        this.#whose, this.#range.element));
    closeFromOutside(this.#fold, this.legend);
    frame.classList.add("plane");
    frame.addEventListener("pointermove", (event) => this.#point(event));
    frame.addEventListener("pointerleave", () => this.#point(undefined));
  }

  /** Shows the present choices, before anything is drawn. */
  update() {
    const configuration = this.#host.lab.configuration();
    const { dimension } = entryOf(this.#host.catalogue.surfaces, configuration.surface.id);
    this.#line = dimension === 1;
    this.#tuning.update(configuration);
  }

  retheme() {
    this.#tuning.retheme();
  }

  end() {
    this.#fold.open = false;
    this.#tuning.end();
  }

  /**
   * Shows the present settings.
   * @param {boolean} stale Whether more than the time may have changed.
   */
  read(stale) {
    const plane = this.#host.lab.plane();
    if (!plane) return;
    // With the time the ball may come to where the plane is another one, and settings may change.
    const shown = [plane.run, ...plane.bounds].join();
    if (stale || shown !== this.#shown) {
      this.#shown = shown;
      this.#tuning.read(plane, this.#scale());
      this.#range.update(plane);
    }
    const { text } = this.#host.messages;
    const names = this.#host.names();
    this.#handles = new Map(plane.handles.map((handle) => [handle.run, handle]));
    for (const [run, button] of this.#buttons) {
      if (this.#handles.has(run)) continue;
      button.remove();
      this.#buttons.delete(run);
    }
    this.#run = plane.run;
    this.#down = plane.curves_down;
    this.#climbs = plane.climbs;
    for (const handle of plane.handles) this.#show(handle, names[handle.run]);
    const without = plane.without.map((run) => names[run]);
    const run = { number: plane.run + 1, name: names[plane.run] };
    const sentences = [text(plane.measured ? "plane.run" : "plane.shown", run), this.#around(plane)];
    if (plane.decay !== 0) sentences.push(text("theory.decay", { decay: readable(plane.decay) }));
    if (plane.climbs) sentences.push(text("theory.climbs"));
    const { tolerance } = this.#tuning;
    if (tolerance !== undefined) sentences.push(text("maps.until", { tolerance }));
    if (this.#tuning.impossible) sentences.push(text("plane.unmeasured"));
    if (without.length > 0) {
      const list = [...new Set(without)].join(text("list.join"));
      sentences.push(text("plane.without", { names: list }));
    }
    setText(this.#whose, sentences.join(text("list.sentence")));
    this.#tell();
  }

  /**
   * Where theory holds, in words.
   * @param {Shown} plane
   */
  #around({ around, climbs, curves_down: down }) {
    const { text } = this.#host.messages;
    if (around.kind === "everywhere") return text("plane.everywhere");
    if (around.kind === "nowhere") return text(down ? "plane.down" : "plane.nowhere");
    const [x, y] = around.point.map(coordinate);
    const place = this.#line ? text("plane.place.line", { x }) : text("plane.place", { x, y });
    const extremum = text(climbs ? "plane.maximum" : "plane.minimum");
    return text(`plane.${around.kind}`, { extremum, place });
  }

  /**
   * @param {Handle} handle
   * @param {string} name
   */
  #show(handle, name) {
    const { run, x, y } = handle;
    let button = this.#buttons.get(run);
    if (!button) {
      button = this.#button(run);
      this.#buttons.set(run, button);
      this.#frame.append(button);
    }
    const scale = this.#scale();
    button.style.setProperty("translate", `${x * scale}px ${y * scale}px`);
    const key = handle.has_momentum ? "plane.handle" : "plane.handle.across";
    const { text } = this.#host.messages;
    const setting = this.#sentence(handle, run);
    setAttribute(button, "aria-label", text(key, { number: run + 1, name, setting }));
  }

  /** @param {number} run */
  #button(run) {
    const button = h("button", { type: "button", class: "setting", "data-handle": run });
    /** What a drag keeps between pointer and handle. @type {[number, number] | undefined} */
    let grip;
    button.addEventListener("focus", () => this.#choose(run));
    button.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !event.isPrimary) return;
      this.#choose(run);
      const handle = this.#handles.get(run);
      if (!handle) return;
      const [x, y] = this.#place(event);
      grip = [handle.x - x, handle.y - y];
      button.setPointerCapture(event.pointerId);
    });
    button.addEventListener("pointermove", (event) => {
      if (!grip || !event.isPrimary) return;
      const [x, y] = this.#place(event);
      this.#move(run, x + grip[0], y + grip[1]);
    });
    const release = () => {
      grip = undefined;
    };
    button.addEventListener("pointerup", release);
    button.addEventListener("pointercancel", release);
    button.addEventListener("lostpointercapture", release);
    button.addEventListener("keydown", (event) => {
      const arrow = ARROWS[event.key];
      const handle = this.#handles.get(run);
      if (!arrow || !handle || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      const reach = event.shiftKey ? LEAP : NUDGE;
      this.#move(run, handle.x + arrow[0] * reach, handle.y + arrow[1] * reach);
    });
    return button;
  }

  /** @param {number} run */
  #choose(run) {
    const { lab, refresh } = this.#host;
    lab.choose_plane(run);
    this.read(true);
    refresh();
  }

  /**
   * @param {number} run
   * @param {number} x
   * @param {number} y
   */
  #move(run, x, y) {
    const { drag, messages } = this.#host;
    try {
      drag(run, x, y);
      this.read(true);
    } catch (error) {
      setText(this.#words, messages.reason(error));
    }
  }

  /**
   * @param {PointerEvent} event
   * @returns {[number, number]} In pixels of the picture from its top left.
   */
  #place(event) {
    const [x, y] = placeIn(this.#frame, event);
    const scale = this.#scale();
    return [x / scale, y / scale];
  }

  /** @param {PointerEvent | undefined} event */
  #point(event) {
    const over = [...this.#buttons].find(([, button]) => button === event?.target);
    this.#hovered = over?.[0];
    this.#pointed = event && !over ? this.#place(event) : undefined;
    this.#tell();
  }

  /** Says in words what theory says of the setting under the pointer, else of the run shown. */
  #tell() {
    const pointed = this.#pointed && this.#host.lab.plane_at(...this.#pointed);
    const run = pointed ? this.#run : this.#hovered ?? this.#run;
    const told = pointed ?? this.#handles.get(run);
    if (told) setText(this.#words, this.#sentence(told, run));
  }

  /**
   * What theory says, after what has been measured where the plane shows it of this run.
   * @param {Forecast} forecast
   * @param {number} run
   */
  #sentence({ lr, beta, spectral_radius: radius, regimes }, run) {
    const { text, named: regime } = this.#host.messages;
    const measured = run === this.#run ? this.#tuning.measured(lr, beta) : "";
    const key = measured ? "plane.measured" : "plane.setting";
    const setting = { lr: readable(lr), beta: momentum(beta), measured };
    if (radius === null || regimes === null) return text(`${key}.unknown`, setting);
    const named = regimes.map((id) => regime("regime", { id }));
    const [flattest, steepest] = this.#climbs ? named.reverse() : named;
    const directions = this.#down ? ".down" : this.#line ? ".line" : flattest === steepest ? ".both" : "";
    return text(/** @type {import("../i18n/messages.js").Key} */ (`${key}${directions}`), {
      ...setting,
      radius: radius < 1000 ? radius.toFixed(4) : readable(radius),
      flattest,
      steepest,
    });
  }
}

/**
 * Lets what has been unfolded over other things be put away by Escape, or by a press beside it.
 * @param {HTMLDetailsElement} fold
 * @param {HTMLElement} around What belongs to it.
 */
function closeFromOutside(fold, around) {
  const press = (/** @type {Event} */ event) => {
    if (!event.composedPath().includes(around)) fold.open = false;
  };
  fold.addEventListener("toggle", () => {
    if (fold.open) document.addEventListener("pointerdown", press);
    else document.removeEventListener("pointerdown", press);
  });
  around.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !fold.open || event.defaultPrevented) return;
    event.preventDefault();
    fold.open = false;
    fold.querySelector("summary")?.focus();
  });
}
