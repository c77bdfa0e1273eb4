// The picture of a map: a hue for each minimum, the clearer the fewer steps it takes, or one scale
// of colours for steps or overshoots.

import { COARSE, DIVERGED, UNDECIDED, UNDEFINED } from "./map-task.js";

/**
 * @typedef {import("../core/catalogue.js").Theme} Theme
 * @typedef {import("./map-task.js").Task} Task
 * @typedef {"end" | "steps" | "overshoots"} Shading By what the cells are shaded.
 * @typedef {ArrayLike<number> & Iterable<number>} Numbers An array, typed or not.
 */

const LABELS = 256;
/** From soon to late, or from few to many. */
const SHADES = 24;
/** How far the last shade is on its way to the colour of what is slow. */
const DEEPEST = 0.62;
/** The share of the balls that are sooner than the first shade, or later than the last. */
const OUTLIERS = 0.04;
/** Undecided cells are hatched: one in so many diagonals is drawn paler. */
const HATCH = 8;
const STRIPE = 3;

export class MapPicture {
  #canvas;
  #context;
  #cells = document.createElement("canvas");
  /** Labels times shades; the shades of what is undecided are its two stripes. */
  #colors = new Uint32Array(LABELS * SHADES);
  /** Of each number of steps or overshoots. */
  #shades = new Uint8Array(1 << 16);
  /** What the first shade stands for, and the last. @type {[number, number]} */
  #range = [0, 0];
  /** Whose shades these are. @type {Task | undefined} */
  #task;
  /** By cells how far apart. */
  #graded = 0;
  /** @type {Shading} */
  #shading = "end";
  /** @type {Theme | undefined} */
  #theme;
  /** @type {ImageData | undefined} */
  #image;
  /** What the cells show. @type {Numbers | undefined} */
  #bounds;
  /** What the plot shows. @type {Numbers | undefined} */
  #view;

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#canvas = canvas;
    this.#context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    // A graphics process that starts again leaves both empty.
    canvas.addEventListener("contextrestored", () => this.#paint());
    this.#cells.addEventListener("contextrestored", () => {
      this.#fill();
      this.#paint();
    });
  }

  /** @param {Theme} theme */
  retheme(theme) {
    this.#theme = theme;
    this.#mix(theme);
  }

  /** @param {Theme} theme */
  #mix(theme) {
    const bytes = new Uint8ClampedArray(this.#colors.buffer);
    const set = (/** @type {number} */ label, /** @type {number} */ shade, /** @type {number[]} */ color) => {
      bytes.set([...color, 255], 4 * (label * SHADES + shade));
    };
    const one = (/** @type {string} */ name) => channels(String(theme[name]));
    const [slow, paper, undecided, diverging] = ["slow", "paper", "undecided", "diverging"].map(one);
    const hues = [theme.basins].flat().map(channels);
    const scale = [theme.scale].flat().map(channels);
    for (let shade = 0; shade < SHADES; shade += 1) {
      const late = shade / (SHADES - 1);
      const measured = along(scale, late);
      for (let label = 0; label < UNDEFINED; label += 1) {
        const hue = hues[label % hues.length];
        set(label, shade, this.#shading === "end" ? mix(hue, slow, DEEPEST * late) : measured);
      }
      const stripe = shade === 0 ? undecided : mix(undecided, paper, 0.35);
      set(UNDECIDED, shade, stripe);
      set(UNDEFINED, shade, stripe);
      set(DIVERGED, shade, diverging);
    }
  }

  /** @param {number} opacity */
  fade(opacity) {
    this.#canvas.style.opacity = String(opacity);
  }

  /**
   * Draws the cells of a map.
   * @param {Task} task Whose first pass is done.
   * @param {Numbers} bounds What it shows: left, right, bottom, top.
   * @param {Shading} [shading]
   * @returns {{counts: Uint32Array, range: [number, number]}} How many cells have each label; what
   *   the first shade stands for, and the last.
   */
  render(task, bounds, shading = "end") {
    const { width, height, labels } = task;
    const values = valuesOf(task, shading);
    const again = shading !== this.#shading;
    this.#shading = shading;
    if (again && this.#theme) this.#mix(this.#theme);
    const finer = this.#graded > COARSE && task.stride < this.#graded;
    if (again || task !== this.#task || finer) this.#grade(task, values);
    const image = this.#sized(width, height);
    const counts = new Uint32Array(LABELS);
    const pixels = new Uint32Array(image.data.buffer);
    for (let row = 0, at = 0; row < height; row += 1) {
      for (let column = 0; column < width; column += 1, at += 1) {
        const label = labels[at];
        counts[label] += 1;
        const shade = label === UNDECIDED || label === UNDEFINED
          ? Number((row + column) % HATCH < STRIPE) : this.#shades[values[at]];
        pixels[at] = this.#colors[label * SHADES + shade];
      }
    }
    this.#fill();
    this.#bounds = bounds;
    this.#paint();
    return { counts, range: this.#range };
  }

  /**
   * @param {number} width
   * @param {number} height
   */
  #sized(width, height) {
    if (this.#image?.width !== width || this.#image?.height !== height) {
      this.#image = new ImageData(width, height);
      [this.#cells.width, this.#cells.height] = [width, height];
    }
    return this.#image;
  }

  /**
   * Follows the plot.
   * @param {Numbers} view What it shows.
   * @param {[number, number]} size In pixels.
   */
  place(view, [width, height]) {
    const { width: before, height: high } = this.#canvas;
    const moved = !this.#view || [...view].some((edge, index) => edge !== this.#view?.[index]);
    if (!moved && before === width && high === height) return;
    this.#view = view;
    [this.#canvas.width, this.#canvas.height] = [width, height];
    this.#paint();
  }

  /** Empties the layer. */
  clear() {
    this.#bounds = undefined;
    this.#task = undefined;
    this.#paint();
  }

  #fill() {
    if (this.#image) this.#cells.getContext("2d")?.putImageData(this.#image, 0, 0);
  }

  #paint() {
    const { width, height } = this.#canvas;
    this.#context.clearRect(0, 0, width, height);
    if (!this.#bounds || !this.#view) return;
    const [left, right, bottom, top] = this.#bounds;
    const [x0, x1, y0, y1] = this.#view;
    const [across, up] = [width / (x1 - x0), height / (y1 - y0)];
    this.#context.imageSmoothingEnabled = false;
    this.#context.drawImage(this.#cells, (left - x0) * across, (y1 - top) * up,
      (right - left) * across, (top - bottom) * up);
  }

  /**
   * Spreads the shades over the numbers that are usual on a map, by equal ratios. Coarse cells
   * decide, so that nothing changes its shade while others come.
   * @param {Task} task
   * @param {Uint16Array} values
   */
  #grade(task, values) {
    const { width, height, labels } = task;
    const stride = Math.max(task.stride, COARSE);
    /** @type {number[]} */
    const taken = [];
    for (let row = 0; row < height; row += stride) {
      for (let at = row * width; at < (row + 1) * width; at += stride) {
        if (labels[at] < UNDEFINED) taken.push(values[at]);
      }
    }
    taken.sort((a, b) => a - b);
    const at = (/** @type {number} */ share) => taken[Math.round(share * (taken.length - 1))] ?? 0;
    const first = at(OUTLIERS);
    const soonest = Math.log1p(first);
    // At least a factor of two, or small differences would look like large ones.
    const range = Math.max(Math.log1p(at(1 - OUTLIERS)) - soonest, Math.LN2);
    const last = Math.ceil(Math.expm1(soonest + range));
    this.#range = [first, last];
    this.#shades.fill(SHADES - 1);
    for (let made = 0; made < Math.min(last, this.#shades.length); made += 1) {
      const late = Math.max((Math.log1p(made) - soonest) / range, 0);
      this.#shades[made] = Math.round(late * (SHADES - 1));
    }
    this.#task = task;
    this.#graded = stride;
  }
}

/**
 * What the shades stand for.
 * @param {Task} task
 * @param {Shading} shading
 */
function valuesOf({ steps, overshoots }, shading) {
  return shading === "overshoots" && overshoots ? overshoots : steps;
}

/**
 * @param {number[][]} colors
 * @param {number} share Of the way from the first to the last.
 */
function along(colors, share) {
  const place = share * (colors.length - 1);
  const before = Math.min(Math.floor(place), colors.length - 2);
  return mix(colors[before], colors[before + 1], place - before);
}

/** @param {string} color `#rrggbb` */
function channels(color) {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
}

/**
 * @param {number[]} a
 * @param {number[]} b
 * @param {number} share Of b.
 */
function mix(a, b, share) {
  return a.map((channel, index) => channel + (b[index] - channel) * share);
}
