// Types of the one module that brings everything along.

export * from "./element/momentum-lab.js";
export { basins, tuning } from "./maps/maps.js";
