// The card right under the plot with what a page has chosen to show of the settings: sliders of the
// first run, of the surface or of the lab as a whole, one below the other.

import { headingMenu, controlOf } from "../controls/controls.js";
import { freshId, h } from "../platform/dom.js";
import { TOOLS } from "../core/gate.js";
import { fieldNamed, valueOf } from "../core/fields.js";

/**
 * @typedef {import("../core/catalogue.js").Catalogue} Catalogue
 * @typedef {import("../core/catalogue.js").Configuration} Configuration
 * @typedef {import("../controls/controls.js").Control} Control
 * @typedef {import("../core/gate.js").Gate} Gate
 * @typedef {import("../app/reader.js").Reader} Reader
 */

const RUN = "runs[0].";

export class Chosen {
  element = h("section", { class: "card chosen", part: "chosen", hidden: true });
  #catalogue;
  #gate;
  #reader;
  /** By field. @type {Map<string, Control>} */
  #controls = new Map();
  /** @type {Control | undefined} */
  #optimizer;

  /**
   * @param {Catalogue} catalogue
   * @param {Gate} gate
   * @param {Reader} reader
   */
  constructor(catalogue, gate, reader) {
    this.#catalogue = catalogue;
    this.#gate = gate;
    this.#reader = reader;
    const { text } = reader.messages;
    this.element.setAttribute("aria-label", text("chosen.label"));
  }

  get #menu() {
    return this.#gate.shows("optimizer") && !this.#gate.shows("runs");
  }

  /** @param {Configuration} configuration With the settings at present. */
  update(configuration) {
    const fields = this.#gate.parameters
      .filter((name) => !TOOLS.includes(name))
      .flatMap((name) => fieldNamed(name, this.#catalogue, configuration) ?? [])
      .filter(({ field, spec }) => {
        return spec && typeof valueOf(configuration, field) !== "object" && !this.#gate.covers(field);
      });
    const known = [...this.#controls.keys()];
    const same = known.length === fields.length && known.every((field, index) => field === fields[index].field);
    if (!same || this.element.hidden) this.#build(fields);
    for (const [field, control] of this.#controls) control.update(valueOf(configuration, field));
    this.#optimizer?.update(configuration.runs[0].id);
  }

  /** @param {import("../core/fields.js").Named[]} fields */
  #build(fields) {
    const { messages } = this.#reader;
    this.#controls = new Map(fields.flatMap(({ field, spec }) => {
      if (!spec) return [];
      const control = controlOf(spec, field, this.#reader);
      // In the colour of the run that it belongs to.
      if (field.startsWith(RUN)) control.element.style.setProperty("--accent", "var(--momentum-lab-runs-0)");
      return [[field, control]];
    }));
    const elements = [...this.#controls.values()].map(({ element }) => element);
    if (this.#menu) {
      this.#optimizer = headingMenu("optimizer", this.#catalogue.optimizers, `${RUN}id`, this.#reader);
      const { element } = this.#optimizer;
      element.id = freshId("optimizer");
      const label = h("label", { for: element.id }, messages.text("chosen.optimizer"));
      elements.unshift(h("div", { class: "control choice" }, label, element));
    }
    this.element.replaceChildren(...elements);
    this.element.hidden = elements.length === 0;
  }
}
