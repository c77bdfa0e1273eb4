// One map on its way from coarse to fine. At each moment its cells hold a whole picture: those that
// are not computed yet have what the nearest computed one to their upper left has.

import { release } from "../core/guard.js";
import { computed } from "./map-pieces.js";

/**
 * @typedef {import("./map-pieces.js").Kind} Kind
 * @typedef {import("./map-pieces.js").Work} Work
 * @typedef {import("./map-pieces.js").Piece} Piece
 * @typedef {import("./map-pieces.js").Answer} Answer
 *
 * @typedef {object} Watcher
 * @property {() => void} [came] Called when cells have come, from the end of the first pass on; without
 *   it nobody looks before all are there, and there is one pass.
 * @property {() => void} done Called when all are there.
 * @property {(error: unknown) => void} failed
 */

/** The core's labels of balls that end in no minimum. */
export const UNDEFINED = 253;
export const UNDECIDED = 254;
export const DIVERGED = 255;

/**
 * What earlier maps took, by what it depends on most.
 * @type {Map<string, Cost>}
 */
const costs = new Map();
/** Clocks are coarse: no work is thought to take less, in ms. */
const TICK = 0.1;
/** The work of so long tells what comes next, in ms; what was before counts for less and less. */
const RECENT = 20;
/** What the page's own thread computes at once takes so long, in ms, and is not finer than this stride. */
const SOON = 5;
export const COARSE = 16;
/** Of that a map's first pass takes so much: costs are known of larger pieces, whose cells cost less. */
const FIRST = 1 / 2;
/** Nor would it take longer than this if no ball stopped, in ms. */
const LONGEST = 12;
/** What a step of a ball is thought to take before one has been made, in ms. */
const GUESS = 5e-4;
/** Of so many balls it is asked how many steps they have made. */
const SAMPLE = 500;
/** Nor is a piece of something new larger than those before by more than this. */
const GROWTH = 4;

/** What cells take, and the steps of their balls. */
class Cost {
  #took = 0;
  #cells = 0;
  #steps = 0;

  /**
   * @param {number} took In ms.
   * @param {number} cells
   * @param {number} steps
   */
  add(took, cells, steps) {
    const kept = this.#took > RECENT ? 1 / 2 : 1;
    this.#took = kept * this.#took + took;
    this.#cells = kept * this.#cells + cells;
    this.#steps = kept * this.#steps + steps;
  }

  /** What a cell takes, in ms; nothing before one has been computed. */
  get cell() {
    return this.#cells > 0 ? Math.max(this.#took, TICK) / this.#cells : undefined;
  }

  /** What a ball's step takes, in ms. */
  get step() {
    return this.#steps > 0 ? Math.max(this.#took, TICK) / this.#steps : GUESS;
  }
}

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
  /** The pass that is not whole yet. */
  pass = 0;
  /** @type {Uint32Array} */
  #strides;
  /** The pass of which pieces are taken, and from where its rows have not been. */
  #taking = 0;
  #row = 0;
  /** Of each pass, the pieces taken and not answered. @type {number[]} */
  #pending;
  /** Answers of passes that wait for the one before. @type {Answer[]} */
  #early = [];
  /** Pieces taken that have to be computed after all. @type {Piece[]} */
  #again = [];
  /** Cells computed. */
  #made = 0;
  #cost;
  /** The most steps of a ball. */
  #steps;
  /** The most cells that a piece may have, a row at least. */
  #most = Infinity;

  /**
   * Throws the core's complaint if the map cannot be.
   * @param {import("../core/core.js").Whole} whole
   * @param {Kind} kind
   * @param {object} configuration
   * @param {object} options
   * @param {Watcher} watcher
   */
  constructor({ MapJob }, kind, configuration, options, watcher) {
    const map = MapJob[kind](configuration, options);
    const { width, height, minima, max_steps: most, strides } = map;
    [this.width, this.height, this.minima] = [width, height, minima];
    this.#steps = most;
    const key = costKey(kind, configuration, options);
    this.#cost = costs.get(key) ?? new Cost();
    costs.set(key, this.#cost);
    if (this.#cost.cell === undefined) this.#most = 1;
    const first = strides.findLastIndex((stride) => {
      const cells = this.#cells(stride);
      return stride >= COARSE && cells * (this.#cost.cell ?? this.#worst) <= SOON * FIRST
        && cells * this.#worst <= LONGEST;
    });
    this.#strides = watcher.came ? strides.slice(Math.max(first, 0)) : strides.slice(-1);
    this.#pending = Array.from(this.#strides, () => 0);
    this.labels = new Uint8Array(width * height);
    this.steps = new Uint16Array(width * height);
    count += 1;
    this.watcher = watcher;
    try {
      this.work = structuredClone({ job: count, kind, configuration, options });
      if (watcher.came) this.#glance(map);
    } finally {
      release(map);
    }
  }

  /** What a cell takes whose ball makes all steps, in ms. */
  get #worst() {
    return this.#steps * this.#cost.step;
  }

  /** How many cells there are so far apart. @param {number} stride */
  #cells(stride) {
    return Math.ceil(this.width / stride) * Math.ceil(this.height / stride);
  }

  /**
   * Computes at once the first pass, unless it could take long, and what is soon done of the other
   * coarse ones, so that there is a picture that waits for nobody. Nobody is told: who has asked for the
   * map is not there yet.
   * @param {import("./map-pieces.js").Job} map
   */
  #glance(map) {
    if (this.#cells(this.#strides[0]) * this.#worst > LONGEST) return;
    const begun = performance.now();
    for (;;) {
      const stride = this.#strides[this.#row < this.height ? this.#taking : this.#taking + 1];
      const elapsed = performance.now() - begun;
      const row = Math.ceil(this.width / stride);
      // Without all of the first pass there is no picture: it may take longer than was to be expected.
      const more = this.pass > 0 ? 0 : 2 * LONGEST;
      const [soon, longest] = [SOON + more - elapsed, LONGEST + more - elapsed];
      if (!(stride >= COARSE && row * (this.#cost.cell ?? 0) < soon && row * this.#worst <= longest)) return;
      const piece = this.take([soon, soon], 1, longest);
      if (piece) this.#settle(computed(map, piece));
    }
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

  /** How far apart the cells are that have been computed, all in all. */
  get stride() {
    return this.#strides[Math.max(this.pass - 1, 0)];
  }

  /**
   * The next piece, if one is left. When all of a pass is taken the next one begins, so that nobody
   * waits for the slowest; what comes of it is shown after the pass before.
   * @param {[number, number]} patience How long it should take in the first pass and in the last, in ms.
   * @param {number} hands Among how many the pass is shared.
   * @param {number} longest What it may take if no ball stops, in ms; it is a row at least, which has
   *   `columns` to be computed at a time.
   * @returns {Piece | undefined}
   */
  take([early, late], hands, longest) {
    let piece = this.#again.pop();
    if (!piece) {
      if (this.#row >= this.height && this.#taking < this.#strides.length) {
        this.#taking += 1;
        this.#row = 0;
      }
      if (this.#taking === this.#strides.length) return undefined;
      const stride = this.#strides[this.#taking];
      // Later passes are cancelled less often.
      const fine = Math.max(0, 1 - Math.log2(stride) / Math.log2(COARSE));
      const patience = early + (late - early) * fine ** 2;
      const affordable = Math.min(patience / (this.#cost.cell ?? TICK), longest / this.#worst);
      const row = Math.ceil(this.width / stride);
      const wanted = Math.floor(Math.min(this.#most, affordable) / row);
      const columns = affordable < row ? Math.max(1, Math.floor(affordable)) * stride : this.width;
      // In equal shares; towards the end of the last pass smaller and smaller, so that all end
      // together, but not so small that asking costs more.
      const ending = hands > 1 && this.#taking === this.#strides.length - 1;
      const rows = ending ? (this.height - this.#row) * 2 / 3 : this.height;
      const fair = Math.max(wanted / 8, rows / stride / hands);
      const from = this.#row;
      const to = Math.min(this.height, from + stride * Math.max(1, Math.min(wanted, Math.ceil(fair))));
      piece = { job: this.work.job, stride, refines: this.#taking > 0, from, to, columns };
      this.#row = to;
    }
    this.#pending[this.#passOf(piece)] += 1;
    return piece;
  }

  /**
   * Gives a piece back that nobody computes.
   * @param {Piece} piece
   */
  putBack(piece) {
    this.#pending[this.#passOf(piece)] -= 1;
    this.#again.push(piece);
  }

  /** @param {Answer} answer */
  put(answer) {
    this.#settle(answer);
    if (this.pass > 0) this.watcher.came?.();
    if (this.done) this.watcher.done();
  }

  /** @param {Answer} answer */
  #settle(answer) {
    this.#early.push(answer);
    this.#pending[this.#passOf(answer)] -= 1;
    for (let went = true; went && !this.done;) {
      const due = this.#strides[this.pass];
      const ready = this.#early.filter(({ stride }) => stride === due);
      this.#early = this.#early.filter(({ stride }) => stride !== due);
      for (const one of ready) this.#show(one);
      went = this.#whole(this.pass);
      if (went) this.pass += 1;
    }
  }

  /** @param {Piece} piece */
  #passOf({ stride }) {
    return this.#strides.indexOf(stride);
  }

  /** Whether all pieces of a pass have been taken and answered. @param {number} pass */
  #whole(pass) {
    const taken = this.#taking > pass || (this.#taking === pass && this.#row >= this.height);
    return taken && this.#pending[pass] === 0 && this.#again.every((piece) => this.#passOf(piece) !== pass);
  }

  /** @param {Answer} answer */
  #show(answer) {
    const made = this.#spread(answer);
    this.#made += made;
    if (made === 0) return;
    this.#cost.add(answer.took, made, made * (1 + mean(answer.cells.steps)));
    this.#most = Math.max(this.#most, GROWTH * made);
  }

  /**
   * Writes the cells of a piece, in the order of the core's `Grid::cells`, each over the square
   * that it stands for.
   * @param {Answer} answer
   * @returns {number} How many they are.
   */
  #spread({ stride, refines, from, to, cells: { labels, steps, overshoots } }) {
    const { width, height } = this;
    if (overshoots) this.overshoots ??= new Uint16Array(width * height);
    let next = 0;
    const layers = [[this.labels, labels], [this.steps, steps], [this.overshoots, overshoots]];
    for (let row = Math.ceil(from / stride) * stride; row < to; row += stride) {
      // Each pass has half the stride of the one before: every other cell of every other row of
      // its lattice is known.
      const known = refines && row % (2 * stride) === 0;
      const first = known ? stride : 0;
      const apart = known ? 2 * stride : stride;
      const count = Math.max(0, Math.ceil((width - first) / apart));
      const start = row * width;
      for (const [all, came] of layers) {
        if (!all || !came) continue;
        if (apart === 1) {
          all.set(came.subarray(next, next + count), start);
          continue;
        }
        for (let cell = next, column = first; column < width; cell += 1, column += apart) {
          const beside = start + Math.min(column + stride, width);
          for (let at = start + column; at < beside; at += 1) all[at] = came[cell];
        }
        const below = Math.min(row + stride, height);
        for (let y = row + 1; y < below; y += 1) all.copyWithin(y * width, start, start + width);
      }
      next += count;
    }
    return next;
  }
}

/**
 * The mean of numbers, of some here and there where they are many.
 * @param {Uint16Array} numbers
 */
function mean(numbers) {
  const apart = Math.ceil(numbers.length / SAMPLE);
  let [sum, count] = [0, 0];
  for (let at = 0; at < numbers.length; at += apart, count += 1) sum += numbers[at];
  return sum / count;
}

/**
 * Names what the cost of a cell depends on most: the surface with its formula, the rule, chance, and
 * the number of steps.
 * @param {Kind} kind
 * @param {{surface?: unknown, optimizer?: unknown, runs?: unknown[], noise?: number, batch?: number}} configuration
 * @param {{run?: number, max_steps?: number}} options
 */
export function costKey(kind, { surface, optimizer, runs, noise, batch }, { run = 0, max_steps }) {
  const named = (/** @type {any} */ part) => (typeof part === "object" && part ? [part.id, part.expression] : part);
  const rule = optimizer ?? runs?.[run];
  return JSON.stringify([kind, named(surface), named(rule), Boolean(noise), Boolean(batch), max_steps]);
}
