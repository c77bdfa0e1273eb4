// What the reader can do: every button, slider, key and gesture acts through here, and here alone
// it is asked whether it may be done. What is done tells so, for a key that is not the lab's to take.

/**
 * @typedef {import("../core/catalogue.js").Configuration} Configuration
 * @typedef {import("../core/catalogue.js").Setting} Setting
 * @typedef {import("../teaching/lesson.js").LessonHost} LessonHost
 * @typedef {import("../plot/plot.js").View} View
 * @typedef {import("../plot/plot.js").Choices} Choices
 * @typedef {import("../plot/pointer.js").Start} Start
 * @typedef {import("./session.js").Session} Session
 * @typedef {InstanceType<import("../core/core.js").Core["Lab"]>} Lab
 *
 * @typedef {object} Page What a session keeps to itself.
 * @property {import("./panels.js").Panels} panels
 * @property {import("../plot/plot.js").Plot} plot
 * @property {import("./presentation.js").Presentation} presentation
 * @property {HTMLDialogElement} keys The sheet of keys.
 * @property {import("../core/theme.js").ThemeKeeper} theme
 * @property {import("./undo.js").Undo} undo
 * @property {(move: () => void) => void} startMoved Lets something move the start.
 * @property {(turn: () => void) => void} turned Lets something change what is seen.
 * @property {() => void} takeAlong
 * @property {(configuration: Configuration) => void} take Shows what the core has accepted.
 * @property {(answered: import("./news.js").Details["answered"]) => void} tell Tells the page of an answer.
 */

/** A lab that is narrower stands on a page as on a phone, in CSS pixels; see momentum-lab.css. */
const PHONE = 600;

export class Reader {
  #gate;
  #session;
  #lab;
  #catalogue;
  #page;

  /**
   * @param {Session} session
   * @param {Lab} lab
   * @param {import("../core/catalogue.js").Catalogue} catalogue
   * @param {import("../core/gate.js").Gate} gate
   * @param {() => Page} page Called when something is done, not before.
   */
  constructor(session, lab, catalogue, gate, page) {
    this.#gate = gate;
    this.#session = session;
    this.#lab = lab;
    this.#catalogue = catalogue;
    this.#page = page;
  }

  get messages() {
    return this.#session.messages;
  }

  get configuration() {
    return this.#session.configuration;
  }

  /**
   * Whether a control is shown.
   * @param {string} name
   */
  shows(name) {
    return this.#gate.shows(name);
  }

  /**
   * Whether what a control stands for may be done.
   * @param {string} name
   */
  may(name) {
    return this.#gate.permits(name);
  }

  /**
   * Changes one field; throws if its value is refused.
   * @param {string} field
   * @param {Setting} value
   */
  set(field, value) {
    const may = this.#gate.permitsField(field);
    if (may) this.#session.set(field, value);
    return may;
  }

  /**
   * Takes other runs, in a whole configuration.
   * @param {object} configuration
   */
  configure(configuration) {
    return this.#do("runs", () => this.#session.configure(configuration));
  }

  /**
   * Removes a run. Where one behind it is spoken of, that is meant still.
   * @param {number} index
   */
  removeRun(index) {
    const { configuration } = this;
    const plane = this.#lab.plane()?.run ?? 0;
    const runs = configuration.runs.filter((_, other) => other !== index);
    const [basins_run, task_run, plane_run] = [configuration.basins_run, configuration.task_run, plane]
      .map((run) => Math.min(run > index ? run - 1 : run, runs.length - 1));
    const done = this.configure({ ...configuration, runs, basins_run, task_run });
    if (done && plane_run !== plane) this.#lab.choose_plane(plane_run);
    return done;
  }

  /** Whether all may be changed that there is. */
  get mayChangeAll() {
    return this.#gate.permits();
  }

  /**
   * Takes in a whole configuration from elsewhere; throws if it is refused.
   * @param {object} configuration
   */
  takeIn(configuration) {
    const may = this.mayChangeAll;
    if (may) this.#session.bring(configuration);
    return may;
  }

  undo() {
    return this.#do("undo", () => this.#page().undo.undo());
  }

  redo() {
    return this.#do("undo", () => this.#page().undo.redo());
  }

  reset() {
    return this.#do("undo", () => this.#session.reset());
  }

  toggle() {
    return this.#do("play", () => {
      if (this.#session.playing) this.#session.pause();
      else this.#session.play();
    });
  }

  pause() {
    return this.#do("play", () => this.#session.pause());
  }

  restart() {
    return this.#do("play", () => this.#session.restart());
  }

  /** @param {number} count */
  step(count) {
    return this.#do("play", () => this.#session.step(count));
  }

  /** @param {number} step */
  seek(step) {
    return this.#do("play", () => this.#session.seek(step));
  }

  /** Shows the surface in space, or again in plan. */
  toggleSpace() {
    const { projection } = this.#catalogue.limits;
    const other = projection.options.find(({ id }) => id !== this.configuration.projection);
    return other !== undefined && this.set(projection.id, other.id);
  }

  /**
   * Turns a field of the configuration on or off.
   * @param {string} field
   */
  toggleField(field) {
    /** @type {Record<string, any>} */
    const configuration = this.configuration;
    return this.set(field, !configuration[field]);
  }

  /** Whether the reader may show or hide the map of basins, and there can be one. */
  get mayShowBasins() {
    return this.may("basins") && this.#page().panels.basins.possible;
  }

  /** Shows the map of basins or hides it, where there can be one. */
  toggleBasins() {
    return this.mayShowBasins && this.toggleField("basins");
  }

  /** @param {number} factor So many times as much of the plane. */
  zoom(factor) {
    const [x, y] = this.#page().plot.middle;
    return this.#turn(() => this.#lab.zoom(x, y, factor));
  }

  /**
   * Moves what is shown.
   * @param {number} right In CSS pixels.
   * @param {number} down
   */
  pan(right, down) {
    return this.#turn(() => this.#lab.pan(right, down));
  }

  /** Shows the surface's own view. */
  fit() {
    return this.#turn(() => this.#lab.fit());
  }

  /** What moves the start. @returns {Start} */
  get start() {
    const lab = this.#lab;
    return {
      position: () => {
        const [x, y] = lab.start_position();
        return [x, y];
      },
      move: (x, y) => this.#moveStart(() => lab.drag_start(x, y)),
      nudge: (right, up) => this.#moveStart(() => lab.nudge_start(right, up)),
      keep: () => {
        const { start } = this.configuration;
        const { undo } = this.#page();
        const { past } = undo;
        return () => this.#do("start", () => {
          this.#session.set("start", start);
          undo.rewind(past);
        });
      },
    };
  }

  /** What changes the view, and tells of it. @returns {View & Choices} */
  get view() {
    const lab = this.#lab;
    return {
      inSpace: () => lab.in_space(),
      turn: (right, down) => this.#turn(() => lab.turn(right, down)),
      zoom: (x, y, factor) => this.#turn(() => lab.zoom(x, y, factor)),
      pan: (right, down) => this.pan(right, down),
      fit: () => this.fit(),
      toggleSpace: () => this.toggleSpace(),
      toggle: (field) => this.toggleField(field),
      examine: (x, y) => lab.examine(x, y),
      fate: (x, y) => this.#page().panels.basins.fate(x, y),
    };
  }

  /**
   * Drags a run's setting on the plane of learning rate and momentum; throws if it is refused.
   * @param {number} run
   * @param {number} x In pixels of the picture.
   * @param {number} y
   */
  dragSetting(run, x, y) {
    const settings = ["lr", "beta"].map((name) => `runs[${run}].${name}`);
    if (!settings.every((field) => this.#gate.permitsField(field))) return;
    this.#page().take(this.#lab.plane_drag(run, x, y));
  }

  /** What a lesson does. @returns {LessonHost} */
  get teaching() {
    const session = this.#session;
    return {
      messages: session.messages,
      present: (configuration) => this.#do("lessons", () => session.present(configuration)),
      foretell: (on) => session.foretell(on),
      pause: () => session.pause(),
      seek: (step) => session.seek(step),
    };
  }

  /** What a question does. @returns {import("../teaching/task.js").TaskHost} */
  get examining() {
    const [session, lab] = [this.#session, this.#lab];
    return {
      messages: session.messages,
      task: () => lab.task(),
      judge: (answer) => lab.judge(answer),
      minima: () => lab.minima(),
      configuration: () => session.configuration,
      present: (configuration) => session.present(configuration),
      set: (field, value) => session.set(field, value),
      foretell: (on) => session.foretell(on),
      seal: (on) => {
        const { panels } = this.#page();
        // A lesson would go on by itself.
        if (on) panels.lesson.choose("");
        this.#gate.seal(on);
        panels.seal(on);
        session.element.classList.toggle("asking", on);
      },
      play: () => session.play(),
      pause: () => session.pause(),
      restart: () => session.restart(),
      seek: (step) => session.seek(step),
      tell: (detail) => this.#page().tell(detail),
    };
  }

  /**
   * Whether Page Down and Page Up go through the lessons: where lessons are shown, while one is open or the
   * lab is presented. On a page as narrow as a phone they scroll.
   */
  get turnsLessons() {
    if (!this.shows("lessons") || !this.may("lessons")) return false;
    return this.presents || (this.#page().panels.lesson.state.id !== "" && this.#session.element.clientWidth >= PHONE);
  }

  nextLesson() {
    return this.#do("lessons", () => this.#page().panels.lesson.next());
  }

  previousLesson() {
    return this.#do("lessons", () => this.#page().panels.lesson.previous());
  }

  /** Begins or ends a presentation. */
  togglePresentation() {
    return this.#do("present", () => this.#page().presentation.toggle());
  }

  /** Whether the lab is presented. */
  get presents() {
    return this.#page().presentation.active;
  }

  leavePresentation() {
    this.#page().presentation.leave();
  }

  /** Opens the dialog in which the lab is taken along. */
  takeAlong() {
    return this.#do("export", () => this.#page().takeAlong());
  }

  /** Opens the sheet of keys. */
  showKeys() {
    const { keys } = this.#page();
    return this.#do("keys", () => {
      if (!keys.open) keys.showModal();
    });
  }

  /** Goes on to the next theme. */
  nextTheme() {
    return this.#do("theme", () => this.#page().theme.next());
  }

  /**
   * @param {string} name Of the control.
   * @param {() => void} act
   */
  #do(name, act) {
    const may = this.may(name);
    if (may) act();
    return may;
  }

  /** @param {() => void} move */
  #moveStart(move) {
    return this.#do("start", () => this.#page().startMoved(move));
  }

  /** @param {() => void} turn */
  #turn(turn) {
    return this.#do("view", () => this.#page().turned(turn));
  }
}
