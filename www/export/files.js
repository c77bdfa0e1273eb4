// What can be taken along of a lab: pictures, numbers, scripts, its configuration.

import { loadCore, loadWhole } from "../core/core.js";
import { Options, numberIn, oneOf } from "../core/options.js";
import { Painter } from "./painter.js";

/**
 * @typedef {import("../core/catalogue.js").Configuration} Configuration
 * @typedef {import("./painter.js").Moment} Moment
 */

/** The languages of scripts. */
export const LANGUAGES = /** @type {const} */ (["pytorch", "numpy"]);

/** No configuration is longer, in bytes. */
export const LONGEST = 65_536;

/** A configuration that is longer. */
export class TooLong extends RangeError {}

/** In how many pixels a picture may be drawn to a CSS pixel. @type {[number, number]} */
export const SCALES = [0.25, 8];

/**
 * The plot as a PNG, drawn in so many times as many pixels as it has CSS pixels on the page.
 * @param {Moment} moment
 * @param {{scale?: number}} [options]
 * @returns {Promise<Blob>}
 */
export async function toPNG(moment, options) {
  const scale = new Options((await loadCore()).refusal, options).number("scale", SCALES, 2);
  const painter = await Painter.of(moment, scale);
  try {
    return await blobOf(painter.canvas);
  } finally {
    painter.end();
  }
}

/**
 * The plot as an SVG of the size that it has on the page.
 * @param {Moment} moment
 * @returns {Promise<string>}
 */
export async function toSVG(moment) {
  const { svg } = await loadWhole();
  const painter = await Painter.of(moment, 1);
  try {
    const { configuration, size: { width, height }, time, theme, foretold } = moment;
    const [, ground] = painter.ground.toDataURL("image/png").split(",");
    return svg(configuration, width, height, time, theme, foretold, ground);
  } finally {
    painter.end();
  }
}

/**
 * The whole path of a run as comma-separated values.
 * @param {Configuration} configuration
 * @param {number} [run] Its index.
 * @returns {Promise<string>}
 */
export async function toCSV(configuration, run = 0) {
  const whole = await loadWhole();
  return whole.csv(alone(whole, configuration, run));
}

/**
 * A Python script that draws the path of a run.
 * @param {Configuration} configuration
 * @param {string} language One of `LANGUAGES`.
 * @param {number} [run] Its index.
 * @returns {Promise<string>}
 */
export async function toCode(configuration, language, run = 0) {
  const whole = await loadWhole();
  const known = oneOf(whole.refusal, "language", language, LANGUAGES);
  return whole[/** @type {typeof LANGUAGES[number]} */ (known)](alone(whole, configuration, run));
}

/** @param {Configuration} configuration */
export function toJSON(configuration) {
  return `${JSON.stringify(configuration, null, 2)}\n`;
}

/**
 * The configuration that a file or its text stands for; whether it is a good one, the core says.
 * @param {Blob | string} source
 * @returns {Promise<object>}
 */
export async function fromJSON(source) {
  const size = typeof source === "string" ? source.length : source.size;
  if (size > LONGEST) throw new TooLong(`configuration: ${size} bytes are more than ${LONGEST}`);
  const read = JSON.parse(typeof source === "string" ? source : await source.text());
  if (typeof read !== "object" || read === null || Array.isArray(read)) {
    throw new SyntaxError("configuration: not an object");
  }
  return read;
}

/**
 * Lets the reader keep a file.
 * @param {Blob | string} content
 * @param {string} name
 * @param {string} [type] Of a text.
 */
export function save(content, name, type = "text/plain") {
  const blob = typeof content === "string" ? new Blob([content], { type: `${type};charset=utf-8` }) : content;
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken hold of it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/**
 * @param {import("../core/core.js").Whole} whole
 * @param {Configuration} configuration
 * @param {number} run
 */
function alone({ refusal }, configuration, run) {
  const { runs } = configuration;
  return { ...configuration, runs: [runs[numberIn(refusal, "run", run, [0, runs.length - 1], true)]] };
}

/**
 * @param {HTMLCanvasElement} canvas
 * @returns {Promise<Blob>}
 */
function blobOf(canvas) {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error("canvas: no picture"));
    }, "image/png");
  });
}
