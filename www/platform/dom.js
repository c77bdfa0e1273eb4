// Building and touching the DOM: elements from attributes and children, and writes that happen
// only when something changes.

const SVG = "http://www.w3.org/2000/svg";
const MATHML = "http://www.w3.org/1998/Math/MathML";

/**
 * An element with attributes (false: absent, true: empty) and children.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | number | boolean>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children);
  return element;
}

/**
 * A formula of the core, or nothing of it but a symbol.
 * @typedef {object} Maths
 * @property {string} tag
 * @property {string} text Of a token.
 * @property {Maths[]} children Of all others.
 */

const ELEMENTS = new Set([
  "mrow", "mi", "mn", "mo", "mtext", "mfrac", "msup", "msub", "msqrt",
]);

/**
 * A symbol of the field, set as mathematics.
 * @param {string} symbol
 * @returns {Element}
 */
export function math(symbol) {
  return formula({ tag: "mi", text: symbol, children: [] });
}

/**
 * A formula, set as mathematics.
 * @param {Maths} tree
 * @param {string} [spoken] What it says in a line of text.
 * @returns {Element}
 */
export function formula(tree, spoken) {
  const element = document.createElementNS(MATHML, "math");
  if (spoken) element.setAttribute("aria-label", spoken);
  element.append(elementOf(tree));
  return element;
}

/**
 * @param {Maths} tree
 * @param {boolean} [tall] Whether it stands beside a fraction.
 * @returns {Element}
 */
function elementOf({ tag, text, children }, tall = false) {
  const element = document.createElementNS(MATHML, ELEMENTS.has(tag) ? tag : "mrow");
  if (children.length > 0) {
    const beside = children.some(hasFraction);
    element.append(...children.map((child) => elementOf(child, beside)));
  } else {
    element.textContent = text;
  }
  // Parentheses grow with fractions only: an index alone is no reason.
  if (text === "(" || text === ")") element.setAttribute("stretchy", String(tall));
  return element;
}

/**
 * @param {Maths} tree
 * @returns {boolean}
 */
function hasFraction({ tag, children }) {
  return tag === "mfrac" || children.some(hasFraction);
}

/**
 * A drawn sign on a 24 × 24 grid; it carries no meaning of its own for a screen reader.
 * @param {string} path
 * @param {boolean} [filled]
 * @returns {SVGSVGElement}
 */
export function icon(path, filled = false) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", filled ? "icon filled" : "icon");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}

/**
 * An element of a drawing, with attributes and children.
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {...Node} children
 * @returns {SVGElement}
 */
export function shape(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return /** @type {SVGElement} */ (element);
}

/**
 * Sets an element's text if it differs.
 * @param {Node} node
 * @param {string} text
 */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Sets an attribute if it differs.
 * @param {Element} element
 * @param {string} name
 * @param {string} value
 */
export function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/**
 * Sets the value of a form control if it differs.
 * @param {HTMLInputElement | HTMLSelectElement} control
 * @param {string} value
 */
export function setValue(control, value) {
  if (control.value !== value) control.value = value;
}

/**
 * Whether a flag is set: an attribute that is there and does not say `false`.
 * @param {Element} element
 * @param {string} name
 */
export function flag(element, name) {
  return element.hasAttribute(name) && element.getAttribute(name) !== "false";
}

/** What controls listen for. */
const HEARD = ["beforeinput", "blur", "cancel", "change", "click", "close", "dblclick", "dragleave", "dragover", "drop",
  "focus", "focusin", "focusout", "input", "keydown", "keyup", "lostpointercapture", "pointercancel", "pointerdown",
  "pointerleave", "pointermove", "pointerup", "submit", "toggle", "touchmove", "wheel"];

/**
 * Lets nothing in a tree hear an event any more: a menu that is open when its tree is taken away still
 * gives an answer.
 * @param {Element} root
 */
export function deafen(root) {
  for (const type of HEARD) root.addEventListener(type, (event) => event.stopImmediatePropagation(), { capture: true });
}

let count = 0;

/**
 * An id that no other element of this page has.
 * @param {string} stem
 * @returns {string}
 */
export function freshId(stem) {
  count += 1;
  return `${stem}-${count}`;
}

/**
 * Whether a key belongs to an input method that is composing: its Enter takes the proposal, and its
 * Escape drops it. Safari tells only by the code, and after the composition has ended.
 * @param {KeyboardEvent} event
 */
export function isComposing(event) {
  return event.isComposing || event.keyCode === 229;
}
