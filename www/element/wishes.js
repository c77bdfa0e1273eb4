// What a page asks for by the element's attributes and properties: fields of the configuration,
// by their short names.

import { entryOf } from "../core/catalogue.js";
import { readNumber } from "../core/core.js";
import { OPTIMIZER, SURFACE, fieldNamed, fieldNames, valueOf } from "../core/fields.js";
import { visible } from "../i18n/messages.js";
import { plain } from "../platform/plain.js";
import { AUTO } from "../core/theme.js";

/**
 * @typedef {import("../core/catalogue.js").Catalogue} Catalogue
 * @typedef {import("../core/catalogue.js").Configuration} Configuration
 * @typedef {import("../core/catalogue.js").ParameterSpec} ParameterSpec
 * @typedef {import("../app/session.js").Session} Session
 * @typedef {Pick<import("../core/core.js").Core, "catalogue" | "unlink">} Known What is needed of the core.
 *
 * @typedef {object} Refused What could not be taken.
 * @property {string} name
 * @property {string} field Its name in a configuration.
 * @property {unknown} value
 * @property {unknown} error
 */

/** The attribute that says all in one, as a link does. */
export const WHOLE = "configuration";
/** Attributes that are no fields, beside those that every element has. */
const OTHERS = [WHOLE, "embed", "theme", "language", "remember", "link", "controls", "lock", "ready", "presenting", "resting", "class",
  "is", "exportparts"];

export class Wishes {
  #element;
  /** The attributes as they were taken last. @type {Map<string, string>} */
  #taken = new Map();
  /** The one for all in one. @type {string | null} */
  #whole = null;
  /** What has been assigned since. @type {Map<string, unknown>} */
  #assigned = new Map();
  /** By name. @type {Map<string, Refused>} */
  #refused = new Map();

  /** @param {HTMLElement} element */
  constructor(element) {
    this.#element = element;
  }

  /** What could not be taken. */
  get refused() {
    return [...this.#refused.values()];
  }

  /**
   * Follows the attributes. Which of them count is known only once the core is there, so that the
   * element cannot name them in `observedAttributes`.
   * @param {() => void} changed
   * @param {AbortSignal} signal
   */
  watch(changed, signal) {
    const observer = new MutationObserver(changed);
    observer.observe(this.#element, { attributes: true });
    signal.addEventListener("abort", () => observer.disconnect(), { once: true });
  }

  /**
   * Notes what a property has been set to; nothing stands for its default.
   * @param {string} name
   * @param {unknown} value
   */
  assign(name, value) {
    this.#assigned.set(name, plain(value ?? undefined));
  }

  /**
   * What a property is.
   * @param {string} name
   * @param {Catalogue} catalogue
   * @param {Configuration | undefined} configuration
   */
  read(name, catalogue, configuration) {
    if (this.#assigned.has(name) || !configuration) return this.#assigned.get(name);
    if (name === OPTIMIZER) return configuration.runs.map(({ id }) => id).join(" ");
    const named = fieldNamed(name, catalogue, configuration);
    return named && valueOf(configuration, named.field);
  }

  /**
   * Takes all that has been asked for since the last time, attributes before properties, and what
   * others depend on first.
   * @param {Session} session
   * @param {Known} core
   */
  apply(session, { catalogue, unlink }) {
    const names = fieldNames(catalogue);
    this.#takeWhole(session, unlink);
    const attributes = [...this.#element.attributes].map(({ name, value }) => /** @type {const} */ ([name, value]));
    const now = new Map(attributes.filter(([name]) => names.has(name)));
    const gone = [...this.#taken.keys()].filter((name) => !now.has(name));
    const changed = [...now].filter(([name, value]) => this.#taken.get(name) !== value);
    /** @type {[string, any][]} */
    const wishes = [...gone.map((name) => /** @type {[string, undefined]} */ ([name, undefined])), ...changed,
      ...this.#assigned];
    const rank = ranking(catalogue);
    wishes.sort(([one], [other]) => rank(one) - rank(other));
    if (this.#taken.size === 0) this.#tellUnknown(attributes.map(([name]) => name), names);
    this.#taken = now;
    this.#assigned = new Map();
    for (const [name, value] of wishes) if (!session.ended) this.#take(name, value, session, catalogue);
  }

  /** Lets what the attribute for all in one says at present be outdone already. */
  passWhole() {
    this.#whole = this.#element.getAttribute(WHOLE);
  }

  /**
   * Takes all in one, if that is another; the other attributes then count anew.
   * @param {Session} session
   * @param {Known["unlink"]} unlink
   */
  #takeWhole(session, unlink) {
    const text = this.#element.getAttribute(WHOLE);
    if (text === this.#whole) return;
    this.#whole = text;
    this.#taken = new Map();
    this.#refused.clear();
    const { configuration, complaints } = unlink(text ?? "");
    session.bring(configuration);
    for (const error of complaints) {
      const { field } = /** @type {import("../i18n/messages.js").Complaint} */ (error);
      const name = `${WHOLE}: ${field}`;
      this.#refused.set(name, { name, field, value: text, error });
      console.warn(`<momentum-lab> ${WHOLE}: ${error.message}`);
    }
  }

  /**
   * @param {string} name
   * @param {any} value
   * @param {Session} session
   * @param {Catalogue} catalogue
   */
  #take(name, value, session, catalogue) {
    const named = fieldNamed(name, catalogue, session.configuration);
    try {
      if (!named && value !== undefined) throw new Error(session.messages.text("wish.without"));
      if (name === OPTIMIZER) setRuns(value, session, catalogue);
      else if (named && value === undefined) reset(named.field, session, catalogue);
      else if (named) {
        const { dimension } = entryOf(catalogue.surfaces, session.configuration.surface.id);
        const { plane_lr, plane_beta } = catalogue.limits;
        const isRange = named.field === plane_lr.id || named.field === plane_beta.id;
        session.set(named.field, typeof value === "string" ? parsed(name, value, dimension, named.spec, isRange) : value);
      }
      this.#refused.delete(name);
    } catch (error) {
      // No refusal but a failure, which has been told.
      if (session.ended) return;
      this.#refused.set(name, { name, field: named?.field ?? name, value, error });
      const reason = error instanceof Error ? error.message : String(error);
      console.warn(`<momentum-lab> ${name}="${visible(String(value))}": ${reason}`);
    }
  }

  /**
   * Notes that a configuration cannot be taken which was assigned before the core was there.
   * @param {unknown} value
   * @param {any} error With the field to blame.
   */
  refuseWhole(value, error) {
    const field = String(error.field ?? WHOLE);
    this.#refused.set(WHOLE, { name: `${WHOLE}: ${field}`, field, value, error });
    console.warn(`<momentum-lab> ${WHOLE}: ${error.message}`);
  }

  /**
   * Tells of attributes that look like fields and are none.
   * @param {string[]} attributes
   * @param {Set<string>} names
   */
  #tellUnknown(attributes, names) {
    for (const name of attributes) {
      const ours = names.has(name) || OTHERS.includes(name) || name in HTMLElement.prototype;
      // With a sign in them they are a framework's, or anybody's data.
      if (!ours && /^[a-z]\w*$/.test(name)) console.warn(`<momentum-lab> ${name}: no such attribute`);
    }
  }
}

/**
 * What an element asks for beside the fields that there is not, in words.
 * @param {HTMLElement} element
 * @param {import("../core/gate.js").Gate} gate
 * @param {Catalogue} catalogue
 * @param {import("../i18n/messages.js").Messages} messages
 */
export function missing(element, gate, catalogue, { text }) {
  const theme = element.getAttribute("theme") ?? AUTO;
  const wrong = gate.unknown(catalogue).map((value) => ({ name: "controls", value }));
  if (theme !== AUTO && !Object.hasOwn(catalogue.themes, theme)) wrong.push({ name: "theme", value: theme });
  return wrong.map(({ name, value }) => text("wish.no-such", { name, value: value.slice(0, 60) }));
}

/**
 * Gives all elements of a kind a property for each field, except where they have something of that
 * name already.
 * @template {HTMLElement} T
 * @param {T} prototype
 * @param {Iterable<string>} names
 * @param {{read: (element: T, name: string) => unknown, write: (element: T, name: string, value: unknown) => void}} access
 */
export function mirror(prototype, names, { read, write }) {
  for (const name of names) {
    if (name in prototype) continue;
    Object.defineProperty(prototype, name, {
      /** @this {T} */
      get() {
        return read(this, name);
      },
      /** @this {T} @param {unknown} value */
      set(value) {
        write(this, name, value);
      },
      configurable: true,
      enumerable: true,
    });
  }
}

/**
 * Takes what has been assigned before the element knew the property.
 * @param {HTMLElement} element
 * @param {string} name
 */
export function upgrade(element, name) {
  if (!Object.hasOwn(element, name)) return;
  /** @type {Record<string, any>} */
  const self = element;
  const value = self[name];
  delete self[name];
  self[name] = value;
}

/**
 * In which order fields are set: a surface brings a start and learning rates, an optimizer its
 * parameters.
 * @param {Catalogue} catalogue
 */
function ranking({ surfaces }) {
  const ofSurfaces = new Set(surfaces.flatMap(({ parameters }) => parameters.map(({ id }) => id)));
  return (/** @type {string} */ name) => {
    if (name === SURFACE) return 0;
    if (ofSurfaces.has(name)) return 1;
    return name === OPTIMIZER ? 2 : 3;
  };
}

/**
 * Makes the runs those of a list of optimizers. A run whose optimizer stays keeps its settings.
 * @param {unknown} value Ids between spaces; nothing for the usual runs.
 * @param {Session} session
 * @param {Catalogue} catalogue
 */
function setRuns(value, session, { defaults }) {
  const { configuration } = session;
  const { runs } = configuration;
  if (value === undefined) return session.configure({ ...configuration, runs: defaults.runs });
  const ids = String(value).split(/\s+/).filter(Boolean);
  if (ids.length === runs.length && ids.length > 0) {
    ids.forEach((id, index) => {
      if (runs[index].id !== id) session.set(`runs[${index}].id`, id);
    });
    return;
  }
  session.configure({ ...configuration, runs: ids.map((id, index) => (runs[index]?.id === id ? runs[index] : { id })) });
}

/**
 * Gives a field its default.
 * @param {string} field
 * @param {Session} session
 * @param {Catalogue} catalogue
 */
function reset(field, session, { defaults }) {
  if (field === "surface.id") return session.set(field, defaults.surface.id);
  const configuration = structuredClone(session.configuration);
  const path = field.split(/[.[\]]+/).filter(Boolean);
  const last = path.pop() ?? field;
  delete valueOf(configuration, path.join("."))[last];
  session.configure(configuration);
}

/**
 * The value that an attribute's text stands for. What is none goes to the core as it stands, for
 * the core to say what is wrong.
 * @param {string} name
 * @param {string} text
 * @param {number} dimension Of the surface.
 * @param {ParameterSpec} [spec]
 * @param {boolean} [isRange] Whether it has a lowest and a highest number.
 * @returns {number | string | boolean | number[]}
 */
function parsed(name, text, dimension, spec, isRange = false) {
  if (spec?.kind === "toggle") {
    if (["", "true", name].includes(text)) return true;
    return text === "false" ? false : text;
  }
  if (name === SURFACE || spec?.kind === "choice" || spec?.kind === "text" || text.trim() === "") return text;
  const parts = text.trim().split(/[\s,，]+/);
  // A single number may have a decimal comma, a list has commas between its numbers.
  const single = spec?.kind === "number" && !isRange ? readNumber(text) : undefined;
  if (single !== undefined) return single;
  const numbers = parts.map(readNumber).filter((number) => number !== undefined);
  if (numbers.length < parts.length) return text;
  // A start on a line is one number.
  if (name === "start" && dimension === 1) return [numbers[0], numbers[1] ?? 0];
  return numbers.length === 1 ? numbers[0] : numbers;
}
