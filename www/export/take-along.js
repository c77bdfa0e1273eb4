// The dialog in which a lab is taken along: pictures, a film, numbers, scripts, and its
// configuration, out and in.

import { Complaint } from "../controls/complaint.js";
import { freshId, h, icon, setText } from "../platform/dom.js";
import { ExportError } from "./export-error.js";
import { fromJSON, LANGUAGES, LONGEST, save, toCode, toCSV, toJSON, toPNG, toSVG, TooLong } from "./files.js";
import { filmType, record } from "./recording.js";

/**
 * @typedef {import("../core/catalogue.js").Configuration} Configuration
 * @typedef {import("../i18n/messages.js").Key} Key
 * @typedef {import("../i18n/messages.js").Messages} Messages
 *
 * @typedef {object} Source The lab that is taken along.
 * @property {() => import("./painter.js").Moment} moment
 * @property {(run: number) => string} nameOf The name of a run's optimizer.
 * @property {() => boolean} mayConfigure Whether it may be given a whole configuration.
 * @property {(configuration: object) => void} configure Gives it one, if that may be; throws what is
 *   wrong with it.
 */

/** Times the size on the page. */
const SCALES = [1, 2, 4];
const CROSS = "M7 7 L17 17 M17 7 L7 17";

export class TakeAlong {
  element;
  #messages;
  #source;
  #scale;
  #run;
  #language;
  #code = h("pre", { tabindex: "0", "data-kind": "code" });
  #field = h("textarea", { rows: "8", spellcheck: "false", autocomplete: "off", "data-kind": "configuration" });
  #refusal = new Complaint(this.#field);
  #word = h("p", { class: "word", role: "status" });
  /** The buttons of the two kinds of film, with their labels. */
  #films;
  #progress = h("progress", { max: "1", value: "0", hidden: true });
  /** Ends a recording. @type {AbortController | undefined} */
  #recording;

  /**
   * @param {Messages} messages
   * @param {Source} source
   */
  constructor(messages, source) {
    this.#messages = messages;
    this.#source = source;
    const { text } = messages;
    this.#scale = this.#menu("take.scale", SCALES.map((scale) => [String(scale), text("take.times", { scale })]), "2");
    this.#run = this.#menu("take.run", []);
    this.#language = this.#menu("take.language", LANGUAGES.map((id) => [id, messages.named("take", { id })]));
    for (const menu of [this.#run, this.#language]) menu.addEventListener("change", () => this.#showCode());
    this.#code.setAttribute("aria-label", text("take.code"));
    this.#films = /** @type {const} */ ([["webm", "film", "take.film"], ["gif", "gif", "take.gif"]])
      .map(([format, action, label]) => {
        const able = format === "gif" || filmType() !== undefined;
        const button = this.#button(action, label, () => this.#toggleFilm(format));
        button.disabled = !able;
        return { format, able, button, label };
      });
    const id = freshId("take-along");
    this.element = h("dialog", { class: "take", "aria-labelledby": id },
      h("header", {}, h("h2", { id }, text("take.title")), this.#cross()),
      this.#part("take.picture",
        h("div", { class: "row" }, this.#labelled("take.scale", this.#scale),
          this.#button("png", "take.png", () => this.#save(async () => [await toPNG(this.#moment, { scale: Number(this.#scale.value) }), ".png"]))),
        h("div", { class: "row" },
          this.#button("svg", "take.svg", () => this.#save(async () => [await toSVG(this.#moment), ".svg", "image/svg+xml"])),
          ...this.#films.map(({ button }) => button)),
        this.#progress, ...(this.#films.every(({ able }) => able) ? [] : [h("p", { class: "note" }, text("take.no-film"))])),
      this.#part("take.numbers",
        h("div", { class: "row" }, this.#labelled("take.run", this.#run),
          this.#button("csv", "take.csv", () => this.#save(async () => [await toCSV(this.#configuration, this.#chosen), `${this.#whose}.csv`, "text/csv"]))),
        h("div", { class: "row" }, this.#labelled("take.language", this.#language),
          this.#button("copy-code", "take.copy", () => this.#copy(this.#code.textContent ?? "")),
          this.#button("save-code", "take.save", () => this.#save(async () => [await this.#script(), `${this.#whose}-${this.#language.value}.py`, "text/x-python"]))),
        this.#code),
      this.#part("take.configuration", this.#field,
        this.#refusal.element,
        h("div", { class: "row" },
          this.#button("copy-json", "take.copy", () => this.#copy(this.#field.value)),
          this.#button("save-json", "take.save", () => this.#save(async () => [toJSON(this.#configuration), ".json", "application/json"])),
          ...(source.mayConfigure() ? this.#takingIn() : []))),
      this.#word);
    this.#field.setAttribute("aria-label", text("take.configuration"));
    this.element.addEventListener("click", (event) => {
      // Beside the dialog, on what it covers.
      if (event.target === this.element) this.element.close();
    });
    // Escape ends what goes on first, and says so.
    this.element.addEventListener("cancel", (event) => {
      if (!this.#recording || this.#recording.signal.aborted) return;
      event.preventDefault();
      this.#recording.abort();
    });
    this.element.addEventListener("close", () => this.#recording?.abort());
  }

  /** Opens the dialog on what the lab shows now. */
  open() {
    const configuration = this.#configuration;
    this.#refusal.say("");
    setText(this.#word, "");
    this.#field.value = toJSON(configuration);
    const { text } = this.#messages;
    this.#run.replaceChildren(...configuration.runs.map((_, run) => {
      return h("option", { value: String(run) }, text("take.of", { number: run + 1, name: this.#source.nameOf(run) }));
    }));
    this.#showCode();
    if (!this.element.open) this.element.showModal();
  }

  /** Ends what goes on. */
  end() {
    this.#recording?.abort();
  }

  /**
   * Takes a configuration in; what is wrong with it, the dialog says.
   * @param {File | string} source
   * @returns {Promise<void>}
   */
  async takeIn(source) {
    const { configure, mayConfigure } = this.#source;
    try {
      configure(await fromJSON(source));
    } catch (error) {
      // The lab may have gone meanwhile.
      if (!this.element.isConnected) return;
      if (!this.element.open) this.open();
      this.#refusal.say(this.#reason(error));
      setText(this.#word, "");
      // What was given is not lost: it can be mended here. A folder has no text.
      if (typeof source !== "string" && source.size <= LONGEST) {
        this.#field.value = await source.text().catch(() => this.#field.value);
      }
      return;
    }
    // It asks a question, which this would give away.
    if (!mayConfigure()) return this.element.close();
    if (this.element.open) this.open();
    this.#say("take.taken");
  }

  get #moment() {
    return this.#source.moment();
  }

  get #configuration() {
    return this.#moment.configuration;
  }

  /** The run whose numbers are asked for. */
  get #chosen() {
    return Number(this.#run.value);
  }

  /** The same in a file's name. */
  get #whose() {
    return `-${this.#chosen + 1}-${this.#configuration.runs[this.#chosen].id}`;
  }

  /** What takes a configuration in: a text, or a file. */
  #takingIn() {
    const file = h("input", { type: "file", accept: ".json,application/json", hidden: true });
    file.addEventListener("change", () => {
      const [chosen] = file.files ?? [];
      if (chosen) this.takeIn(chosen);
      // The same file can be chosen again.
      file.value = "";
    });
    return [
      this.#button("use-json", "take.use", () => this.takeIn(this.#field.value)),
      this.#button("open-json", "take.open", () => file.click()), file,
    ];
  }

  #script() {
    return toCode(this.#configuration, this.#language.value, this.#chosen);
  }

  async #showCode() {
    const asked = [this.#language.value, this.#chosen].join();
    try {
      const script = await this.#script();
      // Something else may have been chosen meanwhile.
      if (asked === [this.#language.value, this.#chosen].join()) setText(this.#code, script);
    } catch (error) {
      setText(this.#code, this.#reason(error));
    }
  }

  /** @param {() => Promise<[content: Blob | string, end: string, type?: string]>} make With the end of the file's name. */
  async #save(make) {
    try {
      const [content, end, type] = await make();
      save(content, `momentum-lab-${this.#configuration.surface.id}${end}`, type);
      this.#say("take.saved");
    } catch (error) {
      setText(this.#word, this.#reason(error));
    }
  }

  /** @param {"webm" | "gif"} format */
  async #toggleFilm(format) {
    if (this.#recording) return this.#recording.abort();
    const recording = new AbortController();
    this.#recording = recording;
    this.#progress.value = 0;
    this.#progress.hidden = false;
    setText(this.#word, "");
    this.#showFilms(format);
    const moment = this.#moment;
    await this.#save(async () => {
      const film = await record(moment, {
        format,
        // A GIF weighs what its pixels do.
        scale: format === "gif" ? 1 : Math.min(devicePixelRatio, 2),
        signal: recording.signal,
        progress: (share) => {
          this.#progress.value = share;
        },
      });
      return [film, film.type.includes("mp4") ? ".mp4" : `.${format}`];
    });
    if (recording.signal.aborted) this.#say("take.stopped");
    this.#recording = undefined;
    this.#progress.hidden = true;
    this.#showFilms();
  }

  /**
   * While one is made, its button ends it.
   * @param {"webm" | "gif"} [made]
   */
  #showFilms(made) {
    for (const { format, able, button, label } of this.#films) {
      button.disabled = !able || (made !== undefined && format !== made);
      setText(button, this.#messages.text(format === made ? "take.stop" : label));
    }
  }

  /** @param {string} content */
  async #copy(content) {
    try {
      await navigator.clipboard.writeText(content);
      this.#say("take.copied");
    } catch {
      this.#say("take.by-hand");
    }
  }

  /** @param {Key} key */
  #say(key) {
    setText(this.#word, this.#messages.text(key));
  }

  /** @param {unknown} error */
  #reason(error) {
    const { text, reason } = this.#messages;
    if (error instanceof ExportError) return text(error.key);
    if (error instanceof TooLong) return text("take.too-long", { most: LONGEST });
    if (error instanceof SyntaxError) return text("take.not-json", { reason: error.message });
    return reason(error);
  }

  /**
   * @param {Key} title
   * @param {...Node} content
   */
  #part(title, ...content) {
    const id = freshId("take");
    return h("section", { "aria-labelledby": id }, h("h3", { id }, this.#messages.text(title)), ...content);
  }

  /**
   * @param {Key} label
   * @param {[value: string, name: string][]} options
   * @param {string} [chosen]
   */
  #menu(label, options, chosen) {
    const menu = h("select", { id: freshId("take"), "data-kind": label.split(".")[1] },
      ...options.map(([value, name]) => h("option", { value }, name)));
    if (chosen) menu.value = chosen;
    return menu;
  }

  /**
   * @param {Key} label
   * @param {HTMLSelectElement} menu
   */
  #labelled(label, menu) {
    return h("label", { for: menu.id }, this.#messages.text(label), menu);
  }

  /**
   * @param {string} action
   * @param {Key} label
   * @param {() => unknown} act
   */
  #button(action, label, act) {
    const button = h("button", { type: "button", "data-action": action }, this.#messages.text(label));
    button.addEventListener("click", act);
    return button;
  }

  #cross() {
    const cross = h("button", {
      type: "button", class: "remove", "data-action": "close-take", "aria-label": this.#messages.text("link.close"),
    }, icon(CROSS));
    cross.addEventListener("click", () => this.element.close());
    return cross;
  }
}
