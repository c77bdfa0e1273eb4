// The element <momentum-lab>: loads the core, holds a session while it is in the document, and
// is what a page speaks to.

import { reasonOf } from "./complaint.js";
import { loadCore } from "./core.js";
import { h } from "./dom.js";
import { messagesOf } from "./messages.js";
import english from "./messages/en.js";
import { Session } from "./session.js";

/**
 * @typedef {import("./catalogue.js").Configuration} Configuration
 * @typedef {import("./readout.js").Snapshot} Snapshot
 */

const STYLES = ["./momentum-lab.css", "./stage.css", "./controls.css", "./figures.css"];
const FIRST_DRAW = "first-draw";

/**
 * Attributes: `theme` (auto, light, dark), `page-keys` (keys count while nothing has the focus);
 * `ready` is set when the first picture stands. Slot `title`: the heading over the lab.
 */
export class MomentumLab extends HTMLElement {
  static observedAttributes = ["theme"];

  #root = this.attachShadow({ mode: "open" });
  #messages = messagesOf(english);
  /** @type {Session | undefined} */
  #session;
  /** What to begin with, where the session is not there yet or has ended. */
  #configuration = /** @type {Configuration | undefined} */ (undefined);
  /** Aborted when the element leaves the document. @type {AbortController | undefined} */
  #stay;

  connectedCallback() {
    this.#stay = new AbortController();
    const { signal } = this.#stay;
    this.#start(signal).catch((error) => {
      if (!signal.aborted) this.#fail("lab.failed", error);
    });
  }

  disconnectedCallback() {
    this.#stay?.abort();
    if (this.#session) this.#configuration = this.#session.configuration;
    this.#session?.end();
    this.#session = undefined;
    this.removeAttribute("ready");
  }

  attributeChangedCallback() {
    this.#session?.retheme();
  }

  /**
   * Everything that is chosen, as a plain object; assigning one with fields left out gives these
   * their defaults, and throws an Error that names the field if something is wrong.
   * @returns {Configuration | undefined} Nothing before the lab is ready, unless assigned.
   */
  get configuration() {
    return this.#session?.configuration ?? this.#configuration;
  }

  set configuration(configuration) {
    if (this.#session && configuration) this.#session.configure(configuration);
    else this.#configuration = configuration;
  }

  /** The numbers of the present moment. @returns {Snapshot | undefined} */
  get readout() {
    return this.#session?.snapshot;
  }

  play() {
    this.#session?.play();
  }

  pause() {
    this.#session?.pause();
  }

  /** Back to the start. */
  restart() {
    this.#session?.restart();
  }

  /** @param {number} [count] Steps on, or back if negative. */
  step(count = 1) {
    this.#session?.step(count);
  }

  /** @param {number} step The time to go to. */
  seek(step) {
    this.#session?.seek(step);
  }

  /** @param {AbortSignal} signal */
  async #start(signal) {
    const loading = h("p", { class: "notice", role: "status" }, this.#messages.text("lab.loading"));
    const styles = STYLES.map((path) => stylesheet(new URL(path, import.meta.url).href));
    this.#root.replaceChildren(...styles.map(({ link }) => link), loading);
    const [core] = await Promise.all([loadCore(), ...styles.map(({ settled }) => settled)]);
    if (signal.aborted) return;
    const session = new Session(core, this, this.#root, this.#messages, {
      drawn: () => this.#drawn(),
      failed: (error) => this.#fail("lab.stopped", error),
    });
    this.#session = session;
    if (this.#configuration) session.configure(this.#configuration);
    loading.replaceWith(session.element);
    session.begin();
  }

  #drawn() {
    if (performance.getEntriesByName(FIRST_DRAW).length === 0) performance.mark(FIRST_DRAW);
    this.setAttribute("ready", "");
  }

  /**
   * @param {"lab.failed" | "lab.stopped"} key
   * @param {unknown} error
   */
  #fail(key, error) {
    console.error(error);
    this.#session?.end();
    this.#session = undefined;
    const text = this.#messages.text(key, { reason: reasonOf(error) });
    const notice = h("p", { class: "notice", role: "alert" }, text);
    this.#root.replaceChildren(...this.#root.querySelectorAll("link"), notice);
  }
}

/**
 * A linked stylesheet, and when it has been loaded or has failed: a lab without its look is
 * better than none.
 * @param {string} href
 */
function stylesheet(href) {
  const link = h("link", { rel: "stylesheet", href });
  const settled = new Promise((resolve) => {
    link.addEventListener("load", resolve, { once: true });
    link.addEventListener("error", resolve, { once: true });
  });
  return { link, settled };
}

customElements.define("momentum-lab", MomentumLab);
