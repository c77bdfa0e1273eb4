// Undo and redo of what is chosen: buttons, and what belongs to one step.

import { h, icon, setAttribute } from "../platform/dom.js";
import { History } from "./history.js";

/**
 * @typedef {import("../core/catalogue.js").Configuration} Configuration
 * @typedef {import("./history.js").Past} Past
 *
 * @typedef {object} UndoHost
 * @property {import("../i18n/messages.js").Messages} messages
 * @property {() => void} undo
 * @property {() => void} redo
 * @property {() => void} reset Back to the first view.
 */

const ICONS = {
  undo: "M8.5 6 L4.5 10 L8.5 14 M4.5 10 H14.5 A4.5 4.5 0 0 1 14.5 19 H10",
  redo: "M15.5 6 L19.5 10 L15.5 14 M19.5 10 H9.5 A4.5 4.5 0 0 0 9.5 19 H14",
  reset: "M4 11.5 L12 4.5 L20 11.5 M6.5 9.5 V19 H17.5 V9.5",
};

export class Undo {
  element = h("div", { class: "undo", role: "group" });
  #host;
  #configure;
  #history;
  #undo;
  #redo;

  /**
   * @param {Configuration} present
   * @param {UndoHost} host What the buttons do.
   * @param {(configuration: Configuration) => void} configure
   */
  constructor(present, host, configure) {
    this.#host = host;
    this.#configure = configure;
    this.#history = new History(present);
    this.#undo = this.#button("undo", () => host.undo());
    this.#redo = this.#button("redo", () => host.redo());
    const reset = this.#button("reset", () => host.reset());
    this.element.setAttribute("aria-label", host.messages.text("undo.label"));
    this.element.append(this.#undo, this.#redo, reset);
    this.#show();
  }

  /** What another one can go on from. */
  get past() {
    return this.#history.past;
  }

  /**
   * Begins anew.
   * @param {Configuration} present
   * @param {Past} [past]
   */
  begin(present, past) {
    this.#history = new History(present, past);
    this.#show();
  }

  /** @param {Configuration} configuration What is in force now. */
  take(configuration) {
    this.#history.take(configuration);
    this.#show();
  }

  /** @param {Configuration} configuration What is in force after a look around. */
  look(configuration) {
    this.#history.look(configuration);
  }

  /** @param {Past} past What has been done since is forgotten. */
  rewind(past) {
    this.#history.rewind(past);
    this.#show();
  }

  undo() {
    this.#go(this.#history.undo());
  }

  redo() {
    this.#go(this.#history.redo());
  }

  /**
   * Makes one step of whatever a pointer or key does until it is let go, and of whatever is typed
   * into a text until something else is touched.
   * @param {EventTarget} root
   * @param {AbortSignal} signal
   */
  listen(root, signal) {
    /** The text that is typed into. @type {EventTarget | undefined} */
    let text;
    const hold = (/** @type {Event} */ event) => {
      const [target] = event.composedPath();
      const typing = event.type === "keydown" && target instanceof Element
        && target.matches("[data-kind=text]");
      const goesOn = event instanceof KeyboardEvent && event.repeat || typing && target === text;
      if (goesOn) return;
      text = typing ? target : undefined;
      this.#history.hold();
    };
    const release = () => {
      if (!text) this.#history.release();
    };
    const options = { capture: true, signal };
    for (const type of ["pointerdown", "keydown"]) root.addEventListener(type, hold, options);
    for (const type of ["pointerup", "pointercancel", "keyup"]) {
      globalThis.addEventListener(type, release, options);
    }
    globalThis.addEventListener("blur", release, { signal });
  }

  /** @param {Configuration | undefined} configuration */
  #go(configuration) {
    if (configuration) this.#configure(configuration);
    this.#show();
  }

  #show() {
    setAttribute(this.#undo, "aria-disabled", String(!this.#history.canUndo));
    setAttribute(this.#redo, "aria-disabled", String(!this.#history.canRedo));
  }

  /**
   * @param {"undo" | "redo" | "reset"} action
   * @param {() => void} act
   */
  #button(action, act) {
    const label = this.#host.messages.text(`undo.${action}`);
    const button = h("button", {
      type: "button", class: "quiet", "data-action": action, title: label, "aria-label": label,
    }, icon(ICONS[action]));
    button.addEventListener("click", act);
    return button;
  }
}
