// The update rule of one run, with the numbers of the step shown put into it.

import { formula, h } from "../platform/dom.js";
import { RunFold } from "./run-fold.js";

/**
 * @typedef {import("../platform/dom.js").Maths} Maths
 * @typedef {import("../i18n/messages.js").Messages} Messages
 *
 * @typedef {object} Line One assignment.
 * @property {Maths} symbols
 * @property {number[]} values What it sets.
 * @property {{terms: Maths | null, value: Maths, spoken: string} | null} numbers
 * @property {string} spoken
 */

export class RuleCard {
  #lab;
  #lines = h("div", { class: "assignments" });
  #fold;

  /**
   * @param {{rule: (run: number) => Line[] | null}} lab
   * @param {Messages} messages
   * @param {() => void} request Asks for a frame.
   */
  constructor(lab, messages, request) {
    this.#lab = lab;
    const { text } = messages;
    const texts = { title: text("rule.title"), choose: text("rule.choose") };
    this.#fold = new RunFold("rule", texts, messages, request, this.#lines);
  }

  get element() {
    return this.#fold.element;
  }

  /** @param {string[]} names Of the runs. */
  update(names) {
    this.#fold.update(names);
  }

  /**
   * Shows the present step, if the card is open.
   * @param {number} step
   * @param {boolean} stale Whether it may be another one although its number is the same.
   * @returns {boolean} Whether the numbers are still being worked out.
   */
  read(step, stale) {
    if (!this.#fold.due(step, stale)) return false;
    const lines = this.#lab.rule(this.#fold.run);
    if (!lines) {
      this.#fold.forget();
      return true;
    }
    this.#fold.told(step);
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
    return h("div", { class: "terms", role: "math", "aria-label": spoken },
      ...parts(terms).map(({ sign, part }) => h("span", {}, sign, " ", formula(part))));
  }
}

/**
 * The terms of a sum, each after its sign: before a sign a line may end, which MathML by itself does not.
 * @param {Maths} sum
 * @returns {{sign: string, part: Maths}[]}
 */
function parts(sum) {
  const parts = [{ sign: "=", part: { tag: "mrow", text: "", children: /** @type {Maths[]} */ ([]) } }];
  for (const child of sum.children) {
    const { children } = parts[parts.length - 1].part;
    if (child.tag === "mo" && ["+", "−"].includes(child.text) && children.length > 0) {
      parts.push({ sign: child.text, part: { tag: "mrow", text: "", children: [] } });
    } else {
      children.push(child);
    }
  }
  return parts.length > 1 ? parts : [{ sign: "=", part: sum }];
}
