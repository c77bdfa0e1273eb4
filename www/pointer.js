// The pointer on the plot: a press or drag with the primary button sets the start. A finger may
// drag the start itself or tap anywhere; elsewhere its drag scrolls the page.

/** Steps of the arrow keys on the start, in CSS pixels. */
const NUDGE = 4;
const LEAP = 24;

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @typedef {object} Start
 * @property {() => [number, number]} position In CSS pixels from the plot's top left.
 * @property {(x: number, y: number) => void} move
 */

/**
 * @param {HTMLElement} plot
 * @param {HTMLElement} handle The start, as an element on the plot.
 * @param {Start} start
 */
export function listenToPointer(plot, handle, start) {
  /** What a drag keeps between pointer and start. @type {[number, number] | undefined} */
  let grip;
  /** Whether the last press was a finger's. */
  let touched = false;

  const place = (/** @type {MouseEvent} */ event) => {
    const { left, top } = plot.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };

  plot.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    touched = event.pointerType === "touch";
    const onHandle = event.composedPath().includes(handle);
    if (touched && !onHandle) return;
    const [x, y] = place(event);
    plot.setPointerCapture(event.pointerId);
    if (onHandle) {
      const [startX, startY] = start.position();
      grip = [startX - x, startY - y];
    } else {
      grip = [0, 0];
      start.move(x, y);
    }
  });

  plot.addEventListener("pointermove", (event) => {
    if (!grip || !event.isPrimary) return;
    const [x, y] = place(event);
    start.move(x + grip[0], y + grip[1]);
  });

  const release = () => {
    grip = undefined;
  };
  plot.addEventListener("pointerup", release);
  plot.addEventListener("lostpointercapture", release);

  plot.addEventListener("click", (event) => {
    if (!touched || event.composedPath().includes(handle)) return;
    const [x, y] = place(event);
    start.move(x, y);
  });

  handle.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    if (!arrow || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const reach = event.shiftKey ? LEAP : NUDGE;
    const [x, y] = start.position();
    start.move(x + arrow[0] * reach, y + arrow[1] * reach);
  });
}
