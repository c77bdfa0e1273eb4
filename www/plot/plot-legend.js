// What the lines over the surface mean, as far as they are drawn.

import { h } from "../platform/dom.js";

/** What is drawn together, each with its parts; each part has its look in stage.css. */
const PARTS = /** @type {const} */ ({
  arrows: ["momentum", "gradient", "step", "look-ahead"],
  curvature: ["level", "downward"],
  cloud: ["spread"],
  theory: ["spread-theory"],
});

export class PlotLegend {
  element = h("p", { class: "legend", hidden: true });
  /** Of each group. @type {Map<keyof typeof PARTS, HTMLElement[]>} */
  #parts;

  /** @param {import("../i18n/messages.js").Messages} messages */
  constructor({ text }) {
    const groups = /** @type {(keyof typeof PARTS)[]} */ (Object.keys(PARTS));
    this.#parts = new Map(groups.map((group) => {
      return [group, PARTS[group].map((part) => h("span", { "data-part": part }, text(`part.${part}`)))];
    }));
    this.element.append(...[...this.#parts.values()].flat());
  }

  /** @param {Record<keyof typeof PARTS, boolean>} drawn */
  update(drawn) {
    for (const [group, parts] of this.#parts) {
      for (const part of parts) part.hidden = !drawn[group];
    }
    this.element.hidden = !Object.values(drawn).includes(true);
  }
}
