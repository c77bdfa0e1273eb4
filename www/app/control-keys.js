// Which keys belong to the control that has the focus, such as every character to a text box: the page around
// the lab is not to hear these.

const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];
const JUMPS = ["Home", "End", "PageUp", "PageDown"];
const PRESSES = [" ", "Enter"];
/** Beside characters. The last three are what some keyboards and input methods send. */
const TYPING = [...ARROWS, ...JUMPS, "Enter", "Backspace", "Delete", "Insert", "Dead", "Process", "Unidentified"];
/** With Ctrl or ⌘, in a text: select all, copy, paste, cut, undo, redo, and by words and lines. */
const EDITING = ["a", "c", "v", "x", "z", "y", ...ARROWS, "Home", "End", "Backspace", "Delete", "Insert"];

const TEXT = "input:not([type=range], [type=checkbox]), textarea";
const UNTAKEN = "[data-kind=number]:not([data-settled])";
const MENU = "select";
const SLIDER = "[type=range]";
const CHECKBOX = "[type=checkbox]";
const BUTTON = "button, summary, a";
/** Handles on a picture, which the arrow keys move. */
const HANDLE = "[data-action=start], [data-handle]";

/**
 * Whether letters, digits and Space are typed into an element or choose from it.
 * @param {EventTarget} target
 */
export function takesCharacters(target) {
  return matches(target, `${TEXT}, ${MENU}`);
}

/** @param {EventTarget} target */
export function isText(target) {
  return matches(target, TEXT);
}

/** @param {EventTarget} target */
export function isButton(target) {
  return matches(target, BUTTON);
}

/** @param {EventTarget} target */
export function isSlider(target) {
  return matches(target, SLIDER);
}

/**
 * Whether Space presses an element.
 * @param {EventTarget} target
 */
export function isPressed(target) {
  return matches(target, `${BUTTON}, ${CHECKBOX}`);
}

/**
 * Whether a key belongs to the control that has the focus. Tab never does, and Escape only while a menu is open or
 * a typed number is not taken: what else it puts away is found out when it is pressed.
 * @param {KeyboardEvent} event
 * @param {EventTarget} target
 */
export function belongsTo(event, target) {
  const { key, ctrlKey, metaKey, altKey } = event;
  if (key === "Escape" && matches(target, UNTAKEN)) return true;
  if (matches(target, TEXT)) return belongsToText(event);
  // Alt and an arrow open a menu.
  if (ctrlKey || metaKey || (altKey && !matches(target, MENU))) return false;
  if (matches(target, MENU)) {
    if (key === "Escape") return isOpen(target);
    return key.length === 1 || [...ARROWS, ...JUMPS, "Enter"].includes(key);
  }
  if (matches(target, SLIDER)) return [...ARROWS, ...JUMPS, " "].includes(key);
  if (matches(target, HANDLE) && ARROWS.includes(key)) return true;
  return matches(target, `${BUTTON}, ${CHECKBOX}`) && PRESSES.includes(key);
}

/** @param {KeyboardEvent} event */
function belongsToText({ key, ctrlKey, metaKey, altKey, isComposing }) {
  if (isComposing) return true;
  if (key === "Tab" || key === "Escape") return false;
  // Some characters are typed with Alt, or with Alt and Ctrl, which is how AltGr is told.
  if (altKey) return key.length === 1 || TYPING.includes(key);
  if (ctrlKey || metaKey) return EDITING.includes(key.length === 1 ? key.toLowerCase() : key);
  return key.length === 1 || TYPING.includes(key);
}

/**
 * Whether the choices of a menu are shown, where the browser tells.
 * @param {EventTarget} target
 */
function isOpen(target) {
  return CSS.supports("selector(:open)") && matches(target, ":open");
}

/**
 * @param {EventTarget} target
 * @param {string} selector
 */
function matches(target, selector) {
  return target instanceof Element && target.matches(selector);
}
