// One map on its way from coarse to fine. At each moment its cells hold a whole picture: those that
// are not computed yet have what the nearest computed one to their upper left has.

/**
 * @typedef {import("./map-pieces.js").Kind} Kind
 * @typedef {import("./map-pieces.js").Work} Work
 * @typedef {import("./map-pieces.js").Piece} Piece
 * @typedef {import("./map-pieces.js").Answer} Answer
 *
 * @typedef {object} Watcher
 * @property {() => void} came Called when cells have come, from the end of the first pass on.
 * @property {() => void} done Called when all are there.
 * @property {(error: unknown) => void} failed
 */

/** The core's labels of balls that end in no minimum. */
export const UNDECIDED = 254;
export const DIVERGED = 255;

/** What a cell is thought to take before one has been computed, in ms. */
const GUESS = 0.01;

let count = 0;

export class Task {
  /** @type {number} */
  width;
  /** @type {number} */
  height;
  /** x0, y0, x1, y1, …: the surface's minima, to which the labels point. @type {Float64Array} */
  minima;
  /** @type {Uint8Array} */
  labels;
  /** @type {Uint16Array} */
  steps;
  /** @type {Uint16Array | undefined} */
  overshoots;
  /** @type {Work} */
  work;
  watcher;
  /** The pass that is being computed. */
  pass = 0;
  /** @type {Uint32Array} */
  #strides;
  /** From where rows of this pass have not been taken. */
  #row = 0;
  /** Pieces taken and not answered. */
  #pending = 0;
  /** Pieces taken that have to be computed after all. @type {Piece[]} */
  #again = [];
  /** Cells computed. */
  #made = 0;
  /** In ms a cell. */
  #cost = GUESS;

  /**
   * Throws the core's complaint if the map cannot be.
   * @param {import("./core.js").Core} core
   * @param {Kind} kind
   * @param {object} configuration
   * @param {object} options
   * @param {Watcher} watcher
   */
  constructor({ MapJob }, kind, configuration, options, watcher) {
    const map = MapJob[kind](configuration, options);
    const { width, height, minima, strides } = map;
    map.free();
    [this.width, this.height, this.minima, this.#strides] = [width, height, minima, strides];
    this.labels = new Uint8Array(width * height);
    this.steps = new Uint16Array(width * height);
    count += 1;
    this.work = structuredClone({ job: count, kind, configuration, options });
    this.watcher = watcher;
  }

  /** How many cells have been computed. */
  get made() {
    return this.#made;
  }

  /** The share that has been computed. */
  get progress() {
    return this.#made / (this.width * this.height);
  }

  get done() {
    return this.pass === this.#strides.length;
  }

  /** The cells of the first pass: as many in each direction from one to the next. */
  get coarsest() {
    return this.#strides[0];
  }

  /**
   * The next piece, if this pass has one left: the next pass begins when this one is whole.
   * @param {number} patience How long it should take, in ms.
   * @param {number} hands Among how many the pass is shared.
   * @returns {Piece | undefined}
   */
  take(patience, hands) {
    if (this.done) return undefined;
    let piece = this.#again.pop();
    if (!piece) {
      if (this.#row >= this.height) return undefined;
      const stride = this.#strides[this.pass];
      const wanted = Math.floor(patience / (this.#cost * Math.ceil(this.width / stride)));
      const fair = Math.ceil(this.height / stride / hands);
      const from = this.#row;
      const to = Math.min(this.height, from + stride * Math.max(1, Math.min(wanted, fair)));
      piece = { job: this.work.job, pass: this.pass, from, to };
      this.#row = to;
    }
    this.#pending += 1;
    return piece;
  }

  /**
   * Gives a piece back that nobody computes.
   * @param {Piece} piece
   */
  putBack(piece) {
    this.#pending -= 1;
    this.#again.push(piece);
  }

  /** @param {Answer} answer */
  put(answer) {
    const made = this.#spread(answer);
    this.#made += made;
    if (made > 0) this.#cost = (this.#cost + answer.took / made) / 2;
    this.#pending -= 1;
    const whole = this.#row >= this.height && this.#pending === 0 && this.#again.length === 0;
    if (whole) {
      this.pass += 1;
      this.#row = 0;
    }
    if (this.pass > 0) this.watcher.came();
    if (this.done) this.watcher.done();
  }

  /**
   * Writes the cells of a piece, in the order of the core's `Grid::cells`, each over the square
   * that it stands for.
   * @param {Answer} answer
   * @returns {number} How many they are.
   */
  #spread({ pass, from, to, cells: { labels, steps, overshoots } }) {
    const { width, height } = this;
    const stride = this.#strides[pass];
    if (overshoots) this.overshoots ??= new Uint16Array(width * height);
    let next = 0;
    for (let row = Math.ceil(from / stride) * stride; row < to; row += stride) {
      // Each pass has half the stride of the one before: every other cell of every other row of
      // its lattice is known.
      const known = pass > 0 && row % (2 * stride) === 0;
      const below = Math.min(row + stride, height);
      for (let column = known ? stride : 0; column < width; column += known ? 2 * stride : stride) {
        const beside = Math.min(column + stride, width);
        for (let y = row; y < below; y += 1) {
          for (let at = y * width + column; at < y * width + beside; at += 1) {
            this.labels[at] = labels[next];
            this.steps[at] = steps[next];
            if (overshoots && this.overshoots) this.overshoots[at] = overshoots[next];
          }
        }
        next += 1;
      }
    }
    return next;
  }
}
