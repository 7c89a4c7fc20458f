import type { Rollout } from "../rollout.ts";
import type { EpisodeEvidence } from "./evidence.ts";

/** Episodes whose returns are the first, and the newest. */
const WINDOW = 100;

/** How long episodes last, how they end, and what they bring. */
export class EpisodeRecord {
  #ended = 0;
  #terminated = 0;
  #succeeded = 0;
  #atOnce = 0;
  #longest = 0;
  #terminatedAtLongest = 0;
  #truncatedAtLongest = 0;
  #lengths = 0;
  #firstSum = 0;
  #firstSquares = 0;
  readonly #newest = new Float64Array(WINDOW);
  /** Lengths of the episodes under way, by worker, [agents]. */
  readonly #goingOn: Int32Array[] = [];

  /** @param worker - Which worker's rollout it is. */
  note(worker: number, { terminated, truncated, active, agents, episodes }: Rollout): void {
    const goingOn = (this.#goingOn[worker] ??= new Int32Array(agents));
    let episode = 0;
    for (let row = 0, agent = 0; row < active.length; row++, agent++) {
      if (agent === agents) agent = 0;
      if (active[row] === 0) continue;
      goingOn[agent] += 1;
      if (terminated[row] === 0 && truncated[row] === 0) continue;
      goingOn[agent] = 0;
      this.#noteEnd(episodes.lengths[episode], episodes.returns[episode], terminated[row] === 1);
      if (episodes.succeeded[episode] === 1) this.#succeeded += 1;
      episode += 1;
    }
  }

  #noteEnd(length: number, total: number, terminated: boolean): void {
    if (this.#ended < WINDOW) {
      this.#firstSum += total;
      this.#firstSquares += total * total;
    }
    this.#newest[this.#ended % WINDOW] = total;
    this.#ended += 1;
    this.#lengths += length;
    if (terminated) this.#terminated += 1;
    if (length <= 1) this.#atOnce += 1;
    if (length < this.#longest) return;
    if (length > this.#longest) this.#terminatedAtLongest = this.#truncatedAtLongest = 0;
    this.#longest = length;
    if (terminated) this.#terminatedAtLongest += 1;
    else this.#truncatedAtLongest += 1;
  }

  evidence(): EpisodeEvidence {
    const seen = Math.min(WINDOW, this.#ended);
    const firstReturn = this.#firstSum / seen;
    let longestGoingOn = 0;
    for (const lengths of this.#goingOn)
      for (const length of lengths) longestGoingOn = Math.max(longestGoingOn, length);
    return {
      ended: this.#ended,
      terminated: this.#terminated,
      succeeded: this.#succeeded,
      atOnce: this.#atOnce,
      longest: this.#longest,
      terminatedAtLongest: this.#terminatedAtLongest,
      truncatedAtLongest: this.#truncatedAtLongest,
      longestGoingOn,
      meanLength: this.#lengths / this.#ended,
      firstReturn,
      firstSpread: Math.sqrt(Math.max(0, this.#firstSquares / seen - firstReturn * firstReturn)),
      newestReturn: this.#newest.subarray(0, seen).reduce((sum, one) => sum + one, 0) / seen,
    };
  }
}
