// The clock: asks the browser for frames, and only while there is something to show.

/** No frame lets more time pass than this, in ms: a busy page slows down, it does not leap. */
const LONGEST = 100;

export class Clock {
  /** @type {(elapsed: number) => boolean} */
  #draw;
  #request = 0;
  /** Time of the frame before, while running. @type {number | undefined} */
  #last;

  /**
   * @param {(elapsed: number) => boolean} draw Lets time pass in ms and draws; says whether
   *   another frame is needed.
   */
  constructor(draw) {
    this.#draw = draw;
  }

  /** Whether a frame is due. */
  get pending() {
    return this.#request !== 0;
  }

  /** Asks for a frame. */
  request() {
    this.#request ||= requestAnimationFrame(this.#tick);
  }

  /** Draws at once, without letting time pass. */
  flush() {
    if (this.#draw(0)) this.request();
  }

  /** Forgets the frame before, so that a pause of the page is no leap; asks for no more. */
  stop() {
    cancelAnimationFrame(this.#request);
    this.#request = 0;
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
