// What the page opens with: the first picture, drawn by a small core that can do nothing else; then
// the lab, which takes its place.

import { isKept } from "../core/memory.js";
import init, { first_picture } from "../pkg/momentum_lab_first.js";

const lab = /** @type {HTMLElement | null} */ (document.querySelector("momentum-lab"));
/** Whether the lab will begin with what is configured by default. */
const usual = location.hash.length < 2 && !isKept();
const takeAway = lab && usual ? await draw(lab).catch(console.warn) : undefined;

try {
  await import("./open.js");
} catch (error) {
  // The words that the element holds say what has happened.
  takeAway?.();
  offerReload();
  throw error;
}

/** Puts a button under each of the words: the files may be there the next time. */
function offerReload() {
  for (const words of lab?.querySelectorAll(".fallback") ?? []) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words instanceof HTMLElement && words.lang === "zh-CN" ? "重试" : "Try again";
    button.addEventListener("click", () => location.reload());
    words.append(" ", button);
  }
}

/**
 * Draws the first picture where the plot will be.
 * @param {HTMLElement} lab
 * @returns {Promise<() => void>} Takes it away, as happens when the lab is ready.
 */
async function draw(lab) {
  await init({ module_or_path: new URL("../pkg/momentum_lab_first_bg.wasm", import.meta.url) });
  const place = document.createElement("div");
  place.className = "first";
  place.slot = "waiting";
  place.ariaHidden = "true";
  const canvases = Array.from({ length: 4 }, () => document.createElement("canvas"));
  place.append(...canvases);
  const ready = new MutationObserver(takeAway);
  function takeAway() {
    ready.disconnect();
    lab.style.removeProperty("background");
    place.remove();
  }
  lab.append(place);
  try {
    const { width, height } = place.getBoundingClientRect();
    const theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    lab.style.setProperty("background", first_picture(canvases, width, height, devicePixelRatio, theme));
  } catch (error) {
    takeAway();
    throw error;
  }
  performance.mark("first-draw");
  ready.observe(lab, { attributeFilter: ["ready"] });
  return takeAway;
}
