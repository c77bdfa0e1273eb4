// The core in Node, which reads its wasm from the disk.

import { readFile } from "node:fs/promises";
import start from "../pkg/momentum_lab.js";

export * from "../pkg/momentum_lab.js";

const WASM = new URL("../pkg/momentum_lab_bg.wasm", import.meta.url);

/** @param {Parameters<typeof start>[0]} [options] */
export default async function init(options) {
  return start(options ?? { module_or_path: await readFile(WASM) });
}
