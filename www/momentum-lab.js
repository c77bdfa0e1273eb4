// The element <momentum-lab>: loads the core, holds a session while it is in the document, and
// is what a page speaks to.

import { Address } from "./address.js";
import { loadCore } from "./core.js";
import { h } from "./dom.js";
import { ENGLISH, SPEAKS, languageOf, messagesIn } from "./language.js";
import { LinkTools } from "./link.js";
import { lookOf } from "./look.js";
import { keep, recall } from "./memory.js";
import { Session } from "./session.js";
import { STYLES } from "./styles.js";

/**
 * @typedef {import("./catalogue.js").Configuration} Configuration
 * @typedef {import("./core.js").Core} Core
 * @typedef {import("./pkg/momentum_lab_page.js").Linked} Linked
 * @typedef {import("./readout.js").Snapshot} Snapshot
 * @typedef {import("./session.js").State} State
 */

const FIRST_DRAW = "first-draw";

/**
 * Attributes: `theme` (auto, light, dark, projector), `language` (en, zh-CN; without it the reader's),
 * `page-keys` (keys count while nothing has the focus), `remember` (the browser keeps the session,
 * and the next visit goes on from it), `link` (the address of the page says what is chosen, which
 * counts more than what is remembered; a button copies it); `ready` is set when the first picture
 * stands. Slot `title`: the heading over the lab. The event `momentum-lab-language`, whose detail
 * has the texts, tells the page around in which language the lab speaks.
 */
export class MomentumLab extends HTMLElement {
  static observedAttributes = ["theme", "language"];

  #root = this.attachShadow({ mode: "open" });
  #messages = ENGLISH;
  /** @type {Core | undefined} */
  #core;
  /** @type {Session | undefined} */
  #session;
  /** What to begin with, where the session is not there yet or has ended. */
  #kept = /** @type {State | undefined} */ (undefined);
  /** @type {Address | undefined} */
  #address;
  /** @type {LinkTools | undefined} */
  #linkTools;
  /** About the link in the address. @type {Error[]} */
  #complaints = [];
  /** Aborted when the element leaves the document. @type {AbortController | undefined} */
  #stay;

  connectedCallback() {
    this.#stay = new AbortController();
    const { signal } = this.#stay;
    const remember = () => {
      if (this.#session && this.hasAttribute("remember")) keep(this.#session.state);
    };
    globalThis.addEventListener("pagehide", remember, { signal });
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) remember();
    }, { signal });
    this.#start(signal).catch((error) => {
      if (!signal.aborted) this.#fail("lab.failed", error);
    });
  }

  disconnectedCallback() {
    this.#stay?.abort();
    this.#close();
    this.removeAttribute("ready");
  }

  /** @param {string} name */
  attributeChangedCallback(name) {
    if (name === "theme") this.#session?.retheme();
    else this.#translate();
  }

  /**
   * Everything that is chosen, as a plain object; assigning one with fields left out gives these
   * their defaults, and throws an Error that names the field if something is wrong.
   * @returns {Configuration | undefined} Nothing before the lab is ready, unless assigned.
   */
  get configuration() {
    return this.#session?.configuration ?? this.#kept?.configuration;
  }

  set configuration(configuration) {
    if (this.#session && configuration) this.#session.configure(configuration);
    else this.#kept = configuration && { configuration, first: configuration };
  }

  /** The numbers of the present moment. @returns {Snapshot | undefined} */
  get readout() {
    return this.#session?.snapshot;
  }

  /**
   * To which minimum each of many starts leads with one of this lab's runs, computed by workers.
   * @param {import("./pkg/momentum_lab.js").BasinsOptions & import("./maps.js").Cancellable} [options]
   * @returns {Promise<import("./pkg/momentum_lab.js").Cells>} See `basins` in maps.js.
   */
  async basins(options) {
    const { basins } = await import("./maps.js");
    return basins(this.configuration ?? {}, options);
  }

  /**
   * Where the ball of one of this lab's runs ends at each of many learning rates and momenta.
   * @param {import("./pkg/momentum_lab.js").TuningOptions & import("./maps.js").Cancellable} [options]
   * @returns {Promise<import("./pkg/momentum_lab.js").Cells>} See `tuning` in maps.js.
   */
  async tuning(options) {
    const { tuning } = await import("./maps.js");
    return tuning(this.configuration ?? {}, options);
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
    const loading = h("p", { class: "notice", role: "status" });
    const styles = STYLES.map(({ href }) => stylesheet(href));
    this.#root.replaceChildren(...styles.map(({ link }) => link), loading);
    const speaking = messagesIn(languageOf(this)).then((messages) => {
      this.#messages = messages;
      loading.lang = messages.language;
      loading.append(messages.text("lab.loading"));
    });
    const [core] = await Promise.all([
      loadCore(), speaking, ...styles.map(({ settled }) => settled),
    ]);
    if (signal.aborted) return;
    this.#core = core;
    if (this.hasAttribute("link")) {
      this.#address = new Address(core, {
        configuration: () => this.#session?.configuration,
        first: () => this.#session?.first ?? core.catalogue.defaults,
        follow: (linked) => this.#follow(linked),
      }, signal);
    }
    loading.replaceWith(this.#open(core, this.#address?.read()).element);
    this.#begin();
    // The wish may have changed meanwhile.
    await this.#translate();
  }

  /**
   * A session that goes on from what has been kept, or begins with what the address says.
   * @param {Core} core
   * @param {Linked} [linked]
   */
  #open(core, linked) {
    const address = this.#address;
    this.#linkTools = address && new LinkTools(this.#messages, () => core.link(this.configuration));
    const { button, notice, dialog } = this.#linkTools ?? {};
    const session = new Session(core, this, this.#root, this.#messages, {
      drawn: () => this.#drawn(),
      failed: (error) => this.#fail("lab.stopped", error),
      changed: () => address?.changed(),
      extra: { bar: button ? [button] : [], over: notice && dialog ? [notice, dialog] : [] },
    });
    this.#session = session;
    const goOn = (/** @type {State} */ state) => {
      if (!linked || address?.says(state.configuration)) session.resume(state);
    };
    if (linked) session.resume({ configuration: linked.configuration, first: this.#kept?.first });
    if (this.#kept) goOn(this.#kept);
    else if (this.hasAttribute("remember")) recall(goOn);
    if (linked) this.#complain(linked.complaints);
    else this.#linkTools?.complain(this.#complaints);
    return session;
  }

  /**
   * Takes what the address has come to say; if nothing, what is first.
   * @param {Linked | undefined} linked
   */
  #follow(linked) {
    if (linked) this.#session?.configure(linked.configuration);
    else this.#session?.reset();
    this.#complain(linked?.complaints ?? []);
  }

  /** @param {Error[]} complaints About the link in the address. */
  #complain(complaints) {
    this.#complaints = complaints;
    this.#linkTools?.complain(complaints);
    for (const { message } of complaints) console.warn(message);
  }

  /** Lets the session draw and the page around know its language. */
  #begin() {
    this.#session?.begin();
    this.dispatchEvent(new CustomEvent(SPEAKS, { bubbles: true, detail: this.#messages }));
  }

  /** Ends the session and keeps what the next one goes on from. */
  #close() {
    if (this.#session) this.#kept = this.#session.state;
    this.#session?.end();
    this.#session = undefined;
    this.#linkTools?.end();
  }

  /** Says everything anew if another language is wished for; the lab goes on where it is. */
  async #translate() {
    const language = languageOf(this);
    if (!this.#session || language === this.#messages.language) return;
    const messages = await messagesIn(language);
    const core = this.#core;
    if (!core || !this.#session || languageOf(this) !== language) return;
    if (messages.language === this.#messages.language) return;
    const restore = lookOf(this.#root);
    const { element } = this.#session;
    this.#close();
    this.#messages = messages;
    element.replaceWith(this.#open(core).element);
    restore();
    this.#begin();
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
    const { language, text, reason } = this.#messages;
    const notice = h("p", { class: "notice", role: "alert", lang: language },
      text(key, { reason: reason(error) }));
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
