// Colours: the system's choice or the reader's, as custom properties of the element.

import { newSheet } from "../platform/styles.js";

/** @typedef {import("./catalogue.js").Theme} Theme */

/** The choice that follows the system. */
export const AUTO = "auto";

/** The theme on paper. */
const PRINTED = "light";

export class ThemeKeeper {
  #themes;
  #element;
  #changed;
  #printed = false;
  #rule;
  #dark = matchMedia("(prefers-color-scheme: dark)");

  /**
   * @param {Record<string, Theme>} themes
   * @param {HTMLElement} element Its attribute `theme` holds the reader's choice.
   * @param {ShadowRoot} root
   * @param {(id: string, choice: string) => void} changed Called with the theme to show and the
   *   reader's choice, at once and later.
   * @param {AbortSignal} signal
   */
  constructor(themes, element, root, changed, signal) {
    this.#themes = themes;
    this.#element = element;
    this.#changed = changed;
    // A rule for :host in the shadow tree yields to the page's own rules for the element, so
    // that any colour can be overridden there.
    const sheet = newSheet(root);
    sheet.insertRule(":host {}");
    root.adoptedStyleSheets.push(sheet);
    signal.addEventListener("abort", () => {
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
    }, { once: true });
    this.#rule = /** @type {CSSStyleRule} */ (sheet.cssRules[0]).style;
    this.#dark.addEventListener("change", () => this.apply(), { signal });
    this.apply();
  }

  /** The reader's choice. */
  get choice() {
    const choice = this.#element.getAttribute("theme") ?? AUTO;
    return Object.hasOwn(this.#themes, choice) ? choice : AUTO;
  }

  /** The theme that suits the system, or a projector. */
  get #system() {
    if (this.#element.hasAttribute("presenting")) return "projector";
    return this.#dark.matches ? "dark" : "light";
  }

  /** @param {boolean} on Whether it is for paper, which is light. */
  print(on) {
    this.#printed = on;
    this.apply();
  }

  /** The id of the theme that is shown. */
  get shown() {
    if (this.#printed) return PRINTED;
    return this.choice === AUTO ? this.#system : this.choice;
  }

  /** Goes on to the next choice: the system's, then each theme, first those that look different. */
  next() {
    const others = Object.keys(this.#themes).filter((id) => id !== this.#system);
    const choices = [AUTO, ...others, this.#system];
    const next = choices[(choices.indexOf(this.choice) + 1) % choices.length];
    this.#element.setAttribute("theme", next);
  }

  /** Shows the theme that is chosen now. */
  apply() {
    const { choice, shown: id } = this;
    const theme = this.#themes[id];
    for (const [name, value] of Object.entries(theme)) {
      if (typeof value === "string") {
        this.#rule.setProperty(`--momentum-lab-${name}`, value);
      } else {
        value.forEach((color, i) => this.#rule.setProperty(`--momentum-lab-${name}-${i}`, color));
      }
    }
    this.#rule.setProperty("color-scheme", isDark(String(theme.paper)) ? "dark" : "light");
    // For the page around, which may want to follow.
    this.#element.setAttribute("data-theme", id);
    this.#changed(id, choice);
  }
}

/**
 * Whether a colour `#rrggbb` is nearer to black.
 * @param {string} color
 */
function isDark(color) {
  const channels = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  return channels[0] * 0.3 + channels[1] * 0.6 + channels[2] * 0.1 < 128;
}
