// A worker that computes pieces of maps, with an instance of the core of its own. It says when it is
// ready for them.

import { MapJob, initSync } from "../pkg/momentum_lab.js";
import { Pieces } from "./map-pieces.js";

/**
 * @typedef {import("./map-pieces.js").Work} Work
 * @typedef {import("./map-pieces.js").Piece} Piece
 * @typedef {{module: WebAssembly.Module} | {begin: Work} | {piece: Piece} | {end: number}} Order
 */

const pieces = new Pieces(MapJob);

/** @type {Piece[]} */
const waiting = [];

/** By way of a message of its own: an order that has come meanwhile, such as an end, is taken first. */
const turn = new MessageChannel();

turn.port1.addEventListener("message", () => {
  const piece = waiting.shift();
  if (piece) answer(piece);
  if (waiting.length > 0) turn.port2.postMessage(undefined);
});
turn.port1.start();

globalThis.addEventListener("message", (/** @type {MessageEvent<Order>} */ { data }) => {
  if ("module" in data) {
    initSync({ module: data.module });
    globalThis.postMessage("ready");
  } else if ("begin" in data) pieces.begin(data.begin);
  else if ("end" in data) pieces.end(data.end);
  else {
    waiting.push(data.piece);
    if (waiting.length === 1) turn.port2.postMessage(undefined);
  }
});

/** @param {Piece} piece */
function answer(piece) {
  if (!pieces.has(piece.job)) return globalThis.postMessage(piece);
  const answered = pieces.compute(piece);
  const { labels, steps, overshoots } = answered.cells;
  const transfer = [labels, steps, ...overshoots ? [overshoots] : []].map(({ buffer }) => buffer);
  globalThis.postMessage(answered, { transfer });
}
