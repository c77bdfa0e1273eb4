// The Rust core: loaded once, whatever the number of elements on the page.

/**
 * @typedef {typeof import("./pkg/momentum_lab.js")} Module
 * @typedef {object} Core
 * @property {Module["Lab"]} Lab
 * @property {Module["scene_numbers"]} sceneNumbers
 * @property {import("./catalogue.js").Catalogue} catalogue
 * @property {WebAssembly.Memory} memory
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
  const { default: init, Lab, catalogue, scene_numbers: sceneNumbers } = await import("./pkg/momentum_lab.js");
  const { memory } = await init();
  return { Lab, sceneNumbers, catalogue: catalogue(), memory };
}
