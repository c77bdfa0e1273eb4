// The figures beside the plot: a card each with two stacked canvases that the core draws on.

import { h } from "./dom.js";

/**
 * @typedef {import("./core.js").Core} Core
 * @typedef {import("./messages.js").Messages} Messages
 * @typedef {InstanceType<Core["Lab"]>} Lab
 *
 * @typedef {object} Card
 * @property {HTMLElement} element
 * @property {ResizeObserver} observer
 */

export class Figures {
  element;
  #lab;
  #messages;
  #redraw;
  /** By id. @type {Map<string, Card>} */
  #cards = new Map();

  /**
   * @param {Lab} lab
   * @param {Messages} messages
   * @param {() => void} redraw Called when a figure has another size, right before it is painted.
   */
  constructor(lab, messages, redraw) {
    this.#lab = lab;
    this.#messages = messages;
    this.#redraw = redraw;
    const label = messages.text("figures.label");
    this.element = h("div", { class: "figures", part: "figures", role: "group", "aria-label": label });
  }

  /** Shows the figures that have something to show of the present surface. */
  update() {
    const ids = this.#lab.figures();
    for (const [id, card] of this.#cards) {
      if (!ids.includes(id)) this.#remove(id, card);
    }
    for (const id of ids) {
      if (!this.#cards.has(id)) this.#cards.set(id, this.#card(id));
    }
    this.element.append(...ids.flatMap((id) => this.#cards.get(id)?.element ?? []));
    this.element.hidden = ids.length === 0;
  }

  /** Watches no more. */
  end() {
    for (const { observer } of this.#cards.values()) observer.disconnect();
  }

  /**
   * @param {string} id
   * @param {Card} card
   */
  #remove(id, { element, observer }) {
    observer.disconnect();
    element.remove();
    this.#cards.delete(id);
    this.#lab.detach_figure(id);
  }

  /**
   * @param {string} id
   * @returns {Card}
   */
  #card(id) {
    const title = this.#messages.named("figure", { id });
    const ground = h("canvas", { "data-layer": "ground" });
    const marks = h("canvas", { "data-layer": "marks" });
    const picture = h("div", { class: "layers", role: "img", "aria-label": title }, ground, marks);
    const element = h("figure", { class: "card figure", part: "figure", "data-figure": id },
      h("figcaption", {}, title), picture);
    this.#lab.attach_figure(id, ground, marks);
    const observer = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = picture;
      if (width === 0 || height === 0) return;
      this.#lab.resize_figure(id, width, height, devicePixelRatio);
      this.#redraw();
    });
    observer.observe(picture);
    return { element, observer };
  }
}
