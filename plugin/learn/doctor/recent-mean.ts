/** How much of it comes from the last ten values, about: 65%. */
const SHARE = 0.1;

/** A mean of what came of late: the newest value counts a tenth, older ones less and less. The first ones count alike. */
export class RecentMean {
  #mean = 0;
  #count = 0;

  /** NaN before the first value. */
  get value(): number {
    return this.#count === 0 ? Number.NaN : this.#mean;
  }

  add(value: number): void {
    this.#count += 1;
    this.#mean += Math.max(SHARE, 1 / this.#count) * (value - this.#mean);
  }
}
