// The card of a question that is asked before a path is shown: until it is answered nothing that would
// give the answer away is there; then it plays, and says what became of the answer.

import { freshId, h, setAttribute, setText } from "../platform/dom.js";
import { Offered } from "./task-offer.js";
import { groundOf, quoted, settingsOf } from "./task-words.js";

/**
 * @typedef {import("../core/catalogue.js").Catalogue} Catalogue
 * @typedef {import("../core/catalogue.js").Configuration} Configuration
 * @typedef {import("../i18n/messages.js").Key} Key
 * @typedef {import("../i18n/messages.js").Messages} Messages
 * @typedef {import("../pkg/momentum_lab_page.js").Answer} Answer
 * @typedef {import("../pkg/momentum_lab_page.js").Task} Task
 * @typedef {import("../pkg/momentum_lab_page.js").Verdict} Verdict
 * @typedef {import("../core/readout.js").Readout} Readout
 *
 * @typedef {"none" | "unfit" | "asking" | "playing" | "told"} Phase
 *
 * @typedef {object} TaskState What another card can go on from.
 * @property {Phase} phase
 * @property {Configuration} [asked] What the question was asked about.
 * @property {Task} [task] The question.
 * @property {Answer} [answer]
 * @property {Verdict} [verdict]
 * @property {number} attempt
 *
 * @typedef {object} TaskHost What a question needs of the lab; it may do what its reader may not.
 * @property {Messages} messages
 * @property {() => Task | undefined} task
 * @property {(answer: Answer) => Verdict} judge
 * @property {() => Float64Array} minima
 * @property {() => Configuration} configuration
 * @property {(configuration: object) => void} present Shows its start, and not what comes.
 * @property {(field: string, value: Answer) => void} set
 * @property {(on: boolean) => void} foretell Shows what comes, or leaves it to be guessed.
 * @property {(on: boolean) => void} seal Lets the reader look only, or again what the page permits.
 * @property {() => void} play From the start.
 * @property {() => void} pause
 * @property {() => void} restart
 * @property {(step: number) => void} seek
 * @property {(detail: import("../app/news.js").Details["answered"]) => void} tell
 */

export class TaskCard {
  element;
  #host;
  #catalogue;
  #question = h("h2", { class: "question", id: freshId("task") });
  #given = h("p", { class: "given" });
  #offered = new Offered(this.#question.id, () => this.#mark());
  #verdict = h("strong");
  #reason = h("span");
  #answer;
  #skip;
  #again;
  /** Of the runs. @type {string[]} */
  #names = [];
  /** Which question is asked, and of which run. */
  #key = "";
  #task = /** @type {Task | undefined} */ (undefined);
  /** @type {TaskState} */
  #state = { phase: "none", attempt: 0 };

  /**
   * @param {TaskHost} host
   * @param {Catalogue} catalogue
   */
  constructor(host, catalogue) {
    this.#host = host;
    this.#catalogue = catalogue;
    this.#key = keyOf(catalogue.defaults);
    this.#answer = this.#button("answer", () => this.#submit());
    this.#answer.classList.add("main");
    this.#skip = this.#button("skip", () => host.seek(this.#state.verdict?.until ?? 0));
    this.#again = this.#button("again", () => this.#tryAgain());
    this.element = h("section", {
      class: "card task", part: "task", "aria-labelledby": this.#question.id, hidden: true,
    }, this.#question, this.#given, this.#offered.element,
      h("p", { class: "answer", role: "status", "aria-live": "polite" }, this.#verdict, " ", this.#reason),
      h("div", { class: "actions" }, this.#answer, this.#skip, this.#again));
    // Where the card stands over the others, they begin below it.
    new ResizeObserver(() => requestAnimationFrame(() => {
      const { element: { offsetHeight, parentElement } } = this;
      parentElement?.style.setProperty("--task-height", `${offsetHeight}px`);
    })).observe(this.element);
  }

  /** Letters to stand on the plot. */
  get sites() {
    return this.#offered.sites;
  }

  /** Whether what would give the answer away must not be shown. */
  get sealed() {
    return this.#state.phase === "asking" || this.#state.phase === "playing";
  }

  /** What the sentence on the plot says instead of what it else would. */
  get sentence() {
    return this.#state.phase === "asking" ? this.#host.messages.text("task.sentence") : undefined;
  }

  /** @returns {TaskState} */
  get state() {
    return { ...this.#state, answer: this.#offered.chosen };
  }

  /**
   * Follows what is configured: another question is asked.
   * @param {Configuration} configuration
   * @param {string[]} names Of the runs.
   */
  update(configuration, names) {
    this.#names = names;
    const key = keyOf(configuration);
    const { phase } = this.#state;
    if (key !== this.#key) {
      this.#key = key;
      this.#ask();
    } else if (phase === "asking" || phase === "unfit") {
      this.#pose();
    }
  }

  /** Lets the next configuration ask anew, even if it asks the same. */
  forget() {
    this.#key = "";
  }

  #ask() {
    const was = this.sealed;
    this.#offered.choose(undefined);
    this.#state = { phase: "none", attempt: 0 };
    this.#pose();
    if (this.sealed) this.#host.restart();
    else if (was) this.#unseal();
  }

  /**
   * Goes on from where another card was; the lab is as that one left it.
   * @param {TaskState} state
   */
  resume(state) {
    if (!this.#task || state.phase === "none") return;
    this.#state = state;
    // Since then the runs may have become others.
    this.#task = state.task ?? this.#task;
    this.#offered.choose(state.answer);
    if (this.#task.offer) this.#offer(this.#task.offer, state.asked ?? this.#host.configuration());
    this.#host.seal(this.sealed);
    this.#host.foretell(!this.sealed);
    this.#write();
  }

  /**
   * Follows the time: once the runs have been played, the answer is told.
   * @param {Readout} readout
   */
  read({ step }) {
    const { phase, verdict } = this.#state;
    if (phase !== "playing" || !verdict || step < verdict.until) return;
    this.#state.phase = "told";
    this.#host.pause();
    this.#host.seek(verdict.until);
    this.#unseal();
    // Not `:focus`: in a window behind others nothing matches that.
    const root = this.element.getRootNode();
    const focused = root instanceof ShadowRoot && root.activeElement === this.#skip;
    this.#write();
    if (focused) this.#again.focus();
  }

  /**
   * Follows what is seen of the plane.
   * @param {{width: number, height: number}} size Of the plot, in pixels of the picture.
   */
  place(size) {
    if (!this.sites.hidden && !this.element.hidden) this.#offered.place(this.#host.minima(), size);
  }

  /** Asks of what is configured now, or says why that is not possible. */
  #pose() {
    const task = this.#task = this.#host.task();
    const asked = this.#host.configuration();
    if (!task?.offer) {
      const was = this.sealed;
      this.#state.phase = task ? "unfit" : "none";
      if (was) this.#unseal();
    } else {
      this.#state = { phase: "asking", asked, task, attempt: this.#state.attempt };
      this.#offer(task.offer, asked);
      this.#host.seal(true);
      this.#host.foretell(false);
    }
    this.#write();
  }

  /**
   * @param {NonNullable<Task["offer"]>} offer
   * @param {Configuration} configuration
   */
  #offer(offer, configuration) {
    const { messages } = this.#host;
    this.#offered.show(offer, { messages, catalogue: this.#catalogue, configuration, names: this.#names });
  }

  #unseal() {
    this.#host.seal(false);
    this.#host.foretell(true);
  }

  #submit() {
    const [task, answer] = [this.#task, this.#offered.chosen];
    if (this.#state.phase !== "asking" || !task?.offer || answer === undefined) return;
    const verdict = this.#host.judge(answer);
    const { truth, score } = verdict;
    const attempt = this.#state.attempt + 1;
    this.#state = { ...this.#state, phase: "playing", verdict, attempt };
    this.#host.restart();
    if (task.offer.kind === "number") this.#host.set(task.offer.field, answer);
    this.#write();
    this.#skip.focus();
    this.#host.play();
    this.#host.tell({ task: task.id, run: task.run, answer, truth, score, attempt });
  }

  #tryAgain() {
    const { asked, attempt } = this.#state;
    this.#state = { phase: "asking", asked, attempt };
    this.#offered.choose(undefined);
    this.#host.present(asked ?? this.#host.configuration());
    this.#pose();
    const [first] = this.#offered.element.querySelectorAll("button, select, input");
    if (first instanceof HTMLElement) first.focus();
  }

  #write() {
    const { phase, verdict, attempt } = this.#state;
    const { text } = this.#host.messages;
    const [task, configuration] = [this.#task, this.#state.asked];
    this.element.hidden = phase === "none" || !task;
    this.sites.hidden = this.element.hidden || task?.offer?.kind !== "minima";
    if (!task || phase === "none") return;
    const name = this.#names[task.run];
    setText(this.#question, this.#say(`${task.id}.question`, { name }));
    const run = configuration && settingsOf(configuration.runs[task.run], this.#catalogue, this.#host.messages);
    const ground = configuration && groundOf(configuration, this.#catalogue, this.#host.messages);
    const about = task.offer?.kind === "runs" ? "task.given.runs" : "task.given";
    setText(this.#given, ground && run ? text(about, { run: text("task.run", { name, settings: run }), ground }) : "");
    this.#offered.element.hidden = phase === "unfit";
    this.#answer.hidden = phase !== "asking";
    this.#skip.hidden = phase !== "playing";
    this.#again.hidden = phase !== "told";
    this.#mark();
    if (phase === "told" && verdict) {
      const right = verdict.score === 1 ? "right" : verdict.score === 0 ? "wrong" : "partly";
      const score = Math.min(99, Math.ceil(100 * verdict.score));
      setText(this.#verdict, text(`task.${right}`, { score }));
      setText(this.#reason, this.#why(verdict, name));
      this.element.dataset.score = right;
    } else {
      delete this.element.dataset.score;
      setText(this.#verdict, "");
      const answer = this.#offered.nameOf(this.#offered.chosen ?? null);
      setText(this.#reason, phase === "unfit" ? this.#say(`unfit.${task.unfit}`, { name })
        : phase === "playing" ? text("task.watch", { answer })
        : attempt > 0 ? text("task.anew") : "");
    }
  }

  /**
   * @param {Verdict} verdict
   * @param {string} name Of the run asked about.
   */
  #why({ because, numbers, truth }, name) {
    const task = this.#task;
    const first = task?.offer?.kind === "runs" && typeof truth === "number" ? this.#names[truth] : name;
    return this.#say(`${task?.id}.${because}`, { name, first, ...quoted(numbers, this.#host.messages) });
  }

  /**
   * @param {string} key After `task.`
   * @param {Record<string, string | number>} values
   */
  #say(key, values) {
    return this.#host.messages.text(/** @type {Key} */ (`task.${key}`), values);
  }

  /** Marks the answer that is chosen and, once that is known, the right one. */
  #mark() {
    const { phase, verdict } = this.#state;
    this.#offered.mark(phase === "asking", phase === "told" ? verdict : undefined);
    setAttribute(this.#answer, "aria-disabled", String(this.#offered.chosen === undefined));
  }

  /**
   * @param {"answer" | "skip" | "again"} action
   * @param {() => void} act
   */
  #button(action, act) {
    const button = h("button", { type: "button", "data-action": `${action}-task` },
      this.#host.messages.text(`task.${action}`));
    button.addEventListener("click", act);
    return button;
  }
}

/** @param {{task: string, task_run: number}} configuration */
function keyOf({ task, task_run: run }) {
  return `${task} ${run}`;
}
