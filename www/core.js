// The Rust core: loaded once, whatever the number of elements on the page.

/**
 * @typedef {typeof import("./pkg/momentum_lab.js")} Module
 * @typedef {object} Core
 * @property {Module["Lab"]} Lab
 * @property {Module["MapJob"]} MapJob
 * @property {Module["scene_numbers"]} sceneNumbers
 * @property {import("./catalogue.js").Catalogue} catalogue
 * @property {WebAssembly.Memory} memory
 * @property {WebAssembly.Module} module Compiled, for workers to instantiate.
 */

/** @type {Promise<Core> | undefined} */
let loading;

/**
 * Fetches and starts the core on the first call; a failure may be tried again.
 * @returns {Promise<Core>}
 */
export function loadCore() {
  loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** @returns {Promise<Core>} */
async function load() {
  // Imported here and not above, so that a page without its core can still say so.
  const [{ default: init, Lab, MapJob, catalogue, scene_numbers: sceneNumbers }, module] =
    await Promise.all([import("./pkg/momentum_lab.js"), compile()]);
  const { memory } = await init({ module_or_path: module });
  return { Lab, MapJob, sceneNumbers, catalogue: catalogue(), memory, module };
}

/** @returns {Promise<WebAssembly.Module>} */
async function compile() {
  const response = await fetch(new URL("./pkg/momentum_lab_bg.wasm", import.meta.url));
  if (!response.ok) throw new Error(`${response.status} ${response.url}`);
  // Some hosts do not know the type; the stream insists on it.
  if (response.headers.get("Content-Type") === "application/wasm") return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}
