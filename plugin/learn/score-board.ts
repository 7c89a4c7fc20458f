import type { EpisodeLog } from "./rollout.ts";

const WINDOW = 100;

/** Means over the last 100 ended episodes of a run. */
export interface Scores {
  readonly meanReturn: number;
  readonly meanLength: number;
  readonly successRate: number;
  /** What each term of the reward gave, by its name; empty where nobody tells. */
  readonly meanTerms: Readonly<Record<string, number>>;
}

/** Keeps the means over the last 100 ended episodes of a run. */
export class ScoreBoard {
  readonly #returns = new Float64Array(WINDOW);
  readonly #lengths = new Float64Array(WINDOW);
  readonly #succeeded = new Float64Array(WINDOW);
  readonly #terms = new Map<string, Float64Array>();
  #episodes: number;

  /** @param episodes - How many ended before this process began. */
  constructor(episodes = 0) {
    this.#episodes = episodes;
    this.#before = episodes;
  }

  readonly #before: number;

  /** Ended so far, those before this process included. */
  get episodes(): number {
    return this.#episodes;
  }

  add(log: EpisodeLog): void {
    const { termNames, termSums } = log;
    for (const name of termNames) if (!this.#terms.has(name)) this.#terms.set(name, new Float64Array(WINDOW));
    for (let i = 0; i < log.count[0]; i++) {
      const at = this.#episodes % WINDOW;
      this.#returns[at] = log.returns[i]!;
      this.#lengths[at] = log.lengths[i]!;
      this.#succeeded[at] = log.succeeded[i]!;
      termNames.forEach((name, term) => (this.#terms.get(name)![at] = termSums[i * termNames.length + term]!));
      this.#episodes += 1;
    }
  }

  means(): Scores {
    const seen = Math.min(WINDOW, this.#episodes - this.#before);
    return {
      meanReturn: this.#mean(this.#returns, seen),
      meanLength: this.#mean(this.#lengths, seen),
      successRate: this.#mean(this.#succeeded, seen),
      meanTerms: Object.fromEntries(Array.from(this.#terms, ([name, sums]) => [name, this.#mean(sums, seen)])),
    };
  }

  #mean(values: Float64Array, seen: number): number {
    let sum = 0;
    for (let i = 0; i < seen; i++) sum += values[(this.#episodes - 1 - i) % WINDOW];
    return seen === 0 ? Number.NaN : sum / seen;
  }
}
