// What the reader can do: every button, slider, key and gesture acts through here.

/**
 * @typedef {import("./catalogue.js").Configuration} Configuration
 * @typedef {import("./catalogue.js").Setting} Setting
 * @typedef {import("./lesson.js").LessonHost} LessonHost
 * @typedef {import("./plot.js").View} View
 * @typedef {import("./plot.js").Choices} Choices
 * @typedef {import("./pointer.js").Start} Start
 * @typedef {import("./session.js").Session} Session
 * @typedef {InstanceType<import("./core.js").Core["Lab"]>} Lab
 *
 * @typedef {object} Page What a session keeps to itself.
 * @property {import("./panels.js").Panels} panels
 * @property {import("./plot.js").Plot} plot
 * @property {import("./presentation.js").Presentation} presentation
 * @property {HTMLDialogElement} keys The sheet of keys.
 * @property {import("./theme.js").ThemeKeeper} theme
 * @property {import("./undo.js").Undo} undo
 * @property {(move: () => void) => void} startMoved Lets something move the start.
 * @property {(turn: () => void) => void} turned Lets something change what is seen.
 * @property {(configuration: Configuration) => void} take Shows what the core has accepted.
 */

export class Reader {
  #session;
  #lab;
  #catalogue;
  #page;

  /**
   * @param {Session} session
   * @param {Lab} lab
   * @param {import("./catalogue.js").Catalogue} catalogue
   * @param {() => Page} page Called when something is done, not before.
   */
  constructor(session, lab, catalogue, page) {
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
   * Changes one field; throws if its value is refused.
   * @param {string} field
   * @param {Setting} value
   */
  set(field, value) {
    this.#session.set(field, value);
  }

  /**
   * Takes other runs, in a whole configuration.
   * @param {object} configuration
   */
  configure(configuration) {
    this.#session.configure(configuration);
  }

  undo() {
    this.#page().undo.undo();
  }

  redo() {
    this.#page().undo.redo();
  }

  reset() {
    this.#session.reset();
  }

  toggle() {
    if (this.#session.playing) this.#session.pause();
    else this.#session.play();
  }

  pause() {
    this.#session.pause();
  }

  restart() {
    this.#session.restart();
  }

  /** @param {number} count */
  step(count) {
    this.#session.step(count);
  }

  /** @param {number} step */
  seek(step) {
    this.#session.seek(step);
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
    if (this.#page().panels.basins.possible) this.toggleField("basins");
  }

  /** @param {number} factor So many times as much of the plane. */
  zoom(factor) {
    const { plot } = this.#page();
    const [x, y] = plot.middle;
    this.#turn(() => this.#lab.zoom(x, y, factor));
  }

  /**
   * Moves what is shown.
   * @param {number} right In CSS pixels.
   * @param {number} down
   */
  pan(right, down) {
    this.#turn(() => this.#lab.pan(right, down));
  }

  /** Shows the surface's own view. */
  fit() {
    this.#turn(() => this.#lab.fit());
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
        return () => {
          this.#session.set("start", start);
          undo.rewind(past);
        };
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
    this.#page().take(this.#lab.plane_drag(run, x, y));
  }

  /** What a lesson does. @returns {LessonHost} */
  get teaching() {
    const session = this.#session;
    return {
      messages: session.messages,
      present: (configuration) => session.present(configuration),
      foretell: (on) => session.foretell(on),
      pause: () => session.pause(),
      seek: (step) => session.seek(step),
    };
  }

  nextLesson() {
    this.#page().panels.lesson.next();
  }

  previousLesson() {
    this.#page().panels.lesson.previous();
  }

  /** Begins or ends a presentation. */
  togglePresentation() {
    this.#page().presentation.toggle();
  }

  /** @returns {boolean} Whether there was a presentation to leave. */
  leavePresentation() {
    const { presentation } = this.#page();
    const { active } = presentation;
    presentation.leave();
    return active;
  }

  /** Opens the sheet of keys. */
  showKeys() {
    const { keys } = this.#page();
    if (!keys.open) keys.showModal();
  }

  /** Goes on to the next theme. */
  nextTheme() {
    this.#page().theme.next();
  }

  /** @param {() => void} move */
  #moveStart(move) {
    this.#page().startMoved(move);
  }

  /** @param {() => void} turn */
  #turn(turn) {
    this.#page().turned(turn);
  }
}
