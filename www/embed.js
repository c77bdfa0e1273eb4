// The page in a frame on somebody else's page: one lab, as the address says, that tells the page
// around how high it is and what happens, and takes from it a configuration and commands to play.
// docs/embedding.md describes the messages.

import { addressed } from "./embed-address.js";
import { Orders } from "./embed-orders.js";
import { loadCore } from "./core.js";
import "./momentum-lab.js";

/**
 * @typedef {import("./momentum-lab.js").MomentumLab} MomentumLab
 */

const TOLD = /** @type {const} */ (["change", "step", "settled", "diverged", "answered"]);

/**
 * Whom to speak with: the origin in the address, or that of the page that has opened this one. Nobody
 * else learns more than a height, and nobody else is listened to.
 * @param {string | undefined} host From the address.
 */
function originOf(host) {
  try {
    return new URL(host ?? document.referrer).origin;
  } catch {
    return undefined;
  }
}

const { attributes, height, host, link } = addressed(location.hash);
const origin = originOf(host);
const lab = /** @type {MomentumLab} */ (document.createElement("momentum-lab"));
for (const [name, value] of Object.entries(attributes)) lab.setAttribute(name, value);
if (height > 0) lab.style.blockSize = `${height}px`;

/** @param {object} message */
function tell(message) {
  if (parent === window) return;
  const known = origin && origin !== "null";
  if (known || "height" in message) parent.postMessage({ from: "momentum-lab", ...message }, known ? origin : "*");
}

const orders = new Orders(lab, (error) => tell({ type: "error", ...error }));
addEventListener("message", ({ data, source, origin: sender }) => {
  // Other libraries of the page have messages of their own.
  if (source === parent && parent !== window && sender === origin && data?.to === "momentum-lab") orders.take(data);
});

for (const type of TOLD) {
  lab.addEventListener(type, (event) => tell({ type, detail: /** @type {CustomEvent} */ (event).detail }));
}

new ResizeObserver(() => tell({ type: "size", height: Math.ceil(lab.getBoundingClientRect().height) })).observe(lab);
new MutationObserver((_, observer) => {
  if (!lab.hasAttribute("ready")) return;
  observer.disconnect();
  tell({ type: "ready", configuration: lab.configuration });
}).observe(lab, { attributeFilter: ["ready"] });

const { unlink } = await loadCore().catch(() => ({ unlink: undefined }));
if (link && unlink) {
  const { configuration, complaints } = unlink(link);
  lab.configuration = configuration;
  for (const { message } of complaints) {
    console.warn(message);
    tell({ type: "error", message });
  }
}
// Without its core the lab itself says what is wrong.
document.body.append(lab);
