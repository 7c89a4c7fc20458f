import type { RoleSpec } from "../../core/role-spec.ts";
import type { Rollout } from "../rollout.ts";
import type { ActionEvidence } from "./evidence.ts";
import { RecentMean } from "./recent-mean.ts";

/** Rows of one rollout that are looked at, at most. */
const MOST_ROWS = 128;

/** How large continuous actions are, unclipped, of late. */
export class ActionRecord {
  readonly #labels: readonly string[];
  readonly #sizes: Float64Array;
  readonly #beyond: Float64Array;
  readonly #recentSize: readonly RecentMean[];
  readonly #recentBeyond: readonly RecentMean[];

  constructor(role: RoleSpec) {
    this.#labels = role.action.continuous;
    this.#sizes = new Float64Array(this.#labels.length);
    this.#beyond = new Float64Array(this.#labels.length);
    this.#recentSize = this.#labels.map(() => new RecentMean());
    this.#recentBeyond = this.#labels.map(() => new RecentMean());
  }

  note({ continuous, active, steps, agents }: Rollout): void {
    const width = this.#labels.length;
    if (width === 0) return;
    this.#sizes.fill(0);
    this.#beyond.fill(0);
    let looks = 0;
    const stride = Math.ceil((steps * agents) / MOST_ROWS);
    for (let row = 0; row < steps * agents; row += stride) {
      if (active[row] === 0) continue;
      looks += 1;
      for (let i = 0; i < width; i++) {
        const size = Math.abs(continuous[row * width + i]);
        this.#sizes[i] += size;
        if (size > 1) this.#beyond[i] += 1;
      }
    }
    for (let i = 0; i < width && looks > 0; i++) {
      this.#recentSize[i].add(this.#sizes[i] / looks);
      this.#recentBeyond[i].add(this.#beyond[i] / looks);
    }
  }

  evidence(): ActionEvidence[] {
    return this.#labels.map((label, i) => ({
      label,
      meanSize: this.#recentSize[i].value,
      beyond: this.#recentBeyond[i].value,
    }));
  }
}
