// The Rust core, in two builds: the one that a page opens with, and the whole, which is loaded when
// something first needs it. Each is loaded once, whatever the number of elements on the page.

/**
 * Compiles a module that lies at an address.
 * @typedef {(url: URL) => Promise<WebAssembly.Module>} Compile
 */

/**
 * @typedef {typeof import("./pkg/momentum_lab_page.js")} Module
 * @typedef {object} Core
 * @property {Module["Lab"]} Lab
 * @property {Module["scene_numbers"]} sceneNumbers
 * @property {Module["link"]} link
 * @property {Module["unlink"]} unlink
 * @property {import("./catalogue.js").Catalogue} catalogue
 * @property {WebAssembly.Memory} memory
 *
 * @typedef {typeof import("./pkg/momentum_lab.js") & {module: WebAssembly.Module}} Whole With the
 *   compiled module, for workers to instantiate.
 */

/** @type {Module["read_number"] | undefined} */
let reading;

/**
 * The number that a text says, as people type it; undefined if it says none. Only once the core is
 * loaded.
 * @param {string} text
 */
export function readNumber(text) {
  return reading?.(text);
}

/**
 * Fetches and starts the core on the first call; a failure may be tried again.
 * @type {() => Promise<Core>}
 */
export const loadCore = once(async () => {
  // Imported here and not above, so that a page without its core can still say so.
  const [{ default: init, catalogue, scene_numbers: sceneNumbers, ...rest }, module] = await Promise.all([
    import("./pkg/momentum_lab_page.js"),
    compile(new URL("./pkg/momentum_lab_page_bg.wasm", import.meta.url)),
  ]);
  const { memory } = await init({ module_or_path: module });
  const { Lab, link, unlink, read_number } = rest;
  reading = read_number;
  return { Lab, sceneNumbers, link, unlink, catalogue: catalogue(), memory };
});

/**
 * The same for the whole core: maps, and what is taken along.
 * @type {() => Promise<Whole>}
 */
export const loadWhole = once(async () => {
  const [whole, module] = await Promise.all([
    import("./pkg/momentum_lab.js"),
    compile(new URL("./pkg/momentum_lab_bg.wasm", import.meta.url)),
  ]);
  await whole.default({ module_or_path: module });
  return { ...whole, module };
});

/**
 * @template T
 * @param {() => Promise<T>} load
 * @returns {() => Promise<T>} Calls it once, and again only after a failure.
 */
function once(load) {
  /** @type {Promise<T> | undefined} */
  let loading;
  return () => {
    loading ??= load().catch((error) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}

/** @type {Compile} */
let compile = async (url) => {
  // An address that holds the bytes itself: a page's policy may refuse to fetch that.
  if (url.protocol === "data:") {
    return WebAssembly.compile(Uint8Array.from(atob(url.pathname.split(",")[1]), (byte) => byte.charCodeAt(0)));
  }
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${response.url}`);
  // Some hosts do not know the type; the stream insists on it.
  if (response.headers.get("Content-Type") === "application/wasm") return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
};

/**
 * Lets modules be compiled in another way: Node fetches no files.
 * @param {Compile} other
 */
export function compileBy(other) {
  compile = other;
}
