// The sheet of keys, where those that are single characters can be switched off.

import { freshId, h, icon } from "../platform/dom.js";
import { letLettersCount, lettersCount } from "./letter-keys.js";

/**
 * @typedef {import("../i18n/messages.js").Messages} Messages
 * @typedef {import("../i18n/messages.js").Key} Key
 */

/** What a reader can press, and what that does. @type {[string[], Key][]} */
const KEYS = [
  [["Space"], "help.play"],
  [["←", "→"], "help.step"],
  [["R"], "help.restart"],
  [["Ctrl/⌘ Z"], "help.undo"],
  [["Ctrl/⌘ Shift Z"], "help.redo"],
  [["+", "−", "0"], "help.zoom"],
  [["Shift ← ↑ → ↓"], "help.pan"],
  [["A"], "help.arrows"],
  [["C"], "help.curvature"],
  [["B"], "help.basins"],
  [["3"], "help.space"],
  [["P"], "help.present"],
  [["Page Down", "Page Up"], "help.lesson"],
  [["?"], "help.keys"],
  [["Esc"], "help.leave"],
];

/** What a hand does on the plot. @type {Key[]} */
const POINTER = ["help.click", "help.wheel", "help.double", "help.focus"];

/** A key that types a character; "−" stands for the key "-". */
const CHARACTER = /^[!-~−]$/;

const CROSS = "M7 7 L17 17 M17 7 L7 17";

/**
 * @param {Messages} messages
 * @returns {HTMLDialogElement}
 */
export function keySheet({ text }) {
  const id = freshId("keys");
  const close = h("button", {
    type: "button", class: "remove", "data-action": "close-keys", "aria-label": text("help.close"),
  }, icon(CROSS));
  const rows = KEYS.flatMap(([keys, key]) => {
    const kind = { class: keys.every((name) => CHARACTER.test(name)) && "character" };
    return [
      h("dt", kind, ...keys.flatMap((name) => [h("kbd", {}, name), " "])),
      h("dd", kind, text(key)),
    ];
  });
  const letters = h("input", { type: "checkbox", "data-action": "letters" });
  const label = h("label", { class: "control letters", title: text("help.letters.title") },
    letters, text("help.letters"));
  const show = () => {
    letters.checked = lettersCount();
    sheet.classList.toggle("without-letters", !letters.checked);
  };
  letters.addEventListener("change", () => {
    letLettersCount(letters.checked);
    show();
  });
  const sheet = h("dialog", { class: "keys", "aria-labelledby": id },
    h("header", {}, h("h2", { id }, text("help.title")), close),
    h("dl", {}, ...rows),
    label,
    ...POINTER.map((key) => h("p", {}, text(key))));
  // Another lab of the page, or another tab, may have changed it.
  sheet.addEventListener("focusin", show);
  show();
  close.addEventListener("click", () => sheet.close());
  sheet.addEventListener("click", (event) => {
    // Beside the sheet, on what it covers.
    if (event.target === sheet) sheet.close();
  });
  return sheet;
}
