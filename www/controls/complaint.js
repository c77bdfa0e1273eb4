// What is wrong with a field, said beside it.

import { freshId, h, setText } from "../platform/dom.js";

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Field */

/**
 * Words about something that could not be fetched or opened, with a button that tries again.
 * @param {import("../i18n/messages.js").Messages} messages
 * @param {string} words
 * @param {() => void} again
 * @returns {HTMLElement}
 */
export function offerAgain(messages, words, again) {
  const button = h("button", { type: "button", class: "again", "data-action": "try-again" }, messages.text("failure.try"));
  button.addEventListener("click", again);
  return h("span", { class: "offer" }, words, " ", button);
}

export class Complaint {
  element = h("p", { role: "alert", class: "complaint", id: freshId("complaint") });
  #fields;

  /** @param {...Field} fields The controls that it is about. */
  constructor(...fields) {
    this.#fields = fields;
  }

  /**
   * Says what is wrong, or with no text that nothing is.
   * @param {string} text
   */
  say(text) {
    setText(this.element, text);
    for (const field of this.#fields) {
      if (text) {
        field.setAttribute("aria-invalid", "true");
        field.setAttribute("aria-describedby", this.element.id);
      } else {
        field.removeAttribute("aria-invalid");
        field.removeAttribute("aria-describedby");
      }
    }
  }
}
