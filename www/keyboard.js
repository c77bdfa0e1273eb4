// Keys: Space plays and pauses, the arrows step and with Shift move the view, R goes back to the
// start; + − 0 zoom, A B C 3 choose how the surface is seen, P presents and ? lists them all; Ctrl or
// ⌘ with Z or Y undoes and redoes. Whoever types in a field, moves a slider or has come to a button by
// keys keeps the keys for that.

/** @typedef {import("./reader.js").Reader} Player */

/** Each press shows so many times as much or as little, or moves by so many CSS pixels. */
const ZOOM = 1.25;
const PAN = 40;

/** To the right and down: what is shown follows the arrow. @type {Record<string, [number, number]>} */
const PANS = {
  ArrowLeft: [PAN, 0], ArrowRight: [-PAN, 0], ArrowUp: [0, PAN], ArrowDown: [0, -PAN],
};

/**
 * Listens for keys pressed within the element, and with its attribute `page-keys` also for those
 * pressed while nothing on the page has the focus.
 * @param {HTMLElement} element
 * @param {Player} player
 * @param {AbortSignal} signal
 */
export function listenForKeys(element, player, signal) {
  /** The button that a pointer has pressed last: it keeps the focus, but nobody is at it with the keys. @type {EventTarget | undefined} */
  let pressed;
  element.shadowRoot?.addEventListener("click", (event) => {
    const pointer = event instanceof MouseEvent && event.detail > 0;
    pressed = pointer ? event.composedPath().find((node) => matches(node, "button, summary, a")) : undefined;
  }, { signal });
  element.shadowRoot?.addEventListener("focusin", ({ target }) => {
    if (target !== pressed) pressed = undefined;
  }, { signal });
  document.addEventListener("keydown", (event) => {
    const [target] = event.composedPath();
    // A lab in a lab keeps its keys to itself.
    const lab = event.composedPath().find((node) => node instanceof Element && node.localName === element.localName);
    const inside = lab === element;
    const nowhere = target === document.body || target === document.documentElement;
    if (!inside && !(nowhere && element.hasAttribute("page-keys"))) return;
    if (event.defaultPrevented || event.isComposing) return;
    const revises = (event.ctrlKey || event.metaKey) && !event.altKey;
    if (revises && revise(event, target, player)) event.preventDefault();
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const free = target === pressed ? element : target;
    if (act(event, free, player)) event.preventDefault();
  }, { signal });
}

/**
 * @param {KeyboardEvent} event
 * @param {EventTarget} target
 * @param {Player} player
 * @returns {boolean} Whether the key meant something.
 */
function act(event, target, player) {
  const field = matches(target, "input:not([type=range], [type=checkbox]), select, textarea");
  if (field) return false;
  if (target instanceof Element && target.closest("dialog")) return false;
  switch (event.key) {
    case " ":
      if (event.repeat || matches(target, "button, summary, a, [type=checkbox]")) return false;
      return player.toggle();
    case "ArrowLeft":
    case "ArrowRight":
    case "ArrowUp":
    case "ArrowDown":
      if (matches(target, "[type=range]")) return false;
      if (event.shiftKey) {
        const [right, down] = PANS[event.key];
        return player.pan(right, down);
      }
      if (event.key === "ArrowUp" || event.key === "ArrowDown") return false;
      return player.step(event.key === "ArrowRight" ? 1 : -1);
    case "r":
    case "R":
      return player.restart();
    case "+":
    case "=":
    case "-":
      return player.zoom(event.key === "-" ? ZOOM : 1 / ZOOM);
    case "0":
      return player.fit();
    case "a":
    case "A":
      return player.toggleField("arrows");
    case "c":
    case "C":
      return player.toggleField("curvature");
    case "b":
    case "B":
      return player.toggleBasins();
    case "PageDown":
      return player.nextLesson();
    case "PageUp":
      return player.previousLesson();
    case "p":
    case "P":
      return player.togglePresentation();
    case "?":
      return player.showKeys();
    case "Escape":
      return player.leavePresentation();
    case "3":
      return player.toggleSpace();
    default:
      return false;
  }
}

/**
 * Undo and redo; a text that is typed into has its own, until it has been taken.
 * @param {KeyboardEvent} event With Ctrl or ⌘.
 * @param {EventTarget} target
 * @param {Player} player
 * @returns {boolean} Whether the key meant something.
 */
function revise({ key, shiftKey }, target, player) {
  if (matches(target, "input:not([type=range], [type=checkbox], [data-settled]), textarea")) return false;
  if (target instanceof Element && target.closest("dialog")) return false;
  const letter = key.toLowerCase();
  if (letter !== "z" && letter !== "y") return false;
  return letter === "y" || shiftKey ? player.redo() : player.undo();
}

/**
 * @param {EventTarget} target
 * @param {string} selector
 */
function matches(target, selector) {
  return target instanceof Element && target.matches(selector);
}
