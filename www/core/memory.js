// The last session, kept by the browser, so that nothing is lost by a reload.

/** @typedef {import("../app/session.js").State} State */

const KEY = "momentum-lab-session";

/** What another version of the lab has kept is not read. */
const VERSION = 2;

/**
 * Keeps where a session is, if it has gone anywhere.
 * @param {State} state
 * @param {string} former What the address said before it followed last: a page that is being loaded
 *   again can still follow, and is loaded as it was before.
 */
export function keep({ configuration, time, playing, lesson, task, first }, former = location.hash) {
  try {
    const begun = time || lesson?.id || task?.attempt || JSON.stringify(configuration) !== JSON.stringify(first);
    if (!begun) localStorage.removeItem(KEY);
    else {
      // An answer goes on playing, as nothing else may be done then; all else stands still.
      const going = task?.phase === "playing" && playing;
      const hashes = [location.hash, former];
      const kept = { version: VERSION, configuration, time, playing: going, lesson, task, hashes };
      localStorage.setItem(KEY, JSON.stringify(kept));
    }
  } catch {
    // Then the next visit begins anew.
  }
}

/**
 * Goes on from what has been kept, if there is something and it is still good.
 * @param {(state: State, again: boolean) => void} resume Throws if it is not; is told whether the page
 *   has been left to be loaded again, maybe before its address followed.
 */
export function recall(resume) {
  try {
    const { version, hashes, ...state } = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    const [visit] = performance.getEntriesByType("navigation");
    const again = visit instanceof PerformanceNavigationTiming && visit.type === "reload"
      && hashes.includes(location.hash);
    if (version === VERSION) resume(state, again);
  } catch {
    // Then this visit begins anew.
  }
}

/** Whether anything has been kept. */
export function isKept() {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}
