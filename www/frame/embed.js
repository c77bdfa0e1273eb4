// The page in a frame on somebody else's page: one lab, as the address says, that tells the page
// around how high it is and what happens, and takes from it a configuration and commands to play.
// docs/embedding.md describes the messages.

import { addressed } from "./embed-address.js";
import { Orders } from "./embed-orders.js";
import { loadCore } from "../core/core.js";
import "../element/momentum-lab.js";

/**
 * @typedef {import("../element/momentum-lab.js").MomentumLab} MomentumLab
 */

const TOLD = /** @type {const} */ (["change", "step", "settled", "diverged", "leaving", "undefined", "answered", "failed"]);

/**
 * Whom to speak with: the origin in the address, or that of the page that has opened this one. Nobody
 * else learns more than a height, and nobody else is listened to.
 * @param {string | undefined} host From the address.
 */
function originOf(host) {
  try {
    const { origin } = new URL(host ?? document.referrer);
    // "null" is the origin of many.
    return origin === "null" ? undefined : origin;
  } catch {
    return undefined;
  }
}

// The scripts are there.
for (const words of document.querySelectorAll(".fallback")) words.remove();
const { attributes, height, host, link, complaints } = addressed(location.hash);
const origin = originOf(host ?? history.state?.around);
const lab = /** @type {MomentumLab} */ (document.createElement("momentum-lab"));
for (const [name, value] of Object.entries(attributes)) lab.setAttribute(name, value);
if (height > 0) lab.style.blockSize = `${height}px`;

/** @param {object} message */
function tell(message) {
  if (parent === window) return;
  if (origin || "height" in message) parent.postMessage({ from: "momentum-lab", ...message }, origin ?? "*");
}

/** Nothing before the lab has a place. */
function tellSize() {
  const height = Math.ceil(lab.getBoundingClientRect().height);
  if (height > 0) tell({ type: "size", height });
}

function tellReady() {
  if (lab.hasAttribute("ready")) tell({ type: "ready", configuration: lab.configuration });
}

const orders = new Orders(lab, (error) => tell({ type: "error", ...error }));
addEventListener("message", ({ data, source, origin: sender }) => {
  // Other libraries of the page have messages of their own.
  if (source !== parent || parent === window || data?.to !== "momentum-lab") return;
  if (data.type === "hello") {
    tellSize();
    tellReady();
  } else if (sender === origin) {
    orders.take(data);
  }
});
// The page around has given another link, for which browsers load nothing. After a reload the referrer
// is this page itself, so who was around is kept beside the address.
addEventListener("hashchange", () => {
  history.replaceState({ around: origin }, "");
  location.reload();
});

for (const type of TOLD) {
  lab.addEventListener(type, (event) => tell({ type, detail: /** @type {CustomEvent} */ (event).detail }));
}

new ResizeObserver(tellSize).observe(lab);
// Again after a failure, when the reader has started it again.
new MutationObserver(tellReady).observe(lab, { attributeFilter: ["ready"] });

for (const complaint of complaints) {
  console.warn(complaint.message);
  tell({ type: "error", ...complaint });
}
// The lab shows what it cannot take of the link; the page around is told.
if (link) lab.setAttribute("configuration", link);
const { unlink } = await loadCore().catch(() => ({ unlink: undefined }));
for (const { message, field } of (link && unlink?.(link).complaints) || []) tell({ type: "error", message, field });
// Without its core the lab itself says what is wrong.
document.body.append(lab);
