// Plain data from whatever a page hands over. The copy is made before the core is entered: a getter
// may throw or call the lab, and the core must not be in use while it runs.

/** What a copy holds at most: levels below the first, and values altogether. */
const [DEEPEST, MOST] = [16, 20_000];
/** A longer text is cut off, in UTF-16 units: no field accepts as much, so that it is refused all the same. */
const LONGEST = 65_536;

/** Stands for data that cannot be read; the core refuses it as it does every symbol. */
const UNREADABLE = Symbol("unreadable");

/**
 * A copy in which there are only numbers, texts, booleans, null, lists and objects with fields.
 * Fields that are undefined are left out, as are those with a symbol for a name; typed arrays become
 * lists and maps objects.
 * @param {unknown} value
 * @returns {any} A symbol where the data cannot be read: it throws, is a function, contains itself, or
 *   is too deep or too large.
 */
export function plain(value) {
  if (Object(value) !== value) return primitive(value);
  try {
    return copyOf(value, DEEPEST, { left: MOST });
  } catch {
    return UNREADABLE;
  }
}

/**
 * @param {any} value
 * @param {number} depth How many further levels are read.
 * @param {{left: number}} room How many further values are.
 * @returns {any}
 */
function copyOf(value, depth, room) {
  if (Object(value) !== value) return primitive(value);
  if (typeof value === "function" || depth === 0) throw UNREADABLE;
  const list = listOf(value);
  if (list) {
    const { length } = list;
    take(room, length);
    return Array.from({ length }, (_, index) => copyOf(list[index], depth - 1, room));
  }
  /** @type {Record<string, unknown>} */
  const copy = {};
  const fields = value instanceof Map ? value : Object.keys(value).map((name) => [name, value[name]]);
  for (const [name, field] of fields) {
    take(room, 1);
    if (field === undefined) continue;
    // Not assigned: the name may be `__proto__`.
    Object.defineProperty(copy, String(name), {
      value: copyOf(field, depth - 1, room), enumerable: true, configurable: true, writable: true,
    });
  }
  return copy;
}

/**
 * @param {any} value
 * @returns {ArrayLike<any> | undefined}
 */
function listOf(value) {
  if (Array.isArray(value)) return value;
  return ArrayBuffer.isView(value) && !(value instanceof DataView) ? /** @type {any} */ (value) : undefined;
}

/**
 * @param {unknown} value
 * @returns {unknown}
 */
function primitive(value) {
  if (typeof value === "bigint") return Number(value);
  return typeof value === "string" ? value.slice(0, LONGEST) : value;
}

/**
 * @param {{left: number}} room
 * @param {number} count
 */
function take(room, count) {
  room.left -= count;
  if (!(room.left >= 0)) throw UNREADABLE;
}
