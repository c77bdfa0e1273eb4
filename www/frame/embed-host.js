// For a page with labs in frames: gives each frame the height of its lab, and passes on what it tells
// as an event "momentum-lab" of the frame, whose detail is the message.

/** A lab is higher than this and lower than that, in CSS pixels. */
const [LEAST, MOST] = [50, 20_000];

/** Set on a page that a copy of this module listens on: a second one would pass everything on twice. */
const LISTENS = Symbol.for("momentum-lab-host");

/** @type {Record<symbol, unknown>} */
const page = /** @type {any} */ (globalThis);

if (globalThis.document && !page[LISTENS]) {
  page[LISTENS] = true;
  listen();
}

function listen() {
  addEventListener("message", ({ data, source, origin }) => {
    if (data?.from !== "momentum-lab") return;
    const frame = [...document.querySelectorAll("iframe")].find(({ contentWindow }) => contentWindow === source);
    if (!frame || new URL(frame.src, document.baseURI).origin !== origin) return;
    const { type, height } = data;
    if (type === "size" && height >= LEAST && height <= MOST) frame.style.height = `${height}px`;
    frame.dispatchEvent(new CustomEvent("momentum-lab", { detail: data }));
  });
  // What a frame has told before this page listened, it tells again.
  for (const frame of document.querySelectorAll("iframe")) {
    if (/\/embed\.html#/.test(frame.src)) frame.contentWindow?.postMessage({ to: "momentum-lab", type: "hello" }, "*");
  }
}

/**
 * Asks the lab in a frame for something: see docs/embedding.md.
 * @param {HTMLIFrameElement} frame
 * @param {{type: string} & Record<string, unknown>} message
 */
export function ask(frame, message) {
  frame.contentWindow?.postMessage({ ...message, to: "momentum-lab" }, new URL(frame.src, document.baseURI).origin);
}
