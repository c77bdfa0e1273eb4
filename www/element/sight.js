// Whether a reader can see an element: nothing is loaded for one that is far away, and none plays
// to an empty room.

/** So far from the window it is time to load, in CSS pixels. */
const NEAR = 400;

/**
 * @param {HTMLElement} element
 * @param {() => void} near Called once, when it is in view or nearly so.
 * @param {(seen: boolean) => void} seen Called when it comes into view and when it leaves.
 * @param {AbortSignal} signal
 */
export function watchSight(element, near, seen, signal) {
  const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
  const inReach = right > -NEAR && left < innerWidth + NEAR && bottom > -NEAR && top < innerHeight + NEAR;
  const observers = [new IntersectionObserver((entries) => {
    const last = entries.at(-1);
    if (last) seen(last.isIntersecting);
  })];
  // At once where it can be seen already: an observer answers a frame later.
  if (inReach && width + height > 0) near();
  else {
    const approach = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      approach.disconnect();
      near();
    }, { rootMargin: `${NEAR}px` });
    observers.push(approach);
  }
  for (const observer of observers) observer.observe(element);
  signal.addEventListener("abort", () => {
    for (const observer of observers) observer.disconnect();
  }, { once: true });
}
