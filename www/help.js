// The sheet of keys.

import { freshId, h, icon } from "./dom.js";

/**
 * @typedef {import("./messages.js").Messages} Messages
 * @typedef {import("./messages.js").Key} Key
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
  const rows = KEYS.flatMap(([keys, key]) => [
    h("dt", {}, ...keys.flatMap((name) => [h("kbd", {}, name), " "])),
    h("dd", {}, text(key)),
  ]);
  const sheet = h("dialog", { class: "keys", "aria-labelledby": id },
    h("header", {}, h("h2", { id }, text("help.title")), close),
    h("dl", {}, ...rows),
    ...POINTER.map((key) => h("p", {}, text(key))));
  close.addEventListener("click", () => sheet.close());
  sheet.addEventListener("click", (event) => {
    // Beside the sheet, on what it covers.
    if (event.target === sheet) sheet.close();
  });
  return sheet;
}
