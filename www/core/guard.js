// A lab of the core, guarded: whatever its methods throw that is no refusal of a value is told in one
// place, and afterwards none of them is called again. A method that has thrown may have left the core in
// use for ever.

import { isComplaint } from "../i18n/messages.js";
import { plain } from "../platform/plain.js";

/** @typedef {InstanceType<import("./core.js").Core["Lab"]>} Lab */

/** What makes a guard useless, for each that has a lab. @type {Set<() => void>} */
const guards = new Set();

/**
 * @param {Lab} lab
 * @param {(error: unknown) => void} failed Called once, before the error is thrown on.
 * @returns {Lab} With copies of plain data for its arguments. After `free` its methods do nothing: a menu
 *   that is open, or a frame that has been asked for, may outlive the lab.
 */
export function guarded(lab, failed) {
  let alive = true;
  let abandoned = false;
  const leave = () => {
    alive = false;
    guards.delete(abandon);
  };
  const abandon = () => {
    leave();
    abandoned = true;
  };
  guards.add(abandon);
  /** @type {Record<string, any>} */
  const methods = Object.getPrototypeOf(lab);
  /** @type {Record<string, Function>} */
  const guard = {};
  for (const name of Object.getOwnPropertyNames(methods)) {
    if (name === "constructor" || name.startsWith("__")) continue;
    guard[name] = (/** @type {unknown[]} */ ...given) => {
      const copies = given.map((value) => (isCanvas(value) ? value : plain(value)));
      if (abandoned) throw new Error("the core has been started again");
      if (!alive) return undefined;
      try {
        return methods[name].apply(lab, copies);
      } catch (error) {
        if (isComplaint(error)) throw error;
        leave();
        failed(error);
        throw error;
      }
    };
  }
  guard.free = () => {
    if (!alive) return;
    leave();
    release(lab);
  };
  return /** @type {any} */ (guard);
}

/**
 * Gives the memory of something of the core back, if that is not in use for ever since it has failed.
 * @param {{free(): void} | undefined} owner
 */
export function release(owner) {
  try {
    owner?.free();
  } catch (error) {
    // Lost until the core is started again.
    console.warn(error);
  }
}

/** @param {unknown} value */
function isCanvas(value) {
  try {
    return value instanceof HTMLCanvasElement;
  } catch {
    // A proxy that has been revoked is nothing at all.
    return false;
  }
}

/**
 * A function of the core whose failures are told.
 * @template {(...given: any[]) => any} F
 * @param {F} call
 * @param {(error: unknown) => void} failed Called before the error is thrown on.
 * @returns {F}
 */
export function watched(call, failed) {
  return /** @type {F} */ ((...given) => {
    try {
      return call(...given.map(plain));
    } catch (error) {
      if (!isComplaint(error)) failed(error);
      throw error;
    }
  });
}

/** Lets no guard that is still there call the core, whose instance is about to be replaced. */
export function abandonAll() {
  for (const abandon of [...guards]) abandon();
}
