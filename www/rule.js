// The update rule of one run, with the numbers of the step shown put into it.

import { formula, h, setText, setValue } from "./dom.js";

/**
 * @typedef {import("./dom.js").Maths} Maths
 * @typedef {import("./messages.js").Messages} Messages
 *
 * @typedef {object} Line One assignment.
 * @property {Maths} symbols
 * @property {number[]} values What it sets.
 * @property {{terms: Maths | null, value: Maths, spoken: string} | null} numbers
 * @property {string} spoken
 */

export class RuleCard {
  element;
  #lab;
  #messages;
  #step = h("span", { class: "step" });
  #menu;
  #lines = h("div", { class: "assignments" });
  #fold;
  /** The step whose numbers stand here. */
  #shown = NaN;

  /**
   * @param {{rule: (run: number) => Line[] | null}} lab
   * @param {Messages} messages
   * @param {() => void} request Asks for a frame.
   */
  constructor(lab, messages, request) {
    const { text } = messages;
    this.#lab = lab;
    this.#messages = messages;
    this.#menu = h("select", { "aria-label": text("rule.choose"), "data-action": "rule-run" });
    const anew = () => {
      this.#shown = NaN;
      request();
    };
    this.#menu.addEventListener("change", anew);
    this.#fold = h("details", { class: "more" },
      h("summary", {}, text("rule.title")),
      h("div", { class: "chosen" }, this.#step, this.#menu),
      this.#lines);
    this.#fold.addEventListener("toggle", anew);
    const attributes = { class: "card rule", part: "rule", "aria-label": text("rule.title") };
    this.element = h("section", attributes, this.#fold);
  }

  /** @param {string[]} names Of the runs. */
  update(names) {
    const run = Math.min(Math.max(this.#menu.selectedIndex, 0), names.length - 1);
    this.#menu.replaceChildren(...names.map((name, index) => h("option", { value: index }, name)));
    setValue(this.#menu, String(run));
    this.#menu.hidden = names.length < 2;
  }

  /**
   * Shows the present step, if the card is open.
   * @param {number} step
   * @param {boolean} stale Whether it may be another one although its number is the same.
   * @returns {boolean} Whether the numbers are still being worked out.
   */
  read(step, stale) {
    if (!this.#fold.open || (!stale && step === this.#shown)) return false;
    const lines = this.#lab.rule(Number(this.#menu.value));
    if (!lines) {
      this.#shown = NaN;
      return true;
    }
    this.#shown = step;
    const { text } = this.#messages;
    setText(this.#step, step === 0 ? text("rule.start") : text("rule.step", { step }));
    this.#lines.replaceChildren(...lines.map((line) => this.#line(line)));
    return false;
  }

  /** @param {Line} line */
  #line({ symbols, numbers, spoken }) {
    const heading = h("div", { class: "symbols" }, formula(symbols, spoken));
    if (!numbers) return h("div", { class: "line" }, heading);
    heading.append(formula(numbers.value));
    const terms = numbers.terms ? [this.#terms(numbers.terms, numbers.spoken)] : [];
    return h("div", { class: "line" }, heading, ...terms);
  }

  /**
   * @param {Maths} terms
   * @param {string} spoken
   */
  #terms(terms, spoken) {
    return h("div", { class: "terms" }, "= ", formula(terms, spoken));
  }
}
