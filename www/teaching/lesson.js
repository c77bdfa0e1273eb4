// The card of lessons: a menu of scenes, a question to answer before pressing play, and what the
// run has shown, in numbers measured on it.

import { freshId, h, icon, setAttribute, setText } from "../platform/dom.js";
import { readable } from "../i18n/format.js";

/**
 * @typedef {import("../core/catalogue.js").Scene} Scene
 * @typedef {import("../i18n/messages.js").Messages} Messages
 * @typedef {import("../i18n/messages.js").ScenePart} ScenePart
 * @typedef {import("../core/readout.js").Readout} Readout
 *
 * @typedef {object} LessonHost What a lesson needs of the lab.
 * @property {Messages} messages
 * @property {(configuration: object) => void} present Shows its start, and not what comes.
 * @property {(on: boolean) => void} foretell Shows what comes, or leaves it to be guessed.
 * @property {() => void} pause
 * @property {(step: number) => void} seek
 *
 * @typedef {object} LessonState What another card can go on from.
 * @property {string} id Of the scene, or nothing.
 * @property {number} [prediction] The choice made, from 0.
 * @property {boolean} revealed Whether the answer has been given.
 * @property {string} [setUp] What the scene has set up, as text.
 */

const ICONS = { previous: "M14.5 6 L8.5 12 L14.5 18", next: "M9.5 6 L15.5 12 L9.5 18" };

/** Numbers of so many characters are quoted as they are. */
const SHORT = 6;

/** What a scene speaks about; anything else may be changed beside it. */
const SUBJECT = /** @type {const} */ (["surface", "start", "steps", "noise", "batch", "seed"]);

/** What stands between the choices of a question. */
const BETWEEN = " | ";

export class Lesson {
  element;
  #scenes;
  #numbers;
  #host;
  #label = h("label", { for: freshId("lesson") });
  #menu = h("select", { id: this.#label.htmlFor, autocomplete: "off" });
  #previous;
  #next;
  #line = h("div");
  #text = h("p", { class: "text" });
  #question = h("p", { class: "question", id: freshId("question") });
  #choices = h("div", { class: "choices", role: "group", "aria-labelledby": this.#question.id });
  #show;
  #again;
  #left = h("p", { class: "note", role: "status", hidden: true });
  #verdict = h("strong");
  #answer = h("span");
  #body;
  /** @type {Scene | undefined} */
  #scene;
  /** What its texts quote, as text. @type {Record<string, string>} */
  #values = {};
  /** The choice made, from 0. @type {number | undefined} */
  #prediction;
  #revealed = false;
  /** Whether what the reader has set up instead has been played. */
  #played = false;
  /** What the scene has set up, as text; nothing before it has. @type {string | undefined} */
  #setUp;

  /**
   * @param {Scene[]} scenes
   * @param {(id: string) => Record<string, number>} numbers Measures what a scene's texts quote.
   * @param {LessonHost} host
   */
  constructor(scenes, numbers, host) {
    this.#scenes = scenes;
    this.#numbers = numbers;
    this.#host = host;
    const { text, scene } = host.messages;
    setText(this.#left, text("lesson.left"));
    this.#menu.append(h("option", { value: "" }, text("lesson.none")),
      ...scenes.map(({ id }, index) => {
        return h("option", { value: id }, `${index + 1}. ${scene(id, "title")}`);
      }));
    this.#menu.addEventListener("change", () => this.choose(this.#menu.value));
    this.#previous = this.#arrow("previous", () => this.previous());
    this.#next = this.#arrow("next", () => this.next());
    this.#show = this.#button("show", () => this.#showMe());
    this.#again = this.#button("again", () => this.choose(this.#menu.value));
    const spoken = { class: "answer", role: "status", "aria-live": "polite" };
    this.#body = h("div", { class: "body" }, this.#text, this.#question, this.#choices, this.#left,
      h("p", spoken, this.#verdict, " ", this.#answer),
      h("div", { class: "actions" }, this.#show, this.#again));
    const attributes = { class: "card lesson", part: "lesson", "aria-label": text("lesson.label") };
    this.element = h("section", attributes,
      this.#line, this.#body);
    this.#line.append(this.#label, this.#previous, this.#next, this.#menu);
    this.#write();
  }

  /**
   * Sets a scene up at its start, also if it is the present one; with no id, puts lessons away
   * and leaves the lab as it is.
   * @param {string} id
   */
  choose(id) {
    this.#take({ id, revealed: false });
    if (this.#scene) this.#host.present(this.#scene.configuration);
    else this.#host.foretell(true);
  }

  /** @returns {LessonState} */
  get state() {
    const id = this.#scene?.id ?? "";
    return { id, prediction: this.#prediction, revealed: this.#revealed, setUp: this.#setUp };
  }

  /**
   * Follows what is configured: whether it is still what the scene speaks about.
   * @param {import("../core/catalogue.js").Configuration} configuration
   */
  update(configuration) {
    if (!this.#scene) return;
    const subject = subjectOf(configuration);
    this.#setUp ??= subject;
    // What the answer asks to try is still the lesson.
    const tries = this.#revealed ? this.#scene.tries : [];
    const left = without(subject, tries) !== without(this.#setUp, tries);
    if (left === !this.#left.hidden) return;
    this.#left.hidden = !left;
    this.#write();
  }

  /**
   * Goes on from where another card was; the lab is as that one left it.
   * @param {LessonState} state
   */
  resume(state) {
    this.#take(state);
    this.#host.foretell(!this.#scene || this.#revealed);
  }

  /** To the next scene; after the last comes the first. */
  next() {
    this.#go(1);
  }

  /** To the scene before; before the first comes the last. */
  previous() {
    this.#go(-1);
  }

  /**
   * Follows the time: once the run has been played, the answer is given.
   * @param {Readout} readout
   */
  read({ step, steps, playing }) {
    if (!this.#scene || this.#revealed) return;
    const last = Math.min(this.#scene.stop ?? steps, steps);
    if (step < last) return;
    // Of what the reader has set up instead, it knows no answer.
    if (!this.#left.hidden) {
      if (!this.#played) this.#host.foretell(true);
      this.#played = true;
      return;
    }
    this.#revealed = true;
    if (playing) {
      this.#host.pause();
      this.#host.seek(last);
    }
    this.#host.foretell(true);
    this.#write();
  }

  /** @param {LessonState} state */
  #take({ id, prediction, revealed, setUp }) {
    this.#scene = this.#scenes.find((scene) => scene.id === id);
    this.#prediction = prediction;
    this.#revealed = revealed;
    this.#setUp = setUp;
    this.#played = false;
    this.#left.hidden = true;
    const measured = this.#scene ? Object.entries(this.#numbers(id)) : [];
    const decimals = this.#scene?.decimals ?? null;
    this.#values = Object.fromEntries(measured.map(([name, number]) => {
      return [name, quoted(number, decimals)];
    }));
    this.#choices.replaceChildren();
    this.#write();
  }

  /** @param {number} by */
  #go(by) {
    const count = this.#scenes.length;
    const now = this.#scene ? this.#scenes.indexOf(this.#scene) : by > 0 ? -1 : 0;
    this.choose(this.#scenes[(now + by + count) % count].id);
  }

  #showMe() {
    this.#host.pause();
    // Further than any path is long; the lab stops at the end.
    this.#host.seek(this.#scene?.stop ?? Number.MAX_SAFE_INTEGER);
  }

  /** @param {number} index */
  #predict(index) {
    if (this.#revealed) return;
    this.#prediction = index;
    this.#mark();
  }

  #write() {
    const { text } = this.#host.messages;
    const scene = this.#scene;
    this.#menu.value = scene?.id ?? "";
    this.#body.hidden = !scene;
    this.#line.className = scene ? "chosen" : "control choice";
    this.#previous.hidden = !scene;
    this.#next.hidden = !scene;
    if (!scene) {
      setText(this.#label, text("lesson.label"));
      return;
    }
    const number = this.#scenes.indexOf(scene) + 1;
    setText(this.#label, text("lesson.number", { number, count: this.#scenes.length }));
    setText(this.#text, this.#say(scene, "text"));
    setText(this.#question, this.#say(scene, "question"));
    if (this.#choices.childElementCount === 0) this.#offer(scene);
    this.#mark();
    setText(this.#verdict, this.#revealed ? this.#judged(scene) : "");
    setText(this.#answer, this.#revealed ? this.#say(scene, "answer") : "");
    // Not `:focus`: in a window behind others it matches nothing.
    const { activeElement } = /** @type {ShadowRoot} */ (this.#show.getRootNode());
    if (this.#revealed && activeElement === this.#show) this.#again.focus();
    this.#show.hidden = this.#revealed || !this.#left.hidden;
  }

  /** @param {Scene} scene */
  #offer(scene) {
    const choices = this.#say(scene, "choices").split(BETWEEN);
    this.#choices.replaceChildren(...choices.map((choice, index) => {
      const button = h("button", { type: "button", "data-choice": index }, choice);
      button.addEventListener("click", () => this.#predict(index));
      return button;
    }));
  }

  /** Marks the choice made and, once that is known, the right one. */
  #mark() {
    for (const [index, button] of [...this.#choices.children].entries()) {
      const chosen = index === this.#prediction;
      const right = index === this.#scene?.right;
      setAttribute(button, "aria-pressed", String(chosen));
      setAttribute(button, "aria-disabled", String(this.#revealed));
      if (this.#revealed && (chosen || right)) {
        setAttribute(button, "data-mark", right ? "right" : "wrong");
      }
    }
  }

  /** @param {Scene} scene */
  #judged(scene) {
    if (this.#prediction === undefined) return "";
    const right = this.#prediction === scene.right;
    return this.#host.messages.text(right ? "lesson.right" : "lesson.wrong");
  }

  /**
   * @param {Scene} scene
   * @param {ScenePart} part
   */
  #say(scene, part) {
    return this.#host.messages.scene(scene.id, part, this.#values);
  }

  /**
   * @param {"previous" | "next"} action
   * @param {() => void} act
   */
  #arrow(action, act) {
    const label = this.#host.messages.text(`lesson.${action}`);
    const button = h("button", {
      type: "button", class: "arrow", "data-action": `${action}-lesson`,
      "aria-label": label, title: label,
    }, icon(ICONS[action]));
    button.addEventListener("click", act);
    return button;
  }

  /**
   * @param {"show" | "again"} action
   * @param {() => void} act
   */
  #button(action, act) {
    const button = h("button", { type: "button", "data-action": `${action}-lesson` },
      this.#host.messages.text(`lesson.${action}`));
    button.addEventListener("click", act);
    return button;
  }
}

/**
 * What a scene speaks about, as text.
 * @param {import("../core/catalogue.js").Configuration} configuration
 */
function subjectOf(configuration) {
  const runs = configuration.runs.map(({ visible: _, ...settings }) => settings);
  return JSON.stringify({ ...Object.fromEntries(SUBJECT.map((field) => [field, configuration[field]])), runs });
}

/**
 * The same without some fields, of the configuration or of its runs.
 * @param {string} subject
 * @param {string[]} fields
 */
function without(subject, fields) {
  return JSON.stringify(JSON.parse(subject), (key, value) => (fields.includes(key) ? undefined : value));
}

/**
 * Short numbers, such as counts and what was set, as they are; others with three digits.
 * @param {number} number
 * @param {number | null} decimals
 */
function quoted(number, decimals) {
  if (decimals !== null) return number.toFixed(decimals);
  const exact = String(number);
  return exact.length <= SHORT ? exact.replace("-", "−") : readable(number);
}
