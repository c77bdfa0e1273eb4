// Stylesheets as text, adopted by shadow trees: one sheet for all trees of a document. Unlike linked
// files they need no address, which bundlers lose, and no CORS mode, and a strict style-src allows them.

/** @type {WeakMap<Document, Map<string, CSSStyleSheet>>} */
const sheets = new WeakMap();

/**
 * An empty sheet that a shadow tree can adopt: it has to be made by the tree's own document.
 * @param {ShadowRoot} root
 * @returns {CSSStyleSheet}
 */
export function newSheet({ ownerDocument: { defaultView } }) {
  return new (defaultView ?? globalThis).CSSStyleSheet();
}

/**
 * Adds styles to a shadow tree, unless it has them already.
 * @param {ShadowRoot} root
 * @param {string} css
 */
export function adopt(root, css) {
  const { ownerDocument } = root;
  // A document without a window is not shown, and has no sheets; for old browsers see support.js.
  if (!ownerDocument.defaultView || !root.adoptedStyleSheets) return;
  const made = sheets.get(ownerDocument) ?? new Map();
  sheets.set(ownerDocument, made);
  let sheet = made.get(css);
  if (!sheet) {
    sheet = newSheet(root);
    sheet.replaceSync(css);
    made.set(css, sheet);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}
