// What a parameter is called: above its control, with the field's symbol set as mathematics, and
// in a sentence.

import { h, math } from "../platform/dom.js";

/**
 * @param {import("../core/catalogue.js").SpecHead} spec
 * @param {import("../i18n/messages.js").Messages} messages
 * @param {string} id Of the control that is named.
 * @returns {HTMLLabelElement}
 */
export function caption(spec, messages, id) {
  const label = h("label", { for: id }, messages.named("parameter", spec));
  if (spec.symbol) label.append(" ", math(spec.symbol));
  return label;
}

/**
 * How a sentence calls a field: as its caption does, without an equals sign that leads on to the
 * box.
 * @param {import("../core/catalogue.js").SpecHead} spec
 * @param {string} field
 * @param {import("../i18n/messages.js").Messages} messages
 * @returns {import("../i18n/messages.js").Field}
 */
export function fieldOf(spec, field, messages) {
  return { field, name: messages.named("parameter", spec).replace(/\s*=$/, "") };
}
