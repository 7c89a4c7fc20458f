import type { Picture } from "../picture.ts";
import type { SynthesisOptions } from "./synthesis-options.ts";

const REST_MILLISECONDS = 30;
const REPORT_MILLISECONDS = 100;

/** Keeps long work answering: rests, tells how far it is, and ends when it is cancelled. */
export class Pace {
  readonly #signal: AbortSignal | undefined;
  readonly #onProgress: SynthesisOptions["onProgress"];
  /** What it looks like by now. */
  preview: () => Picture;
  stage = "Measuring the picture";
  #done = 0;
  #rested = performance.now();
  #reported = Number.NEGATIVE_INFINITY;

  constructor({ signal, onProgress }: SynthesisOptions, preview: () => Picture) {
    this.#signal = signal;
    this.#onProgress = onProgress;
    this.preview = preview;
    signal?.throwIfAborted();
  }

  /**
   * Called after every bit of work of a few milliseconds.
   *
   * @param done - The share of all work that is done; less than before counts as no more.
   * @throws The signal's reason.
   */
  async step(done: number): Promise<void> {
    this.#done = Math.min(1, Math.max(this.#done, done));
    const now = performance.now();
    if (now - this.#rested < REST_MILLISECONDS) return;
    if (this.#onProgress && now - this.#reported >= REPORT_MILLISECONDS) {
      const { preview, stage } = this;
      this.#onProgress({ done: this.#done, stage, preview });
      this.#reported = now;
    }
    await new Promise((resolve) => setTimeout(resolve));
    this.#signal?.throwIfAborted();
    this.#rested = performance.now();
  }
}
