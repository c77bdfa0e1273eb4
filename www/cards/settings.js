// The settings of a chosen surface or optimizer: a control for each parameter, and folded away
// the rarely needed ones, the formula and its source.

import { controlOf } from "../controls/controls.js";
import { h } from "../platform/dom.js";

/**
 * @typedef {import("../controls/controls.js").Control} Control
 * @typedef {import("../controls/controls.js").Host} Host
 * @typedef {import("../core/catalogue.js").Entry} Entry
 * @typedef {import("../core/catalogue.js").Selection} Selection
 */

export class Settings {
  element = h("div", { class: "settings" });
  #more;
  #folded = h("div", { class: "folded" });
  #host;
  #field;
  #remark;
  /** The entry shown. @type {Entry | undefined} */
  #entry;
  /** How many controls stand openly at most. */
  #rows = Infinity;
  /** @type {Map<string, Control>} */
  #controls = new Map();

  /**
   * @param {string} field Where the selection stands in a configuration.
   * @param {Host} host
   * @param {Node | string} summary What stands on the fold.
   * @param {string} [remark] What is to be known of all entries.
   */
  constructor(field, host, summary, remark) {
    this.#field = field;
    this.#remark = remark;
    this.#host = host;
    this.#more = h("details", { class: "more" }, h("summary", {}, summary), this.#folded);
  }

  /**
   * Shows an entry and its accepted values.
   * @param {Entry} entry
   * @param {Selection} selection
   * @param {number} [rows] How many controls stand openly at most.
   */
  show(entry, selection, rows = Infinity) {
    if (entry !== this.#entry || rows !== this.#rows) this.#build(entry, rows);
    for (const [id, control] of this.#controls) control.update(selection[id]);
  }

  /** Builds all controls anew at the next `show`, and so drops what was typed and refused. */
  reset() {
    this.#entry = undefined;
  }

  /**
   * The control of a parameter, if it has one.
   * @param {string} id
   */
  control(id) {
    return this.#controls.get(id)?.element;
  }

  /**
   * @param {Entry} entry
   * @param {number} rows
   */
  #build(entry, rows) {
    this.#entry = entry;
    this.#rows = rows;
    this.#controls = new Map(entry.parameters.map((spec) => {
      return [spec.id, controlOf(spec, `${this.#field}.${spec.id}`, this.#host)];
    }));
    const open = entry.parameters.filter(({ advanced }) => !advanced).slice(0, rows);
    /** @param {boolean} folded */
    const elements = (folded) => entry.parameters
      .filter((spec) => open.includes(spec) !== folded)
      .flatMap((spec) => this.#controls.get(spec.id)?.element ?? []);
    const source = this.#host.messages.text("card.source", { source: entry.source });
    this.#folded.replaceChildren(
      ...elements(true),
      h("p", { class: "formula" }, ...entry.formula.map((line) => h("code", {}, line))),
      h("p", { class: "source" }, source),
      ...(this.#remark ? [h("p", { class: "source" }, this.#remark)] : []),
    );
    this.element.replaceChildren(...elements(false), this.#more);
  }
}
