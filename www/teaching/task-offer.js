// What can be answered to a question, as buttons, a menu or a slider, and as letters on the plot.

import { controlOf } from "../controls/controls.js";
import { h, setAttribute, setText } from "../platform/dom.js";
import { coordinate, momentum } from "../i18n/format.js";
import { settingsOf } from "./task-words.js";

/**
 * @typedef {import("../pkg/momentum_lab_page.js").Answer} Answer
 * @typedef {import("../pkg/momentum_lab_page.js").Task} Task
 * @typedef {NonNullable<Task["offer"]>} Offer
 * @typedef {import("../i18n/messages.js").Messages} Messages
 * @typedef {import("../i18n/messages.js").Key} Key
 * @typedef {{answer: Answer, label: string}} Choice
 *
 * @typedef {object} About What labels speak of.
 * @property {Messages} messages
 * @property {import("../core/catalogue.js").Catalogue} catalogue
 * @property {import("../core/catalogue.js").Configuration} configuration
 * @property {string[]} names Of the runs.
 */

/** The core's word for nothing of what is offered. */
const NONE = "none";
/** More choices than this are a menu. */
const MOST = 7;

export class Offered {
  element = h("div", { class: "choices", role: "group" });
  /** Letters at the minima; what they do can be done by the list as well. */
  sites = h("div", { class: "sites", "aria-hidden": "true", hidden: true });
  /** @type {Choice[]} */
  #choices = [];
  #chosen = /** @type {Answer | undefined} */ (undefined);
  #changed;
  #menu = h("select", { autocomplete: "off", "data-kind": "choice" });
  #open = true;

  /**
   * @param {string} label Id of what names the group.
   * @param {() => void} changed Called when another answer is chosen.
   */
  constructor(label, changed) {
    this.#changed = changed;
    this.element.setAttribute("aria-labelledby", label);
    this.#menu.setAttribute("aria-labelledby", label);
    this.#menu.addEventListener("change", () => {
      const choice = this.#choices[Number(this.#menu.value)];
      this.choose(this.#menu.value === "" ? undefined : choice?.answer);
    });
    // What is under the letters would take the press for the start.
    this.sites.addEventListener("pointerdown", (event) => event.stopPropagation());
    this.sites.addEventListener("click", ({ target }) => {
      const site = target instanceof Element ? target.closest("[data-site]") : null;
      if (site && this.#open) this.choose(Number(site.getAttribute("data-site")));
    });
  }

  /** What has been chosen, if anything. */
  get chosen() {
    return this.#chosen;
  }

  /**
   * Offers anew; an answer that is no longer among the others is forgotten.
   * @param {Offer} offer
   * @param {About} about
   */
  show(offer, about) {
    this.#choices = choicesOf(offer, about);
    const known = offer.kind === "number" || this.#choices.some(({ answer }) => answer === this.#chosen);
    if (!known) this.#chosen = undefined;
    this.sites.hidden = offer.kind !== "minima";
    if (offer.kind === "number") {
      this.#chosen = typeof this.#chosen === "number" ? this.#chosen : offer.value;
      this.element.replaceChildren(this.#slider(offer, about));
    } else if (this.#choices.length > MOST) {
      const first = h("option", { value: "" }, about.messages.text("task.choose"));
      this.#menu.replaceChildren(first,
        ...this.#choices.map(({ label }, index) => h("option", { value: index }, label)));
      this.element.replaceChildren(this.#menu);
    } else {
      this.element.replaceChildren(...this.#choices.map(({ answer, label }) => {
        const button = h("button", { type: "button", "data-choice": answer }, h("span", {}, label));
        button.addEventListener("click", () => this.#open && this.choose(answer));
        return button;
      }));
    }
    this.element.dataset.kind = offer.kind;
    this.choose(this.#chosen);
  }

  /** @param {Answer | undefined} answer */
  choose(answer) {
    this.#chosen = answer;
    for (const button of this.element.querySelectorAll("[data-choice]")) {
      setAttribute(button, "aria-pressed", String(button.getAttribute("data-choice") === String(answer)));
    }
    const index = this.#choices.findIndex((choice) => choice.answer === answer);
    this.#menu.value = index < 0 ? "" : String(index);
    this.#markSites();
    this.#changed();
  }

  /**
   * Lets choose, or shows which answer was right.
   * @param {boolean} open
   * @param {import("../pkg/momentum_lab_page.js").Verdict} [verdict] Once it may be told.
   */
  mark(open, verdict) {
    this.#open = open;
    // Of several right answers the verdict names one.
    const all = [verdict?.truth, ...verdict?.score === 1 ? [this.#chosen] : []].map(String);
    const marked = (/** @type {Element} */ element, /** @type {string | null} */ answer) => {
      const right = all.includes(String(answer));
      const shown = verdict && (right || answer === String(this.#chosen));
      if (shown) setAttribute(element, "data-mark", right ? "right" : "wrong");
      else element.removeAttribute("data-mark");
    };
    for (const button of this.element.querySelectorAll("[data-choice]")) {
      marked(button, button.getAttribute("data-choice"));
      setAttribute(button, "aria-disabled", String(!open));
    }
    for (const site of this.sites.children) marked(site, site.getAttribute("data-site"));
    for (const input of this.element.querySelectorAll("input")) input.disabled = !open;
    this.#menu.disabled = !open;
  }

  /**
   * Puts the letters where the minima are seen.
   * @param {Float64Array} minima See the core's `Lab.minima`.
   * @param {{width: number, height: number}} size Of the plot, in the same units.
   */
  place(minima, { width, height }) {
    const sites = [];
    for (let at = 0; at < minima.length; at += 3) {
      const [index, x, y] = minima.subarray(at, at + 3);
      const known = this.sites.querySelector(`[data-site="${index}"]`);
      const site = known instanceof HTMLElement ? known
        : h("button", { type: "button", tabindex: -1, "data-site": index });
      setText(site, letter(index, this.#choices.length - 1));
      // As shares, which hold for a plot of another size on paper.
      site.style.setProperty("left", `${100 * x / width}%`);
      site.style.setProperty("top", `${100 * y / height}%`);
      sites.push(site);
    }
    this.sites.replaceChildren(...sites);
    this.#markSites();
  }

  /**
   * How an answer is called.
   * @param {Answer | null} answer
   */
  nameOf(answer) {
    const choice = this.#choices.find((known) => known.answer === answer);
    return choice?.label ?? (typeof answer === "number" ? `β = ${momentum(answer)}` : "");
  }

  #markSites() {
    for (const site of this.sites.children) {
      site.classList.toggle("picked", site.getAttribute("data-site") === String(this.#chosen));
    }
  }

  /**
   * @param {Extract<Offer, {kind: "number"}>} offer
   * @param {About} about
   */
  #slider({ field, spec, value }, { messages, catalogue }) {
    const control = controlOf(spec, `task.${field}`, {
      messages,
      set: (_, chosen) => {
        const { min, max } = spec;
        if (typeof chosen === "number" && chosen >= min && chosen <= max) this.choose(chosen);
        control.update(Number(this.#chosen));
      },
    });
    control.update(Number(this.#chosen ?? value));
    const index = Number(/\d+/.exec(field)?.[0] ?? 0) % catalogue.themes.light.runs.length;
    control.element.style.setProperty("--accent", `var(--momentum-lab-runs-${index})`);
    return control.element;
  }
}

/**
 * @param {Offer} offer
 * @param {About} about
 * @returns {Choice[]}
 */
function choicesOf(offer, { messages, catalogue, configuration, names }) {
  const { text } = messages;
  switch (offer.kind) {
    case "words":
      return offer.words.map((word) => ({ answer: word, label: text(/** @type {Key} */ (`task.answer.${word}`)) }));
    case "minima": {
      const places = offer.points.map(([x, y], index) => {
        const place = { letter: letter(index, offer.points.length), x: coordinate(x), y: coordinate(y) };
        return { answer: index, label: text(flat(configuration, catalogue) ? "task.place.line" : "task.place", place) };
      });
      return [...places, { answer: NONE, label: text("task.none.minima") }];
    }
    case "runs": {
      const runs = offer.runs.map((index) => {
        const settings = settingsOf(configuration.runs[index], catalogue, messages);
        return { answer: index, label: text("task.run", { name: names[index], settings }) };
      });
      return [...runs, { answer: NONE, label: text("task.none.runs") }];
    }
    default:
      return [];
  }
}

/**
 * Whether the surface has one dimension.
 * @param {import("../core/catalogue.js").Configuration} configuration
 * @param {import("../core/catalogue.js").Catalogue} catalogue
 */
function flat({ surface }, { surfaces }) {
  return surfaces.find(({ id }) => id === surface.id)?.dimension === 1;
}

/**
 * A minimum's short name: a letter, or where these do not suffice, a number.
 * @param {number} index
 * @param {number} count
 */
function letter(index, count) {
  return count <= 26 ? String.fromCharCode(65 + index) : String(index + 1);
}
