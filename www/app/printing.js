// Printing: when the page goes to paper and when it is back. Some browsers paint paper without running scripts
// again, so all that is to be seen there is drawn in `changed`.

/**
 * @param {(on: boolean) => void} changed Called before the page is printed, and afterwards.
 * @param {AbortSignal} signal
 */
export function followPrinting(changed, signal) {
  let printing = false;
  const set = (/** @type {boolean} */ on) => {
    if (on === printing) return;
    printing = on;
    changed(on);
  };
  const media = matchMedia("print");
  globalThis.addEventListener("beforeprint", () => set(true), { signal });
  globalThis.addEventListener("afterprint", () => set(false), { signal });
  media.addEventListener("change", () => set(media.matches), { signal });
}
