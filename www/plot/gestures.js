// Moving and zooming what the plot shows: the wheel, two fingers, a drag with Shift or the
// middle button. A wheel that scrolls the page goes on doing so.

import { placeIn } from "../platform/coordinates.js";

/** A wheel's notch of about 100 pixels zooms by a fifth. */
const WHEEL = 0.0018;
/** Pixels of a line, for wheels that count in lines. */
const LINE = 16;

/**
 * @typedef {object} Window What is shown of the plane.
 * @property {(x: number, y: number, factor: number) => void} zoom
 * @property {(right: number, down: number) => void} pan By CSS pixels.
 */

/**
 * @param {HTMLElement} plot
 * @param {Window} view
 * @param {() => boolean} zooms Whether the wheel zooms without Ctrl or ⌘.
 * @param {() => void} scrolled Called when it is left to the page.
 */
export function listenToGestures(plot, view, zooms, scrolled) {
  const place = (/** @type {{clientX: number, clientY: number}} */ pointer) => placeIn(plot, pointer);

  plot.addEventListener("wheel", (event) => {
    // A pinch on a touchpad comes as a wheel with Ctrl.
    if (!event.ctrlKey && !event.metaKey && !zooms()) return scrolled();
    event.preventDefault();
    const delta = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * LINE : event.deltaY;
    view.zoom(...place(event), Math.exp(WHEEL * Math.max(-500, Math.min(500, delta))));
  }, { passive: false });

  /** Where a drag has come to. @type {[number, number] | undefined} */
  let hand;
  plot.addEventListener("pointerdown", (event) => {
    if (!grabs(event)) return;
    event.preventDefault();
    plot.setPointerCapture(event.pointerId);
    hand = place(event);
  });
  plot.addEventListener("pointermove", (event) => {
    if (!hand || !event.isPrimary) return;
    const now = place(event);
    view.pan(now[0] - hand[0], now[1] - hand[1]);
    hand = now;
  });
  const release = () => {
    hand = undefined;
  };
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
    plot.addEventListener(end, release);
  }

  /** Middle and distance of two fingers. @type {{x: number, y: number, apart: number} | undefined} */
  let fingers;
  const measure = (/** @type {TouchList} */ touches) => {
    const [[ax, ay], [bx, by]] = [place(touches[0]), place(touches[1])];
    return { x: (ax + bx) / 2, y: (ay + by) / 2, apart: Math.max(Math.hypot(bx - ax, by - ay), 1) };
  };
  const count = (/** @type {TouchEvent} */ { touches }) => {
    fingers = touches.length === 2 ? measure(touches) : undefined;
  };
  for (const change of /** @type {const} */ (["touchstart", "touchend", "touchcancel"])) {
    plot.addEventListener(change, count, { passive: true });
  }
  plot.addEventListener("touchmove", (event) => {
    if (!fingers || event.touches.length !== 2) return;
    event.preventDefault();
    const now = measure(event.touches);
    view.pan(now.x - fingers.x, now.y - fingers.y);
    view.zoom(now.x, now.y, fingers.apart / now.apart);
    fingers = now;
  }, { passive: false });
}

/**
 * Whether a press takes hold of the plane itself.
 * @param {PointerEvent} event
 */
export function grabs({ button, shiftKey }) {
  return button === 1 || (button === 0 && shiftKey);
}
