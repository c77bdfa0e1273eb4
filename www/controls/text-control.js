// A text, such as a formula: taken while it is typed, as far as it makes sense.

import { Complaint } from "./complaint.js";
import { freshId, h, isComposing, setValue } from "../platform/dom.js";
import { caption, fieldOf } from "./label.js";

/**
 * @typedef {import("./controls.js").Control} Control
 * @typedef {import("./controls.js").Host} Host
 */

/**
 * @param {import("../core/catalogue.js").TextSpec} spec
 * @param {string} field
 * @param {Host} host
 * @returns {Control}
 */
export function textControl(spec, field, host) {
  const id = freshId("text");
  const box = h("input", {
    type: "text", id, maxlength: spec.longest, spellcheck: "false", autocomplete: "off",
    autocapitalize: "off", "data-field": field, "data-kind": "text",
  });
  const complaint = new Complaint(box);
  const known = fieldOf(spec, field, host.messages);
  let accepted = "";
  const take = () => {
    try {
      host.set(field, box.value);
      complaint.say("");
    } catch (error) {
      complaint.say(host.messages.reason(error, known));
    }
  };
  box.addEventListener("input", (event) => {
    // Letters of a proposal are not yet what is meant.
    if (!(event instanceof InputEvent && event.isComposing)) take();
  });
  box.addEventListener("compositionend", take);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || isComposing(event) || box.value === accepted) return;
    // What is typed goes first; what else the key puts away, the next time.
    event.preventDefault();
    setValue(box, accepted);
    complaint.say("");
  });
  return {
    element: h("div", { class: "control text" },
      caption(spec, host.messages, id), box, complaint.element),
    update: (value) => {
      // What is being typed and refused stays to be mended.
      if (value === accepted) return;
      accepted = String(value);
      setValue(box, accepted);
      complaint.say("");
    },
  };
}
