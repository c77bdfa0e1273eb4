// Maps, a hundred thousand balls at once: computed by workers that all elements on the page share,
// from coarse to fine. Loaded at first use.

import { loadWhole } from "../core/core.js";
import { OwnHand, WorkerHand } from "./map-hands.js";
import { Task } from "./map-task.js";
import { Options } from "../core/options.js";
import { plain } from "../platform/plain.js";

/**
 * @typedef {import("../core/core.js").Whole} Whole
 * @typedef {import("./map-hands.js").Hand} Hand
 * @typedef {import("./map-pieces.js").Answer} Answer
 * @typedef {import("./map-pieces.js").Kind} Kind
 * @typedef {import("./map-pieces.js").Piece} Piece
 * @typedef {import("./map-task.js").Watcher} Watcher
 * @typedef {import("../pkg/momentum_lab.js").Cells} Cells
 * @typedef {import("../pkg/momentum_lab.js").BasinsOptions} BasinsOptions
 * @typedef {import("../pkg/momentum_lab.js").TunedCells} TunedCells
 * @typedef {import("../pkg/momentum_lab.js").TuningOptions} TuningOptions
 * @typedef {{signal?: AbortSignal}} Cancellable
 */

/** After so long without a worker that is ready the page helps itself, in ms. */
const PATIENCE = 3000;
/** After so long without a map its workers go, in ms; the next one gets others. */
const IDLE = 20_000;

/**
 * To which minimum each of many starts leads, and in how many steps, row by row from the top.
 * @param {object} configuration As for `simulate`.
 * @param {BasinsOptions & Cancellable} [options]
 * @returns {Promise<Cells>} Rejects with the core's complaint, or as the signal says.
 */
export function basins(configuration, options) {
  return whole("basins", configuration, options);
}

/**
 * Where the ball ends at each of many learning rates and momenta, in how many steps, and how often
 * it overshoots, row by row from the largest momentum.
 * @param {object} configuration As for `simulate`.
 * @param {TuningOptions & Cancellable} [options]
 * @returns {Promise<TunedCells>} Rejects with the core's complaint, or as the signal says.
 */
export function tuning(configuration, options) {
  return /** @type {Promise<TunedCells>} */ (whole("tuning", configuration, options));
}

/**
 * @param {Kind} kind
 * @param {object} configuration
 * @param {object & Cancellable} [wishes]
 * @returns {Promise<Cells>}
 */
async function whole(kind, configuration, wishes) {
  const given = plain(configuration);
  const { signal, others: options } = new Options((await loadWhole()).refusal, wishes);
  signal?.throwIfAborted();
  const pool = await mapPool();
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const abort = () => {
      pool.cancel(task);
      reject(signal?.reason);
    };
    const settled = () => signal?.removeEventListener("abort", abort);
    const task = pool.start(kind, given, options, {
      done: () => {
        settled();
        const { labels, steps, overshoots, minima } = task;
        resolve({ labels, steps, ...overshoots && { overshoots }, minima });
      },
      failed: (error) => {
        settled();
        reject(error);
      },
    });
    signal?.addEventListener("abort", abort, { once: true });
  });
}

/** @type {Pool | undefined} */
let shared;

/** The page's one pool of workers. */
export async function mapPool() {
  const whole = await loadWhole();
  shared ??= new Pool(whole);
  return shared;
}

/** Hands the pieces of maps out to whoever is free. */
class Pool {
  #whole;
  /** Oldest first. @type {Task[]} */
  #tasks = [];
  /** What each is busy with, in this order. @type {Map<Hand, Piece[]>} */
  #hands = new Map();
  /** The page's own, where workers do not come or have gone. @type {Hand | undefined} */
  #own;
  /** Those that have answered. @type {WeakSet<Hand>} */
  #proven = new WeakSet();
  #leaving = /** @type {number | undefined} */ (undefined);
  #helping = /** @type {number | undefined} */ (undefined);

  /** @param {Whole} whole */
  constructor(whole) {
    this.#whole = whole;
  }

  /**
   * Begins a map, of which a first picture is there at once if that is soon made; throws the core's
   * complaint if it cannot be.
   * @param {Kind} kind
   * @param {object} configuration
   * @param {object} options
   * @param {Watcher} watcher
   */
  start(kind, configuration, options, watcher) {
    const task = new Task(this.#whole, kind, configuration, options, watcher);
    clearTimeout(this.#leaving);
    this.#tasks.push(task);
    if (this.#hands.size === 0) this.#hire();
    this.#deal();
    return task;
  }

  /**
   * Ends a map at once: what is still on its way is dropped when it comes.
   * @param {Task} task
   */
  cancel(task) {
    this.#tasks = this.#tasks.filter((other) => other !== task);
    for (const hand of this.#hands.keys()) hand.end(task.work.job);
    clearTimeout(this.#leaving);
    if (this.#tasks.length > 0) return;
    this.#leaving = setTimeout(() => this.#dismiss(), IDLE);
    // Node, whose timers are objects, need not wait for it.
    /** @type {any} */ (this.#leaving).unref?.();
  }

  #dismiss() {
    clearTimeout(this.#helping);
    for (const hand of this.#hands.keys()) hand.leave();
    this.#hands.clear();
    this.#own = undefined;
  }

  #hire() {
    // Node has no workers of this kind, and older versions of it no navigator.
    const cores = "Worker" in globalThis ? navigator.hardwareConcurrency ?? 1 : 0;
    try {
      for (let index = 0; index < cores; index += 1) this.#hireWorker();
    } catch (error) {
      // A page may forbid workers; those that have started are enough.
      console.info("maps without workers:", error);
    }
    this.#helpOut();
  }

  /** Where there are no workers the page computes by itself, and where none is ready for long. */
  #helpOut() {
    const hands = () => [...this.#hands.keys()];
    if (hands().every((hand) => hand === this.#own)) return this.#hireOwn();
    clearTimeout(this.#helping);
    this.#helping = setTimeout(() => {
      if (hands().some(({ depth }) => depth > 0)) return;
      this.#hireOwn();
      this.#deal();
    }, PATIENCE);
  }

  #hireWorker() {
    /** @type {Hand} */
    const hand = new WorkerHand(this.#whole, {
      ready: () => {
        if (this.#own) this.#own.depth = 0;
        this.#deal();
      },
      answered: (answer) => this.#take(hand, answer),
      lost: () => this.#lose(hand),
    });
    this.#hands.set(hand, []);
  }

  #hireOwn() {
    if (this.#own) {
      this.#own.depth = 1;
      return;
    }
    /** @type {Hand} */
    const hand = new OwnHand(this.#whole, (answer) => this.#take(hand, answer), (job, error) => {
      if (!this.#hands.has(hand)) return;
      this.#hands.set(hand, []);
      const task = this.#find(job);
      try {
        if (task) this.#fail(task, error);
      } finally {
        this.#deal();
      }
    });
    this.#own = hand;
    this.#hands.set(hand, []);
  }

  /** @param {number} job */
  #find(job) {
    return this.#tasks.find(({ work }) => work.job === job);
  }

  /** Gives the hands pieces until each has as many as it takes, the idlest first. */
  #deal() {
    const most = Math.max(...[...this.#hands.keys()].map(({ depth }) => depth));
    for (let held = 0; held < most; held += 1) {
      for (const [hand, pieces] of this.#hands) {
        if (pieces.length > held || held >= hand.depth) continue;
        const next = this.#next(hand);
        if (!next) return;
        pieces.push(next.piece);
        hand.give(next.task.work, next.piece);
      }
    }
  }

  /**
   * A piece of the map of which the least is there, of the oldest among such: a small map need not
   * wait for a large one.
   * @param {Hand} hand For whom it is.
   */
  #next({ patience, longest }) {
    const hands = [...this.#hands.keys()].filter(({ depth }) => depth > 0).length;
    for (const task of [...this.#tasks].sort((one, other) => one.made - other.made)) {
      const piece = task.take(patience, hands, longest);
      if (piece) return { task, piece };
    }
    return undefined;
  }

  /**
   * @param {Hand} hand
   * @param {Answer} answer
   */
  #take(hand, answer) {
    this.#hands.get(hand)?.shift();
    this.#proven.add(hand);
    const task = this.#find(answer.job);
    if (task) {
      task.put(answer);
      if (task.done) this.cancel(task);
    }
    this.#deal();
  }

  /**
   * A worker that could not start: others compute its pieces. One that has broken down takes the map
   * along that it was at, or that would break the next one; it is replaced.
   * @param {Hand} hand
   */
  #lose(hand) {
    const pieces = this.#hands.get(hand);
    if (!pieces) return;
    this.#hands.delete(hand);
    if (this.#proven.has(hand)) {
      const task = this.#find(pieces.shift()?.job ?? 0);
      if (task) this.#fail(task, new Error("a worker has broken down"));
      try {
        this.#hireWorker();
      } catch (error) {
        // The page has come to forbid workers.
        console.info("maps with fewer workers:", error);
      }
    }
    for (const piece of pieces) this.#find(piece.job)?.putBack(piece);
    this.#helpOut();
    this.#deal();
  }

  /**
   * @param {Task} task
   * @param {unknown} error
   */
  #fail(task, error) {
    try {
      this.cancel(task);
    } finally {
      task.watcher.failed(error);
    }
  }
}
