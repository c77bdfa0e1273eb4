// What the page costs, in this browser. Each line is [what, measured, budget]; a budget that is
// not kept is marked. Ratios come from one visit. What the page does is timed by the median of
// several rounds. Where a core's whole width is compared with a loop that mostly waits for its last
// sum, the least time counts: whoever else runs on the same core slows only the former.

import { loadCore } from "../../www/core/core.js";
import init, { basins } from "../../www/pkg/momentum_lab.js";

/** What the page opens with. */
const { Lab } = await loadCore();

/** Rounds of each measurement; of pairs, one after the other, so that noise meets both. */
const ROUNDS = 9;

/** Six runs, none of which comes to rest early. */
const SIX = {
  surface: "ravine", steps: 500, speed: 60,
  runs: ["momentum", "gd", "nesterov", "adam", "rmsprop", "qhm"].map((id) => ({ id, lr: 1e-3 })),
};

/**
 * @typedef {[what: string, measured: string, budget: string]} Line
 * @param {(line: Line) => void} report Called with each line as it comes.
 * @returns {Promise<Line[]>}
 */
export async function measure(report) {
  await init();
  /** @type {Line[]} */
  const lines = [];
  for (const measured of [opening, changes, playing, heat, page, oneBall, manyBalls, map]) {
    // Lets the page show what there is.
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    for await (const line of measured()) {
      lines.push(line);
      report(line);
    }
  }
  return lines;
}

/** A lab at 800×600 with six runs, one canvas pixel to a CSS pixel. */
function lab(steps) {
  const [heat, ground, trails, balls] = document.querySelectorAll("#stage canvas");
  const made = new Lab(heat, ground, trails, balls);
  made.resize(800, 600, 1);
  made.configure({ ...SIX, steps });
  made.frame(0);
  return made;
}

/** How long a page takes to its first drawing, in a frame of this one. */
async function firstDraw(address) {
  const frame = document.createElement("iframe");
  frame.style.cssText = "inline-size: 1280px; block-size: 800px; border: 0";
  const shown = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  frame.src = address;
  document.body.append(frame);
  await shown;
  const { performance } = frame.contentWindow;
  const mark = () => performance.getEntriesByName("first-draw")[0];
  while (!mark()) await new Promise((resolve) => setTimeout(resolve, 10));
  frame.remove();
  return mark().startTime;
}

/** Opening the page, what a browser has seen before being in its cache. */
async function* opening() {
  const pages = ["../../index.html", "bare.html", "bare.html#empty"];
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) {
    const times = [];
    for (const page of pages) times.push(await firstDraw(page));
    rounds.push(times);
  }
  const [ours, bare, empty] = pages.map((_, index) => median(rounds.map((round) => round[index])));
  yield ["first drawing of the page", `${ours.toFixed(0)} ms`, ""];
  yield ratio("the same over that of a bare page that starts as large a module", ours / bare, 2);
  yield ["the same over that of a bare page with an empty module", (ours / empty).toFixed(2), ""];
}

/** A slider's movement: all whole paths anew, in a whole frame. */
function* changes() {
  const shown = lab(500);
  let beta = 0.8;
  const move = () => {
    beta = beta > 0.95 ? 0.8 : beta + 0.001;
    for (const run of [0, 2, 5]) shown.set(`runs[${run}].beta`, beta);
    while (shown.frame(0));
    pixel();
  };
  yield budgeted("slider to the whole new paths, 6 runs of 500 steps, 800×600", times(move, 10), 8);
  shown.free();
}

/** A frame while playing, early and late in long trails. */
function* playing() {
  const shown = lab(10_000);
  const at = (step) => {
    shown.seek(step);
    shown.play();
    shown.frame(0);
    return times(() => shown.frame(1000 / 60), 20);
  };
  const [early, late] = [at(100), at(9000)];
  yield budgeted("playing, 6 runs, a frame's script at step 9,000 of 10,000", late, 2);
  yield ratio("the same over that at step 100", late / early, 1.5);
  shown.free();
}

/** The picture of another part of the plane. */
function* heat() {
  const shown = lab(2);
  const move = () => {
    shown.pan(1, 0);
    while (shown.frame(0));
    pixel();
  };
  yield budgeted("view moved: heat and contours anew, 800×600", times(move, 5), 16);
  shown.free();
}

/** A slider's movement on the page itself, with its charts, words and numbers. */
async function* page() {
  await import("../../www/element/momentum-lab.js");
  const element = document.createElement("momentum-lab");
  element.style.cssText = "display: block; inline-size: 1250px; block-size: 800px";
  element.configuration = SIX;
  document.body.append(element);
  await new Promise((ready) => {
    new MutationObserver(ready).observe(element, { attributeFilter: ["ready"] });
  });
  const slider = element.shadowRoot.querySelector("[data-field='runs[0].beta'][data-kind='slider']");
  let right = false;
  const move = () => {
    right = !right;
    if (right) slider.stepUp();
    else slider.stepDown();
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    // Asking for the numbers draws what is due.
    if (element.readout.runs.length !== SIX.runs.length) throw new Error("another lab");
  };
  yield budgeted("the same on the page, with three charts, all words and numbers", times(move, 10), 16);
  element.remove();
}

/** Momentum on Himmelblau's function, the same in all of these. */
const [RATE, BETA, TOLERANCE] = [0.01, 0.9, 1e-3];

/** As many balls as a map has cells; so slow that none comes to rest, unless a rate is given. */
function mapOf(side, steps, lr = 1e-9, compute = basins) {
  const run = { id: "momentum", lr, beta: BETA };
  const options = { width: side, height: side, max_steps: steps, tolerance: TOLERANCE };
  const asked = { surface: "himmelblau", runs: [run] };
  return () => compute(asked, { ...options, bounds: BOUNDS });
}

const BOUNDS = [-6, 6, -5, 5];

/** The same by a loop in JavaScript: the steps that each ball makes. */
function loopOf(side, steps, lr = 1e-9) {
  const [left, right, bottom, top] = BOUNDS;
  return () => {
    const made = new Uint16Array(side * side);
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        const x = left + (column + 0.5) / side * (right - left);
        const y = top - (row + 0.5) / side * (top - bottom);
        made[row * side + column] = descend(x, y, lr, BETA, steps);
      }
    }
    return made;
  };
}

/** How many steps a ball makes until gradient and step are small; momentum on Himmelblau, by hand. */
function descend(x, y, lr, beta, steps) {
  let [vx, vy, moved] = [0, 0, Infinity];
  for (let step = 0; step < steps; step++) {
    const first = x * x + y - 11;
    const second = x + y * y - 7;
    const gx = 2 * first * (2 * x) + 2 * second;
    const gy = 2 * first + 2 * second * (2 * y);
    if (moved < TOLERANCE * TOLERANCE && gx * gx + gy * gy < TOLERANCE * TOLERANCE) return step;
    if (!(Math.abs(x) <= 1e12 && Math.abs(y) <= 1e12)) return step;
    vx = beta * vx + gx;
    vy = beta * vy + gy;
    const [left, below] = [x, y];
    x -= lr * vx;
    y -= lr * vy;
    moved = (x - left) * (x - left) + (y - below) * (y - below);
  }
  return steps;
}

/** Fails if the steps of the balls are not those of the loop's. */
function agree(core, loop) {
  const [{ steps }, looped] = [core(), loop()];
  const different = looped.reduce((count, made, cell) => count + (made !== steps[cell]), 0);
  if (different > 0) throw new Error(`${different} cells of the map differ from the loop's`);
  return steps;
}

/** Without what a map costs before its first step. */
function* oneBall() {
  for (const lr of [RATE, 1e-9]) agree(mapOf(1, 65_535, lr), loopOf(1, 65_535, lr));
  const [core, loop] = [mapOf(1, 65_535), loopOf(1, 65_535)];
  const [there, here, begun] = least([core, loop, mapOf(1, 1)], { calls: 40 });
  yield ratio("one ball in wasm, over a JavaScript loop", (there - begun) / here, 1.1);
}

function* manyBalls() {
  for (const lr of [RATE, 1e-9]) agree(mapOf(8, 20_000, lr), loopOf(8, 20_000, lr));
  const [core, loop] = [mapOf(8, 20_000), loopOf(8, 20_000)];
  const [there, here] = least([core, loop], { calls: 10 });
  yield ratio("64 balls together in wasm, over the JavaScript loop, a ball's step", there / here, 0.25);
}

async function* map() {
  const [core, loop] = [mapOf(512, 500, RATE), loopOf(512, 500, RATE)];
  const steps = agree(core, loop);
  const [there, here] = least([core, loop]);
  yield ratio("basins of Himmelblau, 512×512, up to 500 steps, the JavaScript loop's time over wasm's",
    here / there, -3.5);
  yield ["the same in time", `${there.toFixed(0)} ms`, ""];
  const pairs = await shared([1, 2], steps);
  yield ratio("the JavaScript loop's time over that of one worker, page alive",
    here / Math.min(...pairs.map(([one]) => one)), -3.5);
  yield ratio("one worker's time over that of two", median(pairs.map(([one, two]) => one / two)), -1.8);
  yield ["what two cores of this machine can come to: one half over two at once", (await twice()).toFixed(2), ""];
  yield await firstPicture();
}

/**
 * The time until a whole picture of a large map is there, by whoever makes it, when the map before is
 * given up in the midst of a pass, as by a slider.
 */
async function firstPicture() {
  const { mapPool } = await import("../../www/maps/maps.js");
  const pool = await mapPool();
  const asked = { surface: "himmelblau", runs: [{ id: "momentum", lr: RATE, beta: BETA }] };
  const options = { width: 1024, height: 1024, max_steps: 500, tolerance: TOLERANCE, bounds: BOUNDS };
  const rounds = [];
  let before;
  for (let round = 0; round < 3 * ROUNDS; round++) {
    const begin = performance.now();
    if (before) pool.cancel(before);
    before = await new Promise((resolve, reject) => {
      const task = pool.start("basins", asked, options,
        { came: () => resolve(task), done: () => {}, failed: reject });
      if (task.pass > 0) resolve(task);
    });
    rounds.push(performance.now() - begin);
    await new Promise((resolve) => setTimeout(resolve, 7 * round));
  }
  pool.cancel(before);
  return budgeted("first picture of a map 1024×1024 while the one before is given up", median(rounds), 1000 / 60);
}

/** The times of the same map by pools of so many workers, taken in turn, in ms. */
async function shared(numbers, steps) {
  const cores = navigator.hardwareConcurrency;
  const hired = (number) => Object.defineProperty(navigator, "hardwareConcurrency", { value: number, configurable: true });
  const pools = [];
  for (const number of numbers) pools.push(mapOf(512, 500, RATE, (await import(`../../www/maps/maps.js?workers=${number}`)).basins));
  const rounds = [];
  for (let round = 0; round < 4 * ROUNDS; round++) {
    const times = [];
    for (const [index, compute] of pools.entries()) {
      hired(numbers[index]);
      const begin = performance.now();
      const { steps: theirs } = await compute();
      times.push(performance.now() - begin);
      if (theirs.some((made, cell) => made !== steps[cell])) throw new Error("the workers' map differs");
    }
    // The first times they start and are made fast.
    if (round > 2) rounds.push(times);
  }
  hired(cores);
  return rounds;
}

/**
 * How many times the work of one worker two do, that have nobody to wait for: twice the time of half
 * a map over that of two halves at once.
 */
async function twice() {
  const core = new URL("../../www/pkg/momentum_lab.js", import.meta.url);
  const text = `import init, { basins } from "${core}";
    await init();
    onmessage = ({ data }) => { basins(...data); postMessage("done"); };
    postMessage("ready");`;
  const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  const answer = (worker) => new Promise((resolve, reject) => Object.assign(worker, { onmessage: resolve, onerror: reject }));
  const workers = [0, 1].map(() => new Worker(address, { type: "module" }));
  await Promise.all(workers.map(answer));
  const asked = { surface: "himmelblau", runs: [{ id: "momentum", lr: RATE, beta: BETA }] };
  const options = { width: 512, height: 256, max_steps: 500, tolerance: TOLERANCE, bounds: BOUNDS };
  const time = async (hired) => {
    const begin = performance.now();
    await Promise.all(hired.map((worker) => {
      worker.postMessage([asked, options]);
      return answer(worker);
    }));
    return performance.now() - begin;
  };
  const rounds = [];
  for (let round = 0; round < 2 * ROUNDS; round++) rounds.push(2 * await time(workers.slice(1)) / await time(workers));
  for (const worker of workers) worker.terminate();
  URL.revokeObjectURL(address);
  // The first times they are made fast.
  return median(rounds.slice(2));
}

/** Waits until what has been drawn is drawn: reading a pixel needs the picture. */
function pixel() {
  for (const canvas of document.querySelectorAll("#stage canvas")) {
    canvas.getContext("2d").getImageData(0, 0, 1, 1);
  }
}

/** Median over the rounds of the mean time of `count` calls, in ms. */
function times(act, count) {
  return median(Array.from({ length: ROUNDS }, () => once(act, count)));
}

/** The least times for several things, taken in turn; what is short is called many times, as clocks are coarse. */
function least(acts, { calls = 1 } = {}) {
  const rounds = Array.from({ length: ROUNDS }, () => acts.map((act) => once(act, calls)));
  return acts.map((_, index) => Math.min(...rounds.map((round) => round[index])));
}

function once(act, count) {
  const begin = performance.now();
  for (let call = 0; call < count; call++) act();
  return (performance.now() - begin) / count;
}

function median(values) {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** @returns {Line} */
function budgeted(what, time, budget) {
  return [what, `${time.toFixed(2)} ms`, said(time <= budget, `at most ${+budget.toFixed(1)} ms`)];
}

/**
 * A budget below 0 is the least that is wanted.
 * @returns {Line}
 */
function ratio(what, value, budget) {
  const text = budget < 0 ? said(value >= -budget, `at least ${-budget}`) : said(value <= budget, `at most ${budget}`);
  return [what, value.toFixed(2), text];
}

function said(kept, budget) {
  return kept ? budget : `${budget}: NOT KEPT`;
}
