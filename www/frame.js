// The frame between a page and a lab in it: what the page's styles say ends here, and the room that
// the lab will take is kept while it is not there.

import { h } from "./dom.js";

/** There before any stylesheet has been fetched. */
const RULES = `
  /* Lower than it needs, it is scrolled. */
  :host { display: block; overflow: auto; }
  :host([hidden]) { display: none; }
  :where(.frame) {
    all: initial;
    direction: ltr;
    unicode-bidi: isolate;
    visibility: inherit;
    pointer-events: inherit;
    color-scheme: inherit;
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    box-sizing: border-box;
    block-size: 100%;
    container: momentum-lab / inline-size;
    overflow-wrap: break-word;
    -webkit-text-size-adjust: 100%;
    text-size-adjust: 100%;
  }
  .frame.compact {
    inline-size: 100%;
    aspect-ratio: 8 / 7;
    min-block-size: calc(180px + var(--rows) * 46px);
    max-block-size: var(--momentum-lab-max-height, max(420px, 85vh));
  }
  .waiting { min-block-size: 420px; }
  .waiting > div { display: flex; align-items: center; min-block-size: 52px; padding-inline: 18px; }
  .compact > .waiting { min-block-size: 0; }
`;

/** @type {CSSStyleSheet | undefined} */
let shared;

export class Frame {
  element = h("div", { class: "frame" });
  #root;

  /** @param {ShadowRoot} root */
  constructor(root) {
    this.#root = root;
    if (!shared) {
      shared = new CSSStyleSheet();
      shared.replaceSync(RULES);
    }
    root.adoptedStyleSheets.push(shared);
    root.append(this.element);
  }

  /**
   * Takes the size of a lab with these controls.
   * @param {import("./gate.js").Gate} gate
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

  /**
   * Fetches the styles of what is shown.
   * @param {URL[]} styles
   * @returns {Promise<unknown>} When each has been loaded or has failed: a lab without its look is
   *   better than none.
   */
  dress(styles) {
    for (const link of this.#root.querySelectorAll("link")) link.remove();
    const links = styles.map(({ href }) => h("link", { rel: "stylesheet", href }));
    this.#root.prepend(...links);
    return Promise.all(links.map((link) => new Promise((resolve) => {
      link.addEventListener("load", resolve, { once: true });
      link.addEventListener("error", resolve, { once: true });
    })));
  }
}
