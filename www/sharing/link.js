// A button that copies a link to what is chosen, and a notice of what in a link does not count.

import { addressOf } from "./address.js";
import { freshId, h, icon, setText } from "../platform/dom.js";

/** Two links of a chain. */
const CHAIN = "M9.5 14.5 L14.5 9.5 M8 11.5 L5.5 14 A3.2 3.2 0 0 0 10 18.5 L12.5 16 "
  + "M16 12.5 L18.5 10 A3.2 3.2 0 0 0 14 5.5 L11.5 8";
const CROSS = "M7 7 L17 17 M17 7 L7 17";

/** How long a word about what was copied stands, in ms. */
const STANDS = 2500;

export class LinkTools {
  /** For the bar; the word about what was copied stands beside it. */
  button;
  notice = h("section", { class: "linked", role: "alert", hidden: true });
  dialog;
  #messages;
  #make;
  #word = h("span", { class: "copied", role: "status", "aria-live": "polite" });
  #address = h("input", { type: "text", id: freshId("link"), readonly: true, "data-kind": "link" });
  #timer = /** @type {number | undefined} */ (undefined);

  /**
   * @param {import("../i18n/messages.js").Messages} messages
   * @param {() => string} make Makes the link, or throws what speaks against one.
   */
  constructor(messages, make) {
    this.#messages = messages;
    this.#make = make;
    const label = messages.text("link.copy");
    const button = h("button", {
      type: "button", class: "quiet", "data-action": "link", title: label, "aria-label": label,
    }, icon(CHAIN));
    button.addEventListener("click", () => this.#copy());
    this.button = h("div", { class: "link" }, button, this.#word);
    const id = freshId("link-title");
    this.dialog = h("dialog", { class: "link", "aria-labelledby": id },
      h("header", {}, h("h2", { id }, messages.text("link.title")),
        this.#cross("close-link", () => this.dialog.close())),
      h("label", { for: this.#address.id }, messages.text("link.by-hand")), this.#address);
    this.dialog.addEventListener("click", (event) => {
      // Beside the dialog, on what it covers.
      if (event.target === this.dialog) this.dialog.close();
    });
  }

  /**
   * Names what in a link does not count; with no complaints, takes the notice away.
   * @param {Error[]} complaints
   */
  complain(complaints) {
    const { text, reason } = this.#messages;
    const items = complaints.map((complaint) => h("li", {}, reason(complaint)));
    this.notice.replaceChildren(
      h("div", {}, h("p", {}, text("link.complaints")), h("ul", {}, ...items)),
      this.#cross("close-complaints", () => this.complain([])));
    this.notice.hidden = complaints.length === 0;
  }

  /** Takes the word about what was copied away with the lab. */
  end() {
    clearTimeout(this.#timer);
  }

  async #copy() {
    const { text, reason } = this.#messages;
    let address;
    try {
      address = addressOf(this.#make());
    } catch (error) {
      this.#say(text("link.refused", { reason: reason(error) }));
      return;
    }
    try {
      await navigator.clipboard.writeText(address);
      this.#say(text("link.copied"));
    } catch {
      // There is no clipboard, or it is not for us: the reader copies.
      this.#say("");
      this.#address.value = address;
      if (!this.dialog.open) this.dialog.showModal();
      this.#address.select();
    }
  }

  /** @param {string} word */
  #say(word) {
    clearTimeout(this.#timer);
    setText(this.#word, word);
    this.#timer = setTimeout(() => setText(this.#word, ""), STANDS);
  }

  /**
   * @param {string} action
   * @param {() => void} act
   */
  #cross(action, act) {
    const button = h("button", {
      type: "button", class: "remove", "data-action": action,
      "aria-label": this.#messages.text("link.close"),
    }, icon(CROSS));
    button.addEventListener("click", act);
    return button;
  }
}
