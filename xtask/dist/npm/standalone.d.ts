// Types of the one module that brings everything along.

export * from "./momentum-lab.js";
export { basins, tuning } from "./maps.js";
