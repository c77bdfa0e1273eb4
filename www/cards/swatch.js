// How a run is drawn, in small: its colour and dash, and the ball at the end.

import { shape } from "../platform/dom.js";

/**
 * In the colour of the text around.
 * @param {number[]} dashes On and off lengths in CSS pixels; none for a solid line.
 * @returns {SVGSVGElement}
 */
export function swatch(dashes) {
  return /** @type {SVGSVGElement} */ (shape("svg", {
    viewBox: "0 0 30 12", width: 30, height: 12, "aria-hidden": "true",
  },
  shape("path", { d: "M1 6 H29", "stroke-dasharray": dashes.join(" ") }),
  shape("circle", { cx: 24, cy: 6, r: 5 })));
}
