// Who computes the pieces of maps: workers, or in their stead the page's own thread in slices.

import { Pieces } from "./map-pieces.js";
import { trusted } from "../platform/trusted.js";

/**
 * @typedef {import("../core/core.js").Whole} Whole
 * @typedef {import("./map-pieces.js").Work} Work
 * @typedef {import("./map-pieces.js").Piece} Piece
 * @typedef {import("./map-pieces.js").Answer} Answer
 *
 * @typedef {object} Hand
 * @property {[number, number]} patience How long a piece should take in a map's first pass and in its last, in ms.
 * @property {number} longest What a piece may take if no ball stops, in ms.
 * @property {number} depth How many pieces it may hold: none before it is ready; with a second one it
 *   need not wait for the page.
 * @property {(work: Work, piece: Piece) => void} give Pieces are answered in their order.
 * @property {(job: number) => void} end Forgets a map.
 * @property {() => void} leave Called when no map needs it any more.
 */

/** A script of the page's own that imports the worker's. @type {string | undefined} */
let borrowed;

/** Throws where the page forbids workers. */
function newWorker() {
  const { href, origin } = new URL(/* @vite-ignore */ /* webpackIgnore: true */ "./map-worker.js", import.meta.url);
  if (origin === globalThis.origin) {
    return withTrust(() => new Worker(new URL("./map-worker.js", import.meta.url), { type: "module" }));
  }
  // Where a page has its scripts from elsewhere, a worker must be the page's own, but may import.
  const text = `import ${JSON.stringify(href)};`;
  borrowed ??= URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  return new Worker(trusted(borrowed), { type: "module" });
}

/**
 * Makes a worker of an address that the page trusts. Bundlers look for the very words `new Worker(new URL(…))`,
 * so a constructor that asks for the trust stands in meanwhile.
 * @param {() => Worker} make
 */
function withTrust(make) {
  const { Worker } = globalThis;
  if (!("trustedTypes" in globalThis) || !Worker) return make();
  globalThis.Worker = /** @type {any} */ (function (/** @type {URL} */ url, /** @type {WorkerOptions} */ options) {
    return new Worker(trusted(String(url)), options);
  });
  try {
    return make();
  } finally {
    globalThis.Worker = Worker;
  }
}

/** @implements {Hand} */
export class WorkerHand {
  patience = /** @type {[number, number]} */ ([4, 20]);
  longest = Infinity;
  depth = 0;
  #worker;
  /** @type {Set<number>} */
  #begun = new Set();

  /**
   * Throws where there are no workers.
   * @param {Whole} whole
   * @param {object} events
   * @param {() => void} events.ready
   * @param {(answer: Answer) => void} events.answered
   * @param {() => void} events.lost Called if it cannot start, or breaks down.
   */
  constructor({ module }, { ready, answered, lost }) {
    this.#worker = newWorker();
    this.#worker.addEventListener("message", ({ data }) => {
      if (data !== "ready") return answered(data);
      this.depth = 2;
      ready();
    });
    const giveUp = (/** @type {Event} */ event) => {
      event.preventDefault();
      this.#worker.terminate();
      lost();
    };
    this.#worker.addEventListener("error", giveUp);
    this.#worker.addEventListener("messageerror", giveUp);
    this.#worker.postMessage({ module });
  }

  /**
   * @param {Work} work
   * @param {Piece} piece
   */
  give(work, piece) {
    if (!this.#begun.has(work.job)) this.#worker.postMessage({ begin: work });
    this.#begun.add(work.job);
    this.#worker.postMessage({ piece });
  }

  /** @param {number} job */
  end(job) {
    if (this.#begun.delete(job)) this.#worker.postMessage({ end: job });
  }

  leave() {
    this.#worker.terminate();
  }
}

/** @implements {Hand} */
export class OwnHand {
  patience = /** @type {[number, number]} */ ([5, 8]);
  longest = 25;
  depth = 1;
  #pieces;
  #answered;
  #failed;
  /** @type {Set<number>} */
  #begun = new Set();

  /**
   * @param {Whole} whole
   * @param {(answer: Answer) => void} answered
   * @param {(job: number, error: unknown) => void} failed
   */
  constructor({ MapJob }, answered, failed) {
    this.#pieces = new Pieces(MapJob);
    this.#answered = answered;
    this.#failed = failed;
  }

  /**
   * @param {Work} work
   * @param {Piece} piece
   */
  give(work, piece) {
    if (!this.#begun.has(work.job)) this.#pieces.begin(work);
    this.#begun.add(work.job);
    const slices = this.#pieces.slices(piece);
    const go = () => {
      // A map that has ended meanwhile leaves its last piece uncomputed, and its hand free.
      if (!this.#begun.has(work.job)) return this.#failed(work.job, undefined);
      let slice;
      try {
        slice = slices.next();
      } catch (error) {
        return this.#failed(work.job, error);
      }
      // Between two slices the page has its turn.
      if (slice.done) this.#answered(slice.value);
      else setTimeout(go);
    };
    setTimeout(go);
  }

  /** @param {number} job */
  end(job) {
    if (this.#begun.delete(job)) this.#pieces.end(job);
  }

  leave() {}
}
