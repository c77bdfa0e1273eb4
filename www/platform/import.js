// Modules that are loaded when they are first used.

let attempts = 0;

/**
 * Imports a module. Where that fails it is asked for once more under another address: some browsers remember a
 * failure for as long as the page lives.
 * @template T
 * @param {() => Promise<T>} load
 * @returns {Promise<T>}
 */
export async function imported(load) {
  try {
    return await load();
  } catch (error) {
    const [address] = /https?:\/\/\S+$/.exec(error instanceof Error ? error.message : "") ?? [];
    if (!address) throw error;
    attempts += 1;
    const other = `${address}${address.includes("?") ? "&" : "?"}again=${attempts}`;
    return import(/* @vite-ignore */ /* webpackIgnore: true */ other).catch(() => {
      throw error;
    });
  }
}
