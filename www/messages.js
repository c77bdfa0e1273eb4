// Looking texts up: by key, with {placeholders}, and with the catalogue's own English names
// standing in where no text is given.

/**
 * @typedef {typeof import("./messages/en.js").default} Table
 * @typedef {keyof Table} Key
 * @typedef {Record<string, string | number>} Values
 *
 * @typedef {object} Messages
 * @property {(key: Key, values?: Values) => string} text The text of a key.
 * @property {(kind: string, entry: {id: string, name?: string}) => string} named The name of an
 *   entry: text `kind.id` if there is one, else the entry's own name.
 */

/**
 * @param {Table} table
 * @returns {Messages}
 */
export function messagesOf(table) {
  /** @type {Record<string, string>} */
  const texts = table;
  return {
    text: (key, values = {}) => fill(texts[key] ?? key, values),
    named: (kind, { id, name }) => texts[`${kind}.${id}`] ?? name ?? id,
  };
}

/**
 * @param {string} text
 * @param {Values} values
 * @returns {string}
 */
function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
