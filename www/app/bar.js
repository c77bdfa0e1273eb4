// The bar over the lab: the page's title, undo, and the buttons that concern the lab as a whole.

import { h, icon, setAttribute } from "../platform/dom.js";
import { EXPORT_ICON } from "../export/exports.js";
import { languageButton } from "../i18n/language.js";

/**
 * @typedef {import("../i18n/messages.js").Key} Key
 * @typedef {import("./reader.js").Reader} Reader
 */

/** A screen on a stand. */
const PRESENT_ICON = "M3 5 H21 V16 H3 Z M12 16 V20 M8 20 H16";
/** A disc, half of it hollow: light and dark. */
const THEME_ICON = "M12 3 A9 9 0 0 0 12 21 A9 9 0 0 0 12 3 Z M12 5 A7 7 0 0 1 12 19 Z";

export class Bar {
  element;
  #messages;
  #theme;

  /**
   * @param {HTMLElement} undo
   * @param {HTMLElement} element Of the lab, whose language can be changed.
   * @param {Reader} reader
   * @param {Record<string, Node[]>} extra What the page around adds, by the names of controls.
   */
  constructor(undo, element, reader, extra) {
    this.#messages = reader.messages;
    this.#theme = this.#button("theme", icon(THEME_ICON, true), () => reader.nextTheme());
    this.#theme.className = "theme";
    const buttons = Object.entries({
      undo: [undo],
      ...extra,
      export: [this.#named("export", "take.title", icon(EXPORT_ICON), () => reader.takeAlong())],
      keys: [this.#named("keys", "help.open", "?", () => reader.showKeys())],
      present: [this.#named("present", "present.toggle", icon(PRESENT_ICON),
        () => reader.togglePresentation())],
      language: [languageButton(element, reader.messages)],
      theme: [this.#theme],
    });
    const shown = buttons.flatMap(([name, nodes]) => (reader.shows(name) ? nodes : []));
    this.element = h("div", { class: "bar", part: "bar" }, h("slot", { name: "title" }),
      h("div", { class: "buttons" }, ...shown));
    this.element.hidden = shown.length === 0 && !element.querySelector(":scope > [slot='title']");
  }

  /** @param {string} choice The theme that the reader chose. */
  retheme(choice) {
    const { named, text } = this.#messages;
    name(this.#theme, text("theme.choose", { theme: named("theme", { id: choice }) }));
  }

  /**
   * @param {string} action
   * @param {Key} title
   * @param {Node | string} sign
   * @param {() => void} act
   */
  #named(action, title, sign, act) {
    const button = this.#button(action, sign, act);
    name(button, this.#messages.text(title));
    return button;
  }

  /**
   * @param {string} action
   * @param {Node | string} sign
   * @param {() => void} act
   */
  #button(action, sign, act) {
    const button = h("button", { type: "button", class: "quiet", "data-action": action }, sign);
    button.addEventListener("click", act);
    return button;
  }
}

/**
 * @param {Element} button
 * @param {string} label
 */
function name(button, label) {
  setAttribute(button, "aria-label", label);
  setAttribute(button, "title", label);
}
