// Taking a lab along, and a configuration in: what does it is fetched when it is first asked for.

import { entryOf } from "../core/catalogue.js";
import { offerAgain } from "../controls/complaint.js";
import { h, icon, setText } from "../platform/dom.js";
import { imported } from "../platform/import.js";

/**
 * @typedef {import("./take-along.js").TakeAlong} TakeAlong
 */

/** Told by a class while a file is held over the lab. */
const DROPPING = "dropping";

/** An arrow down into a tray. */
export const EXPORT_ICON = "M12 4 V15 M7.5 10.5 L12 15 L16.5 10.5 M5 17 V20 H19 V17";

export class Exports {
  /** For the end of a lab that is too narrow for a button in the bar. */
  foot;
  /** Says that the dialog cannot be had. */
  notice = h("p", { class: "complaint", role: "alert" });
  #host;
  #room;
  #reader;
  #messages;
  #source;
  /** @type {Promise<TakeAlong> | undefined} */
  #dialog;

  #ended = false;

  /**
   * @param {HTMLElement} host
   * @param {import("../app/session.js").Session} session
   * @param {import("../app/reader.js").Reader} reader
   * @param {import("../core/catalogue.js").Catalogue} catalogue
   */
  constructor(host, session, reader, { optimizers }) {
    const { element, messages } = session;
    this.#host = host;
    this.#room = element;
    this.#reader = reader;
    this.#messages = messages;
    const button = h("button", { type: "button", class: "quiet", "data-action": "export-below" },
      icon(EXPORT_ICON), messages.text("take.title"));
    button.addEventListener("click", () => reader.takeAlong());
    this.foot = h("p", { class: "foot", hidden: !reader.shows("export") }, button);
    this.#source = {
      moment: () => session.moment,
      nameOf: (/** @type {number} */ run) => {
        return messages.named("optimizer", entryOf(optimizers, session.configuration.runs[run].id));
      },
      mayConfigure: () => reader.mayChangeAll,
      configure: (/** @type {object} */ configuration) => reader.takeIn(configuration),
    };
    this.#listen();
  }

  /** Opens the dialog. */
  open() {
    this.#use((dialog) => dialog.open());
  }

  /** Ends what goes on. */
  end() {
    this.#ended = true;
    this.#dialog?.then((dialog) => dialog.end(), () => {});
  }

  /**
   * Does something with the dialog, which may have to be fetched.
   * @param {(dialog: TakeAlong) => void} act
   */
  async #use(act) {
    try {
      const dialog = await this.#made();
      if (this.#ended) return;
      setText(this.notice, "");
      act(dialog);
    } catch (error) {
      // The next time it is fetched anew.
      this.#dialog = undefined;
      console.warn(error);
      const { text, reason } = this.#messages;
      this.notice.replaceChildren(offerAgain(this.#messages, text("take.failed", { reason: reason(error) }),
        () => this.#use(act)));
    }
  }

  /** @returns {Promise<TakeAlong>} */
  #made() {
    this.#dialog ??= imported(() => import("./take-along.js")).then(({ TakeAlong }) => {
      const dialog = new TakeAlong(this.#messages, this.#source);
      this.#room.append(dialog.element);
      return dialog;
    });
    return this.#dialog;
  }

  /** Takes files that are dropped on the lab. */
  #listen() {
    const room = this.#room;
    const drops = (/** @type {DragEvent} */ event) => {
      // What is dropped on a lab in a lab is not for this one.
      const lab = event.composedPath()
        .find((node) => node instanceof Element && node.localName === this.#host.localName);
      return lab === this.#host && this.#reader.mayChangeAll && event.dataTransfer?.types.includes("Files");
    };
    room.addEventListener("dragover", (event) => {
      if (!drops(event)) return;
      event.preventDefault();
      room.classList.add(DROPPING);
    });
    room.addEventListener("dragleave", ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && room.contains(relatedTarget))) room.classList.remove(DROPPING);
    });
    room.addEventListener("drop", (event) => {
      room.classList.remove(DROPPING);
      if (!drops(event)) return;
      event.preventDefault();
      const [file] = event.dataTransfer?.files ?? [];
      if (file) this.#use((dialog) => dialog.takeIn(file));
    });
  }
}
