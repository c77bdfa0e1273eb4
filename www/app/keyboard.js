// Listens for keys. Those that belong to a control of the lab, or that the lab acts on, end at the element, so that the
// page around does not act on them too; all others pass.

import { belongsTo, isButton } from "./control-keys.js";
import { flag, isComposing } from "../platform/dom.js";
import { shortcutOf } from "./shortcuts.js";

/** @typedef {import("./reader.js").Reader} Player */

/** JupyterLab hears keys before the lab does, and leaves those alone that come from an element with this attribute. */
const JUPYTER = "data-lm-suppress-shortcuts";

/**
 * Listens for keys pressed within the element, and with its attribute `page-keys` also for those
 * pressed while nothing on the page has the focus.
 * @param {HTMLElement} element
 * @param {Player} player
 * @param {AbortSignal} signal
 */
export function listenForKeys(element, player, signal) {
  const root = element.shadowRoot;
  /** The button that a pointer has pressed last: it keeps the focus, but keys are not meant for it. @type {EventTarget | undefined} */
  let pressed;
  root?.addEventListener("click", (event) => {
    const pointer = event instanceof MouseEvent && event.detail > 0;
    pressed = pointer ? event.composedPath().find(isButton) : undefined;
  }, { signal });
  root?.addEventListener("focusin", ({ target }) => {
    if (target !== pressed) pressed = undefined;
  }, { signal });

  /** @param {KeyboardEvent} event */
  const meaning = (event) => {
    const [target] = event.composedPath();
    // In a lab within the lab, as in the builder, keys are that one's.
    if (isComposing(event) || labAround(event) !== element) return undefined;
    return shortcutOf(event, target === pressed ? element : target, player);
  };
  /** Whether a key is the lab's although it is no shortcut. @param {KeyboardEvent} event */
  const isOurs = (event) => {
    const path = event.composedPath();
    // What the page has put into a slot is the page's.
    if (!(path[0] instanceof Node) || path[0].getRootNode() !== root) return isInDialog(event, root);
    return belongsTo(event, path[0]) || isInDialog(event, root);
  };

  /** Whether the page has acted on the present key before it came here. */
  let taken = false;
  globalThis.addEventListener("keydown", (event) => {
    if (!event.composedPath().includes(element)) return;
    const ours = isOurs(event) || meaning(event) !== undefined;
    element.toggleAttribute(JUPYTER, ours);
  }, { capture: true, signal });
  element.addEventListener("keydown", (event) => {
    taken = event.defaultPrevented;
  }, { capture: true, signal });

  /** Keys held down whose keydown has ended here: what follows of them ends here too. @type {Set<string>} */
  const ended = new Set();
  element.addEventListener("keydown", (event) => {
    ended.delete(nameOf(event));
    if (taken) return;
    // A control of the lab has prevented the browser's own action if it has acted.
    const act = event.defaultPrevented ? undefined : meaning(event);
    if (!event.defaultPrevented && !act && !isOurs(event)) return;
    ended.add(nameOf(event));
    event.stopPropagation();
    if (!act) return;
    event.preventDefault();
    act();
  }, { signal });
  element.addEventListener("keypress", (event) => {
    if (ended.has(nameOf(event))) event.stopPropagation();
  }, { signal });
  element.addEventListener("keyup", (event) => {
    if (ended.delete(nameOf(event))) event.stopPropagation();
  }, { signal });

  document.addEventListener("keydown", (event) => {
    const { target, defaultPrevented } = event;
    const nowhere = target === document.body || target === document.documentElement;
    if (!nowhere || !flag(element, "page-keys") || defaultPrevented || isComposing(event)) return;
    if (root?.querySelector("dialog[open]")) return;
    const act = shortcutOf(event, element, player);
    if (!act) return;
    event.preventDefault();
    act();
  }, { signal });
}

/** @param {KeyboardEvent} event */
function nameOf({ code, key }) {
  return code || key;
}

/**
 * The innermost lab that a key is pressed in.
 * @param {KeyboardEvent} event
 */
function labAround(event) {
  return event.composedPath().find((node) => node instanceof Element && node.localName === "momentum-lab");
}

/**
 * Whether a key is pressed in a dialog of the lab, which covers the page: nothing behind it is meant. Tab and what the
 * browser does with Ctrl, ⌘ or Alt pass.
 * @param {KeyboardEvent} event
 * @param {ShadowRoot | null} root
 */
function isInDialog(event, root) {
  const { key, ctrlKey, metaKey, altKey } = event;
  if (ctrlKey || metaKey || altKey || key === "Tab" || /^F\d+$/.test(key)) return false;
  return event.composedPath().some((node) => node instanceof HTMLDialogElement && node.getRootNode() === root);
}
