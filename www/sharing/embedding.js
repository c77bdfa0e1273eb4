// What is put into another page to show a lab there: the element, a frame, or Markdown with a frame.

/**
 * @typedef {object} Wish What is to be shown elsewhere.
 * @property {URL} site Where embed.html, momentum-lab.js and embed-host.js lie.
 * @property {string} link The configuration.
 * @property {string[] | undefined} controls What is shown; without it, all.
 * @property {boolean} lock
 * @property {string} theme Empty: the system's.
 * @property {string} language Empty: the reader's.
 * @property {number} width At most, in CSS pixels.
 * @property {number} height 0: as high as it needs.
 * @property {string} title
 *
 * @typedef {"element" | "iframe" | "markdown"} Form
 */

/** @type {Form[]} */
export const FORMS = ["element", "iframe", "markdown"];

/**
 * The attributes of the element.
 * @param {Wish} wish
 * @returns {Record<string, string>}
 */
export function attributesOf({ link, controls, lock, theme, language, width, height }) {
  const size = `max-inline-size: ${width}px${height > 0 ? `; block-size: ${height}px` : ""}`;
  return {
    configuration: link,
    ...(controls && { controls: controls.join(" ") }),
    ...(lock && { lock: "" }),
    ...(theme && { theme }),
    ...(language && { language }),
    style: size,
  };
}

/**
 * The text to be copied.
 * @param {Form} form
 * @param {Wish} wish
 * @param {number} height How high the lab is, for a frame that has no other height.
 * @returns {string}
 */
export function embedding(form, wish, height) {
  switch (form) {
    case "element":
      return `${tag("script", { type: "module", src: new URL("momentum-lab.js", wish.site).href })}</script>\n`
        + `${tag("momentum-lab", attributesOf(wish))}</momentum-lab>`;
    case "iframe":
      return frame(wish, height);
    case "markdown":
      return `${frame(wish, height)}\n\n[${plain(wish.title)}](${framed(wish)})`;
  }
}

/**
 * @param {Wish} wish
 * @param {number} needed
 */
function frame(wish, needed) {
  const { title, width, controls } = wish;
  const height = wish.height || needed;
  /** @type {Record<string, string | number>} */
  const attributes = {
    src: framed(wish), title, width, height, style: "border: 0; max-width: 100%", loading: "lazy",
  };
  // A presentation fills the screen, and exports copy.
  const allow = [["present", "fullscreen"], ["export", "clipboard-write"]]
    .flatMap(([part, right]) => (controls?.includes(part) ?? true ? [right] : []));
  if (allow.length > 0) attributes.allow = allow.join("; ");
  return `${tag("iframe", attributes)}</iframe>`;
}

/**
 * The address of the page that is in the frame.
 * @param {Wish} wish
 */
function framed({ site, link, controls, lock, theme, language, height }) {
  const parts = [link, controls && `controls=${controls.join(",")}`, lock && "lock", theme && `theme=${theme}`,
    language && `language=${language}`, height > 0 && `height=${height}`];
  return `${new URL("embed.html", site).href}#${parts.filter(Boolean).join("&")}`;
}

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 */
function tag(name, attributes) {
  const written = Object.entries(attributes).map(([key, value]) => {
    // An empty list of controls shows none; a flag needs no value.
    return key === "lock" ? ` ${key}` : ` ${key}="${escaped(value)}"`;
  });
  return `<${name}${written.join("")}>`;
}

/** @param {string | number} value Of an attribute between double quotes. */
function escaped(value) {
  return String(value).replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** @param {string} text That means nothing in Markdown. */
function plain(text) {
  return text.replace(/[\\`*_[\]<>&!]/g, "\\$&");
}
