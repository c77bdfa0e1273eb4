// Keys: Space plays and pauses, the arrows step, R goes back to the start, 3 shows the surface in
// space or in plan. Whoever types in a field, moves a slider or presses a button keeps the keys
// for that.

/** @typedef {import("./transport.js").Player & {toggleSpace: () => void}} Player */

/**
 * Listens for keys pressed within the element, and with its attribute `page-keys` also for those
 * pressed while nothing on the page has the focus.
 * @param {HTMLElement} element
 * @param {Player} player
 * @param {AbortSignal} signal
 */
export function listenForKeys(element, player, signal) {
  document.addEventListener("keydown", (event) => {
    const [target] = event.composedPath();
    const inside = event.composedPath().includes(element);
    const nowhere = target === document.body || target === document.documentElement;
    if (!inside && !(nowhere && element.hasAttribute("page-keys"))) return;
    if (event.defaultPrevented || event.isComposing) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (act(event, target, player)) event.preventDefault();
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
  switch (event.key) {
    case " ":
      if (event.repeat || matches(target, "button, summary, a, [type=checkbox]")) return false;
      player.toggle();
      return true;
    case "ArrowLeft":
    case "ArrowRight":
      if (matches(target, "[type=range]")) return false;
      player.step(event.key === "ArrowRight" ? 1 : -1);
      return true;
    case "r":
    case "R":
      player.restart();
      return true;
    case "3":
      player.toggleSpace();
      return true;
    default:
      return false;
  }
}

/**
 * @param {EventTarget} target
 * @param {string} selector
 */
function matches(target, selector) {
  return target instanceof Element && target.matches(selector);
}
