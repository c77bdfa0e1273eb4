// The legend of a map of basins: a line for each minimum with its share, whose run it is, how far
// the map has come.

import { controlOf } from "../controls/controls.js";
import { h, setAttribute, setText, setValue } from "../platform/dom.js";
import { lostLines, minimaLines, withShares } from "./map-words.js";

/**
 * @typedef {import("../app/reader.js").Reader} Reader
 * @typedef {import("./map-task.js").Task} Task
 */

/** Between the plot's edge and the legend, and for the start's handle beside it, in CSS pixels. */
const ROOM = 70;

export class BasinLegend {
  #messages;
  #place;
  #hues;
  #menu;
  #opacity;
  #list = h("ul", { class: "shares" });
  #scale;
  #progress;
  #complaint = h("p", { class: "complaint", role: "alert", hidden: true });

  /**
   * @param {HTMLElement} place
   * @param {number} hues How many there are before they repeat.
   * @param {import("../core/catalogue.js").Catalogue["limits"]} limits
   * @param {Reader} host
   */
  constructor(place, hues, { basins_opacity: opacity, basins_run: run }, host) {
    const { messages } = host;
    const { text } = messages;
    this.#messages = messages;
    this.#place = place;
    this.#hues = hues;
    this.#menu = h("select", { "aria-label": text("basins.choose"), "data-action": "basins-run" });
    this.#menu.addEventListener("change", () => host.set(run.id, this.#menu.selectedIndex));
    this.#menu.disabled = !host.shows("basins");
    this.#opacity = controlOf(opacity, opacity.id, host);
    this.#opacity.element.hidden = !host.shows("basins");
    this.#progress = h("progress", { class: "refining", max: 1, "aria-label": text("basins.progress") });
    this.#scale = h("p", { class: "shading", "aria-hidden": "true" },
      text("basins.soon"), h("span", { class: "band" }), text("basins.late"));
    const fold = h("details", { open: true }, h("summary", {}, text("basins.title")),
      this.#menu, this.#list, h("p", { class: "of" }, text("basins.of")), this.#scale, this.#opacity.element, this.#complaint);
    place.replaceChildren(fold, this.#progress);
  }

  /**
   * @param {number} opacity
   * @param {string[]} names Of the runs.
   * @param {number} run Whose map it is.
   */
  update(opacity, names, run) {
    this.#opacity.update(opacity);
    const same = names.length === this.#menu.options.length
      && names.every((name, index) => name === this.#menu.options[index].text);
    if (!same) this.#menu.replaceChildren(...names.map((name, index) => h("option", { value: index }, name)));
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

  /**
   * Another map has begun.
   * @param {number} tolerance The gradient's norm under which its balls stop.
   */
  wait(tolerance) {
    this.#scale.title = this.#messages.text("maps.until", { tolerance });
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
    this.clear();
    setText(this.#complaint, this.#messages.text("basins.failed", { reason: this.#messages.reason(error) }));
    this.#complaint.hidden = false;
  }

  /**
   * Says what the map shows.
   * @param {Task} task
   * @param {Uint32Array} counts How many cells have each label.
   * @param {number} steps The most that a ball makes.
   * @param {boolean} more Whether there is more to come.
   */
  tell(task, counts, steps, more) {
    const lines = [
      ...minimaLines(task, counts, this.#hues, this.#messages), ...lostLines(counts, steps, this.#messages),
    ];
    this.#list.replaceChildren(...withShares(lines, this.#messages));
    this.#progress.value = task.progress;
    setAttribute(this.#place, "aria-busy", String(more));
  }
}
