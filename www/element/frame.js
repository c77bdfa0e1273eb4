// The frame between a page and a lab in it: styles of the page end here (frame.css), and it keeps the
// lab's size while the lab is not there.

import { h } from "../platform/dom.js";
import STYLES from "../pkg/styles.js";
import { adopt } from "../platform/styles.js";

/** @typedef {import("../core/gate.js").Gate} Gate */

export class Frame {
  element = h("div", { class: "frame" });
  #root;

  /** @param {ShadowRoot} root */
  constructor(root) {
    this.#root = root;
    this.dress();
    root.append(this.element);
  }

  /**
   * Takes the size of a lab with these controls.
   * @param {Gate} gate
   */
  fit(gate) {
    this.element.classList.toggle("compact", gate.compact);
    this.element.style.setProperty("--rows", String(gate.rows));
  }

  /**
   * Shows a lab, or words in its stead.
   * @param {...Node} content
   */
  show(...content) {
    this.element.replaceChildren(...content);
  }

  /**
   * Keeps the lab's room, with what the page shows meanwhile.
   * @param {...Node} words Shown if the page has nothing.
   */
  wait(...words) {
    const waiting = h("slot", { name: "waiting" }, ...words);
    this.show(h("div", { class: "waiting" }, h("div", {}, h("slot", { name: "title" })), waiting));
  }

  /** Gives the shadow tree its styles; again when the element has been moved to another document. */
  dress() {
    this.#root.adoptedStyleSheets = [];
    adopt(this.#root, STYLES);
  }
}
