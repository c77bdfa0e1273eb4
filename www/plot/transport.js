// The transport: restart, steps, play and pause, the time, the speed.

import { h, icon, setAttribute, setText, setValue } from "../platform/dom.js";
import { editable } from "../i18n/format.js";

/**
 * @typedef {import("../i18n/messages.js").Messages} Messages
 * @typedef {import("../i18n/messages.js").Key} Key
 * @typedef {import("../core/catalogue.js").NumberSpec} NumberSpec
 * @typedef {import("../core/catalogue.js").Configuration} Configuration
 * @typedef {import("../core/readout.js").Readout} Readout
 *
 * @typedef {object} Player What moves the time.
 * @property {() => void} toggle
 * @property {() => void} pause
 * @property {() => void} restart
 * @property {(count: number) => void} step
 * @property {(step: number) => void} seek
 */

const ICONS = {
  restart: "M6.5 8 A7 7 0 1 1 5 13 M6.5 3.5 V8 H11",
  back: "M14.5 6 L8.5 12 L14.5 18",
  forward: "M9.5 6 L15.5 12 L9.5 18",
  play: "M7 4.5 L19.5 12 L7 19.5 Z",
  pause: "M6.5 5 H10.5 V19 H6.5 Z M13.5 5 H17.5 V19 H13.5 Z",
};

/** Speeds offered, as multiples of the usual one. */
const FACTORS = [0.02, 0.05, 0.125, 0.25, 0.5, 1, 2, 4, 8, 16];

export class Transport {
  element;
  #messages;
  #spec;
  #play;
  #signs = { play: icon(ICONS.play, true), pause: icon(ICONS.pause, true) };
  #word = h("span");
  #time;
  /** The step that the slider's text says. */
  #told = -1;
  #step = h("strong", { part: "step" });
  #steps = h("span");
  #speed;

  /**
   * @param {Player} player
   * @param {NumberSpec} speed
   * @param {import("../controls/controls.js").Host} host
   */
  constructor(player, speed, host) {
    this.#messages = host.messages;
    this.#spec = speed;
    const { text } = host.messages;
    this.#play = h("button", { type: "button", class: "play", "data-action": "play" },
      this.#signs.play, this.#word);
    this.#play.addEventListener("click", () => player.toggle());
    this.#time = h("input", {
      type: "range", class: "time", min: 0, max: 1, step: 1, value: 0, autocomplete: "off",
      "data-field": "step", "data-kind": "slider", "aria-label": text("transport.time"),
    });
    this.#time.addEventListener("input", () => {
      player.pause();
      player.seek(this.#time.valueAsNumber);
    });
    this.#speed = h("select", {
      class: "speed", "data-field": speed.id, "data-kind": "choice", autocomplete: "off",
    });
    this.#speed.addEventListener("change", () => host.set(speed.id, Number(this.#speed.value)));
    const label = text("transport.label");
    const group = { class: "transport", part: "transport", role: "group", "aria-label": label };
    this.element = h("div", group,
      this.#button("restart", () => player.restart()),
      this.#button("back", () => player.step(-1)),
      this.#play,
      this.#button("forward", () => player.step(1)),
      this.#speed,
      this.#time,
      h("span", { class: "count" }, h("span", { class: "word" }, text("transport.step"), " "),
        this.#step, " ", this.#steps));
  }

  /** @param {Configuration} configuration */
  update({ steps, speed }) {
    const { text } = this.#messages;
    setAttribute(this.#time, "max", String(steps));
    setText(this.#steps, text("transport.of", { steps }));
    this.element.style.setProperty("--digits", String(String(steps).length));
    if (Number(this.#speed.value) !== speed || this.#speed.length === 0) this.#offer(speed);
    setAttribute(this.#speed, "aria-label", text("transport.speed", { value: editable(speed) }));
  }

  /**
   * @param {Readout} readout
   * @param {boolean} stale Whether more than the time may have changed.
   * @param {() => string} losses At the present step, in words.
   */
  read({ step, steps, playing }, stale, losses) {
    const { text } = this.#messages;
    const word = playing ? "pause" : "play";
    setText(this.#step, String(step));
    setValue(this.#time, String(step));
    this.#time.style.setProperty("--position", String(step / steps));
    // A slider that says something new at every frame is never understood.
    if (!playing && (stale || step !== this.#told)) {
      this.#told = step;
      setAttribute(this.#time, "aria-valuetext", text("transport.moment", { step, steps, losses: losses() }));
    }
    setText(this.#word, text(`transport.${word}`));
    setAttribute(this.#play, "aria-label", text(`transport.${word}`));
    const sign = this.#signs[word];
    if (this.#play.firstChild !== sign) this.#play.firstChild?.replaceWith(sign);
  }

  /**
   * @param {"restart" | "back" | "forward"} action
   * @param {() => void} act
   */
  #button(action, act) {
    const label = this.#messages.text(`transport.${action}`);
    const name = action === "forward" ? "step" : action;
    const button = h("button", {
      type: "button", "data-action": name, "aria-label": label, title: label,
    }, icon(ICONS[action]));
    button.addEventListener("click", act);
    return button;
  }

  /**
   * Fills the menu of speeds, with the one in force among them.
   * @param {number} speed
   */
  #offer(speed) {
    const { min, max, default: usual } = this.#spec;
    const offered = FACTORS.map((factor) => factor * usual).filter((s) => s >= min && s <= max);
    const speeds = [...new Set([...offered, speed])].sort((a, b) => a - b);
    this.#speed.replaceChildren(...speeds.map((value) => {
      const factor = String(Number((value / usual).toPrecision(3)));
      return h("option", { value }, this.#messages.text("transport.factor", { factor }));
    }));
    this.#speed.value = String(speed);
  }
}
