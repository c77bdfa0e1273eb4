// The runs: a card each, with optimizer, settings, status and numbers.

import { entryOf } from "../core/catalogue.js";
import { controlOf, headingMenu } from "../controls/controls.js";
import { h, icon, setAttribute, setText } from "../platform/dom.js";
import { readable } from "../i18n/format.js";
import { Settings } from "./settings.js";
import { swatch } from "./swatch.js";

/**
 * @typedef {import("../controls/controls.js").Host} Host
 * @typedef {import("../core/catalogue.js").Catalogue} Catalogue
 * @typedef {import("../core/catalogue.js").Configuration} Configuration
 * @typedef {import("../core/catalogue.js").Selection} Selection
 * @typedef {import("../core/readout.js").Readout} Readout
 *
 * @typedef {object} Bench What the cards need beside a control's host.
 * @property {Configuration} configuration With the settings at the start.
 * @property {(configuration: object) => void} configure
 * @property {(index: number) => void} removeRun
 * @typedef {Host & Bench} RunsHost
 */

const CROSS = "M7 7 L17 17 M17 7 L7 17";
const COPY = "M9 9 H19 V19 H9 Z M15 9 V5 H5 V15 H9";

/** Of more runs than this, each shows so many controls and folds the others away. */
const FEW = 3;
const ROWS = 2;

export class Runs {
  element = h("div", { class: "runs" });
  #catalogue;
  #host;
  #add;
  #lock;
  #list = h("div", { class: "list" });
  /** @type {RunCard[]} */
  #cards = [];

  /**
   * @param {Catalogue} catalogue
   * @param {RunsHost} host
   */
  constructor(catalogue, host) {
    this.#catalogue = catalogue;
    this.#host = host;
    const { lock_lr } = catalogue.limits;
    this.#lock = controlOf(lock_lr, lock_lr.id, host);
    this.#lock.element.classList.add("lock");
    this.#add = h("button", { type: "button", class: "add", "data-action": "add-run" },
      icon("M12 6 V18 M6 12 H18"), host.messages.text("run.add"));
    this.#add.addEventListener("click", () => this.#append());
    this.element.append(this.#lock.element, this.#list, this.#add);
  }

  /** @param {Configuration} configuration With the settings at present. */
  update({ runs, lock_lr }) {
    if (runs.length !== this.#cards.length) {
      for (const card of this.#cards.splice(runs.length)) card.element.remove();
      // With another number of runs, what was typed in a card may belong to another run now.
      for (const card of this.#cards) card.reset();
      while (this.#cards.length < runs.length) this.#cards.push(this.#card(this.#cards.length));
    }
    this.#lock.update(lock_lr);
    this.#lock.element.hidden = runs.length < 2;
    const { optimizers, limits } = this.#catalogue;
    const [first] = runs.map(({ id }) => entryOf(optimizers, id).lr_meaning);
    const full = runs.length >= limits.runs;
    const list = { alone: runs.length === 1, full, rows: runs.length > FEW ? ROWS : Infinity };
    this.#cards.forEach((card, index) => {
      card.update(runs[index], list, lock_lr ? first : undefined);
    });
    this.#add.hidden = full;
  }

  /** @param {Readout} readout */
  read(readout) {
    for (const card of this.#cards) card.read(readout);
  }

  /** @param {number} index */
  #card(index) {
    const card = new RunCard(index, this.#catalogue, this.#host, {
      remove: () => this.#remove(index),
      duplicate: () => this.#duplicate(index),
    });
    this.#list.append(card.element);
    return card;
  }

  /** Adds a run of the first optimizer that has none yet. */
  #append() {
    const { runs } = this.#host.configuration;
    const { optimizers } = this.#catalogue;
    const unused = optimizers.find(({ id }) => runs.every((run) => run.id !== id));
    const { id } = unused ?? optimizers[0];
    // The core gives it a learning rate that suits the surface.
    this.#host.set(`runs[${runs.length}].id`, id);
    this.#cards.at(-1)?.focus();
  }

  /**
   * Adds a copy of a run. It comes last, so that the others keep their colours.
   * @param {number} index
   */
  #duplicate(index) {
    const { configuration } = this.#host;
    const { runs } = configuration;
    const copy = { ...runs[index], [this.#catalogue.limits.visible.id]: true };
    this.#host.configure({ ...configuration, runs: [...runs, copy] });
    this.#cards.at(-1)?.focus();
  }

  /** @param {number} index */
  #remove(index) {
    this.#host.removeRun(index);
    this.#cards[Math.min(index, this.#cards.length - 1)].focus();
  }
}

/**
 * @typedef {object} Place A card's place among the others.
 * @property {boolean} alone
 * @property {boolean} full Whether there may be no more.
 * @property {number} rows How many controls each shows.
 */

class RunCard {
  element;
  #index;
  #catalogue;
  #messages;
  #menu;
  #swatch;
  #duplicate;
  #remove;
  #visible = true;
  /** What the learning rate means, where the lock leaves it apart. */
  #note = h("p", { class: "note" });
  #settings;
  #status = h("span", { class: "chip", part: "status" });
  #numbers = h("span", { class: "numbers" });

  /**
   * @param {number} index
   * @param {Catalogue} catalogue
   * @param {Host} host
   * @param {{remove: () => void, duplicate: () => void}} actions
   */
  constructor(index, catalogue, host, { remove, duplicate }) {
    this.#index = index;
    this.#catalogue = catalogue;
    this.#messages = host.messages;
    const field = `runs[${index}]`;
    const number = index + 1;
    const { text } = host.messages;
    this.#menu = headingMenu("optimizer", catalogue.optimizers, `${field}.id`, host);
    this.#menu.element.setAttribute("aria-label", text("run.choose", { number }));
    const { dashes, limits, themes } = catalogue;
    this.#swatch = h("button", {
      type: "button", class: "swatch", "data-action": "show-run",
    }, swatch(dashes[index % dashes.length]));
    this.#swatch.addEventListener("click", () => {
      host.set(`${field}.${limits.visible.id}`, !this.#visible);
    });
    const button = (/** @type {"remove" | "duplicate"} */ action, /** @type {string} */ sign,
      /** @type {() => void} */ act) => {
      const label = text(`run.${action}`, { number });
      const made = h("button", {
        type: "button", class: action, "data-action": `${action}-run`,
        "aria-label": label, title: label,
      }, icon(sign));
      made.addEventListener("click", act);
      return made;
    };
    this.#duplicate = button("duplicate", COPY, duplicate);
    this.#remove = button("remove", CROSS, remove);
    this.#settings = new Settings(field, host,
      h("span", { class: "state" }, this.#numbers, this.#status));
    this.element = h("section", { class: "card run", part: "run", "data-run": index },
      h("div", { class: "heading" },
        this.#swatch, this.#menu.element, this.#duplicate, this.#remove),
      this.#note, this.#settings.element);
    const [palette] = Object.values(themes);
    const color = `--momentum-lab-runs-${index % palette.runs.length}`;
    this.element.style.setProperty("--accent", `var(${color})`);
  }

  /**
   * @param {Selection} selection
   * @param {Place} place
   * @param {string} [locked] What the learning rate means to the run that others are locked to.
   */
  update(selection, { alone, full, rows }, locked) {
    const { optimizers, limits } = this.#catalogue;
    const { named, text } = this.#messages;
    const entry = entryOf(optimizers, selection.id);
    this.#menu.update(selection.id);
    this.#settings.show(entry, selection, rows);
    this.#remove.hidden = alone;
    this.#duplicate.hidden = full;
    const number = this.#index + 1;
    setAttribute(this.element, "aria-label", text("run.label", { number, name: named("optimizer", entry) }));
    const meaning = text(`lr.${entry.lr_meaning}`);
    const rate = this.#settings.control("lr");
    if (rate) setAttribute(rate, "title", meaning);
    const apart = locked !== undefined && locked !== entry.lr_meaning;
    this.#note.hidden = !apart;
    if (apart) setText(this.#note, text("lr.apart", { meaning }));
    this.#visible = selection[limits.visible.id] !== false;
    this.element.toggleAttribute("data-hidden", !this.#visible);
    const label = text(this.#visible ? "run.hide" : "run.show", { number });
    setAttribute(this.#swatch, "aria-label", label);
    setAttribute(this.#swatch, "title", label);
  }

  /** @param {Readout} readout */
  read(readout) {
    const { text } = this.#messages;
    const status = readout.status(this.#index);
    const outcome = status === "running" ? status : readout.outcome(this.#index);
    const step = readout.outcomeStep(this.#index);
    setAttribute(this.element, "data-status", status);
    const waits = status === "running" && readout.time === 0 && !readout.playing;
    setText(this.#status, text(waits ? "status.waiting" : `status.${outcome}`, { step }));
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
