// The address of embed.html: a link, and among its parts what is shown, locked and spoken with.

/** Parts that are attributes of the element, and how their texts become values. */
const ATTRIBUTES = /** @type {const} */ (["controls", "lock", "theme", "language"]);

/** No longer address is taken apart, in characters; the core has a limit of its own for links. */
const LONGEST = 32_768;

/**
 * @param {string} hash With its #.
 * @returns {{attributes: Record<string, string>, height: number, host: string | undefined, link: string,
 *   complaints: {field: string, message: string}[]}}
 *   `height` is 0 if none is given; `host` as in `host=https://course.example`; `link` is the rest;
 *   `complaints` are about height and host.
 */
export function addressed(hash) {
  /** @type {Record<string, string>} */
  const attributes = {};
  /** @type {string | undefined} */
  let host;
  let height = 0;
  const rest = [];
  /** @type {{field: string, message: string}[]} */
  const complaints = [];
  /** @param {string} field @param {string} value @param {string} reason */
  const complain = (field, value, reason) => {
    complaints.push({ field, message: `${field}: ${reason}: ${JSON.stringify(value.slice(0, 60))}` });
  };
  const text = hash.slice(1, LONGEST);
  // As the core has it: some programs encode a link as a whole.
  const whole = !text.includes("=") && /%3d/i.test(text);
  for (const part of (whole ? decoded(text) : text).split("&")) {
    const [key, ...values] = part.split("=");
    const name = decoded(key).trim();
    const value = decoded(values.join("="));
    const attribute = ATTRIBUTES.find((known) => known === name);
    if (attribute) attributes[attribute] = value.replaceAll(",", " ");
    else if (name === "host") {
      host = value;
      if (!isAddress(value)) complain(name, value, "no origin, such as https://course.example");
    } else if (name === "height") {
      height = /^\d{1,5}$/.test(value) ? Number(value) : 0;
      if (!height) complain(name, value, "no whole number of CSS pixels, 1 to 99999");
    } else if (part) rest.push(part);
  }
  return { attributes, height, host, link: rest.join("&"), complaints };
}

/** @param {string} text */
function isAddress(text) {
  try {
    return Boolean(new URL(text));
  } catch {
    return false;
  }
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray % stands for itself.
    return text;
  }
}
