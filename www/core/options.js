// Options of the element's methods, refused with the errors that the core has for values.

import { plain } from "../platform/plain.js";

/** @typedef {import("./core.js").Core["refusal"]} Refusal */

export class Options {
  #refuse;
  /** @type {Record<string, unknown>} */
  #fields;

  /**
   * Throws where the options are no object.
   * @param {Refusal} refuse
   * @param {unknown} [options]
   */
  constructor(refuse, options = {}) {
    this.#refuse = refuse;
    let list = false;
    try {
      list = Array.isArray(options);
      // Each getter is called once.
      this.#fields = { .../** @type {object} */ (options) };
    } catch {
      throw refuse("options", "unreadable", {});
    }
    if (Object(options) !== options || list) throw refuse("options", "not-an-object", { value: shown(options) });
  }

  /**
   * A number in a range.
   * @param {string} name
   * @param {[number, number]} range
   * @param {number} otherwise
   */
  number(name, range, otherwise) {
    const value = this.#fields[name];
    return value === undefined ? otherwise : numberIn(this.#refuse, name, value, range);
  }

  /**
   * One of several texts.
   * @param {string} name
   * @param {readonly string[]} options
   * @param {string} otherwise
   */
  choice(name, options, otherwise) {
    const value = this.#fields[name];
    return value === undefined ? otherwise : oneOf(this.#refuse, name, value, options);
  }

  /** What ends it, if anything does. @returns {AbortSignal | undefined} */
  get signal() {
    const { signal } = this.#fields;
    if (signal === undefined || signal === null) return undefined;
    if (isSignal(signal)) return signal;
    throw this.#refuse("signal", "not-a-signal", { value: shown(signal) });
  }

  /**
   * What is to be called, if anything is.
   * @param {string} name
   * @returns {Function | undefined}
   */
  callback(name) {
    const value = this.#fields[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value === "function") return value;
    throw this.#refuse(name, "not-a-function", { value: shown(value) });
  }

  /** All that is not for JavaScript alone: the core checks it. */
  get others() {
    const { signal: _, ...others } = this.#fields;
    return plain(others);
  }
}

/**
 * @param {Refusal} refuse
 * @param {string} name
 * @param {unknown} value
 * @param {[number, number]} range
 * @param {boolean} [whole]
 * @returns {number}
 */
export function numberIn(refuse, name, value, [lowest, highest], whole = false) {
  if (typeof value !== "number" || Number.isNaN(value)) throw refuse(name, "not-a-number", { value: shown(value) });
  if (value < lowest || value > highest) throw refuse(name, "out-of-range", { value, lowest, highest });
  if (whole && !Number.isInteger(value)) throw refuse(name, "not-whole", { value });
  return value;
}

/**
 * @param {Refusal} refuse
 * @param {string} name
 * @param {unknown} value
 * @param {readonly string[]} options
 * @returns {string}
 */
export function oneOf(refuse, name, value, options) {
  if (typeof value === "string" && options.includes(value)) return value;
  throw refuse(name, "not-an-option", { value: shown(value), options: options.join(", ") });
}

/**
 * By what is used of it: it may come from another window.
 * @param {any} value
 * @returns {value is AbortSignal}
 */
function isSignal(value) {
  try {
    return typeof value.aborted === "boolean" && typeof value.addEventListener === "function"
      && typeof value.throwIfAborted === "function";
  } catch {
    return false;
  }
}

/**
 * A value as an error can quote it.
 * @param {unknown} value
 */
function shown(value) {
  const copy = plain(value);
  return typeof copy === "symbol" ? typeof value : copy ?? null;
}
