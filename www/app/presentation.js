// Presentation: the whole screen, large type and strokes, a theme for projectors, and controls
// that get out of the way while the pointer rests.

/** Time in ms after which a resting pointer counts as away. */
const REST = 3000;

/**
 * Keeps the attributes `presenting` and, while the pointer rests, `resting` on the element.
 */
export class Presentation {
  #element;
  #changed;
  /** @type {number | undefined} */
  #timer;

  /**
   * @param {HTMLElement} element
   * @param {() => void} changed Called when presenting begins or ends.
   * @param {AbortSignal} signal
   */
  constructor(element, changed, signal) {
    this.#element = element;
    this.#changed = changed;
    const { ownerDocument } = element;
    ownerDocument.addEventListener("fullscreenchange", () => {
      if (!ownerDocument.fullscreenElement) this.#end();
    }, { signal });
    for (const sign of ["pointermove", "pointerdown", "focusin"]) {
      element.addEventListener(sign, () => this.#wake(), { signal });
    }
    signal.addEventListener("abort", () => clearTimeout(this.#timer));
  }

  get active() {
    return this.#element.hasAttribute("presenting");
  }

  /** Begins or ends. */
  toggle() {
    if (this.active) this.leave();
    else this.#begin();
  }

  leave() {
    const root = /** @type {Document | ShadowRoot} */ (this.#element.getRootNode());
    if (root.fullscreenElement === this.#element) void this.#element.ownerDocument.exitFullscreen();
    this.#end();
  }

  #begin() {
    this.#element.setAttribute("presenting", "");
    // Where the browser grants no full screen, the element fills the window.
    this.#element.requestFullscreen?.().catch(() => {});
    this.#wake();
    this.#changed();
  }

  #end() {
    if (!this.active) return;
    clearTimeout(this.#timer);
    this.#element.removeAttribute("presenting");
    this.#element.removeAttribute("resting");
    this.#changed();
  }

  #wake() {
    clearTimeout(this.#timer);
    this.#element.removeAttribute("resting");
    if (this.active) {
      this.#timer = setTimeout(() => this.#element.setAttribute("resting", ""), REST);
    }
  }
}
