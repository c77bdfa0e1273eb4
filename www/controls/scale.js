// Sliders: a position from 0 to 1 and the value it stands for, on a parameter's own scale.

/** @typedef {import("../core/catalogue.js").NumberSpec} NumberSpec */

/** The slider's own step; one press of an arrow key. */
export const TICK = 0.005;

/**
 * The position of a value; values beyond the slider's range stand at its end.
 * @param {NumberSpec} spec
 * @param {number} value
 * @returns {number}
 */
export function positionOf({ scale, min, max }, value) {
  const inside = Math.min(Math.max(value, min), max);
  switch (scale) {
    case "logarithmic":
      return Math.log(inside / min) / Math.log(max / min);
    case "near-one":
      return Math.log(1 - inside) / Math.log(1 - max);
    default:
      return (inside - min) / (max - min);
  }
}

/**
 * The value at a position, rounded to what the slider can tell apart.
 * @param {NumberSpec} spec
 * @param {number} position
 * @returns {number}
 */
export function valueAt({ scale, min, max, integer }, position) {
  if (position <= 0) return min;
  if (position >= 1) return max;
  let value;
  switch (scale) {
    case "logarithmic":
      value = rounded(min * (max / min) ** position, 3);
      break;
    case "near-one":
      value = exact(1 - rounded((1 - max) ** position, 2));
      break;
    default: {
      const step = 10 ** Math.floor(Math.log10((max - min) * TICK * 2));
      value = exact(Math.round((min + (max - min) * position) / step) * step);
    }
  }
  return integer ? Math.round(value) : value;
}

/**
 * The next value up or down, for the arrow keys.
 * @param {NumberSpec} spec
 * @param {number} value
 * @param {1 | -1} direction
 * @returns {number}
 */
export function neighbour(spec, value, direction) {
  const next = valueAt(spec, positionOf(spec, value) + direction * TICK);
  const stuck = spec.integer && next === value;
  return stuck ? Math.min(Math.max(value + direction, spec.min), spec.max) : next;
}

/**
 * @param {number} value
 * @param {number} digits
 * @returns {number}
 */
function rounded(value, digits) {
  return Number(value.toPrecision(digits));
}

/**
 * Without the last digits' binary dust; no negative zero.
 * @param {number} value
 * @returns {number}
 */
function exact(value) {
  return rounded(value, 12) + 0;
}
