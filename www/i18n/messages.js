// Looks texts up by key and fills in their {placeholders}. Where a language has no text for an entry
// of the catalogue, the core's English name is used. {count:step|steps} is the first word for one, the
// second for any other number.

/**
 * @typedef {typeof import("../messages/en.js").default} Table
 * @typedef {keyof Table} Key
 * @typedef {Record<string, string | number>} Values
 * @typedef {{field: string, name: string}} Field A field of a configuration, and how the page
 *   calls it.
 * @typedef {import("../pkg/momentum_lab.js").Complaint} Complaint
 * @typedef {"title" | "text" | "question" | "choices" | "answer"} ScenePart
 *
 * @typedef {object} Messages
 * @property {string} language Its tag, such as `en`.
 * @property {(key: Key, values?: Values) => string} text The text of a key.
 * @property {(kind: string, entry: {id: string, name?: string}) => string} named The name of an
 *   entry: text `kind.id` if there is one, else the entry's own name.
 * @property {(error: unknown, known?: Field) => string} reason What an error says: text
 *   `complaint.<code>` if there is one, after the name of the field.
 * @property {(id: string, part: ScenePart, values?: Values) => string} scene The text
 *   `scene.<id>.<part>`.
 */

/**
 * @param {string} language
 * @param {Table} table
 * @returns {Messages}
 */
export function messagesOf(language, table) {
  /** @type {Record<string, string>} */
  const texts = table;
  return {
    language,
    text: (key, values = {}) => fill(texts[key] ?? key, values),
    scene: (id, part, values = {}) => fill(texts[`scene.${id}.${part}`] ?? id, values),
    named: (kind, { id, name }) => texts[`${kind}.${id}`] ?? name ?? id,
    reason: (error, known) => {
      if (!(error instanceof Error)) return String(error);
      if (!isComplaint(error)) return error.message;
      const { code, field, values } = error;
      const text = texts[`complaint.${code}`];
      const reason = text === undefined ? without(`${field}: `, error.message) : fill(text, values);
      const name = known?.field === field ? known.name : field;
      return fill(texts["error.field"], { field: name, reason });
    },
  };
}

/**
 * Whether an error says that a value is refused; any other is a failure.
 * @param {unknown} error
 * @returns {error is Complaint}
 */
export function isComplaint(error) {
  return error instanceof Error && "code" in error && "field" in error && "values" in error;
}

/**
 * @param {string} prefix
 * @param {string} text
 * @returns {string}
 */
function without(prefix, text) {
  return text.startsWith(prefix) ? text.slice(prefix.length) : text;
}

/**
 * @param {string} text
 * @param {Values} values
 * @returns {string}
 */
function fill(text, values) {
  return text.replace(/\{(\w+)(?::([^{|}]*)\|([^{|}]*))?\}/g, (whole, name, one, other) => {
    if (!(name in values)) return whole;
    return one === undefined ? visible(String(values[name])) : Number(values[name]) === 1 ? one : other;
  });
}

/** Characters that cannot be seen, or change the direction of the text around them; all but line breaks. */
const UNSEEN = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * A text from elsewhere as a message quotes it, with escapes for what cannot be seen.
 * @param {string} text
 */
export function visible(text) {
  return text.replace(UNSEEN, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
