// The plot in motion, from the start until the balls rest, as a film.

import { loadCore } from "../core/core.js";
import { ExportError } from "./export-error.js";
import { SCALES } from "./files.js";
import { imported } from "../platform/import.js";
import { Options } from "../core/options.js";
import { Painter } from "./painter.js";

/**
 * @typedef {import("./painter.js").Moment} Moment
 *
 * @typedef {object} Wishes
 * @property {"webm" | "gif"} [format] Without one WebM where the browser makes it, else GIF.
 * @property {number} [scale] Pixels of the film to a CSS pixel of the page, 0.25 to 8; 1.
 * @property {AbortSignal} [signal]
 * @property {(share: number) => void} [progress] Called with what has been recorded, 0 to 1.
 */

/** What a film can be. */
const FORMATS = ["webm", "gif"];

/** In the order in which they are wished for. */
const TYPES = ["video/webm;codecs=vp9", "video/webm;codecs=vp8", "video/webm", "video/mp4"];
/** Longer paths are played faster, in seconds. */
const LONGEST = 30;
/** How long the end is shown, in ms. */
const REST = 800;
const BITS_A_SECOND = 8_000_000;
/** A film of fewer bytes has no picture in it, at most its head. */
const LEAST = 512;

/** The kind of video that this browser makes, or nothing. */
export function filmType() {
  const able = "MediaRecorder" in globalThis && "captureStream" in HTMLCanvasElement.prototype;
  return able ? TYPES.find((type) => MediaRecorder.isTypeSupported(type)) : undefined;
}

/**
 * @param {Moment} moment
 * @param {Wishes} [wishes]
 * @returns {Promise<Blob>}
 * @throws {ExportError} When the browser gives no picture, or has recorded nothing.
 */
export async function record(moment, wishes) {
  const options = new Options((await loadCore()).refusal, wishes);
  const type = filmType();
  const format = options.choice("format", FORMATS, type ? "webm" : "gif");
  const scale = options.number("scale", SCALES, 1);
  const { signal } = options;
  const progress = /** @type {Wishes["progress"]} */ (options.callback("progress"));
  if (format === "webm" && !type) throw new Error('format: this browser makes no "webm", only "gif"');
  signal?.throwIfAborted();
  const painter = await Painter.of({ ...moment, foretold: false }, scale, format === "gif");
  try {
    const { readout } = painter;
    const ends = moment.configuration.runs.flatMap(({ visible }, run) => (visible ? [readout.outcomeStep(run)] : []));
    const end = ends.every(Number.isFinite) ? Math.max(...ends, 1) : readout.steps;
    const { speed } = moment.configuration;
    const pace = Math.max(1, end / speed / LONGEST);
    if (format === "webm") return await video(painter, { type, end, pace, signal, progress });
    const { gif } = await imported(() => import("./gif.js"));
    return await gif(painter, { end, speed: speed * pace, signal, progress });
  } finally {
    painter.end();
  }
}

/**
 * What the browser itself makes of a canvas while it is drawn on: WebM, or MP4 where it makes that.
 * @param {Painter} painter
 * @param {object} course
 * @param {string} [course.type]
 * @param {number} course.end In steps.
 * @param {number} course.pace How many times as fast as on the page.
 * @param {AbortSignal} [course.signal]
 * @param {(share: number) => void} [course.progress]
 * @returns {Promise<Blob>}
 */
async function video(painter, { type, end, pace, signal, progress }) {
  const { readout, canvas } = painter;
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
      painter.draw(elapsed * pace);
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
  const film = new Blob(parts, { type });
  if (film.size < LEAST) {
    throw new ExportError('film: this browser has recorded nothing; format "gif" works in any', "take.empty");
  }
  return film;
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
