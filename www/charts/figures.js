// The figures beside the plot: up to three cards in a row, which can be folded away.

import { h, icon, setAttribute } from "../platform/dom.js";
import { FigureCard } from "./figure-card.js";

/**
 * @typedef {import("../core/core.js").Core} Core
 * @typedef {import("./figure-card.js").Player} Player
 * @typedef {import("../i18n/messages.js").Messages} Messages
 * @typedef {InstanceType<Core["Lab"]>} Lab
 */

/** Under this key it is remembered that the figures are folded away. */
const MEMORY = "momentum-lab-figures";
const FOLDED = "folded";

/** Numbers are spoken of once they have stood still so long, in ms. */
const PAUSE = 300;

/** Two curves between axes. */
const ICON = "M4 4 V20 H20 M7 15 C10 5 12 17 15 10 S18 8 20 9";

export class Figures {
  element;
  /** A button that folds the figures away, and shows them again. */
  toggle;
  #lab;
  #messages;
  #player;
  #redraw;
  #host;
  #colors;
  /** By the ids of its figures. @type {Map<string, FigureCard>} */
  #cards = new Map();
  /** The figures that have been chosen by hand. @type {Set<string>} */
  #chosen = new Set();
  /** Names of the runs. @type {string[]} */
  #names = [];
  #folded = remembered();
  #presenting = false;
  /** Whether they were folded away before the lab was presented. */
  #before = false;
  #timer = 0;

  /**
   * @param {Lab} lab
   * @param {Messages} messages
   * @param {Player} player
   * @param {number} colors How many colours runs have, before they repeat.
   * @param {() => void} redraw Called when a figure has another size, right before it is painted.
   * @param {Omit<import("./plane.js").PlaneHost, "lab" | "messages">} host
   */
  constructor(lab, messages, player, colors, redraw, host) {
    const { text } = messages;
    this.#lab = lab;
    this.#messages = messages;
    this.#player = player;
    this.#colors = colors;
    this.#redraw = redraw;
    this.#host = { lab, messages, ...host };
    const label = text("figures.label");
    this.element = h("div", { class: "figures", part: "figures", role: "group", "aria-label": label });
    this.toggle = h("button", {
      type: "button", "data-action": "figures",
      "aria-label": text("figures.show"), title: text("figures.show.title"),
    }, icon(ICON));
    this.toggle.addEventListener("click", () => {
      this.#folded = !this.#folded;
      if (!this.#presenting) remember(this.#folded);
      this.update(this.#names);
    });
  }

  /**
   * Shows the figures that have something to show of the present surface.
   * @param {string[]} names Of the runs.
   */
  update(names) {
    this.#names = names;
    /** @type {string[][]} */
    const wanted = this.#folded ? [] : this.#lab.figures();
    const keys = wanted.map((ids) => ids.join(" "));
    for (const [key, card] of this.#cards) {
      if (keys.includes(key)) continue;
      card.end();
      this.#cards.delete(key);
    }
    const elements = wanted.map((ids, index) => this.#card(keys[index], ids).element);
    // Moved only where they do not stand yet: moving takes the focus.
    elements.forEach((element, index) => {
      const now = this.element.children[index];
      if (now !== element) this.element.insertBefore(element, now ?? null);
    });
    for (const card of this.#cards.values()) card.update();
    this.element.hidden = elements.length === 0;
    setAttribute(this.toggle, "aria-pressed", String(!this.#folded));
    this.changed();
  }

  /**
   * While the lab is presented they wait until they are asked for.
   * @param {boolean} presenting
   */
  present(presenting) {
    if (presenting === this.#presenting) return;
    this.#presenting = presenting;
    if (presenting) this.#before = this.#folded;
    this.#folded = presenting || this.#before;
    this.update(this.#names);
  }

  /** Says anew what the figures show, once they stand still. */
  changed() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      for (const card of this.#cards.values()) card.tell(this.#names);
    }, PAUSE);
  }

  /**
   * Shows the present moment.
   * @param {boolean} stale Whether more than the time may have changed.
   * @param {{step: number, steps: number}} time The present step, and the last.
   */
  read(stale, time) {
    for (const card of this.#cards.values()) card.read(stale, time);
  }

  /** @param {boolean} on Whether they are printed. */
  print(on) {
    for (const card of this.#cards.values()) card.print(on);
  }

  /** Follows a changed theme. */
  retheme() {
    for (const card of this.#cards.values()) card.retheme();
  }

  /** Watches no more. */
  end() {
    clearTimeout(this.#timer);
    for (const card of this.#cards.values()) card.end();
    this.#cards.clear();
  }

  /**
   * @param {string} key
   * @param {string[]} ids
   * @returns {FigureCard}
   */
  #card(key, ids) {
    const known = this.#cards.get(key);
    if (known) return known;
    const card = new FigureCard(ids, this.#lab, this.#messages, this.#player, {
      colors: this.#colors,
      plane: this.#host,
      resized: () => {
        this.#redraw();
        // A figure that had no room had nothing to say.
        this.changed();
      },
      chosen: (chosen) => {
        for (const id of ids) this.#chosen.delete(id);
        this.#chosen.add(chosen);
        this.changed();
      },
    });
    card.show(ids.find((id) => this.#chosen.has(id)) ?? ids[0]);
    this.#cards.set(key, card);
    return card;
  }
}

/** Whether the figures have been folded away, as far as the browser remembers. */
function remembered() {
  try {
    return localStorage.getItem(MEMORY) === FOLDED;
  } catch {
    return false;
  }
}

/** @param {boolean} folded */
function remember(folded) {
  try {
    if (folded) localStorage.setItem(MEMORY, FOLDED);
    else localStorage.removeItem(MEMORY);
  } catch {
    // Then it holds for this visit.
  }
}
