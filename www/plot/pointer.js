// The pointer on the plot: a press or drag with the primary button sets the start. A finger may
// drag the start itself or tap anywhere; elsewhere its drag scrolls the page. In space a drag
// turns the surface, and only the start's own handle moves the start.

import { placeIn } from "../platform/coordinates.js";
import { grabs } from "./gestures.js";

/** Steps of the arrow keys, in CSS pixels. */
const NUDGE = 4;
const LEAP = 24;
/** A press that moves further than this, in CSS pixels, is a drag. */
const DRAG = 4;
/** Pixels of a drag that turn the surface as far as one pixel of such a step. */
const TURN = 3;

/** To the right and up. @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * @typedef {object} Start
 * @property {() => [number, number]} position In CSS pixels from the plot's top left.
 * @property {(x: number, y: number) => void} move
 * @property {(right: number, up: number) => void} nudge By CSS pixels; in space, up is away.
 * @property {() => () => void} keep Notes where the start is; the answer puts it back there.
 *
 * @typedef {object} View
 * @property {() => boolean} inSpace
 * @property {(right: number, down: number) => void} turn By CSS pixels of a drag.
 * @property {() => void} fit
 */

/**
 * @param {HTMLElement} plot
 * @param {HTMLElement} handle The start, as an element on the plot.
 * @param {HTMLElement} tools Buttons on the plot, which keep the pointer for themselves.
 * @param {Start} start
 * @param {View} view
 */
export function listenToPointer(plot, handle, tools, start, view) {
  /** What a drag keeps between pointer and start. @type {[number, number] | undefined} */
  let grip;
  /** Where a drag that turns the surface has come to. @type {[number, number] | undefined} */
  let turning;
  /** Bring the start back to before the last press and the one before it. A double click fits the
      view, and its first click has moved the start. @type {(() => void)[]} */
  let kept = [];
  /** Whether the last press was a finger's. */
  let touched = false;
  /** Where the last press was, and whether it has become a drag. @type {[number, number]} */
  let pressed = [0, 0];
  let dragged = false;

  const place = (/** @type {MouseEvent} */ event) => placeIn(plot, event);

  plot.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary || grabs(event)) return;
    if (event.composedPath().includes(tools)) return;
    kept = [...kept.slice(-1), start.keep()];
    pressed = place(event);
    dragged = false;
    touched = event.pointerType === "touch";
    const onHandle = event.composedPath().includes(handle);
    const inSpace = view.inSpace();
    if (touched && !onHandle && !inSpace) return;
    const [x, y] = place(event);
    plot.setPointerCapture(event.pointerId);
    if (onHandle) {
      const [startX, startY] = start.position();
      grip = [startX - x, startY - y];
    } else if (inSpace) {
      turning = [x, y];
    } else {
      grip = [0, 0];
      start.move(x, y);
    }
  });

  plot.addEventListener("pointermove", (event) => {
    if (!event.isPrimary) return;
    const [x, y] = place(event);
    if (grip || turning) dragged ||= Math.hypot(x - pressed[0], y - pressed[1]) > DRAG;
    if (grip) start.move(x + grip[0], y + grip[1]);
    if (turning) {
      view.turn(x - turning[0], y - turning[1]);
      turning = [x, y];
    }
  });

  const release = () => {
    grip = undefined;
    turning = undefined;
  };
  plot.addEventListener("pointerup", release);
  plot.addEventListener("pointercancel", release);
  plot.addEventListener("lostpointercapture", release);

  plot.addEventListener("click", (event) => {
    const path = event.composedPath();
    if (!touched || view.inSpace() || path.includes(handle) || path.includes(tools)) return;
    const [x, y] = place(event);
    start.move(x, y);
  });

  plot.addEventListener("dblclick", (event) => {
    // WebKit counts a drag that begins soon after a click as the second one.
    if (dragged) return;
    const path = event.composedPath();
    if (path.includes(handle) || path.includes(tools)) return;
    kept[0]?.();
    view.fit();
  });

  plot.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    if (!arrow || event.ctrlKey || event.altKey || event.metaKey) return;
    const path = event.composedPath();
    if (path.includes(tools)) return;
    const onHandle = path.includes(handle);
    if (!onHandle && !view.inSpace()) return;
    event.preventDefault();
    const reach = event.shiftKey ? LEAP : NUDGE;
    const [right, up] = [arrow[0] * reach, arrow[1] * reach];
    if (onHandle) start.nudge(right, up);
    else view.turn(TURN * right, -TURN * up);
  });
}
