// The caption of a parameter: its name, and the field's symbol set as mathematics.

import { h, math } from "./dom.js";

/**
 * @param {import("./catalogue.js").SpecHead} spec
 * @param {import("./messages.js").Messages} messages
 * @param {string} id Of the control that is named.
 * @returns {HTMLLabelElement}
 */
export function caption(spec, messages, id) {
  const label = h("label", { for: id }, messages.named("parameter", spec));
  if (spec.symbol) label.append(" ", math(spec.symbol));
  return label;
}
