// What the picture shows, in words: a sentence over the plot, and a live region that speaks when
// a run settles or diverges, or when a change has led to another path.

import { h, setText } from "../platform/dom.js";
import { readable } from "../i18n/format.js";

/**
 * @typedef {import("../i18n/messages.js").Messages} Messages
 * @typedef {import("../core/readout.js").Readout} Readout
 * @typedef {import("../core/readout.js").Status} Status
 *
 * @typedef {object} Swing
 * @property {number} overshoots
 * @property {number | null} period In steps.
 */

/** More runs than this are counted, not named. */
const NAMED = 3;

/** A change is spoken of once it has stood still so long, in ms. */
const PAUSE = 700;

/** Sides that alternate have a period of two steps; up to so many steps it is called that. */
const ALTERNATING = 2.5;

/** Words for small numbers of overshoots. */
const TIMES = /** @type {const} */ ([undefined, "once", "twice"]);

/** Under what many runs are counted, in this order. */
const GROUPS = /** @type {const} */ ({
  "converged": "converged", "weight-decay": "converged",
  "saddle": "stuck", "plateau": "stuck", "learning-rate": "stuck",
  "diverged": "diverged", "leaving": "leaving", "undefined": "undefined", "no-gradient": "undefined",
  "running": "running",
});

export class Narrator {
  /** The live region. */
  element = h("p", { class: "spoken", role: "status", "aria-live": "polite" });
  #messages;
  /** Names of the runs. @type {string[]} */
  #names = [];
  /** The runs that are shown; the others are not spoken of. @type {number[]} */
  #shown = [];
  /** What has been seen of each run. @type {Status[]} */
  #seen = [];
  #timer = 0;

  /** The sentence at the start. @type {import("../i18n/messages.js").Key} */
  #beginning;

  /** @param {import("../app/reader.js").Reader} reader Is told of nothing that cannot be done. */
  constructor(reader) {
    this.#messages = reader.messages;
    const plays = reader.shows("play");
    this.#beginning = !plays ? "sentence.start" : reader.shows("start") ? "sentence.start.drag" : "sentence.start.play";
  }

  /**
   * Takes the names of the runs.
   * @param {string[]} names
   * @param {boolean[]} shown
   */
  name(names, shown) {
    this.#shown = [...names.keys()].filter((run) => shown[run]);
    this.#names = names;
  }

  /**
   * The present moment in a sentence.
   * @param {Readout} readout
   * @returns {string}
   */
  sentence(readout) {
    const { text } = this.#messages;
    // A ball that starts where f is undefined goes nowhere.
    const ended = this.#shown.some((run) => readout.status(run) !== "running");
    if (readout.step === 0 && !readout.playing && !ended) {
      return text(this.#beginning, { loss: readable(readout.loss(0)) });
    }
    const parts = this.#shown.length > NAMED
      ? [this.#count(readout)]
      : this.#shown.map((run) => this.#said(readout, run));
    return this.#joined(parts);
  }

  /**
   * The losses at the present step: each of a few runs, the least of many.
   * @param {Readout} readout
   * @returns {string}
   */
  losses(readout) {
    const { text } = this.#messages;
    const runs = this.#shown.map((run) => ({ name: this.#names[run], loss: readout.loss(run) }));
    const say = (/** @type {{name: string, loss: number}} */ { name, loss }) => {
      return text("losses.run", { name, loss: readable(loss) });
    };
    if (runs.length <= NAMED) return runs.map(say).join(text("sentence.join"));
    const known = runs.filter(({ loss }) => Number.isFinite(loss));
    if (known.length === 0) return text("losses.none");
    return text("losses.least", { run: say(known.reduce((a, b) => (b.loss < a.loss ? b : a))) });
  }

  /**
   * Speaks of the runs that have just settled or diverged.
   * @param {Readout} readout
   */
  follow(readout) {
    const news = [];
    for (const run of this.#shown) {
      const status = readout.status(run);
      if (status !== this.#seen[run] && status !== "running" && this.#seen[run]) {
        news.push(this.#said(readout, run));
      }
      this.#seen[run] = status;
    }
    if (news.length > 0) this.#speak(this.#joined(news.length > NAMED ? [this.#count(readout)] : news));
  }

  /**
   * Speaks, when the change has come to rest, of where the paths lead now.
   * @param {Readout} readout
   * @param {(run: number) => Swing[]} swings What a run's whole path shows along each direction.
   */
  changed(readout, swings) {
    this.#seen = [];
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (readout.playing) return;
      const parts = this.#shown.length > NAMED
        ? [this.#outcomes(readout)]
        : this.#shown.map((run) => this.#outcome(readout, run, swings(run)));
      this.#speak(this.#joined(parts));
    }, PAUSE);
  }

  /**
   * Where a run leads, and how it moves on the way.
   * @param {Readout} readout
   * @param {number} run
   * @param {Swing[]} swings
   */
  #outcome(readout, run, swings) {
    const { text } = this.#messages;
    const outcome = readout.outcome(run);
    const name = this.#names[run];
    const most = swings.reduce((a, b) => (b.overshoots > a.overshoots ? b : a), { overshoots: 0, period: null });
    const { overshoots: count, period } = most;
    const alternates = period !== null && period < ALTERNATING;
    const moves = count > 0 ? text(alternates ? "moves.alternating" : "moves.oscillating", { name, count })
      : outcome === "converged" ? text("moves.straight", { name }) : name;
    return text(`outcome.${outcome}`, { name: moves, step: readout.outcomeStep(run), steps: readout.steps });
  }

  /**
   * Where many runs lead: how many settle, and which first.
   * @param {Readout} readout
   */
  #outcomes(readout) {
    const { text } = this.#messages;
    const settled = this.#shown.filter((run) => GROUPS[readout.outcome(run)] === "converged");
    const values = { count: settled.length, runs: this.#shown.length, steps: readout.steps };
    if (settled.length === 0) return text("outcome.none", values);
    const first = settled.reduce((a, b) => (readout.outcomeStep(b) < readout.outcomeStep(a) ? b : a));
    return text("outcome.many", { ...values, name: this.#names[first], step: readout.outcomeStep(first) });
  }

  /** Lets a change pass in silence: where the paths lead is still to be guessed. */
  keepQuiet() {
    this.#seen = [];
    clearTimeout(this.#timer);
  }

  /** Speaks no more. */
  stop() {
    clearTimeout(this.#timer);
  }

  /**
   * What has become of a run so far.
   * @param {Readout} readout
   * @param {number} run
   */
  #said(readout, run) {
    const { text } = this.#messages;
    const status = readout.status(run);
    const outcome = status === "running" ? status : readout.outcome(run);
    const { count, along } = mostOvershoots(readout.overshoots(run), this.#messages);
    const values = {
      name: this.#names[run],
      step: readout.outcomeStep(run),
      loss: readable(readout.loss(run)),
      count,
      along,
    };
    if (readout.movedOn(run)) return text("sentence.moved-on", values);
    if (outcome !== "converged" || count === 0) return text(`sentence.${outcome}`, values);
    return text(`sentence.converged.${TIMES[count] ?? "often"}`, values);
  }

  /** @param {Readout} readout */
  #count(readout) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const run of this.#shown) {
      const key = GROUPS[readout.status(run) === "running" ? "running" : readout.outcome(run)];
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const { text } = this.#messages;
    const told = new Set(Object.values(GROUPS));
    const parts = [...told].flatMap((key) => {
      const count = counts.get(key);
      return count ? [text(`sentence.many.${key}`, { count })] : [];
    });
    return parts.join(text("sentence.many.join"));
  }

  /** @param {string[]} parts */
  #joined(parts) {
    const { text } = this.#messages;
    if (parts.length === 0) return "";
    return text("sentence.end", { sentence: parts.join(text("sentence.join")) });
  }

  /** @param {string} sentence */
  #speak(sentence) {
    setText(this.element, sentence);
  }
}

/**
 * How often a ball has overshot along the direction with more overshoots, and which one that is.
 * @param {[number, number]} overshoots Along the flattest and the steepest direction.
 * @param {Messages} messages
 */
export function mostOvershoots([flattest, steepest], { text }) {
  const along = flattest === steepest ? "" : text(flattest > steepest ? "along.flattest" : "along.sharpest");
  return { count: Math.max(flattest, steepest), along };
}

/**
 * Names of runs, equal ones told apart by number.
 * @param {string[]} names
 * @returns {string[]}
 */
export function numbered(names) {
  return names.map((name, index) => {
    return names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} ${index + 1}`;
  });
}
