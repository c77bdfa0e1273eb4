// Why the browser gives no picture or film: in English for a caller, by a key for a reader.

export class ExportError extends Error {
  /** Of the text that says it. */
  key;

  /**
   * @param {string} message
   * @param {import("../i18n/messages.js").Key} key
   */
  constructor(message, key) {
    super(message);
    this.name = "ExportError";
    this.key = key;
  }
}
