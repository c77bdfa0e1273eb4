// A film as an animated GIF. Its time is its own: it is made as fast as the machine can, and is the
// same everywhere.

import { loadWhole } from "../core/core.js";
import { release } from "../core/guard.js";

/** Between two frames, in hundredths of a second: browsers slow down what is under 2. */
const DELAY = 4;
/** How long the end is shown before it begins again, in the same. */
const REST = 150;

/**
 * @param {import("./painter.js").Painter} painter
 * @param {object} course
 * @param {number} course.end In steps.
 * @param {number} course.speed In steps a second.
 * @param {AbortSignal} [course.signal]
 * @param {(share: number) => void} [course.progress]
 * @returns {Promise<Blob>}
 */
export async function gif(painter, { end, speed, signal, progress }) {
  const { Gif } = await loadWhole();
  const { canvas: { width, height } } = painter;
  const pixels = (/** @type {number} */ time) => {
    painter.seek(time);
    painter.draw();
    return painter.pixels;
  };
  const film = new Gif(width, height);
  try {
    // The last picture has all trails whole, the first all balls at their start.
    for (const time of [end, 0]) film.learn(pixels(time));
    const stride = speed * DELAY / 100;
    const last = Math.ceil(end / stride);
    for (let frame = 0; frame <= last; frame++) {
      signal?.throwIfAborted();
      film.add(pixels(Math.min(frame * stride, end)), frame < last ? DELAY : REST);
      progress?.(frame / last);
      await turn();
    }
    signal?.throwIfAborted();
  } catch (error) {
    release(film);
    throw error;
  }
  return new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (film.finish())], { type: "image/gif" });
}

/** Lets the page have its turn; a timer would be slow where nobody looks. */
function turn() {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(undefined);
  });
}
