// What a page may ask of a lab in a frame, checked word by word: a configuration, and commands to play.

/**
 * @typedef {import("../element/momentum-lab.js").MomentumLab} MomentumLab
 * @typedef {{message: string, field?: string}} Refusal
 */

/** A longer configuration is none, in characters of JSON. */
const LONGEST = 65_536;

export class Orders {
  #lab;
  #refuse;
  /** What is understood, by type; each throws what speaks against a message. */
  #understood = new Map(/** @type {[string, (message: Record<string, unknown>) => void][]} */ ([
    ["configure", ({ configuration }) => this.#configure(configuration)],
    ["play", () => this.#lab.play()],
    ["pause", () => this.#lab.pause()],
    ["restart", () => this.#lab.restart()],
    ["reset", () => this.#lab.reset()],
    ["step", ({ count = 1 }) => this.#lab.step(number("count", count))],
    ["seek", ({ step }) => this.#lab.seek(number("step", step))],
  ]));

  /**
   * @param {MomentumLab} lab
   * @param {(refusal: Refusal) => void} refuse Called for a message that is not followed.
   */
  constructor(lab, refuse) {
    this.#lab = lab;
    this.#refuse = refuse;
  }

  /** @param {Record<string, unknown>} message */
  take(message) {
    try {
      const follow = this.#understood.get(/** @type {string} */ (message.type));
      if (!follow) throw refusal("type", "no such type of message");
      if (!this.#lab.hasAttribute("ready")) throw refusal("type", "the lab is not ready");
      follow(message);
    } catch (error) {
      const { message: text, field } = /** @type {Refusal} */ (error);
      this.#refuse({ message: String(text), ...typeof field === "string" && { field } });
    }
  }

  /** @param {unknown} configuration */
  #configure(configuration) {
    let json;
    try {
      json = JSON.stringify(configuration);
    } catch {
      throw refusal("configuration", "no plain object");
    }
    if (!json?.startsWith("{")) throw refusal("configuration", "no plain object");
    if (json.length > LONGEST) throw refusal("configuration", `longer than ${LONGEST} characters`);
    this.#lab.configuration = JSON.parse(json);
  }
}

/**
 * @param {string} field
 * @param {unknown} value
 */
function number(field, value) {
  if (typeof value !== "number" || !Number.isFinite(value)) throw refusal(field, "no finite number");
  return Math.trunc(value);
}

/**
 * @param {string} field
 * @param {string} reason
 */
function refusal(field, reason) {
  return Object.assign(new Error(`${field}: ${reason}`), { field });
}
