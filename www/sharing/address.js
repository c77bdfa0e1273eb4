// The part of the page's address after `#` says what is chosen: it follows the lab, and the lab
// follows it where a reader edits it or goes back.

/**
 * @typedef {import("../core/catalogue.js").Configuration} Configuration
 * @typedef {import("../pkg/momentum_lab_page.js").Linked} Linked
 *
 * @typedef {object} Addressed What the address speaks of.
 * @property {() => Configuration | undefined} configuration What is chosen now.
 * @property {() => Configuration} first What an address means that says nothing.
 * @property {(linked: Linked | undefined) => void} follow Takes what the address has come to say.
 */

/** Browsers refuse more than 100 new addresses in 30 s. In ms. */
const PACE = 400;

export class Address {
  #core;
  #lab;
  /** What the address is known to say, as the core would write it; nothing: what is first. */
  #said = /** @type {string | undefined} */ (undefined);
  /** The part of the address after # when a change was to be written. */
  #asked = "";
  #timer = /** @type {number | undefined} */ (undefined);
  /** The address's part after `#` before it followed last. @type {string | undefined} */
  former;

  /**
   * @param {Pick<import("../core/core.js").Core, "link" | "unlink">} core
   * @param {Addressed} lab
   * @param {AbortSignal} signal
   */
  constructor(core, lab, signal) {
    this.#core = core;
    this.#lab = lab;
    globalThis.addEventListener("hashchange", () => {
      if (!location.hash || isLink(location.hash)) lab.follow(this.read());
    }, { signal });
    signal.addEventListener("abort", () => this.#write());
  }

  /** @returns {Linked | undefined} What the address says, if anything. */
  read() {
    const { hash } = location;
    const linked = isLink(hash) ? this.#core.unlink(hash) : undefined;
    this.#said = linked && this.#link(linked.configuration);
    return linked;
  }

  /**
   * Whether the address says this, in whatever words.
   * @param {Configuration} configuration
   */
  says(configuration) {
    return this.#said === this.#link(configuration);
  }

  /** Lets the address follow soon. */
  changed() {
    if (this.#timer !== undefined) return;
    this.#asked = location.hash;
    this.#timer = setTimeout(() => this.#write(), PACE);
  }

  /** How the address is written is the reader's choice while what it says holds. */
  #write() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const configuration = this.#lab.configuration();
    if (!configuration) return;
    const link = this.#link(configuration);
    if (link === (this.#said ?? this.#link(this.#lab.first()))) return;
    const { hash } = location;
    // An anchor of the page has been followed since the change.
    if (hash && hash !== this.#asked && !isLink(hash)) return;
    try {
      history.replaceState(history.state, "", addressOf(link));
      this.former = hash;
      this.#said = link;
    } catch {
      // Asked too often, or no page that has an address: the next change asks again.
    }
  }

  /**
   * @param {Configuration} configuration
   * @returns {string} Nothing where it is too long for a link.
   */
  #link(configuration) {
    try {
      return this.#core.link(configuration);
    } catch {
      return "";
    }
  }
}

/**
 * Whether this part of an address says what is chosen; what has no values in it names a place on the page.
 * @param {string} hash
 */
function isLink(hash) {
  return /=|%3d/i.test(hash);
}

/**
 * The address of this page with another link.
 * @param {string} link
 */
export function addressOf(link) {
  const [page] = location.href.split("#");
  return link ? `${page}#${link}` : page;
}
