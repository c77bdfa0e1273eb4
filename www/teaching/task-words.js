// What a question says of the configuration it is asked about, and of what has become of an answer.

import { entryOf } from "../core/catalogue.js";
import { coordinate, editable, momentum, readable } from "../i18n/format.js";

/**
 * @typedef {import("../core/catalogue.js").Catalogue} Catalogue
 * @typedef {import("../core/catalogue.js").Configuration} Configuration
 * @typedef {import("../core/catalogue.js").ParameterSpec} ParameterSpec
 * @typedef {import("../core/catalogue.js").Selection} Selection
 * @typedef {import("../i18n/messages.js").Messages} Messages
 */

/** How the numbers of a verdict are written, where they are no counts. @type {Record<string, (value: number) => string>} */
const WRITTEN = { x: coordinate, y: coordinate, beta: momentum, best: momentum };

/** Along which direction the overshoots of a verdict are, by its number `axis`. */
const ALONG = /** @type {const} */ ([undefined, "along.flattest", "along.sharpest"]);

/**
 * Numbers as the words about a verdict quote them, and `along`, the direction of its overshoots.
 * @param {Record<string, number>} numbers
 * @param {Messages} messages
 * @returns {Record<string, string>}
 */
export function quoted(numbers, { text }) {
  const write = (/** @type {string} */ name, /** @type {number} */ value) => {
    return (WRITTEN[name] ?? (Number.isInteger(value) ? editable : readable))(value);
  };
  const along = ALONG[numbers.axis];
  const words = Object.entries(numbers).map(([name, value]) => [name, write(name, value)]);
  return { ...Object.fromEntries(words), along: along ? text(along) : "" };
}

/**
 * A run's numbers that have a symbol, such as `η = 0.02, β = 0.9`.
 * @param {Selection} run
 * @param {Catalogue} catalogue
 * @param {Messages} messages
 */
export function settingsOf(run, { optimizers }, messages) {
  return settingsIn(run, entryOf(optimizers, run.id).parameters, messages);
}

/**
 * Over what, from where and how long.
 * @param {Configuration} configuration
 * @param {Catalogue} catalogue
 * @param {Messages} messages
 */
export function groundOf({ surface, start: [x, y], steps }, { surfaces }, messages) {
  const entry = entryOf(surfaces, surface.id);
  const shape = settingsIn(surface, entry.parameters, messages);
  const name = messages.named("surface", entry);
  return messages.text(entry.dimension === 1 ? "task.ground.line" : "task.ground", {
    surface: shape ? messages.text("task.run", { name, settings: shape }) : name,
    x: coordinate(x),
    y: coordinate(y),
    steps,
  });
}

/**
 * @param {Selection} selection
 * @param {ParameterSpec[]} specs
 * @param {Messages} messages
 */
function settingsIn(selection, specs, messages) {
  const told = specs.filter(({ kind, symbol, advanced }) => kind === "number" && symbol && !advanced);
  const settings = told.map(({ id, symbol }) => `${symbol} = ${editable(Number(selection[id]))}`);
  return settings.join(messages.text("list.settings"));
}
