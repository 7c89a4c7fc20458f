import type { NormaliserState } from "../core/policy.ts";
import type { Rollout } from "./rollout.ts";

/**
 * Folds the observations of rollouts into a running mean and variance (Chan et al. 1979), for those without a known range.
 *
 * Works in double precision and rounds the result, so that the state that is stored is the state that counts.
 */
export function updateNormaliser(state: NormaliserState, rollouts: readonly Rollout[]): NormaliserState {
  if (!state.scaled.includes(1)) return state;
  const size = state.scaled.length;
  let count = 0;
  const sums = new Float64Array(size);
  const squares = new Float64Array(size);
  for (const pass of ["mean", "variance"] as const) {
    for (const rollout of rollouts) {
      const rows = rollout.steps * rollout.agents;
      for (let row = 0; row < rows; row++) {
        if (rollout.active[row] === 0) continue;
        if (pass === "mean") count += 1;
        for (let i = 0; i < size; i++) {
          const value = rollout.observations[row * size + i];
          if (pass === "mean") sums[i] += value;
          else squares[i] += (value - sums[i] / count) ** 2;
        }
      }
    }
  }
  if (count === 0) return state;
  const total = state.count + count;
  const mean = state.mean.slice();
  const variance = state.variance.slice();
  for (let i = 0; i < size; i++) {
    if (state.scaled[i] === 0) continue;
    const batchMean = sums[i] / count;
    const apart = batchMean - state.mean[i];
    mean[i] = state.mean[i] + (apart * count) / total;
    const squared = state.variance[i] * state.count + squares[i] + (apart * apart * state.count * count) / total;
    variance[i] = squared / total;
  }
  return { ...state, count: total, mean, variance };
}
