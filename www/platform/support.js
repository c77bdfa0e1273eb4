// What the lab needs of a browser. The syntax and the functions that the modules use are older than this;
// `cargo xtask dist` translates what is newer.

/** The oldest versions that run the lab. README.md, docs/embedding.md and the package's README say the same. */
export const OLDEST = { chrome: "111", firefox: "121", safari: "16.4" };

/** A function that makes a vector of 16 bytes: (module (func (result v128) i32.const 0 i8x16.splat)). */
const SIMD = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11,
]);

/** Names of features, which are the same in every language, with how to find them. @type {[string, () => boolean][]} */
const FEATURES = [
  ["WebAssembly SIMD", () => WebAssembly.validate(SIMD)],
  ["adoptedStyleSheets", () => "adoptedStyleSheets" in Document.prototype && "replaceSync" in CSSStyleSheet.prototype],
  ["@container", () => CSS.supports("container-type", "inline-size")],
  [":has()", () => CSS.supports("selector(:has(a))")],
  ["color-mix()", () => CSS.supports("color", "color-mix(in srgb, red 50%, blue)")],
];

/**
 * What this browser lacks.
 * @returns {string[]}
 */
export function lacking() {
  return FEATURES.flatMap(([name, there]) => {
    try {
      return there() ? [] : [name];
    } catch {
      // Without WebAssembly or CSS.supports there is nothing to ask.
      return [name];
    }
  });
}
