// Types of the core alone.

export * from "./pkg/momentum_lab.js";
export { default } from "./pkg/momentum_lab.js";
