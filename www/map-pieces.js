// The computing of maps, piece by piece: the same in a worker and on the page's own thread.

/**
 * @typedef {import("./pkg/momentum_lab.js").Cells} Cells
 * @typedef {import("./pkg/momentum_lab.js").MapJob} Job
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
 *
 * @typedef {Piece & {cells: Cells, took: number}} Answer `took` in ms.
 */

/**
 * @param {Job} map
 * @param {Piece} piece
 * @returns {Answer}
 */
export function computed(map, piece) {
  const begun = performance.now();
  const cells = map.run(piece.stride, piece.refines, piece.from, piece.to);
  return { ...piece, cells, took: performance.now() - begun };
}

export class Pieces {
  #MapJob;
  /** @type {Map<number, Job>} */
  #maps = new Map();

  /** @param {import("./core.js").Whole["MapJob"]} MapJob */
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
    const map = this.#maps.get(piece.job);
    if (!map) throw new Error(`map ${piece.job} has not begun`);
    return computed(map, piece);
  }

  /** @param {number} job */
  end(job) {
    this.#maps.get(job)?.free();
    this.#maps.delete(job);
  }
}
