// The numbers of the present moment, which the core writes into its own memory at every frame.

// Layout, in f64: the head, then one block for each run.
const HEAD = 8;
const PER_RUN = 16;
const STATUSES = /** @type {const} */ (["running", "converged", "diverged", "leaving", "undefined"]);
const OUTCOMES = /** @type {const} */ (["running", "converged", "diverged", "leaving", "undefined", "no-gradient",
  "saddle", "plateau", "weight-decay", "learning-rate"]);

/**
 * @typedef {typeof STATUSES[number]} Status
 * @typedef {typeof OUTCOMES[number]} Outcome A status with more detail: how a ball converged, and what is undefined.
 *
 * @typedef {object} RunReadout
 * @property {number} x
 * @property {number} y
 * @property {number} loss
 * @property {number} gradientNorm
 * @property {[number, number]} velocity The last displacement.
 * @property {Status} status Of the whole path.
 * @property {Outcome} outcome The same in more detail.
 * @property {number | null} statusStep The step of the status: at which it settles, diverges or comes to where f is
 *   undefined, or from which on it is moving away.
 * @property {boolean} reached Whether that step has been reached.
 * @property {[number, number]} overshoots So far, along the flattest and steepest direction.
 *
 * @typedef {object} Snapshot
 * @property {number} time In steps, between whole ones while playing.
 * @property {number} step
 * @property {number} steps Length of the path.
 * @property {boolean} playing
 * @property {RunReadout[]} runs
 */

export class Readout {
  /** @type {WebAssembly.Memory} */
  #memory;
  #pointer;
  #length;
  /** @type {Float64Array} */
  #view;

  /**
   * @param {WebAssembly.Memory} memory
   * @param {number} pointer Byte address.
   * @param {number} length In numbers.
   */
  constructor(memory, pointer, length) {
    this.#memory = memory;
    this.#pointer = pointer;
    this.#length = length;
    this.#view = new Float64Array(memory.buffer, pointer, length);
  }

  /** The live numbers; a growing memory leaves an old view empty, so ask anew each time. */
  get #numbers() {
    if (this.#view.buffer !== this.#memory.buffer) {
      this.#view = new Float64Array(this.#memory.buffer, this.#pointer, this.#length);
    }
    return this.#view;
  }

  get time() {
    return this.#numbers[0];
  }

  get step() {
    return Math.floor(this.#numbers[0]);
  }

  get steps() {
    return this.#numbers[1];
  }

  get playing() {
    return this.#numbers[2] !== 0;
  }

  get runs() {
    return this.#numbers[3];
  }

  /** @param {number} run */
  loss(run) {
    return this.#numbers[HEAD + PER_RUN * run + 2];
  }

  /** @param {number} run */
  gradientNorm(run) {
    return this.#numbers[HEAD + PER_RUN * run + 3];
  }

  /**
   * The status of the whole path.
   * @param {number} run
   * @returns {Status}
   */
  #ends(run) {
    return STATUSES[this.#numbers[HEAD + PER_RUN * run + 6]] ?? "running";
  }

  /**
   * The status of the whole path, in more detail.
   * @param {number} run
   * @returns {Outcome}
   */
  outcome(run) {
    return OUTCOMES[this.#numbers[HEAD + PER_RUN * run + 13]] ?? "running";
  }

  /**
   * Whether the ball settled before and has moved on since.
   * @param {number} run
   */
  movedOn(run) {
    return this.#numbers[HEAD + PER_RUN * run + 14] !== 0;
  }

  /**
   * The step of that status, or NaN.
   * @param {number} run
   */
  outcomeStep(run) {
    return this.#numbers[HEAD + PER_RUN * run + 7];
  }

  /**
   * Where the ball is at that step.
   * @param {number} run
   * @returns {[number, number]}
   */
  outcomePoint(run) {
    const at = HEAD + PER_RUN * run + 11;
    return [this.#numbers[at], this.#numbers[at + 1]];
  }

  /**
   * The status as far as it shows at the present step.
   * @param {number} run
   * @returns {Status}
   */
  status(run) {
    return this.#numbers[HEAD + PER_RUN * run + 8] ? this.#ends(run) : "running";
  }

  /**
   * Crossings of the resting place so far, along the flattest and the steepest direction.
   * @param {number} run
   * @returns {[number, number]}
   */
  overshoots(run) {
    const at = HEAD + PER_RUN * run + 9;
    return [this.#numbers[at], this.#numbers[at + 1]];
  }

  /**
   * All of it as a plain object.
   * @returns {Snapshot}
   */
  snapshot() {
    return {
      time: this.time,
      step: this.step,
      steps: this.steps,
      playing: this.playing,
      runs: Array.from({ length: this.runs }, (_, run) => this.#run(run)),
    };
  }

  /**
   * @param {number} run
   * @returns {RunReadout}
   */
  #run(run) {
    const at = HEAD + PER_RUN * run;
    const [x, y, loss, gradientNorm, vx, vy, , step, reached, flattest, steepest] =
      this.#numbers.subarray(at, at + PER_RUN);
    return {
      x,
      y,
      loss,
      gradientNorm,
      velocity: [vx, vy],
      status: this.#ends(run),
      outcome: this.outcome(run),
      statusStep: Number.isNaN(step) ? null : step,
      reached: reached !== 0,
      overshoots: [flattest, steepest],
    };
  }
}
