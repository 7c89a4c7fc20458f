/** One piece of drawing at a time: another one begins a little later and ends the one before. */
export class OneStudy {
  readonly #complain: (problem: unknown) => void;
  #key: string | null = null;
  #cancel: AbortController | null = null;

  /** @param complain - Hears what went wrong, unless it was ended. */
  constructor(complain: (problem: unknown) => void) {
    this.#complain = complain;
  }

  /**
   * @param key - Of what is drawn; the same one goes on.
   * @param delay - In milliseconds: sliders that still move begin nothing.
   */
  begin(key: string, delay: number, draw: (signal: AbortSignal) => Promise<void>): void {
    if (key === this.#key) return;
    this.stop();
    this.#key = key;
    const cancel = new AbortController();
    this.#cancel = cancel;
    const timer = setTimeout(() => void this.#draw(cancel, draw), delay);
    cancel.signal.addEventListener("abort", () => clearTimeout(timer));
  }

  /** Ends it; the next one begins anew, even the same. What is complete stays. */
  stop(): void {
    if (!this.#cancel) return;
    this.#cancel.abort();
    this.#cancel = null;
    this.#key = null;
  }

  async #draw(cancel: AbortController, draw: (signal: AbortSignal) => Promise<void>): Promise<void> {
    try {
      await draw(cancel.signal);
      if (this.#cancel === cancel) this.#cancel = null;
    } catch (problem) {
      if (cancel.signal.aborted) return;
      this.stop();
      this.#complain(problem);
    }
  }
}
