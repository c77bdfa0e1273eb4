// The Rust core, in two builds: the one that a page opens with, and the whole, which is loaded when
// something first needs it. Each is loaded once, whatever the number of elements on the page.

import { abandonAll } from "./guard.js";
import { imported } from "../platform/import.js";

/**
 * Compiles a module that lies at an address.
 * @typedef {(url: URL) => Promise<WebAssembly.Module>} Compile
 */

/**
 * @typedef {typeof import("../pkg/momentum_lab_page.js")} Module
 * @typedef {object} Core
 * @property {Module["Lab"]} Lab
 * @property {Module["scene_numbers"]} sceneNumbers
 * @property {Module["link"]} link
 * @property {Module["unlink"]} unlink
 * @property {import("./catalogue.js").Catalogue} catalogue
 * @property {Module["refusal"]} refusal
 * @property {WebAssembly.Memory} memory Of the present instance.
 * @property {() => void} renew Puts a fresh instance in the place of one that has failed; all labs that are
 *   open on the page go on in it.
 *
 * @typedef {typeof import("../pkg/momentum_lab.js") & {module: WebAssembly.Module}} Whole With the
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
 * The labs of the page: each ends, and what it gives back opens it again.
 * @type {Set<() => () => void>}
 */
export const labs = new Set();

/**
 * Fetches and starts the core on the first call; a failure may be tried again.
 * @type {() => Promise<Core>}
 */
export const loadCore = once(async () => {
  // Imported here and not above, so that a page without its core can still say so.
  const [glue, module] = await Promise.all([
    imported(() => import("../pkg/momentum_lab_page.js")),
    compile(new URL("../pkg/momentum_lab_page_bg.wasm", import.meta.url)),
  ]);
  const { memory } = await glue.default({ module_or_path: module });
  const { Lab, link, unlink, refusal, scene_numbers: sceneNumbers } = glue;
  const core = { Lab, sceneNumbers, link, unlink, refusal, catalogue: glue.catalogue(), memory, renew };
  reading = glue.read_number;
  function renew() {
    const reopen = [...labs].map((close) => close());
    abandonAll();
    glue.__wbg_reset_state();
    // The glue has an instance, and gives it back.
    core.memory = glue.initSync({ module }).memory;
    for (const open of reopen) open();
  }
  return core;
});

/**
 * The same for the whole core: maps, and what is taken along.
 * @type {() => Promise<Whole>}
 */
export const loadWhole = once(async () => {
  const [whole, module] = await Promise.all([
    imported(() => import("../pkg/momentum_lab.js")),
    compile(new URL("../pkg/momentum_lab_bg.wasm", import.meta.url)),
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
