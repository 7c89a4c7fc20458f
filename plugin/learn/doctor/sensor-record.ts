import { observationLabels, unboundedFlags } from "../../core/observation-spec.ts";
import type { RoleSpec } from "../../core/role-spec.ts";
import type { Rollout } from "../rollout.ts";
import type { SensorEvidence } from "./evidence.ts";

/** Rows of one rollout that are looked at, at most: bounds the doctor's cost. */
const MOST_ROWS = 512;
/** Knuth's multiplier: neighbouring rows get weights that have nothing to do with one another. */
const SCATTER = 2_654_435_761;

/** Range and sketch of every observation of a run; what is looked at allocates nothing. */
export class SensorRecord {
  readonly #labels: readonly string[];
  readonly #unbounded: Uint8Array;
  readonly #lowest: Float64Array;
  readonly #highest: Float64Array;
  /** Sums with weights of chance: two observations have bit-equal ones only if they were equal all along. */
  readonly #sketch: Float64Array;
  #looks = 0;
  #rollouts = 0;

  constructor(role: RoleSpec) {
    this.#labels = observationLabels(role.observation);
    this.#unbounded = unboundedFlags(role.observation);
    this.#lowest = new Float64Array(this.#labels.length).fill(Infinity);
    this.#highest = new Float64Array(this.#labels.length).fill(-Infinity);
    this.#sketch = new Float64Array(this.#labels.length);
  }

  /** How many rows were looked at. */
  get looks(): number {
    return this.#looks;
  }

  note({ observations, active, steps, agents }: Rollout): void {
    const width = this.#labels.length;
    const rows = steps * agents;
    const stride = Math.ceil(rows / MOST_ROWS);
    const lowest = this.#lowest;
    const highest = this.#highest;
    const sketch = this.#sketch;
    let looks = this.#looks;
    for (let row = this.#rollouts++ % stride; row < rows; row += stride) {
      if (active[row] === 0) continue;
      const weight = (Math.imul(++looks, SCATTER) >>> 8) / 2 ** 24;
      const at = row * width;
      for (let i = 0; i < width; i++) {
        const value = observations[at + i];
        if (value < lowest[i]) lowest[i] = value;
        if (value > highest[i]) highest[i] = value;
        sketch[i] += weight * value;
      }
    }
    this.#looks = looks;
  }

  evidence(): SensorEvidence[] {
    const first = new Map<string, string>();
    return this.#labels.map((label, i) => {
      const [lowest, highest] = [this.#lowest[i], this.#highest[i]];
      const key = `${lowest} ${highest} ${this.#sketch[i]}`;
      const sameAs = first.get(key) ?? null;
      if (sameAs === null) first.set(key, label);
      return { label, unbounded: this.#unbounded[i] === 1, lowest, highest, sameAs };
    });
  }
}
