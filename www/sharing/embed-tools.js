// The buttons that open the builder of embeddings, which is fetched then.

import { offerAgain } from "../controls/complaint.js";
import { h, icon, setText } from "../platform/dom.js";
import { imported } from "../platform/import.js";

/** Angle brackets. */
const BRACKETS = "M9 7 L4 12 L9 17 M15 7 L20 12 L15 17";

export class EmbedTools {
  /** For the bar. */
  button;
  /** For the end of a lab that is too narrow for it in the bar. */
  foot;
  #word = h("span", { class: "copied", role: "status", "aria-live": "polite" });
  #messages;
  #core;
  #lab;
  #root;
  /** @type {Promise<import("./builder.js").Builder> | undefined} */
  #builder;

  /** A page from a disk has no address that others could use. */
  static get possible() {
    return location.protocol !== "file:";
  }

  /**
   * @param {import("../i18n/messages.js").Messages} messages
   * @param {import("../core/core.js").Core} core
   * @param {HTMLElement & {configuration: import("../core/catalogue.js").Configuration | undefined}} lab
   * @param {ShadowRoot} root
   */
  constructor(messages, core, lab, root) {
    this.#messages = messages;
    this.#core = core;
    this.#lab = lab;
    this.#root = root;
    const label = messages.text("embed.open");
    const above = h("button", {
      type: "button", class: "quiet", "data-action": "embed", title: label, "aria-label": label,
    }, icon(BRACKETS));
    const below = h("button", { type: "button", class: "quiet", "data-action": "embed-below" }, icon(BRACKETS), label);
    this.foot = h("p", { class: "foot" }, below);
    this.button = h("div", { class: "link" }, above, this.#word);
    for (const button of [above, below]) button.addEventListener("click", () => this.#open());
  }

  async #open() {
    const lab = this.#lab;
    const { configuration } = lab;
    if (!configuration) return;
    setText(this.#word, "");
    try {
      this.#builder ??= imported(() => import("./builder.js")).then(({ Builder }) => {
        // Of a folder, whether or not its name ends as one.
        const folder = lab.getAttribute("embed")?.replace(/[^/]$/, "$&/") ?? "";
        const site = new URL(folder, document.baseURI);
        return new Builder(this.#messages, this.#core, site);
      });
      const builder = await this.#builder;
      const place = this.#root.querySelector(".lab");
      if (builder.element.parentNode !== place) place?.append(builder.element);
      builder.open(configuration);
    } catch (error) {
      this.#builder = undefined;
      console.warn(error);
      const { text, reason } = this.#messages;
      this.#word.replaceChildren(offerAgain(this.#messages, text("embed.failed", { reason: reason(error) }),
        () => this.#open()));
    }
  }
}
