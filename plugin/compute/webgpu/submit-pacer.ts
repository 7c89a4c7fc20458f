/**
 * Decides how many jobs go into one submit, so that none holds the GPU for longer than it may.
 *
 * The first submit takes one job, and each one's time says how many the next may take, though never more than twice as many.
 * It is the host's time, from the submit to the news of its end, and so errs on the short side: what the news takes, and what
 * a renderer draws meanwhile, counts as the jobs'.
 */
export class SubmitPacer {
  readonly #longest: number;
  #most: number;
  /** What held at the beginning of the update, and after each of its submits. */
  #history: { readonly end: number; readonly most: number }[] = [];

  /** @param longest - Most milliseconds of a submit, above 0; with `Infinity`, everything goes into one. */
  constructor(longest: number) {
    this.#longest = longest;
    this.#most = this.isIdle ? longest : 1;
  }

  /** Whether submits may be as long as they like, and nobody need time them. */
  get isIdle(): boolean {
    return this.#longest === Number.POSITIVE_INFINITY;
  }

  /** Begins an update. */
  begin(): void {
    this.#history = [{ end: 0, most: this.#most }];
  }

  /** How many of the jobs that are left go into the next submit; at least 1. */
  take(left: number): number {
    return Math.min(left, this.#most);
  }

  /** Notes what a submit took. The rest at the end of an update is too small to tell anything. */
  note(jobs: number, milliseconds: number): void {
    if (jobs === this.#most) {
      // A coarse clock may show 0, which makes room for twice as many.
      const fitting = Math.floor((this.#longest * jobs) / milliseconds);
      this.#most = Math.max(1, Math.min(fitting, 2 * jobs));
    }
    this.#history.push({ end: this.#history[this.#history.length - 1].end + jobs, most: this.#most });
  }

  /**
   * Ends an update.
   *
   * @param effective - How many of its jobs did something. An update that ended early left the others at once, and what was
   * learned from their times is forgotten.
   */
  end(effective: number): void {
    this.#most = this.#history.filter(({ end }) => end <= effective).at(-1)!.most;
  }
}
