// How one run is damped, in words and numbers: by theory at the ball's place, and as measured.

import { h } from "../platform/dom.js";
import { momentum, readable } from "../i18n/format.js";
import { RunFold } from "./run-fold.js";

/**
 * @typedef {import("../i18n/messages.js").Messages} Messages
 * @typedef {import("../core/readout.js").Readout} Readout
 *
 * @typedef {"steep" | "flat" | "downward" | "unfelt"} Uncritical Why no momentum is critical.
 *
 * @typedef {object} Mode What theory says along one direction.
 * @property {string} regime
 * @property {number} rate
 * @property {number | null} period
 *
 * @typedef {object} Theory
 * @property {number} lr
 * @property {number} decay
 * @property {boolean} climbs
 * @property {string[]} follows
 * @property {[number, number]} curvatures
 * @property {[Mode, Mode]} modes
 * @property {[number | null, number | null]} limits
 * @property {[number | null, number | null]} critical_beta
 * @property {[Uncritical | null, Uncritical | null]} uncritical
 * @property {number} effective_step
 * @property {boolean} exact
 *
 * @typedef {object} Swing
 * @property {number} overshoots
 * @property {number | null} period
 * @property {number | null} decay
 *
 * @typedef {object} Spread Of the repeats of a run with other noise, as standard deviations.
 * @property {number} run
 * @property {number} repeats
 * @property {[number, number]} measured
 * @property {[number | null, number | null]} theory
 *
 * @typedef {object} Source What the numbers come from.
 * @property {() => Spread | null} spread
 * @property {(run: number) => Theory | null} theory
 * @property {(run: number) => boolean} is_linear Whether the run's rule is a momentum recurrence.
 * @property {(run: number) => {swings: [Swing, Swing]} | null} measured
 */

/** In the core's order. */
const DIRECTIONS = /** @type {const} */ (["flattest", "steepest"]);

export class DampingCard {
  #lab;
  #messages;
  #list = h("dl", { class: "directions" });
  #words = h("p", { class: "words" });
  #fold;
  /** Of the whole path, until it changes. @type {[Swing, Swing] | undefined} */
  #swings;

  /**
   * @param {Source} lab
   * @param {Messages} messages
   * @param {() => void} request Asks for a frame.
   */
  constructor(lab, messages, request) {
    this.#lab = lab;
    this.#messages = messages;
    const again = () => {
      this.#swings = undefined;
      request();
    };
    const { text } = messages;
    const texts = { title: text("damping.title"), choose: text("damping.choose") };
    this.#fold = new RunFold("damping", texts, messages, again,
      h("div", { class: "damped" }, this.#list, this.#words));
  }

  get element() {
    return this.#fold.element;
  }

  /** @param {string[]} names Of the runs. */
  update(names) {
    this.#fold.update(names);
    this.#swings = undefined;
  }

  /**
   * Tells of the present moment, if the card is open.
   * @param {Readout} readout
   * @param {boolean} stale Whether it may be another one although its step is the same.
   * @param {boolean} foretold Whether what is still to come may be told.
   * @param {number} dimension Of the surface.
   */
  read(readout, stale, foretold, dimension) {
    const { step } = readout;
    if (!this.#fold.due(step, stale)) return;
    this.#fold.told(step);
    const { run } = this.#fold;
    const theory = this.#lab.theory(run);
    const swings = foretold ? this.#swings ??= this.#lab.measured(run)?.swings : undefined;
    const counts = readout.overshoots(run);
    const cloud = this.#lab.spread();
    const spread = cloud?.run === run ? cloud : null;
    // The steepest first: that is where the swings are seen. Climbing turns the order.
    const turned = theory?.climbs ?? false;
    const shown = dimension > 1 ? (turned ? [0, 1] : [1, 0]) : [0];
    this.#list.replaceChildren(...shown.flatMap((index) => {
      const { text } = this.#messages;
      const direction = DIRECTIONS[turned ? 1 - index : index];
      const name = dimension > 1 ? text(`damping.${direction}`) : text("damping.only");
      const said = theory ? [h("dd", {}, this.#forecast(theory, index))] : [];
      const curvature = theory?.curvatures[index];
      const heading = curvature === undefined ? name
        : text("damping.curvature", { name, curvature: readable(curvature) });
      return [h("dt", {}, heading), ...said,
        h("dd", { class: "measured" }, this.#seen(counts[index], swings?.[index])),
        ...(spread ? [h("dd", { class: "measured" }, this.#spread(spread, index))] : [])];
    }));
    this.#words.replaceChildren(this.#whole(theory, readout, foretold));
  }

  /**
   * @param {Theory} theory
   * @param {number} index
   */
  #forecast(theory, index) {
    const { text, named } = this.#messages;
    const { lr, modes, limits, curvatures } = theory;
    const { regime, rate, period } = modes[index];
    const limit = limits[index];
    const values = { regime: named("regime", { id: regime }), factor: rate.toFixed(4) };
    let said = text("damping.factor", values);
    if (theory.uncritical[index] === "flat") {
      said = text("damping.flat");
    } else if (regime === "divergent") {
      const lrs = { lr: readable(lr), limit: readable(limit ?? NaN) };
      said = curvatures[index] > 0 && limit !== null && lr > limit
        ? text("damping.exceeds", lrs) : text("damping.downward", values);
    } else if (period !== null) {
      said = text("damping.swings", { ...values, period: readable(period) });
    }
    return [said, this.#critical(theory, index)].filter(Boolean).join(text("list.sentence"));
  }

  /**
   * With which momentum a direction would be critically damped, or why with none.
   * @param {Theory} theory
   * @param {number} index
   */
  #critical({ lr, follows, curvatures, critical_beta, uncritical }, index) {
    const { text } = this.#messages;
    const [beta, why] = [critical_beta[index], uncritical[index]];
    if (beta !== null) {
      const symbols = ["β", ...follows].join(" = ");
      return text("damping.critical", { symbols, beta: momentum(beta) });
    }
    if (why === "steep") return text("damping.uncritical.steep", { product: readable(lr * curvatures[index]) });
    // Of a direction that is flat or leads downward the first sentence says it all.
    return why === "unfelt" ? text("damping.uncritical.unfelt") : "";
  }

  /**
   * @param {number} count Of overshoots so far.
   * @param {Swing} [swing] Of the whole path.
   */
  #seen(count, swing) {
    const { text } = this.#messages;
    const parts = [text("damping.overshoots", { count })];
    if (swing?.period) parts.push(text("damping.period", { period: readable(swing.period) }));
    if (swing?.decay) parts.push(text("damping.decay", { factor: swing.decay.toFixed(4) }));
    return text("damping.measured", { said: parts.join(text("list.join")) });
  }

  /**
   * @param {Spread} spread
   * @param {number} index
   */
  #spread({ repeats, measured, theory }, index) {
    const { text } = this.#messages;
    const expected = theory[index];
    const values = { count: repeats, measured: readable(measured[index]) };
    if (expected === null) return text("damping.spread", values);
    return text("damping.spread.theory", { ...values, theory: readable(expected) });
  }

  /**
   * @param {Theory | null} theory
   * @param {Readout} readout
   * @param {boolean} foretold
   */
  #whole(theory, readout, foretold) {
    const { text } = this.#messages;
    const { run } = this.#fold;
    const parts = [];
    if (theory) {
      parts.push(text("damping.effective", { step: readable(theory.effective_step) }));
      if (theory.decay !== 0) parts.push(text("theory.decay", { decay: readable(theory.decay) }));
      if (theory.climbs) parts.push(text("theory.climbs"));
      if (!theory.exact) parts.push(text("damping.local"));
    } else {
      parts.push(text(this.#lab.is_linear(run) ? "damping.kink" : "damping.without"));
    }
    const outcome = foretold || readout.status(run) !== "running" ? readout.outcome(run) : "running";
    const values = { step: readout.outcomeStep(run), steps: readout.steps };
    if (foretold || outcome !== "running") parts.push(text(`damping.${outcome}`, values));
    return parts.join(text("list.sentence"));
  }
}
