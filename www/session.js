// A running lab: the core's Lab, the DOM around it, and the clock between them.

import { entryOf } from "./catalogue.js";
import { Clock } from "./clock.js";
import { h, icon, setAttribute } from "./dom.js";
import { Basins } from "./basins.js";
import { DampingCard } from "./damping.js";
import { Figures } from "./figures.js";
import { keySheet } from "./help.js";
import { listenForKeys } from "./keyboard.js";
import { languageButton } from "./language.js";
import { Lesson } from "./lesson.js";
import { Narrator, numbered } from "./narrator.js";
import { Plot } from "./plot.js";
import { Presentation } from "./presentation.js";
import { Readout } from "./readout.js";
import { RuleCard } from "./rule.js";
import { Runs } from "./runs.js";
import { pathCard, surfaceCard, sweepCard } from "./surface.js";
import { ThemeKeeper } from "./theme.js";
import { Transport } from "./transport.js";
import { Undo } from "./undo.js";

/**
 * @typedef {import("./catalogue.js").Configuration} Configuration
 * @typedef {import("./catalogue.js").Setting} Setting
 * @typedef {import("./core.js").Core} Core
 * @typedef {import("./messages.js").Messages} Messages
 *
 * @typedef {object} State What another session can go on from.
 * @property {Configuration} configuration
 * @property {number} [time] In steps.
 * @property {boolean} [playing]
 * @property {import("./lesson.js").LessonState} [lesson]
 * @property {import("./history.js").Past} [past] What can be undone and redone.
 * @property {Configuration} [first] What a reset goes back to, if not to the core's own.
 *
 * @typedef {object} Events
 * @property {() => void} drawn Called once, when the first complete picture stands.
 * @property {(error: unknown) => void} failed Called if drawing fails; the session has ended.
 * @property {() => void} changed Called when what is chosen may have changed.
 * @property {{bar: Node[], over: Node[]}} extra What the page around adds to the bar, and over all.
 */

/** A screen on a stand. */
const PRESENT_ICON = "M3 5 H21 V16 H3 Z M12 16 V20 M8 20 H16";
/** A disc, half of it hollow: light and dark. */
const THEME_ICON = "M12 3 A9 9 0 0 0 12 21 A9 9 0 0 0 12 3 Z M12 5 A7 7 0 0 1 12 19 Z";

export class Session {
  element;
  messages;
  lesson;
  #lab;
  #catalogue;
  #events;
  #clock = new Clock((elapsed) => this.#frame(elapsed));
  #ending = new AbortController();
  #readout;
  #plot;
  #basins;
  #transport;
  #narrator;
  #presentation;
  #keys;
  #theme;
  #themeButton;
  #runs;
  #undo;
  #first;
  #rule;
  #damping;
  #foretold = true;
  #figures;
  /** Of each run's optimizer. @type {string[]} */
  #names = [];
  #cards;
  /** The theme that is shown. */
  #palette = "";
  #sized = false;
  #drawn = false;
  /** Whether the texts must be written anew although the step is the same. */
  #stale = true;
  #shownStep = NaN;
  /** Whether settings change on the way, so that what is in force depends on the step. */
  #changes = false;
  #shownPlaying = false;
  /** Of the surface. */
  #dimension = 2;

  /**
   * @param {Core} core
   * @param {HTMLElement} host
   * @param {ShadowRoot} root
   * @param {Messages} messages
   * @param {Events} events
   */
  constructor({ Lab, sceneNumbers, catalogue, memory }, host, root, messages, events) {
    const { signal } = this.#ending;
    const { text } = messages;
    this.messages = messages;
    this.#catalogue = catalogue;
    this.#events = events;
    this.#plot = new Plot(messages);
    const [heat, frame, trails, ball] = this.#plot.canvases;
    this.#lab = new Lab(heat, frame, trails, ball);
    this.#readout = new Readout(memory, this.#lab.readout_pointer(), this.#lab.readout_length());
    this.#narrator = new Narrator(messages);
    this.#transport = new Transport(this, catalogue.limits.speed, this);
    this.#runs = new Runs(catalogue, this);
    this.#undo = new Undo(this.#lab.configuration(), this);
    this.#first = catalogue.defaults;
    this.#rule = new RuleCard(this.#lab, messages, () => this.#clock.request());
    this.#damping = new DampingCard(this.#lab, messages, () => this.#refresh());
    this.#basins = new Basins(this.#lab, this.#plot, catalogue, this, () => this.#refresh());
    const [palette] = Object.values(catalogue.themes);
    this.#figures = new Figures(this.#lab, messages, this, palette.runs.length,
      () => this.#clock.flush(), {
        take: (configuration) => this.#take(configuration),
        refresh: () => this.#refresh(),
        names: () => this.#names,
        set: (field, value) => this.set(field, value),
        theme: () => catalogue.themes[this.#palette],
        catalogue,
      });
    this.#plot.add(this.#figures.toggle);
    this.lesson = new Lesson(catalogue.scenes, sceneNumbers, this);
    const [surface, sweep, path] = [surfaceCard, sweepCard, pathCard].map((card) => card(catalogue, this));
    this.#cards = [surface, sweep, path];
    this.#themeButton = h("button", { type: "button", class: "theme", "data-action": "theme" },
      icon(THEME_ICON, true));
    this.#themeButton.addEventListener("click", () => this.#theme.next());
    const attributes = { class: "lab", role: "group", "aria-label": text("lab.label") };
    this.#presentation = new Presentation(host, () => this.retheme(), signal);
    this.#keys = keySheet(messages);
    const button = (/** @type {string} */ action, /** @type {import("./messages.js").Key} */ title,
      /** @type {Node | string} */ sign, /** @type {() => void} */ act) => {
      const label = text(title);
      const made = h("button", {
        type: "button", class: "quiet", "data-action": action, title: label, "aria-label": label,
      }, sign);
      made.addEventListener("click", act);
      return made;
    };
    this.element = h("div", { ...attributes, lang: messages.language },
      h("div", { class: "bar", part: "bar" }, h("slot", { name: "title" }), this.#undo.element,
        ...events.extra.bar,
        button("keys", "help.open", "?", () => this.showKeys()),
        button("present", "present.toggle", icon(PRESENT_ICON), () => this.togglePresentation()),
        languageButton(host, messages), this.#themeButton),
      h("div", { class: "stage" }, this.#plot.element, this.#basins.element,
        this.#transport.element),
      h("div", { class: "side", part: "side" },
        this.lesson.element, surface.element, this.#runs.element, this.#damping.element,
        this.#rule.element, sweep.element, path.element),
      this.#figures.element,
      this.#narrator.element, this.#keys, ...events.extra.over);
    this.#theme = new ThemeKeeper(catalogue.themes, host, root,
      (id, choice) => this.#paint(id, choice), signal);
    listenForKeys(host, this, signal);
    this.#undo.listen(this.element, signal);
    const still = matchMedia("(prefers-reduced-motion: reduce)");
    const glide = () => this.#lab.glide(!still.matches);
    still.addEventListener("change", glide, { signal });
    glide();
    document.addEventListener("visibilitychange", () => this.#visibility(), { signal });
    this.#plot.movable({
      position: () => this.#start(),
      move: (x, y) => this.#startMoved(() => this.#lab.drag_start(x, y)),
      nudge: (right, up) => this.#startMoved(() => this.#lab.nudge_start(right, up)),
      keep: () => {
        const { start } = this.configuration;
        const { past } = this.#undo;
        return () => {
          this.set("start", start);
          this.#undo.rewind(past);
        };
      },
    }, {
      inSpace: () => this.#lab.in_space(),
      turn: (right, down) => this.#turned(() => this.#lab.turn(right, down)),
      zoom: (x, y, factor) => this.#turned(() => this.#lab.zoom(x, y, factor)),
      pan: (right, down) => this.#turned(() => this.#lab.pan(right, down)),
      fit: () => this.fit(),
      toggleSpace: () => this.toggleSpace(),
      toggle: (field) => this.toggleField(field),
      examine: (x, y) => this.#lab.examine(x, y),
      fate: (x, y) => this.#basins.fate(x, y),
    });
    this.#accept(this.#lab.configuration());
  }

  /** Begins to draw; the element must be in the document. */
  begin() {
    this.#plot.watch((width, height, ratio) => {
      this.#lab.resize(width, height, ratio);
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
    this.#narrator.stop();
    this.#figures.end();
    this.#basins.end();
    this.#lab.free();
  }

  /** @returns {Configuration} */
  get configuration() {
    return this.#lab.configuration();
  }

  /** What a reset goes back to. */
  get first() {
    return this.#first;
  }

  /** @returns {State} */
  get state() {
    const { time, playing } = this.snapshot;
    const [{ past }, first] = [this.#undo, this.#first];
    const { configuration, lesson } = this;
    return { configuration, time, playing, lesson: lesson.state, past, first };
  }

  /**
   * Goes on from where another session was.
   * @param {State} state
   */
  resume({ configuration, time = 0, playing = false, lesson, past, first }) {
    this.configure(configuration);
    this.#undo.begin(this.configuration, past);
    this.#first = first ?? this.#first;
    if (lesson) this.lesson.resume(lesson);
    this.seek(time);
    if (playing) this.play();
  }

  /** The numbers of the present moment. */
  get snapshot() {
    this.#settle();
    return this.#readout.snapshot();
  }

  /**
   * Takes a whole configuration.
   * @param {object} configuration
   */
  configure(configuration) {
    this.#take(this.#lab.configure(configuration));
  }

  /**
   * Takes a whole configuration and stands at its start, with nothing said of where it leads.
   * @param {object} configuration
   */
  present(configuration) {
    this.#accept(this.#lab.configure(configuration));
    this.foretell(false);
    this.restart();
  }

  /**
   * Takes one field; throws if it is refused.
   * @param {string} field
   * @param {Setting} value
   */
  set(field, value) {
    this.#take(this.#lab.set(field, value));
  }

  undo() {
    this.#undo.undo();
  }

  redo() {
    this.#undo.redo();
  }

  /** Back to the first view, without a lesson. */
  reset() {
    this.lesson.choose("");
    this.configure(this.#first);
    this.restart();
  }

  /**
   * Shows the paths still to come, or leaves them to be guessed.
   * @param {boolean} on
   */
  foretell(on) {
    this.#foretold = on;
    this.#lab.foretell(on);
    if (!on) this.#narrator.keepQuiet();
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

  toggle() {
    this.#settle();
    if (this.#readout.playing) this.pause();
    else this.play();
  }

  restart() {
    this.#lab.restart();
    this.#clock.request();
  }

  /** @param {number} count */
  step(count) {
    this.#lab.step(count);
    this.#clock.request();
  }

  /** @param {number} step */
  seek(step) {
    this.#lab.seek(step);
    this.#clock.request();
  }

  /** Shows the surface in space, or again in plan. */
  toggleSpace() {
    const { projection } = this.#catalogue.limits;
    const other = projection.options.find(({ id }) => id !== this.configuration.projection);
    if (other) this.set(projection.id, other.id);
  }

  /**
   * Turns a field of the configuration on or off.
   * @param {string} field
   */
  toggleField(field) {
    /** @type {Record<string, any>} */
    const configuration = this.configuration;
    this.set(field, !configuration[field]);
  }

  /** Shows the map of basins or hides it, where there can be one. */
  toggleBasins() {
    if (this.#basins.possible) this.toggleField("basins");
  }

  /** @param {number} factor So many times as much of the plane. */
  zoom(factor) {
    const [x, y] = this.#plot.middle;
    this.#turned(() => this.#lab.zoom(x, y, factor));
  }

  /**
   * Moves what is shown.
   * @param {number} right In CSS pixels.
   * @param {number} down
   */
  pan(right, down) {
    this.#turned(() => this.#lab.pan(right, down));
  }

  /** Shows the surface's own view. */
  fit() {
    this.#turned(() => this.#lab.fit());
  }

  /** Begins or ends a presentation. */
  togglePresentation() {
    this.#presentation.toggle();
  }

  /** @returns {boolean} Whether there was a presentation to leave. */
  leavePresentation() {
    const { active } = this.#presentation;
    this.#presentation.leave();
    return active;
  }

  /** Opens the sheet of keys. */
  showKeys() {
    if (!this.#keys.open) this.#keys.showModal();
  }

  /** Follows a changed choice of theme. */
  retheme() {
    this.#theme.apply();
  }

  /**
   * Shows a changed configuration.
   * @param {Configuration} configuration
   */
  #take(configuration) {
    this.#accept(configuration);
    this.#narrator.changed(this.#readout);
  }

  /** @param {Configuration} configuration */
  #accept(configuration) {
    const { limits, optimizers } = this.#catalogue;
    this.#undo.take(configuration);
    for (const card of this.#cards) card.update(configuration);
    this.#changes = configuration.runs.some((run) => "changes" in run);
    this.#showPresent(configuration);
    this.#transport.update(configuration);
    const { dimension } = entryOf(this.#catalogue.surfaces, configuration.surface.id);
    this.#plot.project(this.#lab.in_space(), dimension > 1);
    this.#plot.overlay(configuration);
    this.#names = numbered(configuration.runs.map(({ id }) => {
      return this.messages.named("optimizer", entryOf(optimizers, id));
    }));
    const { visible } = limits;
    this.#narrator.name(this.#names, configuration.runs.map((run) => run[visible.id] === true));
    this.#figures.update(this.#names);
    this.#basins.update(this.#names, dimension);
    this.#rule.update(this.#names);
    this.#damping.update(this.#names);
    this.#dimension = dimension;
    this.#stale = true;
    this.#clock.request();
  }

  /**
   * Shows the settings that are in force at the present step.
   * @param {Configuration} configuration
   */
  #showPresent(configuration) {
    this.#runs.update({ ...configuration, runs: this.#lab.present() });
  }

  /** Draws what is due, so that the readout tells the present moment. */
  #settle() {
    if (this.#clock.pending) this.#clock.flush();
  }

  /** @returns {[number, number]} */
  #start() {
    const [x, y] = this.#lab.start_position();
    return [x, y];
  }

  /** @param {() => void} move */
  #startMoved(move) {
    move();
    this.#undo.take(this.configuration);
    this.#narrator.changed(this.#readout);
    this.#stale = true;
    this.#clock.request();
  }

  /** @param {() => void} turn */
  #turned(turn) {
    turn();
    this.#undo.look(this.configuration);
    this.#refresh();
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
    this.#basins.retheme(id);
    this.#palette = id;
    this.#figures.retheme();
    const theme = this.messages.named("theme", { id: choice });
    const label = this.messages.text("theme.choose", { theme });
    setAttribute(this.#themeButton, "aria-label", label);
    setAttribute(this.#themeButton, "title", label);
    this.#clock.request();
  }

  #visibility() {
    this.#clock.stop();
    if (!document.hidden) this.#clock.request();
  }

  /**
   * @param {number} elapsed In ms.
   * @returns {boolean} Whether another frame is needed.
   */
  #frame(elapsed) {
    if (!this.#sized) return false;
    try {
      const more = this.#lab.frame(elapsed);
      const working = this.#rule.read(this.#readout.step, this.#stale);
      this.#write();
      if (!this.#drawn) {
        this.#drawn = true;
        this.#events.drawn();
      }
      return more || working;
    } catch (error) {
      this.end();
      this.#events.failed(error);
      return false;
    }
  }

  /** Writes the texts that no longer fit the moment. */
  #write() {
    const readout = this.#readout;
    const { step, playing } = readout;
    if (!this.#stale && step === this.#shownStep && playing === this.#shownPlaying) return;
    this.#transport.read(readout);
    if (this.#changes && step !== this.#shownStep) this.#showPresent(this.configuration);
    this.#runs.read(readout);
    this.#figures.read(this.#stale);
    this.#damping.read(readout, this.#stale, this.#foretold, this.#dimension);
    this.#plot.say(this.#narrator.sentence(readout));
    this.#narrator.follow(readout);
    this.lesson.read(readout);
    if (this.#stale) {
      this.#events.changed();
      this.#figures.changed();
      this.#plot.place(this.#start(), this.configuration.start);
      this.#plot.name(this.#lab.sights());
      this.#basins.read(this.configuration);
    }
    this.#stale = false;
    this.#shownStep = step;
    this.#shownPlaying = playing;
  }
}
