// What a page hears of a lab: that something else is configured, and what becomes of the balls as
// the time passes. News go out right after what they tell of, when the lab itself is through with it.

/**
 * @typedef {import("../core/catalogue.js").Configuration} Configuration
 * @typedef {import("../core/readout.js").Outcome} Outcome
 * @typedef {import("../core/readout.js").Readout} Readout
 * @typedef {import("../core/readout.js").RunReadout} RunReadout
 * @typedef {import("../core/readout.js").Status} Status
 *
 * @typedef {object} Details By event.
 * @property {{configuration: Configuration, field?: string}} change Its field if it is a single one,
 *   such as `runs[0].beta`.
 * @property {{step: number, runs: RunReadout[]}} step
 * @property {{run: number, step: number, point: [number, number], outcome: Outcome}} settled
 * @property {{run: number, step: number}} diverged
 * @property {{run: number, step: number}} leaving
 * @property {{run: number, step: number, outcome: Outcome}} undefined
 * @property {Answered} answered
 * @property {{message: string, configuration?: Configuration}} failed The lab has stopped, or could not start, and
 *   shows why; with what it goes on from.
 *
 * @typedef {object} Answered A question has been answered.
 * @property {string} task Which kind of question.
 * @property {number} run The run it is about, counted from 0.
 * @property {string | number} answer
 * @property {string | number | null} truth
 * @property {number} score From 0, wrong, to 1, right.
 * @property {number} attempt The first answer is 1.
 */

export class News {
  #tell;
  #begun = false;
  /** @type {(() => void)[]} */
  #due = [];
  /** What was last known to be configured, as text. */
  #known = "";
  /** The change that is still to be told. @type {Details["change"] | undefined} */
  #change;
  #step = NaN;
  /** Of each run at that step; nothing after a change. @type {Status[]} */
  #statuses = [];

  /** @param {<K extends keyof Details>(type: K, detail: Details[K]) => void} tell */
  constructor(tell) {
    this.#tell = tell;
  }

  /**
   * Tells from here on.
   * @param {Configuration} configuration
   */
  begin(configuration) {
    this.#known = JSON.stringify(configuration);
    this.#begun = true;
  }

  /** Tells no more. */
  end() {
    this.#begun = false;
    this.#due = [];
  }

  /**
   * Takes what is configured now.
   * @param {Configuration} configuration
   * @param {string} [field] The one that has been set.
   */
  changed(configuration, field) {
    this.#statuses = [];
    if (!this.#begun) return;
    const known = JSON.stringify(configuration);
    if (known === this.#known) return;
    this.#known = known;
    if (this.#change) {
      this.#change.configuration = configuration;
      if (this.#change.field !== field) delete this.#change.field;
      return;
    }
    const change = field === undefined ? { configuration } : { configuration, field };
    this.#change = change;
    this.#later(() => {
      this.#change = undefined;
      this.#tell("change", change);
    });
  }

  /**
   * Follows the time to a moment that is shown.
   * @param {Readout} readout
   */
  read(readout) {
    const { step } = readout;
    const before = this.#step;
    this.#step = step;
    if (this.#begun && step !== before && !Number.isNaN(before)) {
      const { runs } = readout.snapshot();
      this.#later(() => this.#tell("step", { step, runs }));
    }
    this.note(readout);
  }

  /**
   * Follows what becomes of the runs, also at a moment that is left before it is shown.
   * @param {Readout} readout
   */
  note(readout) {
    const runs = [...Array(readout.runs).keys()];
    const seen = this.#statuses;
    this.#statuses = runs.map((run) => readout.status(run));
    if (!this.#begun) return;
    for (const run of runs) {
      const status = this.#statuses[run];
      if (seen[run] !== "running" || status === "running") continue;
      const at = readout.outcomeStep(run);
      const point = readout.outcomePoint(run);
      const outcome = readout.outcome(run);
      if (status === "converged") this.#later(() => this.#tell("settled", { run, step: at, point, outcome }));
      else if (status === "undefined") this.#later(() => this.#tell("undefined", { run, step: at, outcome }));
      else this.#later(() => this.#tell(status, { run, step: at }));
    }
  }

  /** @param {Answered} answered */
  answered(answered) {
    this.#later(() => this.#tell("answered", answered));
  }

  /** @param {() => void} tell */
  #later(tell) {
    this.#due.push(tell);
    if (this.#due.length > 1) return;
    queueMicrotask(() => {
      const due = this.#due;
      this.#due = [];
      for (const one of due) one();
    });
  }
}
