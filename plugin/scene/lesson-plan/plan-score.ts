/** What one term or end of a lesson plan has given: rewards, weight included. The same object all the time. */
export interface PlanScore {
  /** Its place and kind, e.g. `"rewards[0] approach"`: how runs call it. */
  readonly name: string;
  /** Where in the plan, e.g. `"rewards[0]"`, `"ends[1]"`. */
  readonly place: string;
  readonly kind: string;
  /** What its weight is for one of. */
  readonly unit: "m" | "s" | "each";
  /** Between the last two decisions. */
  readonly last: number;
  /** Mean of the episode so far. */
  readonly perSecond: number;
  /** In the episode so far. */
  readonly sum: number;
}

/** Adds up one row of a score. */
export class ScoreRow implements PlanScore {
  readonly name: string;
  readonly place: string;
  readonly kind: string;
  readonly unit: PlanScore["unit"];
  /** Of the last decision, of the decision under way, of the episode; seconds of the episode. */
  readonly #sums = new Float64Array(4);

  constructor(place: string, kind: string, unit: PlanScore["unit"]) {
    this.name = `${place} ${kind}`;
    this.place = place;
    this.kind = kind;
    this.unit = unit;
  }

  get last(): number {
    return this.#sums[0];
  }

  get sum(): number {
    return this.#sums[2];
  }

  get perSecond(): number {
    return this.#sums[3] > 0 ? this.#sums[2] / this.#sums[3] : 0;
  }

  begin(): void {
    this.#sums.fill(0);
  }

  add(amount: number, seconds: number): void {
    this.#sums[1] += amount;
    this.#sums[2] += amount;
    this.#sums[3] += seconds;
  }

  /** The decision under way is over. */
  decided(): void {
    this.#sums[0] = this.#sums[1];
    this.#sums[1] = 0;
  }
}
