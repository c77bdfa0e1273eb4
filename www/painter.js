// A picture of a lab apart from its page: the same moment on a canvas of its own, at any size.

import { loadCore } from "./core.js";
import { Readout } from "./readout.js";

/**
 * @typedef {object} Moment What a lab shows.
 * @property {import("./catalogue.js").Configuration} configuration
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

  /**
   * @param {Moment} moment
   * @param {number} scale Pixels of the picture to a CSS pixel of the page.
   * @returns {Promise<Painter>}
   */
  static async of(moment, scale) {
    return new Painter(await loadCore(), moment, scale);
  }

  /**
   * @param {import("./core.js").Core} core
   * @param {Moment} moment
   * @param {number} scale
   */
  constructor({ Lab, memory }, { configuration, time, foretold, theme, size, map }, scale) {
    const [heat, ground, trails, balls] = this.#layers;
    this.#lab = new Lab(heat, ground, trails, balls);
    this.readout = new Readout(memory, this.#lab.readout_pointer(), this.#lab.readout_length());
    this.#lab.configure(configuration);
    this.#lab.set_theme(theme);
    this.#lab.foretell(foretold);
    this.#lab.resize(size.width, size.height, size.scale * scale);
    this.#lab.seek(time);
    this.#map = map;
    this.canvas.width = ground.width;
    this.canvas.height = ground.height;
    this.draw();
  }

  /** The picture's lowest layer. */
  get heat() {
    return this.#layers[0];
  }

  /** From the start, at the pace that is set. */
  play() {
    this.#lab.restart();
    this.#lab.play();
  }

  /**
   * Draws what is due.
   * @param {number} [elapsed] Time that passes, in ms.
   */
  draw(elapsed = 0) {
    // What was drawn in haste is drawn again.
    for (let left = elapsed; this.#lab.frame(left) && !this.readout.playing;) left = 0;
    const pen = this.canvas.getContext("2d");
    if (!pen) throw new Error("canvas: no 2d drawing context");
    const { width, height } = this.canvas;
    pen.imageSmoothingQuality = "high";
    const [heat, ...others] = this.#layers;
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
