// What stands in a lab's place when it has failed or could not be loaded: what happened, a button that
// goes on from there, and a text for a report.

import { h, setText } from "../platform/dom.js";

/**
 * @typedef {import("../i18n/messages.js").Messages} Messages
 *
 * @typedef {object} Known What a report is made of beside the error.
 * @property {string} version Of the lab.
 * @property {import("../core/core.js").Core} [core] Where it has been loaded.
 * @property {object} [configuration] What was configured.
 */

/**
 * @param {Messages} messages
 * @param {"lab.failed" | "lab.old" | "lab.stopped"} key What happened: it could not start, cannot in this
 *   browser, or has stopped.
 * @param {string} words The same in words.
 * @param {unknown} error
 * @param {Known} known
 * @param {() => void} again
 * @returns {HTMLElement}
 */
export function failureNotice({ language, text }, key, words, error, known, again) {
  const button = h("button", { type: "button", "data-action": "again" }, text(key === "lab.stopped" ? "failure.again" : "failure.try"));
  button.addEventListener("click", again);
  const report = h("textarea", { readonly: true, rows: "8", "aria-label": text("failure.report") });
  report.value = reportOf(error, known);
  const copy = h("button", { type: "button", "data-action": "copy-report" }, text("failure.copy"));
  const word = h("span", { role: "status" });
  copy.addEventListener("click", async () => {
    report.select();
    // Without a clipboard the text is selected, to be copied by hand.
    const copied = await Promise.resolve(navigator.clipboard?.writeText(report.value)).then(() => true, () => false);
    setText(word, text(copied && navigator.clipboard ? "failure.copied" : "failure.by-hand"));
  });
  return h("section", { class: "failure", part: "failure", lang: language },
    h("p", { role: "alert" }, words),
    ...(key === "lab.old" ? [] : [h("p", {}, button)]),
    h("details", {}, h("summary", {}, text("failure.report")), report, copy, " ", word));
}

/**
 * @param {unknown} error
 * @param {Known} known
 */
function reportOf(error, { version, core, configuration }) {
  const told = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const stack = error instanceof Error ? error.stack?.replace(told, "").trim() : "";
  return [`Momentum Lab ${version}`, navigator.userAgent, told, stack,
    configuration && linkOf(configuration, core)].filter(Boolean).join("\n");
}

/**
 * @param {object} configuration
 * @param {import("../core/core.js").Core} [core]
 */
function linkOf(configuration, core) {
  try {
    if (core) return `#${core.link(configuration)}`;
  } catch {
    // Too long for a link, or the core can no longer make one.
  }
  return JSON.stringify(configuration);
}
