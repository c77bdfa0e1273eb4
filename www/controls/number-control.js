// A number: a slider, and a box to type in. What is typed and refused stays to be mended, while
// the accepted value remains in force; another value takes its place.

import { Complaint } from "./complaint.js";
import { readNumber } from "../core/core.js";
import { freshId, h, isComposing, setAttribute, setValue } from "../platform/dom.js";
import { editable } from "../i18n/format.js";
import { caption, fieldOf } from "./label.js";
import { TICK, neighbour, positionOf, valueAt } from "./scale.js";

/**
 * @typedef {import("./controls.js").Control} Control
 * @typedef {import("./controls.js").Host} Host
 * @typedef {import("../core/catalogue.js").NumberSpec} NumberSpec
 * @typedef {import("../core/catalogue.js").Setting} Setting
 */

const SETTLED = "data-settled";

/** @implements {Control} */
export class NumberControl {
  element;
  #spec;
  #field;
  #host;
  #slider;
  #box;
  #complaint;
  #accepted = NaN;

  /**
   * @param {NumberSpec} spec
   * @param {string} field
   * @param {Host} host
   */
  constructor(spec, field, host) {
    this.#spec = spec;
    this.#field = field;
    this.#host = host;
    const { messages } = host;
    const name = messages.named("parameter", spec);
    const id = freshId("slider");
    const common = { "data-field": field, autocomplete: "off" };
    this.#slider = h("input", {
      ...common, id, type: "range", min: 0, max: 1, step: TICK, "data-kind": "slider",
    });
    // Not type=number: that hides from us what was typed if it is no number.
    this.#box = h("input", {
      ...common, type: "text", inputmode: "decimal", spellcheck: "false", "data-kind": "number",
      "aria-label": messages.text("number.label", { name }),
    });
    this.#complaint = new Complaint(this.#box);
    this.#typed = false;
    this.element = h("div", { class: "control number" },
      caption(spec, messages, id), this.#slider, this.#box, this.#complaint.element);
    this.#listen();
  }

  /** Whether the box holds text that is not, or not yet, the accepted value; see keyboard.js. */
  get #typed() {
    return !this.#box.hasAttribute(SETTLED);
  }

  set #typed(typed) {
    this.#box.toggleAttribute(SETTLED, !typed);
  }

  /** @param {Setting} value */
  update(value) {
    if (value === this.#accepted) return;
    this.#accepted = Number(value);
    this.#reset();
  }

  #listen() {
    this.#slider.addEventListener("input", () => {
      this.#apply(valueAt(this.#spec, this.#slider.valueAsNumber));
    });
    this.#box.addEventListener("input", () => {
      // What is in force again, by the box's own undo or by hand, is no longer refused.
      if (this.#box.value === editable(this.#accepted)) this.#reset();
      else this.#typed = true;
    });
    this.#box.addEventListener("change", () => this.#commit());
    this.#box.addEventListener("keydown", (event) => {
      if (isComposing(event)) return;
      switch (event.key) {
        case "Enter":
          return this.#commit();
        case "Escape":
          // What is typed goes first; what else the key puts away, the next time.
          if (this.#typed) event.preventDefault();
          return this.#reset();
        case "ArrowUp":
          event.preventDefault();
          return this.#apply(neighbour(this.#spec, this.#accepted, 1));
        case "ArrowDown":
          event.preventDefault();
          return this.#apply(neighbour(this.#spec, this.#accepted, -1));
      }
    });
  }

  /** Takes what has been typed. */
  #commit() {
    if (!this.#typed) return;
    const text = this.#box.value.trim();
    if (text === "") return this.#complaint.say(this.#host.messages.text("error.empty"));
    // What is no number goes to the core as it stands, for the core to say what is wrong.
    this.#apply(readNumber(text) ?? text, true);
  }

  /** Forgets what has been typed. */
  #reset() {
    this.#typed = false;
    this.#complaint.say("");
    this.#show();
  }

  /**
   * @param {Setting} value
   * @param {boolean} [typed] Whether it comes from the box, whose text then stays if refused.
   */
  #apply(value, typed = false) {
    try {
      this.#typed = false;
      this.#host.set(this.#field, value);
      this.#complaint.say("");
    } catch (error) {
      this.#typed = typed;
      const { messages } = this.#host;
      this.#complaint.say(messages.reason(error, fieldOf(this.#spec, this.#field, messages)));
    }
    this.#show();
  }

  #show() {
    const spec = this.#spec;
    const value = this.#accepted;
    // A slider that stands for the value already stays where it is, or it could not be moved
    // through values that are rounded.
    if (valueAt(spec, this.#slider.valueAsNumber) !== value) {
      setValue(this.#slider, String(positionOf(spec, value)));
    }
    this.#slider.style.setProperty("--position", this.#slider.value);
    const text = editable(value);
    setAttribute(this.#slider, "aria-valuetext", text);
    if (!this.#typed) setValue(this.#box, text);
  }
}
