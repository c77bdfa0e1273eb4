// The language of a lab: what there is, which one it is, and the reader's choice by hand.

import { h } from "../platform/dom.js";
import { imported } from "../platform/import.js";
import { messagesOf } from "./messages.js";
import english from "../messages/en.js";

/** @typedef {import("./messages.js").Messages} Messages */

/** English comes first: it is at hand, the others are fetched when chosen. */
export const LANGUAGES = [
  { id: "en", name: "English", load: async () => english },
  { id: "zh-CN", name: "中文", load: async () => (await imported(() => import("../messages/zh-CN.js"))).default },
];

/** Under this key the reader's choice is remembered. */
const MEMORY = "momentum-lab-language";

/** Said on an element, and up from there, when it has come to speak a language. */
export const SPEAKS = "momentum-lab-language";

/** What there is to say before another language has been fetched. */
export const ENGLISH = messagesOf(LANGUAGES[0].id, english);

/**
 * The language that an element is to speak: its attribute, else the one chosen by hand before,
 * else the first of the browser's that there is.
 * @param {HTMLElement} element
 * @returns {string} One of the languages there are.
 */
export function languageOf(element) {
  const wishes = [element.getAttribute("language"), remembered(), ...navigator.languages];
  for (const wish of wishes) {
    const language = LANGUAGES.find(({ id }) => wish && primary(id) === primary(wish));
    if (language) return language.id;
  }
  return LANGUAGES[0].id;
}

/**
 * The texts of a language; English where they cannot be fetched.
 * @param {string} id
 * @returns {Promise<Messages>}
 */
export async function messagesIn(id) {
  try {
    const language = LANGUAGES.find((candidate) => candidate.id === id) ?? LANGUAGES[0];
    return messagesOf(language.id, await language.load());
  } catch (error) {
    console.error(error);
    return ENGLISH;
  }
}

/**
 * A button that goes on to the next language and bears its name.
 * @param {HTMLElement} element Its attribute `language` is set.
 * @param {Messages} messages
 * @returns {HTMLButtonElement}
 */
export function languageButton(element, messages) {
  const now = LANGUAGES.findIndex(({ id }) => id === messages.language);
  const next = LANGUAGES[(now + 1) % LANGUAGES.length];
  const button = h("button", {
    type: "button", class: "language", "data-action": "language",
    title: messages.text("language.change", { language: next.name }),
  }, h("span", { lang: next.id }, next.name));
  button.addEventListener("click", () => {
    remember(next.id);
    element.setAttribute("language", next.id);
  });
  return button;
}

/**
 * The part of a language tag that says which language it is.
 * @param {string} tag
 */
function primary(tag) {
  return tag.toLowerCase().split("-")[0];
}

/** The choice by hand, where the browser keeps one for us. */
function remembered() {
  try {
    return localStorage.getItem(MEMORY);
  } catch {
    return null;
  }
}

/** @param {string} id */
function remember(id) {
  try {
    localStorage.setItem(MEMORY, id);
  } catch {
    // Then it holds for this visit.
  }
}
