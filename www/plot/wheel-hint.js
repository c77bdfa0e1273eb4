// Says over the plot how the wheel zooms it, when somebody turns the wheel there and the page scrolls.

import { h, setAttribute, setText } from "../platform/dom.js";

/** How long the words stay, in ms. */
const STAYS = 1500;

export class WheelHint {
  element = h("p", { class: "wheel-hint", part: "wheel-hint", "aria-hidden": "true", hidden: true });
  #timer = 0;

  /** @param {import("../i18n/messages.js").Messages} messages */
  constructor({ text }) {
    setText(this.element, text(isApple() ? "plot.wheel.apple" : "plot.wheel"));
  }

  show() {
    clearTimeout(this.#timer);
    this.element.hidden = false;
    this.#timer = setTimeout(() => setAttribute(this.element, "hidden", ""), STAYS);
  }
}

/**
 * Whether the wheel over the plot has nothing else to do than to zoom: the lab is presented, or is all of a page
 * that does not scroll. In a frame, and in an element on another page, it scrolls that page.
 * @param {HTMLElement} plot
 */
export function ownsWheel(plot) {
  const root = plot.getRootNode();
  const lab = root instanceof ShadowRoot ? root.host : undefined;
  if (lab?.hasAttribute("presenting")) return true;
  const { scrollHeight, clientHeight } = document.documentElement;
  return Boolean(lab?.hasAttribute("page-keys")) && parent === window && scrollHeight <= clientHeight + 1;
}

/** Whether keyboards here have ⌘. */
function isApple() {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}
