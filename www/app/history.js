// What has been chosen before: undo and redo of whole configurations. What happens between a
// press and its release, such as a drag, is one step, and so is what is typed into one text.

/**
 * @typedef {import("../core/catalogue.js").Configuration} Configuration
 *
 * @typedef {object} Step
 * @property {Configuration} before
 * @property {Configuration} after
 *
 * @typedef {object} Past What another history can go on from.
 * @property {Step[]} done
 * @property {Step[]} undone The next one to redo comes last.
 */

/** No more steps than this are kept. */
const MOST = 100;

/** From where the surface is seen. A look around is no step, and outlives one. */
const OUTLOOK = /** @type {const} */ (["view", "yaw", "pitch"]);

export class History {
  #present;
  #done;
  #undone;
  /** Whether a press or a text goes on, and the step that belongs to it. */
  #held = false;
  /** @type {Step | undefined} */
  #open;

  /**
   * @param {Configuration} present
   * @param {Past} [past]
   */
  constructor(present, { done, undone } = { done: [], undone: [] }) {
    this.#present = present;
    this.#done = done;
    this.#undone = undone;
  }

  /** @returns {Past} */
  get past() {
    return { done: this.#done, undone: this.#undone };
  }

  get canUndo() {
    return this.#done.length > 0;
  }

  get canRedo() {
    return this.#undone.length > 0;
  }

  /** @param {Past} past Which was this history's before; what has been done since is forgotten. */
  rewind({ done }) {
    this.#done = done;
  }

  /** Until `release`, all that is taken belongs to one step. */
  hold() {
    this.#held = true;
    this.#open = undefined;
  }

  release() {
    this.#held = false;
    this.#open = undefined;
  }

  /**
   * Takes what is in force now.
   * @param {Configuration} after
   */
  take(after) {
    const before = this.#present;
    this.#present = after;
    if (same(before, after)) return;
    this.#undone = [];
    if (this.#open) {
      this.#open.after = after;
      return;
    }
    const step = { before, after };
    this.#done = [...this.#done.slice(1 - MOST), step];
    if (this.#held) this.#open = step;
  }

  /**
   * Takes what is in force after a look around.
   * @param {Configuration} configuration
   */
  look(configuration) {
    this.#present = configuration;
  }

  /** @returns {Configuration | undefined} What to go back to. */
  undo() {
    const step = this.#done.at(-1);
    if (!step) return undefined;
    this.#done = this.#done.slice(0, -1);
    this.#undone = [...this.#undone, step];
    return this.#go(step.after, step.before);
  }

  /** @returns {Configuration | undefined} What to go on to. */
  redo() {
    const step = this.#undone.at(-1);
    if (!step) return undefined;
    this.#undone = this.#undone.slice(0, -1);
    this.#done = [...this.#done, step];
    return this.#go(step.before, step.after);
  }

  /**
   * @param {Configuration} from
   * @param {Configuration} to
   */
  #go(from, to) {
    this.release();
    const kept = OUTLOOK.filter((field) => same(from[field], to[field]));
    const now = this.#present;
    this.#present = { ...to, ...Object.fromEntries(kept.map((field) => [field, now[field]])) };
    return this.#present;
  }
}

/**
 * Whether two values of plain data are equal; the core writes fields in one order.
 * @param {unknown} a
 * @param {unknown} b
 */
function same(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}
