// A running lab: the core's Lab, the DOM around it, and the clock between them.

import { Bar } from "./bar.js";
import { Clock } from "./clock.js";
import { deafen, h, setText } from "../platform/dom.js";
import { Exports } from "../export/exports.js";
import { guarded, watched } from "../core/guard.js";
import { keySheet } from "./help.js";
import { listenForKeys } from "./keyboard.js";
import { followMotion } from "./motion.js";
import { News } from "./news.js";
import { Panels } from "./panels.js";
import { clearPaper, layOnPaper, wordsOnPaper } from "./paper.js";
import { Plot } from "../plot/plot.js";
import { followPrinting } from "./printing.js";
import { Presentation } from "./presentation.js";
import { Reader } from "./reader.js";
import { Readout } from "../core/readout.js";
import { ThemeKeeper } from "../core/theme.js";
import { Undo } from "./undo.js";

/**
 * @typedef {import("../core/catalogue.js").Configuration} Configuration
 * @typedef {import("../core/catalogue.js").Setting} Setting
 * @typedef {import("../core/core.js").Core} Core
 * @typedef {import("../core/gate.js").Gate} Gate
 * @typedef {import("../i18n/messages.js").Messages} Messages
 *
 * @typedef {object} State What another session can go on from.
 * @property {Configuration} configuration
 * @property {number} [time] In steps.
 * @property {boolean} [playing]
 * @property {import("../teaching/lesson.js").LessonState} [lesson]
 * @property {import("../teaching/task.js").TaskState} [task]
 * @property {import("./history.js").Past} [past] What can be undone and redone.
 * @property {Configuration} [first] What a reset goes back to, if not to the core's own.
 *
 * @typedef {object} Events
 * @property {() => void} drawn Called once, when the first complete picture stands.
 * @property {(error: unknown, state?: State) => void} failed Called if the core or a frame fails; the
 *   session has ended. With what another one can go on from, once there has been a whole picture.
 * @property {() => void} changed Called when what is chosen may have changed.
 * @property {{bar: Record<string, Node[]>, over: Node[]}} extra What the page around adds to the bar, and over all.
 * @property {(type: string, detail: object) => void} told Called with each piece of news.
 */

/** So many passes finish a picture. */
const PASSES = 3;

export class Session {
  element;
  messages;
  #catalogue;
  #lab;
  #events;
  #clock = new Clock((elapsed) => this.#frame(elapsed));
  #ending = new AbortController();
  #readout;
  #plot;
  #panels;
  #bar;
  #presentation;
  #keys;
  #theme;
  #undo;
  #first;
  #news;
  #exports;
  /** What the page has asked for and cannot have. */
  #complaint = h("p", { class: "complaint", part: "complaint", role: "alert" });
  #foretold = true;
  #sized = false;
  #printing = false;
  /** Whether all that a session is made of is there. */
  #built = false;
  /** What the core has accepted last. @type {Configuration} */
  #accepted;
  /** What was in force when a whole picture was drawn last. @type {Configuration | undefined} */
  #drawn;
  /** Whether the texts must be written anew although the step is the same. */
  #stale = true;
  #shownStep = NaN;
  #shownPlaying = false;

  /**
   * @param {Core} core
   * @param {HTMLElement} host
   * @param {ShadowRoot} root
   * @param {Messages} messages
   * @param {Gate} gate
   * @param {Events} events
   */
  constructor(core, host, root, messages, gate, events) {
    const { Lab, catalogue, memory } = core;
    const { signal } = this.#ending;
    this.#catalogue = catalogue;
    this.messages = messages;
    this.#events = events;
    this.#news = new News(events.told);
    this.#plot = new Plot(messages);
    const [heat, frame, trails, ball] = this.#plot.canvases;
    this.#lab = guarded(new Lab(heat, frame, trails, ball), (error) => this.#fail(error));
    this.#accepted = catalogue.defaults;
    this.#readout = new Readout(memory, this.#lab.readout_pointer(), this.#lab.readout_length());
    const reader = this.#reader(catalogue, gate);
    this.#undo = new Undo(this.#lab.configuration(), reader, (past) => this.configure(past));
    this.#first = catalogue.defaults;
    const sceneNumbers = watched(core.sceneNumbers, (error) => this.#fail(error));
    this.#panels = new Panels({ ...core, sceneNumbers }, this.#lab, this.#plot, gate, reader, {
      request: () => this.#clock.request(),
      refresh: () => this.#refresh(),
      flush: () => this.#clock.flush(),
    });
    this.#presentation = new Presentation(host, () => {
      this.#panels.figures.present(this.#presentation.active);
      this.retheme();
    }, signal);
    this.#keys = keySheet(messages);
    this.#bar = new Bar(this.#undo.element, host, reader, events.extra.bar);
    const { over, under, side, below, narrator } = this.#panels;
    const label = messages.text("lab.label");
    const attributes = {
      class: gate.compact ? "lab compact" : "lab", role: "group", "aria-label": label, lang: messages.language,
    };
    this.element = h("div", attributes,
      this.#bar.element, over,
      h("div", { class: "stage" }, this.#complaint, this.#plot.element, ...under),
      ...(side.length > 0 ? [h("div", { class: "side", part: "side" }, ...side)] : []),
      ...below, narrator.element, this.#keys, ...events.extra.over);
    this.#theme = new ThemeKeeper(catalogue.themes, host, root,
      (id, choice) => this.#paint(id, choice), signal);
    listenForKeys(host, reader, signal);
    this.#undo.listen(this.element, signal);
    followMotion((on) => this.#lab.glide(on), signal);
    this.#clock.follow(signal);
    followPrinting((on) => this.#print(on), signal);
    this.#plot.movable(reader);
    this.#exports = new Exports(host, this, reader, catalogue);
    this.#complaint.after(this.#exports.notice);
    this.element.append(this.#exports.foot);
    this.#accept(this.#lab.configuration());
    this.#built = true;
  }

  /**
   * Through whom the controls, keys and gestures act.
   * @param {Core["catalogue"]} catalogue
   * @param {Gate} gate
   * @returns {Reader}
   */
  #reader(catalogue, gate) {
    return new Reader(this, this.#lab, catalogue, gate, () => ({
      panels: this.#panels,
      plot: this.#plot,
      presentation: this.#presentation,
      keys: this.#keys,
      theme: this.#theme,
      undo: this.#undo,
      startMoved: (move) => this.#startMoved(move),
      turned: (turn) => this.#turned(turn),
      takeAlong: () => this.#exports.open(),
      take: (configuration) => this.#take(configuration),
      tell: (answered) => this.#news.answered(answered),
    }));
  }

  /** Begins to draw; the element must be in the document. */
  begin() {
    this.#news.begin(this.configuration);
    this.#plot.watch((width, height, ratio) => {
      this.#lab.resize(width, height, ratio);
      // Nothing but the pixels is another then, and maps stay as they are.
      if (this.#printing) return;
      this.#sized = true;
      this.#stale = true;
      // At once: resizing has emptied the canvases, and the browser is about to paint.
      this.#clock.flush();
    }, this.#ending.signal);
  }

  /** Stops all and gives the core's memory back. */
  end() {
    if (this.#ending.signal.aborted) return;
    this.#ending.abort();
    this.#clock.stop();
    this.#panels.end();
    this.#news.end();
    this.#exports.end();
    this.#lab.free();
    deafen(this.element);
  }

  /**
   * Ends because of an error that leaves nothing to be relied on but what has been drawn before.
   * @param {unknown} error
   */
  #fail(error) {
    const { signal } = this.#ending;
    if (signal.aborted) return;
    if (!this.#built) return this.#ending.abort();
    // The numbers of the last frame are still in the core's memory.
    const state = this.#drawn && { ...this.#stateWith(this.#drawn, this.#readout.time), playing: false };
    this.end();
    this.#events.failed(error, state);
  }

  /** Whether it has ended, by a failure or otherwise. */
  get ended() {
    return this.#ending.signal.aborted;
  }

  /** @returns {Configuration} */
  get configuration() {
    return this.ended ? this.#accepted : this.#lab.configuration();
  }

  /** What a reset goes back to. */
  get first() {
    return this.#first;
  }

  /** @returns {State} */
  get state() {
    const { time, playing } = this.snapshot;
    return { ...this.#stateWith(this.configuration, time), playing };
  }

  /**
   * @param {Configuration} configuration
   * @param {number} time
   */
  #stateWith(configuration, time) {
    const [{ past }, first] = [this.#undo, this.#first];
    const { lesson: { state: lesson }, task: { state: task } } = this.#panels;
    return { configuration, time, lesson, task, past, first };
  }

  /**
   * Goes on from where another session was.
   * @param {State} state
   */
  resume({ configuration, time = 0, playing = false, lesson, task, past, first }) {
    this.configure(configuration);
    this.#undo.begin(this.configuration, past);
    this.#first = first ?? this.#first;
    if (lesson) this.#panels.lesson.resume(lesson);
    if (task) this.#panels.task.resume(task);
    this.seek(time);
    if (playing) this.play();
  }

  /** Makes what is configured now the first view, before which there is nothing to undo. */
  makeFirst() {
    this.#first = this.configuration;
    this.#undo.begin(this.#first);
  }

  /**
   * Says what cannot be had.
   * @param {string[]} reasons None if all is well.
   */
  complain(reasons) {
    setText(this.#complaint, reasons.join(" · "));
  }

  /**
   * Lets no time pass while nobody sees the lab.
   * @param {boolean} on
   */
  rest(on) {
    this.#clock.rest(on);
  }

  /** What is shown now. @returns {import("../export/painter.js").Moment} */
  get moment() {
    const { size, map } = this.#plot;
    const { configuration, snapshot: { time } } = this;
    return { configuration, time, foretold: this.#foretold, theme: this.#theme.shown, size, map };
  }

  /** The numbers of the present moment. */
  get snapshot() {
    this.#settle();
    return this.#readout.snapshot();
  }

  /** Whether the clock runs. */
  get playing() {
    this.#settle();
    return this.#readout.playing;
  }

  /**
   * Takes a whole configuration.
   * @param {object} configuration
   */
  configure(configuration) {
    this.#note();
    this.#take(this.#lab.configure(configuration));
  }

  /**
   * Takes a whole configuration from elsewhere; what it asks is asked anew.
   * @param {object} configuration
   */
  bring(configuration) {
    this.#note();
    const accepted = this.#lab.configure(configuration);
    this.#panels.task.forget();
    this.#take(accepted);
  }

  /**
   * Takes a whole configuration and stands at its start, with nothing said of where it leads.
   * @param {object} configuration
   */
  present(configuration) {
    this.#note();
    this.#accept(this.#lab.configure(configuration));
    this.foretell(false);
    this.restart();
  }

  /**
   * Takes one field; throws if it is refused.
   * @param {string} field
   * @param {Setting | number[]} value
   */
  set(field, value) {
    this.#note();
    this.#take(this.#lab.set(field, value), field);
  }

  /** Back to the first view, without a lesson. */
  reset() {
    this.#panels.lesson.choose("");
    this.bring(this.#first);
    this.restart();
  }

  /**
   * Shows the paths still to come, or leaves them to be guessed.
   * @param {boolean} on
   */
  foretell(on) {
    this.#foretold = on;
    this.#lab.foretell(on);
    if (!on) this.#panels.narrator.keepQuiet();
    this.#refresh();
  }

  play() {
    this.#lab.play();
    this.#clock.request();
  }

  pause() {
    this.#lab.pause();
    this.#clock.request();
  }

  restart() {
    this.#note();
    this.#lab.restart();
    this.#clock.request();
  }

  /** @param {number} count */
  step(count) {
    this.#note();
    this.#lab.step(count);
    this.#clock.request();
  }

  /** @param {number} step */
  seek(step) {
    this.#note();
    this.#lab.seek(step);
    this.#clock.request();
  }

  /** Follows a changed choice of theme. */
  retheme() {
    this.#theme.apply();
  }

  /**
   * Shows a changed configuration.
   * @param {Configuration} configuration
   * @param {string} [field] The one that has changed.
   */
  #take(configuration, field) {
    // What is still heard after the end changes nothing.
    if (this.ended) return;
    this.#accept(configuration, field);
    this.#narrate();
  }

  /**
   * @param {Configuration} configuration
   * @param {string} [field]
   */
  #accept(configuration, field) {
    if (this.ended) return;
    this.#accepted = configuration;
    this.#news.changed(configuration, field);
    this.#undo.take(configuration);
    this.#panels.update(configuration);
    this.#refresh();
  }

  /** Draws what is due, so that the readout tells the present moment. */
  #settle() {
    if (this.#clock.pending) this.#clock.flush();
  }

  /**
   * Lets the events know the moment that a call is about to leave before it has been drawn: calls in one
   * task send the same events as calls with a wait between them.
   */
  #note() {
    if (!this.#sized || !this.#clock.pending) return;
    this.#lab.read_out();
    this.#news.note(this.#readout);
    // The next frame is another moment, even if it comes back to the step that is shown.
    this.#shownStep = NaN;
  }

  /** @param {() => void} move */
  #startMoved(move) {
    this.#note();
    move();
    const { configuration } = this;
    this.#accepted = configuration;
    this.#news.changed(configuration, "start");
    this.#undo.take(configuration);
    this.#narrate();
    this.#stale = true;
    this.#clock.request();
  }

  /** Says where a change leads, unless that is to be guessed. */
  #narrate() {
    const { narrator } = this.#panels;
    if (this.#foretold) narrator.changed(this.#readout, (run) => this.#lab.measured(run)?.swings ?? []);
    else narrator.keepQuiet();
  }

  /** @param {() => void} turn */
  #turned(turn) {
    turn();
    const { configuration } = this;
    this.#accepted = configuration;
    this.#news.changed(configuration);
    this.#undo.look(configuration);
    this.#refresh();
  }

  /**
   * Draws all for paper at once, or again for the screen.
   * @param {boolean} on
   */
  #print(on) {
    if (!this.#drawn) return;
    this.#printing = on;
    this.#theme.print(on);
    this.#panels.figures.print(on);
    this.#plot.print(on);
    clearPaper(this.element);
    if (!on) return this.#refresh();
    // What has been drawn in haste is drawn finely next.
    for (let passes = 0; passes < PASSES; passes += 1) this.#lab.frame(0);
    for (const picture of this.element.querySelectorAll(".layers")) layOnPaper(picture);
    const words = wordsOnPaper(this.configuration, this.#panels.names, this.#catalogue, this.messages);
    this.#plot.element.parentElement?.append(words);
  }

  #refresh() {
    this.#stale = true;
    this.#clock.request();
  }

  /**
   * @param {string} id Of the theme to show.
   * @param {string} choice What the reader chose.
   */
  #paint(id, choice) {
    this.#lab.set_theme(id);
    this.#panels.retheme(id);
    this.#bar.retheme(choice);
    this.#clock.request();
  }

  /**
   * @param {number} elapsed In ms.
   * @returns {boolean} Whether another frame is needed.
   */
  #frame(elapsed) {
    if (this.ended) return false;
    try {
      const more = this.#lab.frame(this.#sized ? elapsed : 0);
      // There is nothing to be seen yet, but its numbers can be asked for.
      if (!this.#sized) return false;
      const working = this.#panels.rule.read(this.#readout.step, this.#stale);
      this.#write();
      const first = !this.#drawn;
      this.#drawn = this.#accepted;
      if (first) this.#events.drawn();
      return more || working;
    } catch (error) {
      this.#fail(error);
      return false;
    }
  }

  /** Writes the texts that no longer fit the moment. */
  #write() {
    const readout = this.#readout;
    const { step, playing } = readout;
    if (!this.#stale && step === this.#shownStep && playing === this.#shownPlaying) return;
    const [moved, stale] = [step !== this.#shownStep, this.#stale];
    // What is done now may make it stale again.
    this.#stale = false;
    this.#panels.read(readout, () => this.configuration, { stale, moved, foretold: this.#foretold });
    if (stale) this.#events.changed();
    this.#news.read(readout);
    this.#shownStep = step;
    this.#shownPlaying = playing;
  }
}
