// Whether the reader wants less motion.

/**
 * @param {(on: boolean) => void} glide Called at once and later with whether things may glide.
 * @param {AbortSignal} signal
 */
export function followMotion(glide, signal) {
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const tell = () => glide(!still.matches);
  still.addEventListener("change", tell, { signal });
  tell();
}
