// What keys do in the lab: Space plays and pauses, the arrows step and with Shift move the view, R goes back to the
// start; + − 0 zoom, A B C 3 choose how the surface is seen, P presents and ? lists them all; Ctrl or ⌘ with Z or Y
// undoes and redoes; Page Down and Page Up go through the lessons.

import { isPressed, isSlider, isText, takesCharacters } from "./control-keys.js";
import { lettersCount } from "./letter-keys.js";

/**
 * @typedef {import("./reader.js").Reader} Player
 *
 * @typedef {object} Shortcut
 * @property {boolean} possible Whether it does anything now.
 * @property {() => unknown} act
 */

/** Each press shows so many times as much or as little, or moves by so many CSS pixels. */
const ZOOM = 1.25;
const PAN = 40;

/** To the right and down: what is shown follows the arrow. @type {Record<string, [number, number]>} */
const PANS = {
  ArrowLeft: [PAN, 0], ArrowRight: [-PAN, 0], ArrowUp: [0, PAN], ArrowDown: [0, -PAN],
};

/**
 * What a key does, unless the control that has the focus needs it.
 * @param {KeyboardEvent} event
 * @param {EventTarget} target What has the focus.
 * @param {Player} player
 * @returns {(() => unknown) | undefined} Nothing if it does nothing.
 */
export function shortcutOf(event, target, player) {
  if (target instanceof Element && target.closest("dialog")) return undefined;
  const { ctrlKey, metaKey, altKey } = event;
  const shortcut = (ctrlKey || metaKey) && !altKey ? revision(event, target, player)
    : altKey ? undefined : plain(event, target, player);
  return shortcut?.possible ? shortcut.act : undefined;
}

/**
 * Undo and redo. A text box has its own undo while it holds text that has not been taken.
 * @param {KeyboardEvent} event With Ctrl or ⌘.
 * @param {EventTarget} target
 * @param {Player} player
 * @returns {Shortcut | undefined}
 */
function revision({ key, shiftKey }, target, player) {
  if (isText(target) && !(target instanceof Element && target.hasAttribute("data-settled"))) return undefined;
  const letter = key.toLowerCase();
  if (letter !== "z" && letter !== "y") return undefined;
  const act = letter === "y" || shiftKey ? () => player.redo() : () => player.undo();
  return { possible: player.may("undo"), act };
}

/**
 * @param {KeyboardEvent} event Without Ctrl, ⌘ and Alt.
 * @param {EventTarget} target
 * @param {Player} player
 * @returns {Shortcut | undefined}
 */
function plain(event, target, player) {
  if (takesCharacters(target)) return undefined;
  const { key, shiftKey, repeat } = event;
  switch (key) {
    case " ":
      if (repeat || isPressed(target)) return undefined;
      return { possible: player.may("play"), act: () => player.toggle() };
    case "ArrowLeft":
    case "ArrowRight":
    case "ArrowUp":
    case "ArrowDown":
      if (isSlider(target)) return undefined;
      if (shiftKey) return { possible: player.may("view"), act: () => player.pan(...PANS[key]) };
      if (key === "ArrowUp" || key === "ArrowDown") return undefined;
      return { possible: player.may("play"), act: () => player.step(key === "ArrowRight" ? 1 : -1) };
    case "PageDown":
    case "PageUp":
      if (isSlider(target)) return undefined;
      return {
        possible: player.turnsLessons,
        act: key === "PageDown" ? () => player.nextLesson() : () => player.previousLesson(),
      };
    case "Escape":
      return { possible: player.presents, act: () => player.leavePresentation() };
    default:
      return lettersCount() ? character(key, player) : undefined;
  }
}

/**
 * @param {string} key
 * @param {Player} player
 * @returns {Shortcut | undefined}
 */
function character(key, player) {
  switch (key.toLowerCase()) {
    case "r":
      return { possible: player.may("play"), act: () => player.restart() };
    case "+":
    case "=":
    case "-":
      return { possible: player.may("view"), act: () => player.zoom(key === "-" ? ZOOM : 1 / ZOOM) };
    case "0":
      return { possible: player.may("view"), act: () => player.fit() };
    case "a":
      return { possible: player.may("arrows"), act: () => player.toggleField("arrows") };
    case "c":
      return { possible: player.may("curvature"), act: () => player.toggleField("curvature") };
    case "b":
      return { possible: player.mayShowBasins, act: () => player.toggleBasins() };
    case "3":
      return { possible: player.may("projection"), act: () => player.toggleSpace() };
    case "p":
      return { possible: player.may("present"), act: () => player.togglePresentation() };
    case "?":
      return { possible: player.may("keys"), act: () => player.showKeys() };
    default:
      return undefined;
  }
}
