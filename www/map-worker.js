// A worker that computes pieces of maps, with an instance of the core of its own.

import { MapJob, initSync } from "./pkg/momentum_lab.js";
import { Pieces } from "./map-pieces.js";

/**
 * @typedef {import("./map-pieces.js").Work} Work
 * @typedef {import("./map-pieces.js").Piece} Piece
 * @typedef {{module: WebAssembly.Module} | {begin: Work} | {piece: Piece} | {end: number}} Order
 */

const pieces = new Pieces(MapJob);

globalThis.addEventListener("message", (/** @type {MessageEvent<Order>} */ { data }) => {
  if ("module" in data) initSync({ module: data.module });
  else if ("begin" in data) pieces.begin(data.begin);
  else if ("end" in data) pieces.end(data.end);
  else answer(data.piece);
});

/** @param {Piece} piece */
function answer(piece) {
  const answered = pieces.compute(piece);
  const { labels, steps, overshoots } = answered.cells;
  const transfer = [labels, steps, ...overshoots ? [overshoots] : []].map(({ buffer }) => buffer);
  globalThis.postMessage(answered, { transfer });
}
