// Looking texts up: by key, with {placeholders}, and with the core's own English standing in
// where no text is given.

/**
 * @typedef {typeof import("./messages/en.js").default} Table
 * @typedef {keyof Table} Key
 * @typedef {Record<string, string | number>} Values
 * @typedef {"title" | "text" | "question" | "choices" | "answer"} ScenePart
 *
 * @typedef {object} Messages
 * @property {string} language Its tag, such as `en`.
 * @property {(key: Key, values?: Values) => string} text The text of a key.
 * @property {(kind: string, entry: {id: string, name?: string}) => string} named The name of an
 *   entry: text `kind.id` if there is one, else the entry's own name.
 * @property {(error: unknown, field?: string) => string} reason What an error says, without the
 *   name of the field it stands beside: text `complaint.<code>` if there is one.
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
    reason: (error, field = "") => {
      if (!(error instanceof Error)) return String(error);
      /** @type {Error & {code?: string, field?: string, values?: Values}} */
      const complaint = error;
      const text = texts[`complaint.${complaint.code}`];
      if (text === undefined) return without(`${field}: `, error.message);
      return without(`${field}: `, `${complaint.field}: ${fill(text, complaint.values ?? {})}`);
    },
  };
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
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
