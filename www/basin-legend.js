// The legend of a map of basins: a line for each minimum with its share, whose run it is, how far
// the map has come.

import { controlOf } from "./controls.js";
import { h, setAttribute, setText, setValue } from "./dom.js";
import { coordinate } from "./format.js";
import { DIVERGED, UNDECIDED } from "./map-task.js";

/**
 * @typedef {import("./controls.js").Host} Host
 * @typedef {import("./map-task.js").Task} Task
 */

/** Of more minima than this, those with the largest shares are named. */
const MOST = 6;
/** Between the plot's edge and the legend, and for the start's handle beside it, in CSS pixels. */
const ROOM = 70;

export class BasinLegend {
  #messages;
  #place;
  #hues;
  #menu;
  #opacity;
  #list = h("ul");
  #progress;
  #complaint = h("p", { class: "complaint", role: "alert", hidden: true });

  /**
   * @param {HTMLElement} place
   * @param {number} hues How many there are before they repeat.
   * @param {import("./catalogue.js").NumberSpec} opacity
   * @param {Host} host
   * @param {() => void} request Asks for the map of another run.
   */
  constructor(place, hues, opacity, host, request) {
    const { messages } = host;
    const { text } = messages;
    this.#messages = messages;
    this.#place = place;
    this.#hues = hues;
    this.#menu = h("select", { "aria-label": text("basins.choose"), "data-action": "basins-run" });
    this.#menu.addEventListener("change", request);
    this.#opacity = controlOf(opacity, opacity.id, host);
    this.#progress = h("progress", { max: 1, "aria-label": text("basins.progress") });
    const scale = h("p", { class: "scale", "aria-hidden": "true" },
      text("basins.soon"), h("span"), text("basins.late"));
    const fold = h("details", { open: true }, h("summary", {}, text("basins.title")),
      this.#menu, this.#list, scale, this.#opacity.element, this.#complaint);
    place.replaceChildren(fold, this.#progress);
  }

  /** The chosen run. */
  get run() {
    return Math.max(this.#menu.selectedIndex, 0);
  }

  /**
   * @param {number} opacity
   * @param {string[]} names Of the runs.
   */
  update(opacity, names) {
    this.#opacity.update(opacity);
    const same = names.length === this.#menu.options.length
      && names.every((name, index) => name === this.#menu.options[index].text);
    if (same) return;
    const run = Math.min(this.run, names.length - 1);
    this.#menu.replaceChildren(...names.map((name, index) => h("option", { value: index }, name)));
    setValue(this.#menu, String(run));
    this.#menu.hidden = names.length < 2;
  }

  /**
   * Makes way for the start.
   * @param {number} inward Where it is, in CSS pixels from the plot's left.
   * @param {number} width Of the plot.
   */
  avoid(inward, width) {
    const reach = this.#place.offsetWidth + ROOM;
    const right = this.#place.dataset.side === "right";
    if (right ? inward > width - reach : inward < reach) this.#place.dataset.side = right ? "left" : "right";
  }

  /** Another map has begun. */
  wait() {
    this.#complaint.hidden = true;
    this.#progress.value = 0;
    setAttribute(this.#place, "aria-busy", "true");
  }

  clear() {
    this.#list.replaceChildren();
    setAttribute(this.#place, "aria-busy", "false");
  }

  /** @param {unknown} error */
  fail(error) {
    setText(this.#complaint, this.#messages.text("basins.failed", { reason: this.#messages.reason(error) }));
    this.#complaint.hidden = false;
    setAttribute(this.#place, "aria-busy", "false");
  }

  /**
   * Says what the map shows.
   * @param {Task} task
   * @param {Uint32Array} counts How many cells have each label.
   * @param {number} steps The most that a ball makes.
   * @param {boolean} more Whether there is more to come.
   */
  tell(task, counts, steps, more) {
    const { text } = this.#messages;
    const labels = Array.from({ length: Math.min(task.minima.length / 2, UNDECIDED) }, (_, label) => label);
    const many = labels.length > MOST;
    const large = [...labels].sort((a, b) => counts[b] - counts[a]).slice(0, MOST - 1);
    const named = many ? large : labels;
    const others = labels.filter((label) => !named.includes(label));
    /** @type {[string, string, number][]} */
    const lines = named.map((label) => {
      const [x, y] = task.minima.subarray(2 * label);
      return [String(label % this.#hues), text("basins.place", { x: coordinate(x), y: coordinate(y) }), counts[label]];
    });
    const sum = others.reduce((total, label) => total + counts[label], 0);
    if (many) lines.push(["others", text("basins.others", { count: others.length }), sum]);
    lines.push(["undecided", text("basins.undecided"), counts[UNDECIDED]]);
    lines.push(["diverged", text("basins.diverged"), counts[DIVERGED]]);
    const shares = tenths(lines.map(([, , count]) => count));
    this.#list.replaceChildren(...lines.map(([kind, name], index) => {
      const share = text("basins.share", { share: shares[index].toFixed(1) });
      const hue = h("span", { class: "hue", "data-basin": kind });
      if (/^\d/.test(kind)) hue.style.setProperty("--hue", `var(--momentum-lab-basins-${kind})`);
      const title = kind === "undecided" && text("basins.after", { steps });
      return h("li", { title }, hue, h("span", {}, name), h("span", { class: "share" }, share));
    }));
    this.#progress.value = task.progress;
    setAttribute(this.#place, "aria-busy", String(more));
  }
}

/**
 * Shares in percent, to a tenth, that add up to 100: what rounding leaves goes to those that have
 * lost most.
 * @param {number[]} counts
 * @returns {number[]}
 */
function tenths(counts) {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const exact = counts.map((count) => 1000 * count / total);
  const shares = exact.map(Math.floor);
  const left = 1000 - shares.reduce((sum, share) => sum + share, 0);
  const losers = exact.map((share, index) => ({ index, lost: share - shares[index] }))
    .sort((a, b) => b.lost - a.lost);
  for (const { index } of losers.slice(0, left)) shares[index] += 1;
  return shares.map((share) => share / 10);
}
