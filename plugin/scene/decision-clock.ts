/** Tells when an agent's next decision is due, whatever the length of the frames. */
export class DecisionClock {
  readonly #period: number;
  #wait = 0;

  /** @param period - Seconds from one decision to the next, above 0. */
  constructor(period: number) {
    this.#period = period;
  }

  /** How far the present decision's time has run, in [0, 1]. */
  get progress(): number {
    return Math.min(1, Math.max(0, 1 - this.#wait / this.#period));
  }

  /** Starts anew: the first decision is due after `phase` periods, at once by default. */
  restart(phase = 0): void {
    this.#wait = phase * this.#period;
  }

  /**
   * Begins a frame of that length.
   *
   * @returns Whether a decision is due in it. A frame longer than the period has one all the same: whole periods that were
   * missed are dropped, the rest of the rhythm stays.
   */
  elapse(seconds: number): boolean {
    // Sums of frame lengths are a little off, so that a decision may come a microsecond early.
    const due = this.#wait <= 1e-6;
    if (due) {
      this.#wait += this.#period;
      if (this.#wait <= 0) this.#wait = this.#period + (this.#wait % this.#period);
    }
    this.#wait -= seconds;
    return due;
  }
}
