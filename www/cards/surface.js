// The card of the surface, and the card of what belongs to no surface and no optimizer.

import { entryOf, generalSpecs } from "../core/catalogue.js";
import { controlOf, headingMenu } from "../controls/controls.js";
import { freshId, h } from "../platform/dom.js";
import { Settings } from "./settings.js";

/**
 * @typedef {import("../controls/controls.js").Host} Host
 * @typedef {import("../core/catalogue.js").Catalogue} Catalogue
 * @typedef {import("../core/catalogue.js").Configuration} Configuration
 */

/**
 * @typedef {object} Card
 * @property {HTMLElement} element
 * @property {(configuration: Configuration) => void} update
 */

/**
 * @param {Catalogue} catalogue
 * @param {Host} host
 * @returns {Card}
 */
export function surfaceCard(catalogue, host) {
  const { text } = host.messages;
  const id = freshId("surface");
  const menu = headingMenu("surface", catalogue.surfaces, "surface.id", host);
  menu.element.id = id;
  const label = h("label", { for: id }, text("surface.choose"));
  const settings = new Settings("surface", host, text("card.more"), text("card.contours"));
  const attributes = { class: "card", part: "surface", "aria-label": text("surface.label") };
  return {
    element: h("section", attributes,
      h("div", { class: "control choice" }, label, menu.element), settings.element),
    update: ({ surface }) => {
      menu.update(surface.id);
      settings.show(entryOf(catalogue.surfaces, surface.id), surface);
    },
  };
}

/**
 * How long the paths are and the like, folded away. The speed stands beside the clock, how the
 * surface is seen is chosen on the plot, and what is about comparing runs stands with these.
 * @param {Catalogue} catalogue
 * @param {Host} host
 * @returns {Card}
 */
export function pathCard(catalogue, host) {
  const elsewhere = [
    "speed", "projection", "yaw", "pitch", "arrows", "curvature", "basins", "basins_opacity", "basins_run", "tuning",
    "plane_lr", "plane_beta", "lock_lr", "task", "task_run", "visible", ...SWEEP,
  ];
  const label = host.messages.text("path.label");
  const card = folded("path", label, generalSpecs(catalogue, elsewhere), host);
  const batch = /** @type {HTMLElement} */ (card.element.querySelector("[data-field='batch']")?.closest(".control"));
  return {
    element: card.element,
    update: (configuration) => {
      card.update(configuration);
      // Only what is learnt from data has minibatches.
      batch.hidden = entryOf(catalogue.surfaces, configuration.surface.id).group !== "data";
    },
  };
}

/** The paths for several values of one parameter. */
const SWEEP = /** @type {const} */ (["sweep", "sweep_reach"]);

/**
 * What no shown run has, nor the surface, cannot be chosen; where it has been before, a line tells
 * why there are no paths.
 * @param {Catalogue} catalogue
 * @param {Host} host
 * @returns {Card}
 */
export function sweepCard({ limits, optimizers, surfaces }, host) {
  const { text } = host.messages;
  const card = folded("sweep", text("sweep.label"), SWEEP.map((id) => limits[id]), host);
  const menu = /** @type {HTMLSelectElement} */ (card.element.querySelector("select"));
  const nothing = h("p", { class: "note", role: "status", hidden: true }, text("sweep.nothing"));
  menu.closest(".control")?.after(nothing);
  const none = limits.sweep.default;
  return {
    element: card.element,
    update: (configuration) => {
      card.update(configuration);
      const { surface, runs, sweep } = configuration;
      const entries = runs.filter(({ visible }) => visible === true).map(({ id }) => entryOf(optimizers, id));
      const owned = [entryOf(surfaces, surface.id), ...entries].flatMap(({ parameters }) => parameters);
      const possible = new Set([none, ...owned.map(({ id }) => id)]);
      for (const option of menu.options) option.disabled = !possible.has(option.value);
      nothing.hidden = possible.has(sweep);
    },
  };
}

/**
 * A card of settings that belong to the lab as a whole, folded away.
 * @param {string} part
 * @param {string} label
 * @param {import("../core/catalogue.js").ParameterSpec[]} specs
 * @param {Host} host
 * @returns {Card}
 */
function folded(part, label, specs, host) {
  const controls = specs.map((spec) => ({ id: spec.id, control: controlOf(spec, spec.id, host) }));
  return {
    element: h("section", { class: "card", part, "aria-label": label },
      h("details", { class: "more" },
        h("summary", {}, label), ...controls.map(({ control }) => control.element))),
    update: (configuration) => {
      /** @type {Record<string, any>} */
      const values = configuration;
      for (const { id, control } of controls) control.update(values[id]);
    },
  };
}
