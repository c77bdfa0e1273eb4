// Maps in words: what became of a ball, and the lines of a legend with their shares.

import { h } from "../platform/dom.js";
import { coordinate } from "../i18n/format.js";
import { DIVERGED, UNDECIDED, UNDEFINED } from "./map-task.js";

/**
 * @typedef {import("../i18n/messages.js").Messages} Messages
 * @typedef {import("./map-task.js").Task} Task
 *
 * @typedef {object} Line Of a legend.
 * @property {string} kind What the sign before it stands for; each has its look in maps.css.
 * @property {string} name
 * @property {number} count Of cells.
 * @property {string} [title] More about it.
 */

/** Of more minima than this, those with the largest shares are named. */
const MOST = 6;

/**
 * What became of a ball.
 * @param {number} label
 * @param {number} made Steps.
 * @param {number} most Steps that it might have made.
 * @returns {"ends" | "leaves" | "away" | "lost" | "moves" | "rests"}
 */
export function fateOf(label, made, most) {
  // One that has made all its steps has not diverged yet.
  if (label === DIVERGED) return made < most ? "leaves" : "away";
  if (label === UNDEFINED) return "lost";
  if (label < UNDEFINED) return "ends";
  return made < most ? "rests" : "moves";
}

/**
 * Where a minimum is.
 * @param {Float64Array} minima
 * @param {number} label
 */
export function placeOf(minima, label) {
  const [x = 0, y = 0] = minima.subarray(2 * label);
  return { x: coordinate(x), y: coordinate(y) };
}

/**
 * A line for each minimum with its hue.
 * @param {Task} task
 * @param {Uint32Array} counts How many cells have each label.
 * @param {number} hues How many there are before they repeat.
 * @param {Messages} messages
 * @param {1 | 2} [dimension] Of the surface.
 * @returns {Line[]}
 */
export function minimaLines(task, counts, hues, { text }, dimension = 2) {
  const labels = Array.from({ length: Math.min(task.minima.length / 2, UNDEFINED) }, (_, label) => label);
  const many = labels.length > MOST;
  const large = [...labels].sort((a, b) => counts[b] - counts[a]).slice(0, MOST - 1);
  const named = many ? large : labels;
  const others = labels.filter((label) => !named.includes(label));
  const key = dimension === 1 ? "maps.line" : "basins.place";
  const lines = named.map((label) => {
    return { kind: String(label % hues), name: text(key, placeOf(task.minima, label)), count: counts[label] };
  });
  if (!many) return lines;
  const count = others.reduce((total, label) => total + counts[label], 0);
  return [...lines, { kind: "others", name: text("basins.others", { count: others.length }), count }];
}

/**
 * The lines of what ends in no minimum.
 * @param {Uint32Array} counts How many cells have each label.
 * @param {number} steps The most that a ball makes.
 * @param {Messages} messages
 * @returns {Line[]}
 */
export function lostLines(counts, steps, { text }) {
  const nowhere = { kind: "undecided", name: text("basins.undefined"), count: counts[UNDEFINED] };
  return [
    ...(nowhere.count > 0 ? [nowhere] : []),
    { kind: "undecided", name: text("basins.undecided"), count: counts[UNDECIDED], title: text("basins.after", { steps }) },
    { kind: "diverged", name: text("basins.diverged"), count: counts[DIVERGED] },
  ];
}

/**
 * Lines of a legend, each with its share of all.
 * @param {Line[]} lines
 * @param {Messages} messages
 */
export function withShares(lines, { text }) {
  const shares = tenths(lines.map(({ count }) => count));
  return lines.map(({ kind, name, title = "" }, index) => {
    const share = text("basins.share", { share: shares[index].toFixed(1) });
    const hue = h("span", { class: "hue", "data-basin": kind });
    if (/^\d/.test(kind)) hue.style.setProperty("--hue", `var(--momentum-lab-basins-${kind})`);
    return h("li", { title: title || false }, hue, h("span", {}, name), h("span", { class: "share" }, share));
  });
}

/**
 * Shares in percent, to a tenth, that add up to 100: what rounding leaves goes to those that have
 * lost most.
 * @param {number[]} counts
 * @returns {number[]}
 */
function tenths(counts) {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const exact = counts.map((count) => 1000 * count / total);
  const shares = exact.map(Math.floor);
  const left = 1000 - shares.reduce((sum, share) => sum + share, 0);
  const losers = exact.map((share, index) => ({ index, lost: share - shares[index] }))
    .sort((a, b) => b.lost - a.lost);
  for (const { index } of losers.slice(0, left)) shares[index] += 1;
  return shares.map((share) => share / 10);
}
