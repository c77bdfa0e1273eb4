// The runs: a card each, with optimizer, settings, status and numbers.

import { entryOf } from "./catalogue.js";
import { headingMenu } from "./controls.js";
import { h, icon, setAttribute, setText } from "./dom.js";
import { readable } from "./format.js";
import { Settings } from "./settings.js";

/**
 * @typedef {import("./controls.js").Host} Host
 * @typedef {import("./catalogue.js").Catalogue} Catalogue
 * @typedef {import("./catalogue.js").Configuration} Configuration
 * @typedef {import("./catalogue.js").Selection} Selection
 * @typedef {import("./readout.js").Readout} Readout
 *
 * @typedef {Host & {configure: (configuration: object) => void}} RunsHost
 */

const CROSS = "M7 7 L17 17 M17 7 L7 17";

export class Runs {
  element = h("div", { class: "runs" });
  #catalogue;
  #host;
  #add;
  #list = h("div", { class: "list" });
  /** @type {RunCard[]} */
  #cards = [];
  /** @type {Configuration} */
  #configuration;

  /**
   * @param {Catalogue} catalogue
   * @param {RunsHost} host
   */
  constructor(catalogue, host) {
    this.#catalogue = catalogue;
    this.#host = host;
    this.#configuration = catalogue.defaults;
    this.#add = h("button", { type: "button", class: "add", "data-action": "add-run" },
      icon("M12 6 V18 M6 12 H18"), host.messages.text("run.add"));
    this.#add.addEventListener("click", () => this.#append());
    this.element.append(this.#list, this.#add);
  }

  /** @param {Configuration} configuration */
  update(configuration) {
    const { runs } = configuration;
    if (runs.length !== this.#cards.length) {
      for (const card of this.#cards.splice(runs.length)) card.element.remove();
      // With another number of runs, what was typed in a card may belong to another run now.
      for (const card of this.#cards) card.reset();
      while (this.#cards.length < runs.length) this.#cards.push(this.#card(this.#cards.length));
    }
    this.#configuration = configuration;
    this.#cards.forEach((card, index) => card.update(runs[index], runs.length > 1));
    this.#add.hidden = runs.length >= this.#catalogue.limits.runs;
  }

  /** @param {Readout} readout */
  read(readout) {
    for (const card of this.#cards) card.read(readout);
  }

  /** @param {number} index */
  #card(index) {
    const card = new RunCard(index, this.#catalogue, this.#host, () => this.#remove(index));
    this.#list.append(card.element);
    return card;
  }

  /** Adds a run of the first optimizer that has none yet. */
  #append() {
    const { runs } = this.#configuration;
    const { optimizers } = this.#catalogue;
    const unused = optimizers.find(({ id }) => runs.every((run) => run.id !== id));
    const { id } = unused ?? optimizers[0];
    this.#host.configure({ ...this.#configuration, runs: [...runs, { id }] });
    this.#cards.at(-1)?.focus();
  }

  /** @param {number} index */
  #remove(index) {
    const runs = this.#configuration.runs.filter((_, other) => other !== index);
    this.#host.configure({ ...this.#configuration, runs });
    this.#cards[Math.min(index, this.#cards.length - 1)].focus();
  }
}

class RunCard {
  element;
  #index;
  #catalogue;
  #messages;
  #menu;
  #remove;
  #settings;
  #status = h("span", { class: "chip", part: "status" });
  #numbers = h("span", { class: "numbers" });

  /**
   * @param {number} index
   * @param {Catalogue} catalogue
   * @param {Host} host
   * @param {() => void} remove
   */
  constructor(index, catalogue, host, remove) {
    this.#index = index;
    this.#catalogue = catalogue;
    this.#messages = host.messages;
    const field = `runs[${index}]`;
    const number = index + 1;
    const { text } = host.messages;
    this.#menu = headingMenu("optimizer", catalogue.optimizers, `${field}.id`, host);
    this.#menu.element.setAttribute("aria-label", text("run.choose", { number }));
    const label = text("run.remove", { number });
    this.#remove = h("button", {
      type: "button", class: "remove", "data-action": "remove-run",
      "aria-label": label, title: label,
    }, icon(CROSS));
    this.#remove.addEventListener("click", remove);
    this.#settings = new Settings(field, host, this.#numbers);
    this.element = h("section", { class: "card run", part: "run", "data-run": index },
      h("div", { class: "heading" },
        h("span", { class: "dot", "aria-hidden": "true" }),
        this.#menu.element, this.#status, this.#remove),
      this.#settings.element);
    const [palette] = Object.values(catalogue.themes);
    const color = `--momentum-lab-runs-${index % palette.runs.length}`;
    this.element.style.setProperty("--accent", `var(${color})`);
  }

  /**
   * @param {Selection} selection
   * @param {boolean} removable
   */
  update(selection, removable) {
    const entry = entryOf(this.#catalogue.optimizers, selection.id);
    this.#menu.update(selection.id);
    this.#settings.show(entry, selection);
    this.#remove.hidden = !removable;
    const name = this.#messages.named("optimizer", entry);
    const number = this.#index + 1;
    setAttribute(this.element, "aria-label", this.#messages.text("run.label", { number, name }));
  }

  /** @param {Readout} readout */
  read(readout) {
    const { text } = this.#messages;
    const status = readout.status(this.#index);
    const step = readout.outcomeStep(this.#index);
    setAttribute(this.element, "data-status", status);
    setText(this.#status, text(`status.${status}`, { step }));
    setText(this.#numbers, text("run.numbers", {
      loss: readable(readout.loss(this.#index)),
      gradient: readable(readout.gradientNorm(this.#index)),
    }));
  }

  /** See `Settings.reset`. */
  reset() {
    this.#settings.reset();
  }

  focus() {
    this.#menu.element.focus();
  }
}
