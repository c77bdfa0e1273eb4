// A picture of a lab apart from its page: the same moment on a canvas of its own, at any size.

import { loadCore } from "../core/core.js";
import { ExportError } from "./export-error.js";
import { guarded } from "../core/guard.js";
import { Readout } from "../core/readout.js";

/**
 * @typedef {object} Moment What a lab shows.
 * @property {import("../core/catalogue.js").Configuration} configuration
 * @property {number} time In steps.
 * @property {boolean} foretold Whether the paths to come are shown.
 * @property {string} theme The id of one.
 * @property {{width: number, height: number, scale: number}} size In CSS pixels that grow with the
 *   text, and how many of the page's are one of them.
 * @property {HTMLCanvasElement} [map] What lies between heat and contours, if anything does.
 */

export class Painter {
  /** All layers together. */
  canvas = document.createElement("canvas");
  readout;
  #lab;
  #layers = Array.from({ length: 4 }, () => document.createElement("canvas"));
  #map;
  #paper;

  /**
   * @param {Moment} moment
   * @param {number} scale Pixels of the picture to a CSS pixel of the page.
   * @param {boolean} [read] Whether the pixels of many pictures will be read: canvases are kept where
   *   that is quick.
   * @returns {Promise<Painter>}
   * @throws {ExportError} When the browser withholds what is drawn on a canvas.
   */
  static async of(moment, scale, read = false) {
    checkPixels();
    return new Painter(await loadCore(), moment, scale, read);
  }

  /**
   * @param {import("../core/core.js").Core} core
   * @param {Moment} moment
   * @param {number} scale
   * @param {boolean} read
   */
  constructor({ Lab, memory, catalogue }, { configuration, time, foretold, theme, size, map }, scale, read) {
    // Who asks for a canvas's context first, says what it is for.
    const kept = read ? [this.canvas, ...this.#layers] : [];
    for (const canvas of kept) canvas.getContext("2d", { willReadFrequently: true });
    const [heat, frame, trails, balls] = this.#layers;
    // What fails here is thrown to the caller; the lab on the page goes on.
    this.#lab = guarded(new Lab(heat, frame, trails, balls), () => {});
    this.readout = new Readout(memory, this.#lab.readout_pointer(), this.#lab.readout_length());
    this.#map = map;
    this.#paper = String(catalogue.themes[theme].paper);
    try {
      this.#lab.configure(configuration);
      this.#lab.set_theme(theme);
      this.#lab.foretell(foretold);
      this.#lab.resize(size.width, size.height, size.scale * scale);
      this.#lab.seek(time);
      this.canvas.width = frame.width;
      this.canvas.height = frame.height;
      this.draw();
    } catch (error) {
      this.end();
      throw error;
    }
  }

  /** What lies under the lines, in a picture of its own: heat, and the map if there is one. */
  get ground() {
    const canvas = document.createElement("canvas");
    canvas.width = this.canvas.width;
    canvas.height = this.canvas.height;
    this.#lay(penOf(canvas), this.#layers.slice(0, 1));
    return canvas;
  }

  /** What has been drawn: red, green, blue and opacity of each pixel. */
  get pixels() {
    const { width, height } = this.canvas;
    return penOf(this.canvas).getImageData(0, 0, width, height).data;
  }

  /** From the start, at the pace that is set. */
  play() {
    this.#lab.restart();
    this.#lab.play();
  }

  /**
   * To a time in steps; what it shows then, `draw` draws.
   * @param {number} time
   */
  seek(time) {
    this.#lab.seek(time);
  }

  /**
   * Draws what is due.
   * @param {number} [elapsed] Time that passes, in ms.
   */
  draw(elapsed = 0) {
    // What was drawn in haste is drawn again.
    for (let left = elapsed; this.#lab.frame(left) && !this.readout.playing;) left = 0;
    this.#lay(penOf(this.canvas), this.#layers);
  }

  /**
   * Lays layers on paper, and the map on the lowest.
   * @param {CanvasRenderingContext2D} pen
   * @param {HTMLCanvasElement[]} layers
   */
  #lay(pen, [heat, ...others]) {
    const { width, height } = this.canvas;
    pen.imageSmoothingQuality = "high";
    // In space the heat does not fill the picture.
    pen.globalAlpha = 1;
    pen.fillStyle = this.#paper;
    pen.fillRect(0, 0, width, height);
    for (const layer of [heat, ...(this.#map ? [this.#map] : []), ...others]) {
      pen.globalAlpha = layer === this.#map ? Number(getComputedStyle(layer).opacity) : 1;
      pen.drawImage(layer, 0, 0, width, height);
    }
  }

  /** Gives the core's memory back. */
  end() {
    this.#lab.free();
  }
}

/**
 * Throws where a canvas does not give back what has been drawn on it: against fingerprinting, some
 * browsers answer with white or with noise, and a picture would be saved as that.
 */
function checkPixels() {
  /** Pixels of the trial in a row. */
  const SIDE = 8;
  /** Noise in the last bits, which some browsers add, is not seen. */
  const NOISE = 4;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [SIDE, SIDE];
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) throw new Error("canvas: no 2d drawing context");
  const drawn = Array.from({ length: SIDE * SIDE }, (_, at) => [(at * 37) % 256, (at * 101) % 256, (at * 199) % 256]);
  drawn.forEach(([red, green, blue], at) => {
    pen.fillStyle = `rgb(${red} ${green} ${blue})`;
    pen.fillRect(at % SIDE, Math.floor(at / SIDE), 1, 1);
  });
  const { data } = pen.getImageData(0, 0, SIDE, SIDE);
  const same = drawn.every((color, at) => {
    return color.every((channel, part) => Math.abs(data[4 * at + part] - channel) <= NOISE);
  });
  if (same) return;
  throw new ExportError("canvas: this browser withholds the pixels of canvases from the page", "take.withheld");
}

/** @param {HTMLCanvasElement} canvas */
function penOf(canvas) {
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("canvas: no 2d drawing context");
  return pen;
}
