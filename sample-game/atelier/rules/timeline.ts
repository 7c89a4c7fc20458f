/** Where a timeline ends: by steps and by weight, whichever comes first. */
export interface TimelineLimits {
  /** At least 1. */
  readonly steps: number;
  /** Of all steps together, in the unit of `weigh`. */
  readonly weight: number;
}

/** What was done, step by step, with a way back and forth. Knows nothing of what the steps are. */
export class Timeline<Step> {
  readonly #limits: TimelineLimits;
  readonly #weigh: (step: Step) => number;
  #steps: Step[];
  #at = 0;

  /** @param weigh - How much a step takes. Default nothing. */
  constructor(first: Step, limits: TimelineLimits, weigh: (step: Step) => number = () => 0) {
    this.#steps = [first];
    this.#limits = limits;
    this.#weigh = weigh;
  }

  /** Oldest first; those after `index` were undone. */
  get steps(): readonly Step[] {
    return this.#steps;
  }

  /** Which of `steps` is shown. */
  get index(): number {
    return this.#at;
  }

  get present(): Step {
    return this.#steps[this.#at];
  }

  /** The step before the present one; null for the first. */
  get previous(): Step | null {
    return this.#steps[this.#at - 1] ?? null;
  }

  get canUndo(): boolean {
    return this.#at > 0;
  }

  get canRedo(): boolean {
    return this.#at < this.#steps.length - 1;
  }

  /** Adds a step after the present one, forgets what was undone, and drops the oldest where it is too much. */
  push(step: Step): void {
    this.#steps = [...this.#steps.slice(0, this.#at + 1), step];
    let weight = this.#steps.reduce((sum, each) => sum + this.#weigh(each), 0);
    while (this.#steps.length > 2 && (this.#steps.length > this.#limits.steps || weight > this.#limits.weight)) {
      weight -= this.#weigh(this.#steps.shift()!);
    }
    this.#at = this.#steps.length - 1;
  }

  /** Puts another step in the place of the present one. */
  replace(step: Step): void {
    this.#steps = this.#steps.map((each, index) => (index === this.#at ? step : each));
  }

  /** One step back. @returns The step that is present now, null when there is none before. */
  undo(): Step | null {
    return this.jump(this.#at - 1);
  }

  /** One step forth. @returns The step that is present now, null when nothing was undone. */
  redo(): Step | null {
    return this.jump(this.#at + 1);
  }

  /** Goes to any step. @returns The step that is present now, null when there is no such step. */
  jump(index: number): Step | null {
    if (!Number.isInteger(index) || index < 0 || index >= this.#steps.length) return null;
    this.#at = index;
    return this.present;
  }
}
