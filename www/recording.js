// The plot in motion, from the start until the balls rest, as a film.

import { Painter } from "./painter.js";

/** @typedef {import("./painter.js").Moment} Moment */

/** In the order in which they are wished for. */
const TYPES = ["video/webm;codecs=vp9", "video/webm;codecs=vp8", "video/webm", "video/mp4"];
/** Longer paths are played faster, in seconds. */
const LONGEST = 30;
/** How long the end is shown, in ms. */
const REST = 800;
/** A frame of a page that was busy shows no more than this, in ms. */
const STRIDE = 100;
const BITS_A_SECOND = 8_000_000;

/** The kind of film that this browser makes, or nothing. */
export function filmType() {
  const able = "MediaRecorder" in globalThis && "captureStream" in HTMLCanvasElement.prototype;
  return able ? TYPES.find((type) => MediaRecorder.isTypeSupported(type)) : undefined;
}

/**
 * @param {Moment} moment
 * @param {object} [options]
 * @param {number} [options.scale] Pixels of the film to a CSS pixel of the page.
 * @param {AbortSignal} [options.signal]
 * @param {(share: number) => void} [options.progress] Called with what has been recorded, 0 to 1.
 * @returns {Promise<Blob>}
 */
export async function record(moment, { scale = 1, signal, progress } = {}) {
  const type = filmType();
  if (!type) throw new Error("record: this browser makes no films");
  signal?.throwIfAborted();
  const painter = await Painter.of({ ...moment, foretold: false }, scale);
  try {
    const { readout, canvas } = painter;
    const ends = Array.from({ length: readout.runs }, (_, run) => readout.outcomeStep(run));
    const end = ends.every(Number.isFinite) ? Math.max(...ends, 1) : readout.steps;
    const pace = Math.max(1, end / moment.configuration.speed / LONGEST);
    painter.play();
    painter.draw();
    const recorder = new MediaRecorder(canvas.captureStream(), { mimeType: type, videoBitsPerSecond: BITS_A_SECOND });
    /** @type {Blob[]} */
    const parts = [];
    recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
    const stopped = new Promise((resolve, reject) => {
      recorder.addEventListener("stop", resolve);
      recorder.addEventListener("error", reject);
    });
    recorder.start();
    try {
      await frames((elapsed) => {
        painter.draw(Math.min(elapsed, STRIDE) * pace);
        progress?.(Math.min(1, readout.time / end));
        return readout.time < end && readout.playing;
      }, signal);
      let rested = 0;
      await frames((elapsed) => {
        painter.draw();
        rested += elapsed;
        return rested < REST;
      }, signal);
    } finally {
      recorder.stop();
    }
    await stopped;
    return new Blob(parts, { type });
  } finally {
    painter.end();
  }
}

/**
 * Draws frame by frame as long as there is more.
 * @param {(elapsed: number) => boolean} draw Given the ms since the frame before.
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>}
 */
function frames(draw, signal) {
  return new Promise((resolve, reject) => {
    let last = performance.now();
    const next = (/** @type {number} */ now) => {
      try {
        signal?.throwIfAborted();
        const more = draw(Math.max(0, now - last));
        last = now;
        if (more) requestAnimationFrame(next);
        else resolve();
      } catch (error) {
        reject(error);
      }
    };
    requestAnimationFrame(next);
  });
}
