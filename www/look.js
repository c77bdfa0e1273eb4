// What a reader has done to the look of a tree that no configuration knows: open folds, how far
// columns are scrolled, where the focus is.

const FOCUSABLE = "button, input, select, summary, [tabindex]";
const SCROLLING = ".side";

/**
 * Notes the look of a tree.
 * @param {ShadowRoot} root
 * @returns {() => void} Gives it to a tree of the same shape that has been built in its place.
 */
export function lookOf(root) {
  const focusable = [...root.querySelectorAll(FOCUSABLE)];
  const focus = root.activeElement ? focusable.indexOf(root.activeElement) : -1;
  const folds = [...root.querySelectorAll("details")].map(({ open }) => open);
  const scrolled = [...root.querySelectorAll(SCROLLING)].map(({ scrollTop }) => scrollTop);
  return () => {
    root.querySelectorAll("details").forEach((fold, index) => {
      fold.open = folds[index] ?? false;
    });
    root.querySelectorAll(SCROLLING).forEach((element, index) => {
      element.scrollTop = scrolled[index] ?? 0;
    });
    const focused = root.querySelectorAll(FOCUSABLE)[focus];
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  };
}
