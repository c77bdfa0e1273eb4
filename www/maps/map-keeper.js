// Which map is wanted, and which one is shown until the wanted one can be seen; single balls of the
// wanted one before it is there.

import { release } from "../core/guard.js";
import { costKey } from "./map-task.js";

/**
 * @typedef {import("./map-pieces.js").Job} Job
 * @typedef {import("../pkg/momentum_lab.js").Cells} Cells
 * @typedef {import("./map-pieces.js").Kind} Kind
 * @typedef {import("./map-picture.js").Numbers} Numbers
 * @typedef {import("./map-task.js").Task} Task
 *
 * @typedef {object} Asked What the core is asked for.
 * @property {object} configuration
 * @property {{max_steps: number} & Record<string, any>} options
 *
 * @typedef {object} Shown A map and the part of its plane that it shows.
 * @property {Task} task
 * @property {Numbers} bounds Left, right, bottom, top.
 * @property {number} steps The most that a ball makes.
 *
 * @typedef {object} Watcher
 * @property {(shown: Shown, more: boolean) => void} render Called with what there is to show, and
 *   whether there is more to come.
 * @property {(error: unknown) => void} failed
 */

/** A single ball that takes longer, in ms, is the last one of such maps. */
const LONG = 30;

export class MapKeeper {
  #pool;
  #MapJob;
  #kind;
  #watcher;
  /** The map that is computed, or has been. @type {Shown | undefined} */
  #wanted;
  /** What was asked for, as text. */
  #key = "";
  /** What the wanted map is asked for. @type {Asked | undefined} */
  #asked;
  /** The same for single balls. @type {Job | undefined} */
  #job;
  /** By what single balls have taken so long that the page would stand still under the pointer. */
  #slow = "";
  /** @type {Shown | undefined} */
  #shown;
  #frame = 0;

  /**
   * @param {Awaited<ReturnType<typeof import("./maps.js").mapPool>>} pool
   * @param {import("../core/core.js").Whole} whole
   * @param {Kind} kind
   * @param {Watcher} watcher
   */
  constructor(pool, { MapJob }, kind, watcher) {
    this.#pool = pool;
    this.#MapJob = MapJob;
    this.#kind = kind;
    this.#watcher = watcher;
  }

  /** Whether what is shown is not what is wanted. */
  get stale() {
    return this.#shown !== this.#wanted;
  }

  /** The map that is wanted, once every cell of it is there. */
  get whole() {
    return !this.stale && this.#shown?.task.done ? this.#shown : undefined;
  }

  /** What the map is asked for, while one is wanted. */
  get asked() {
    return this.#asked;
  }

  /**
   * What becomes of a single ball of the wanted map; nothing where another one has taken too long.
   * @param {(job: Job) => Cells} compute
   */
  single(compute) {
    if (!this.#asked) return undefined;
    const { configuration, options } = this.#asked;
    const cost = costKey(this.#kind, configuration, options);
    if (cost === this.#slow) return undefined;
    this.#job ??= this.#MapJob[this.#kind](configuration, options);
    const begun = performance.now();
    const cells = compute(this.#job);
    if (performance.now() - begun > LONG) this.#slow = cost;
    return cells;
  }

  /**
   * Begins a map, unless it is the one that has been asked for already.
   * @param {Asked} asked
   * @param {Numbers} bounds
   * @returns {boolean} Whether it is another one, and has begun.
   */
  want(asked, bounds) {
    const key = JSON.stringify(asked);
    if (key === this.#key) return false;
    this.#drop();
    this.#key = key;
    const mine = () => this.#wanted?.task === task;
    /** @type {Task | undefined} */
    let task;
    try {
      task = this.#pool.start(this.#kind, asked.configuration, asked.options, {
        came: () => {
          if (mine()) this.#frame ||= requestAnimationFrame(() => this.render());
        },
        done: () => {},
        failed: (error) => {
          if (mine()) this.#fail(error);
        },
      });
    } catch (error) {
      this.#fail(error);
      return false;
    }
    this.#wanted = { task, bounds, steps: asked.options.max_steps };
    this.#asked = asked;
    return true;
  }

  /**
   * Nothing is shown any more, and the same is not tried again.
   * @param {unknown} error
   */
  #fail(error) {
    const key = this.#key;
    this.end();
    this.#key = key;
    this.#watcher.failed(error);
  }

  /** Shows a map that has just begun, if a first picture of it is there. */
  open() {
    if (this.#wanted && this.#wanted.task.pass > 0) this.render();
  }

  /** Shows what has come. */
  render() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (this.#wanted && this.#wanted.task.pass > 0) this.#shown = this.#wanted;
    if (this.#shown) this.#watcher.render(this.#shown, !this.whole);
  }

  /** Ends the map; nothing is shown any more. */
  end() {
    this.#drop();
    this.#shown = undefined;
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  #drop() {
    if (this.#wanted) this.#pool.cancel(this.#wanted.task);
    this.#wanted = undefined;
    this.#asked = undefined;
    release(this.#job);
    this.#job = undefined;
    this.#key = "";
  }
}
