// Taking a lab along, and a configuration in: what does it is fetched when it is first asked for.

import { entryOf } from "./catalogue.js";

/**
 * @typedef {import("./take-along.js").TakeAlong} TakeAlong
 */

/** Told by a class while a file is held over the lab. */
const DROPPING = "dropping";

export class Exports {
  #room;
  #messages;
  #source;
  /** @type {Promise<TakeAlong> | undefined} */
  #dialog;

  /**
   * @param {import("./session.js").Session} session
   * @param {import("./reader.js").Reader} reader
   * @param {import("./catalogue.js").Catalogue} catalogue
   */
  constructor(session, reader, { optimizers }) {
    const { element, messages } = session;
    this.#room = element;
    this.#messages = messages;
    // A whole configuration changes all that there is.
    const may = reader.may("surface") && reader.may("runs");
    this.#source = {
      moment: () => session.moment,
      nameOf: (/** @type {number} */ run) => {
        return messages.named("optimizer", entryOf(optimizers, session.configuration.runs[run].id));
      },
      configure: may ? (/** @type {object} */ configuration) => session.configure(configuration) : undefined,
    };
    if (may) this.#listen();
  }

  /** Opens the dialog. */
  async open() {
    (await this.#made()).open();
  }

  /** Ends what goes on. */
  async end() {
    (await this.#dialog)?.end();
  }

  /** @returns {Promise<TakeAlong>} */
  #made() {
    this.#dialog ??= import("./take-along.js").then(({ TakeAlong }) => {
      const dialog = new TakeAlong(this.#messages, this.#source);
      this.#room.append(dialog.element);
      return dialog;
    });
    return this.#dialog;
  }

  /** Takes files that are dropped on the lab. */
  #listen() {
    const room = this.#room;
    const drops = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files") ?? false;
    room.addEventListener("dragover", (event) => {
      if (!drops(event)) return;
      event.preventDefault();
      room.classList.add(DROPPING);
    });
    room.addEventListener("dragleave", ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && room.contains(relatedTarget))) room.classList.remove(DROPPING);
    });
    room.addEventListener("drop", async (event) => {
      room.classList.remove(DROPPING);
      if (!drops(event)) return;
      event.preventDefault();
      const [file] = event.dataTransfer?.files ?? [];
      if (file) (await this.#made()).takeIn(file);
    });
  }
}
