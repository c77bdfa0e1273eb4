// The clock: asks the browser for frames, and only while there is something to show.

/**
 * No frame lets more time pass than this, in ms. A slow page has frames far apart and keeps time all the
 * same; a longer gap is a machine that has slept, or a page that has been held.
 */
const LONGEST = 5000;

export class Clock {
  /** @type {(elapsed: number) => boolean} */
  #draw;
  #request = 0;
  /** Time of the frame before, while running. @type {number | undefined} */
  #last;
  #resting = false;
  /** Whether a frame is due as soon as the rest is over. */
  #awaited = false;

  /**
   * @param {(elapsed: number) => boolean} draw Lets time pass in ms and draws; says whether
   *   another frame is needed.
   */
  constructor(draw) {
    this.#draw = draw;
  }

  /**
   * Makes a pause of a page that is hidden.
   * @param {AbortSignal} signal
   */
  follow(signal) {
    document.addEventListener("visibilitychange", () => {
      this.stop();
      if (!document.hidden) this.request();
    }, { signal });
  }

  /** Whether a frame is due. */
  get pending() {
    return this.#request !== 0 || this.#awaited;
  }

  /** Asks for a frame. */
  request() {
    if (this.#resting) this.#awaited = true;
    else this.#request ||= requestAnimationFrame(this.#tick);
  }

  /** Draws at once, without letting time pass. */
  flush() {
    this.#awaited = false;
    if (this.#draw(0)) this.request();
  }

  /**
   * Lets no time pass while nobody sees it; what is asked for meanwhile is drawn afterwards.
   * @param {boolean} on
   */
  rest(on) {
    if (on === this.#resting) return;
    const due = this.pending;
    this.stop();
    this.#resting = on;
    if (due) this.request();
  }

  /** Forgets the frame before, so that a pause of the page is no leap; asks for no more. */
  stop() {
    cancelAnimationFrame(this.#request);
    this.#request = 0;
    this.#awaited = false;
    this.#last = undefined;
  }

  /** @param {number} now */
  #tick = (now) => {
    this.#request = 0;
    const elapsed = this.#last === undefined ? 0 : now - this.#last;
    const more = this.#draw(Math.min(Math.max(elapsed, 0), LONGEST));
    this.#last = more ? now : undefined;
    if (more) this.request();
  };
}
