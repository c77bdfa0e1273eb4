// Maps in Node: on the one thread, with the core read from the disk.

import { readFile } from "node:fs/promises";
import { compileBy } from "../core/core.js";

export { basins, tuning } from "../maps/maps.js";

compileBy(async (url) => WebAssembly.compile(await readFile(url)));
