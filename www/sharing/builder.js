// The builder of embeddings: what is shown and locked is ticked, seen at once as it will be, and copied.

import { entryOf } from "../core/catalogue.js";
import { readNumber } from "../core/core.js";
import { freshId, h, icon, math, setText } from "../platform/dom.js";
import { FORMS, attributesOf, embedding } from "./embedding.js";
import { fieldNamed, general, valueOf } from "../core/fields.js";
import { PLACES, TOOLS } from "../core/gate.js";
import { LANGUAGES, SPEAKS } from "../i18n/language.js";
import STYLES from "../pkg/builder-styles.js";
import { adopt } from "../platform/styles.js";

/**
 * @typedef {import("../core/catalogue.js").Configuration} Configuration
 * @typedef {import("../core/catalogue.js").ParameterSpec} ParameterSpec
 * @typedef {import("./embedding.js").Form} Form
 * @typedef {import("../i18n/messages.js").Key} Key
 * @typedef {import("../element/momentum-lab.js").MomentumLab} MomentumLab
 */

const CROSS = "M7 7 L17 17 M17 7 L7 17";

/** In CSS pixels. */
const WIDTH = { min: 280, max: 2400, value: 640 };
const HEIGHT = { min: 240, max: 2400 };

/** So many of the first run's parameters are shown unless the reader chooses others. */
const SHOWN = 2;

/** Only this machine knows them. */
const OWN = /^(localhost|127\..*|\[::1\]|.*\.local)$/;

export class Builder {
  element;
  #messages;
  #core;
  #site;
  #form = h("form", { class: "wanted" });
  /** Another each time, so that it begins with what is embedded then. */
  #preview = newLab();
  #sheet = h("div", { class: "sheet" });
  #text = h("textarea", { readonly: true, rows: 4, spellcheck: "false", id: freshId("embedding"), "data-kind": "embedding" });
  #hint = h("p", { class: "remark" });
  /** Says that a size cannot be, or that the height is not enough. */
  #low = h("p", { class: "remark", role: "status" });
  #word = h("span", { role: "status", "aria-live": "polite" });
  #link = "";
  #sizes = new ResizeObserver(() => requestAnimationFrame(() => this.#write()));

  /**
   * @param {import("../i18n/messages.js").Messages} messages
   * @param {import("../core/core.js").Core} core
   * @param {URL} site Where the files lie that other pages load.
   */
  constructor(messages, core, site) {
    this.#messages = messages;
    this.#core = core;
    this.#site = site;
    const { text } = messages;
    const id = freshId("builder");
    const close = h("button", {
      type: "button", class: "remove", "data-action": "close-builder", "aria-label": text("embed.close"),
    }, icon(CROSS));
    const copy = h("button", { type: "button", class: "copy", "data-action": "copy-embedding" }, text("embed.copy"));
    const forms = h("fieldset", { class: "forms" }, h("legend", { class: "spoken" }, text("embed.form")),
      ...FORMS.map((form, index) => this.#tick("radio", "form", form, text(`embed.form.${form}`), index === 0)));
    const own = OWN.test(site.hostname) ? [h("p", { class: "own" }, text("embed.own"))] : [];
    this.element = h("dialog", { class: "builder", "aria-labelledby": id },
      h("header", {}, h("h2", { id }, text("embed.title")), close),
      this.#form,
      h("div", { class: "outcome" },
        h("section", { class: "preview", "aria-label": text("embed.preview"), tabindex: 0 }, this.#sheet),
        h("p", { class: "remark" }, text("embed.try")),
        h("div", { class: "row" }, forms, this.#word, copy),
        this.#hint, this.#low, ...own,
        h("label", { for: this.#text.id, class: "spoken" }, text("embed.text")), this.#text));
    close.addEventListener("click", () => this.element.close());
    copy.addEventListener("click", () => this.#copy());
    this.#form.addEventListener("submit", (event) => event.preventDefault());
    this.#form.addEventListener("input", () => this.#update());
    forms.addEventListener("change", () => this.#update());
    this.element.addEventListener("click", ({ target }) => {
      // Beside the dialog, on what it covers.
      if (target === this.element) this.element.close();
    });
    // It need not go on where nobody sees it.
    this.element.addEventListener("close", () => {
      this.#sizes.disconnect();
      this.#preview.remove();
    });
  }

  /**
   * Shows what there is to choose for a configuration; throws what speaks against a link to it.
   * @param {Configuration} configuration
   */
  open(configuration) {
    if (this.element.open) return;
    this.#link = this.#core.link(configuration);
    this.#form.replaceChildren(...this.#choices(configuration));
    setText(this.#word, "");
    this.#preview = newLab();
    this.#preview.addEventListener(SPEAKS, () => requestAnimationFrame(() => this.#write()));
    this.#update();
    this.#sheet.replaceChildren(this.#preview);
    this.#sizes.observe(this.#preview);
    adopt(/** @type {ShadowRoot} */ (this.element.getRootNode()), STYLES);
    this.element.showModal();
  }

  /**
   * @param {Configuration} configuration
   * @returns {HTMLElement[]}
   */
  #choices(configuration) {
    const { text, named } = this.#messages;
    const { catalogue } = this.#core;
    const surface = entryOf(catalogue.surfaces, configuration.surface.id);
    const optimizer = entryOf(catalogue.optimizers, configuration.runs[0].id);
    const first = optimizer.parameters.slice(0, SHOWN).map(({ id }) => id);
    /** @param {string[]} names */
    const parts = (names) => names.map((name) => {
      const label = TOOLS.includes(name) ? this.#parameter(name, configuration) : named("embed.part", { id: name });
      return this.#tick("checkbox", "controls", name, label, name === "play");
    });
    const owned = [...optimizer.parameters, ...surface.parameters];
    /** @param {ParameterSpec[]} specs */
    const parameters = (specs) => specs
      .filter(({ id }) => {
        const field = fieldNamed(id, catalogue, configuration)?.field;
        const value = field && valueOf(configuration, field);
        return !Object.values(PLACES).flat().includes(id) && value !== undefined && typeof value !== "object";
      })
      .map(({ id }) => this.#tick("checkbox", "controls", id, this.#parameter(id, configuration), first.includes(id)));
    /** @param {Key} legend @param {HTMLElement[]} ticks */
    const fold = (legend, ticks) => h("details", {}, h("summary", {}, text(legend)), h("div", {}, ...ticks));
    const shown = h("div", { class: "shown" },
      h("div", {}, ...parts(PLACES.under), ...parameters(owned.filter(({ advanced }) => !advanced))),
      fold("embed.plot", parts(PLACES.plot)),
      fold("embed.beside", parts(PLACES.beside)),
      fold("embed.over", parts(PLACES.over)),
      fold("embed.more", parameters([...owned.filter(({ advanced }) => advanced), ...general(catalogue)])));
    const themes = ["", ...Object.keys(catalogue.themes)].map((id) => [id, named("theme", { id: id || "auto" })]);
    const languages = [["", text("embed.readers")], ...LANGUAGES.map(({ id, name }) => [id, name])];
    return [
      h("fieldset", { class: "extent" }, h("legend", {}, text("embed.show")),
        this.#tick("radio", "extent", "chosen", text("embed.chosen"), true),
        this.#tick("radio", "extent", "whole", text("embed.whole"), false)),
      shown,
      this.#tick("checkbox", "lock", "lock", text("embed.lock"), true),
      this.#field("theme", "embed.theme", menu(themes)),
      this.#field("language", "embed.language", menu(languages)),
      this.#field("width", "embed.width", sizeBox({ value: WIDTH.value })),
      this.#field("height", "embed.height",
        sizeBox({ placeholder: text("embed.height.needed") })),
      this.#field("title", "embed.name",
        h("input", { type: "text", maxlength: 200, value: text("embed.name.usual", { surface: named("surface", surface) }) })),
    ];
  }

  /**
   * A parameter as its control calls it.
   * @param {string} name
   * @param {Configuration} configuration
   */
  #parameter(name, configuration) {
    const spec = fieldNamed(name, this.#core.catalogue, configuration)?.spec;
    const label = h("span", {}, spec ? this.#messages.named("parameter", spec) : name);
    if (spec?.symbol) label.append(" ", math(spec.symbol));
    return label;
  }

  /**
   * @param {"checkbox" | "radio"} type
   * @param {string} name
   * @param {string} value
   * @param {Node | string} label
   * @param {boolean} checked
   */
  #tick(type, name, value, label, checked) {
    return h("label", { class: "tick" }, h("input", { type, name, value, checked, autocomplete: "off" }), label);
  }

  /**
   * @param {string} name
   * @param {Key} label
   * @param {HTMLInputElement | HTMLSelectElement} control
   */
  #field(name, label, control) {
    control.name = name;
    control.autocomplete = "off";
    control.id = freshId(name);
    return h("div", { class: "field" }, h("label", { for: control.id }, this.#messages.text(label)), control);
  }

  /** What has been chosen. @returns {import("./embedding.js").Wish} */
  get #wish() {
    const data = new FormData(this.#form);
    const said = (/** @type {string} */ name) => String(data.get(name) ?? "");
    const whole = said("extent") === "whole";
    const number = (/** @type {string} */ name, /** @type {{min: number, max: number}} */ { min, max }) => {
      const value = Math.round(readNumber(said(name)) ?? 0);
      return value > 0 ? Math.min(Math.max(value, min), max) : 0;
    };
    return {
      site: this.#site,
      link: this.#link,
      controls: whole ? undefined : data.getAll("controls").map(String),
      lock: !whole && data.has("lock"),
      theme: said("theme"),
      language: said("language"),
      width: number("width", WIDTH) || WIDTH.value,
      height: number("height", HEIGHT),
      title: said("title"),
    };
  }

  /** What is used instead of a size that cannot be. */
  get #corrections() {
    const { text } = this.#messages;
    const wish = this.#wish;
    /** @param {"width" | "height"} name @param {{min: number, max: number}} limits */
    const corrected = (name, { min, max }) => {
      const box = /** @type {HTMLInputElement | null} */ (this.#form.querySelector(`[name="${name}"]`));
      const number = readNumber(box?.value ?? "");
      const fits = number !== undefined && Number.isInteger(number) && number >= min && number <= max;
      const empty = name === "height" && box?.value.trim() === "";
      box?.setAttribute("aria-invalid", String(!fits && !empty));
      if (!box || fits || empty) return [];
      const used = wish[name] || text("embed.height.needed");
      return [text("embed.corrected", { name: text(`embed.${name}`), min, max, used })];
    };
    return [...corrected("width", WIDTH), ...corrected("height", HEIGHT)];
  }

  /** @returns {Form} */
  get #chosenForm() {
    return FORMS.find((form) => this.element.querySelector(`[name="form"][value="${form}"]:checked`)) ?? FORMS[0];
  }

  /** Shows what has been chosen, from its start. */
  #update() {
    const wish = this.#wish;
    const whole = wish.controls === undefined;
    this.#form.classList.toggle("whole", whole);
    for (const part of this.#form.querySelectorAll("[name='controls'], [name='lock']")) {
      /** @type {HTMLInputElement} */ (part).disabled = whole;
    }
    const form = this.#chosenForm;
    this.#sheet.style.inlineSize = `${wish.width}px`;
    const attributes = attributesOf(wish);
    // A frame sets no limit to the height, other than a window.
    if (form !== "element") attributes.style += "; --momentum-lab-max-height: none";
    const preview = this.#preview;
    for (const name of ["controls", "lock", "theme", "language"]) {
      if (!(name in attributes)) preview.removeAttribute(name);
    }
    const { style, ...others } = attributes;
    // As an attribute, a strict policy would refuse it.
    preview.style.cssText = style;
    for (const [name, value] of Object.entries(others)) {
      if (preview.getAttribute(name) !== value) preview.setAttribute(name, value);
    }
    preview.reset();
    setText(this.#hint, this.#messages.text(`embed.hint.${form}`));
    setText(this.#word, "");
    this.#write();
  }

  #write() {
    const { clientHeight, scrollHeight } = this.#preview;
    const low = scrollHeight > clientHeight;
    const words = low ? [this.#messages.text("embed.low", { height: scrollHeight })] : [];
    setText(this.#low, [...this.#corrections, ...words].join(" "));
    const height = Math.ceil(Number.parseFloat(getComputedStyle(this.#preview).height));
    const text = embedding(this.#chosenForm, this.#wish, height);
    if (this.#text.value !== text) this.#text.value = text;
  }

  async #copy() {
    const { text } = this.#messages;
    try {
      await navigator.clipboard.writeText(this.#text.value);
      setText(this.#word, text("embed.copied"));
    } catch {
      // There is no clipboard, or it is not for us: the reader copies.
      this.#text.focus();
      this.#text.select();
      setText(this.#word, text("embed.by-hand"));
    }
  }
}

function newLab() {
  return /** @type {MomentumLab} */ (h("momentum-lab"));
}

/** @param {string[][]} options Values and names. */
function menu(options) {
  return h("select", {}, ...options.map(([value, name]) => h("option", { value }, name)));
}

/**
 * A box for a size in CSS pixels. Not type=number: that hides what was typed if it is no number.
 * @param {Record<string, string | number>} attributes
 */
function sizeBox(attributes) {
  return h("input", { type: "text", inputmode: "numeric", spellcheck: "false", ...attributes });
}
