// Pictures for paper. Chromium prints what has just been drawn on a canvas as drawing commands, where emptying one canvas
// empties those under it: so all layers of a picture are laid together into one finished bitmap.

import { h } from "../platform/dom.js";
import { groundOf, settingsOf } from "../teaching/task-words.js";

/**
 * Lays the canvases in an element together, into one that only paper shows.
 * @param {Element} place
 */
export function layOnPaper(place) {
  const layers = [...place.querySelectorAll("canvas")];
  const [width, height] = [place.clientWidth, place.clientHeight];
  const ratio = Math.max(...layers.map((layer) => layer.width / (layer.offsetWidth || layer.width)));
  if (!(width > 0 && height > 0 && ratio > 0)) return;
  const whole = new OffscreenCanvas(Math.round(width * ratio), Math.round(height * ratio));
  const pen = whole.getContext("2d");
  if (!pen) return;
  pen.scale(whole.width / width, whole.height / height);
  pen.imageSmoothingQuality = "high";
  for (const layer of layers) {
    if (layer.width === 0 || layer.height === 0) continue;
    pen.globalAlpha = Number(getComputedStyle(layer).opacity);
    pen.drawImage(layer, layer.offsetLeft, layer.offsetTop, layer.offsetWidth, layer.offsetHeight);
  }
  const paper = h("canvas", { class: "paper", width: whole.width, height: whole.height, "aria-hidden": "true" });
  paper.getContext("bitmaprenderer")?.transferFromImageBitmap(whole.transferToImageBitmap());
  place.append(paper);
}

/**
 * What the picture shows, in words that only paper shows: the surface and the settings of each visible run.
 * @param {import("../core/catalogue.js").Configuration} configuration
 * @param {string[]} names Of the runs.
 * @param {import("../core/catalogue.js").Catalogue} catalogue
 * @param {import("../i18n/messages.js").Messages} messages
 */
export function wordsOnPaper(configuration, names, catalogue, messages) {
  const [palette] = Object.values(catalogue.themes);
  const runs = configuration.runs.flatMap((run, index) => {
    if (run[catalogue.limits.visible.id] !== true) return [];
    const settings = settingsOf(run, catalogue, messages);
    const name = names[index];
    const line = h("li", {}, settings ? messages.text("task.run", { name, settings }) : name);
    line.style.setProperty("--accent", `var(--momentum-lab-runs-${index % palette.runs.length})`);
    return [line];
  });
  return h("div", { class: "paper" },
    h("p", {}, groundOf(configuration, catalogue, messages)), h("ul", {}, ...runs));
}

/**
 * Takes away what is for paper.
 * @param {Element} root
 */
export function clearPaper(root) {
  for (const paper of root.querySelectorAll(".paper")) paper.remove();
}
