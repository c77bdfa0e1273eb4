// What a reader has done to the look of a tree that no configuration knows: open folds, chosen
// figures, how far columns are scrolled, where the focus is.

const FOCUSABLE = "button, input, select, summary, [tabindex]";
const FIGURES = "[data-action='figure']";
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
  const figures = [...root.querySelectorAll(FIGURES)].map((menu) => {
    return menu instanceof HTMLSelectElement ? menu.value : "";
  });
  const scrolled = [...root.querySelectorAll(SCROLLING)].map(({ scrollTop }) => scrollTop);
  return () => {
    root.querySelectorAll("details").forEach((fold, index) => {
      fold.open = folds[index] ?? false;
    });
    root.querySelectorAll(FIGURES).forEach((menu, index) => {
      if (!(menu instanceof HTMLSelectElement)) return;
      menu.value = figures[index] ?? menu.value;
      menu.dispatchEvent(new Event("change"));
    });
    root.querySelectorAll(SCROLLING).forEach((element, index) => {
      element.scrollTop = scrolled[index] ?? 0;
    });
    const focused = root.querySelectorAll(FOCUSABLE)[focus];
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  };
}
