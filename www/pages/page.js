// The page around a lab: its own texts follow the lab's language.

import { setText } from "../platform/dom.js";
import { SPEAKS } from "../i18n/language.js";

/**
 * @typedef {import("../i18n/messages.js").Key} Key
 * @typedef {import("../i18n/messages.js").Messages} Messages
 */

document.addEventListener(SPEAKS, (event) => {
  /** @type {CustomEvent<Messages>} */
  const { detail: { language, text } } = /** @type {any} */ (event);
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-text]")) {
    setText(element, text(/** @type {Key} */ (element.getAttribute("data-text"))));
  }
});
