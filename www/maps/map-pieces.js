// The computing of maps, piece by piece: the same in a worker and on the page's own thread.

import { release } from "../core/guard.js";

/**
 * @typedef {import("../pkg/momentum_lab.js").Cells} Cells
 * @typedef {import("../pkg/momentum_lab.js").MapJob} Job
 * @typedef {"basins" | "tuning"} Kind
 *
 * @typedef {object} Work What a map is to show.
 * @property {number} job Its number on this page.
 * @property {Kind} kind
 * @property {object} configuration
 * @property {object} options
 *
 * @typedef {object} Piece The cells of a pass, see the core's `Pass`, from one row to before another.
 * @property {number} job
 * @property {number} stride
 * @property {boolean} refines Whether the cells of twice the stride are known.
 * @property {number} from
 * @property {number} to
 * @property {number} columns So many at a time, where others have their turn in between; all but of a
 *   single row.
 *
 * @typedef {Piece & {cells: Cells, took: number}} Answer `took` in ms.
 */

/**
 * @param {Job} map
 * @param {Piece} piece
 * @param {number} [left] The first of its columns that is computed.
 * @param {number} [right] The first that is not.
 * @returns {Answer}
 */
export function computed(map, piece, left = 0, right = map.width) {
  const begun = performance.now();
  const cells = map.run(piece.stride, piece.refines, piece.from, piece.to, left, right);
  return { ...piece, cells, took: performance.now() - begun };
}

export class Pieces {
  #MapJob;
  /** @type {Map<number, Job>} */
  #maps = new Map();

  /** @param {import("../core/core.js").Whole["MapJob"]} MapJob */
  constructor(MapJob) {
    this.#MapJob = MapJob;
  }

  /** @param {Work} work */
  begin({ job, kind, configuration, options }) {
    this.#maps.set(job, this.#MapJob[kind](configuration, options));
  }

  /** Whether a map has begun and not ended. @param {number} job */
  has(job) {
    return this.#maps.has(job);
  }

  /**
   * @param {Piece} piece Of a map that has begun.
   * @returns {Answer}
   */
  compute(piece) {
    return computed(this.#map(piece), piece);
  }

  /**
   * Computes a piece some columns at a time.
   * @param {Piece} piece Of a map that has begun.
   * @returns {Generator<undefined, Answer>}
   */
  *slices(piece) {
    const map = this.#map(piece);
    const slices = [];
    for (let left = 0; left < map.width; left += piece.columns) {
      if (left > 0) yield;
      slices.push(computed(map, piece, left, Math.min(left + piece.columns, map.width)));
    }
    return joined(slices);
  }

  /** @param {Piece} piece */
  #map({ job }) {
    const map = this.#maps.get(job);
    if (!map) throw new Error(`map ${job} has not begun`);
    return map;
  }

  /** @param {number} job */
  end(job) {
    release(this.#maps.get(job));
    this.#maps.delete(job);
  }
}

/**
 * One answer of several that follow each other.
 * @param {Answer[]} answers One at least.
 * @returns {Answer}
 */
function joined(answers) {
  const [first] = answers;
  if (answers.length === 1) return first;
  const all = answers.map(({ cells }) => cells);
  const { overshoots } = first.cells;
  const cells = {
    ...first.cells,
    labels: Uint8Array.from(all.flatMap(({ labels }) => [...labels])),
    steps: Uint16Array.from(all.flatMap(({ steps }) => [...steps])),
    ...overshoots && { overshoots: Uint16Array.from(all.flatMap(({ overshoots: some = [] }) => [...some])) },
  };
  return { ...first, cells, took: answers.reduce((sum, { took }) => sum + took, 0) };
}
