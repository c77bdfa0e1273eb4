// A card that unfolds to tell more of one run, chosen in it.

import { h, setText, setValue } from "../platform/dom.js";

/**
 * @typedef {import("../i18n/messages.js").Messages} Messages
 */

export class RunFold {
  element;
  #messages;
  #step = h("span", { class: "step" });
  #menu;
  #fold;
  /** The step told of. */
  #shown = NaN;

  /**
   * @param {"rule" | "damping"} kind
   * @param {{title: string, choose: string}} texts
   * @param {Messages} messages
   * @param {() => void} request Asks for a frame.
   * @param {Node} body
   */
  constructor(kind, { title, choose }, messages, request, body) {
    this.#messages = messages;
    this.#menu = h("select", { "aria-label": choose, "data-action": `${kind}-run` });
    const anew = () => {
      this.forget();
      request();
    };
    this.#menu.addEventListener("change", anew);
    this.#fold = h("details", { class: "more" },
      h("summary", {}, title),
      h("div", { class: "chosen" }, this.#step, this.#menu),
      body);
    this.#fold.addEventListener("toggle", anew);
    const attributes = { class: `card fold ${kind}`, part: kind, "aria-label": title };
    this.element = h("section", attributes, this.#fold);
  }

  /** The chosen run. */
  get run() {
    return Number(this.#menu.value);
  }

  /** @param {string[]} names Of the runs. */
  update(names) {
    const run = Math.min(Math.max(this.#menu.selectedIndex, 0), names.length - 1);
    this.#menu.replaceChildren(...names.map((name, index) => h("option", { value: index }, name)));
    setValue(this.#menu, String(run));
    this.#menu.hidden = names.length < 2;
  }

  /**
   * Whether it is open and tells of another moment.
   * @param {number} step
   * @param {boolean} stale Whether it may be another moment although its step is the same.
   */
  due(step, stale) {
    return this.#fold.open && (stale || step !== this.#shown);
  }

  /** @param {number} step Told of now. */
  told(step) {
    this.#shown = step;
    const { text } = this.#messages;
    setText(this.#step, step === 0 ? text("step.start") : text("step.number", { step }));
  }

  /** Lets it be told anew. */
  forget() {
    this.#shown = NaN;
  }
}
