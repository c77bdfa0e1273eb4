// Controls, built from the catalogue's specifications.

import { Complaint } from "./complaint.js";
import { freshId, h, setValue } from "../platform/dom.js";
import { caption, fieldOf } from "./label.js";
import { NumberControl } from "./number-control.js";
import { textControl } from "./text-control.js";

/**
 * @typedef {import("../core/catalogue.js").ParameterSpec} ParameterSpec
 * @typedef {import("../core/catalogue.js").Option} Option
 * @typedef {import("../core/catalogue.js").Setting} Setting
 *
 * @typedef {object} Host What a control needs of the lab.
 * @property {import("../i18n/messages.js").Messages} messages
 * @property {(field: string, value: Setting) => void} set Throws if the value is refused.
 *
 * @typedef {object} Control
 * @property {HTMLElement} element
 * @property {(value: Setting) => void} update Shows an accepted value.
 */

/**
 * @param {ParameterSpec} spec
 * @param {string} field Its name in a configuration.
 * @param {Host} host
 * @returns {Control}
 */
export function controlOf(spec, field, host) {
  switch (spec.kind) {
    case "number":
      return new NumberControl(spec, field, host);
    case "text":
      return textControl(spec, field, host);
    case "toggle":
      return toggle(spec, field, host);
    case "choice": {
      const id = freshId("choice");
      const { select, update } = menu("option", spec.options, field, host);
      select.id = id;
      const complaint = new Complaint(select);
      applyOnChange(select, () => select.value, spec, field, host, complaint);
      const label = caption(spec, host.messages, id);
      const parts = [label, select, complaint.element];
      return { element: h("div", { class: "control choice" }, ...parts), update };
    }
  }
}

/**
 * A menu without a caption, for a card's heading; the core accepts all that it offers.
 * @param {string} kind Of the names: `kind.id` among the messages.
 * @param {Option[]} options
 * @param {string} field
 * @param {Host} host
 * @returns {Control}
 */
export function headingMenu(kind, options, field, host) {
  const { select, update } = menu(kind, options, field, host);
  select.addEventListener("change", () => host.set(field, select.value));
  return { element: select, update };
}

/**
 * @param {import("../core/catalogue.js").ToggleSpec} spec
 * @param {string} field
 * @param {Host} host
 * @returns {Control}
 */
function toggle(spec, field, host) {
  const id = freshId("toggle");
  const box = h("input", { type: "checkbox", id, "data-field": field, "data-kind": "toggle" });
  const complaint = new Complaint(box);
  applyOnChange(box, () => box.checked, spec, field, host, complaint);
  const label = caption(spec, host.messages, id);
  return {
    element: h("div", { class: "control toggle" }, label, box, complaint.element),
    update: (value) => {
      box.checked = value === true;
    },
  };
}

/**
 * @param {string} kind
 * @param {Option[]} options
 * @param {string} field
 * @param {Host} host
 */
function menu(kind, options, field, { messages }) {
  const select = h("select", { "data-field": field, "data-kind": "choice", autocomplete: "off" });
  /** @type {Map<string, HTMLOptGroupElement>} */
  const groups = new Map();
  for (const option of options) {
    const item = h("option", { value: option.id }, messages.named(kind, option));
    if (option.group === undefined) {
      select.append(item);
      continue;
    }
    let group = groups.get(option.group);
    if (!group) {
      group = h("optgroup", { label: messages.named("group", { id: option.group }) });
      groups.set(option.group, group);
      select.append(group);
    }
    group.append(item);
  }
  const update = (/** @type {Setting} */ value) => setValue(select, String(value));
  return { select, update };
}

/**
 * @param {HTMLInputElement | HTMLSelectElement} element
 * @param {() => Setting} read
 * @param {ParameterSpec} spec
 * @param {string} field
 * @param {Host} host
 * @param {Complaint} complaint
 */
function applyOnChange(element, read, spec, field, host, complaint) {
  element.addEventListener("change", () => {
    try {
      host.set(field, read());
      complaint.say("");
    } catch (error) {
      complaint.say(host.messages.reason(error, fieldOf(spec, field, host.messages)));
    }
  });
}
