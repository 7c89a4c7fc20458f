import type { Rollout } from "./rollout.ts";

/**
 * Estimates how much better each action was than the critic expected, and what the critic should have said.
 *
 * Generalized advantage estimation, equations 11–16 of Schulman et al. 2016, https://arxiv.org/abs/1506.02438v6. A
 * terminated step has no future, so its next value counts as zero; a truncated step does have one, so the value of its last
 * sight is kept (Pardo et al. 2018, https://arxiv.org/abs/1712.00378). Neither passes credit on to the following episode.
 *
 * @param discount - How much a reward is worth one step later, in [0, 1].
 * @param gaeLambda - 0 trusts the critic, 1 trusts the rewards, in [0, 1].
 * @param advantages - Written, [steps, agents]; 0 for inactive rows. @param returns - Written, [steps, agents].
 */
export function estimateAdvantages(
  rollout: Rollout,
  options: { readonly discount: number; readonly gaeLambda: number; readonly rewardScale?: number },
  advantages: Float32Array,
  returns: Float32Array,
): void {
  const { discount, gaeLambda, rewardScale = 1 } = options;
  const { steps, agents, values, rewards, terminated, truncated, active } = rollout;
  for (let agent = 0; agent < agents; agent++) {
    let running = 0;
    for (let step = steps - 1; step >= 0; step--) {
      const at = step * agents + agent;
      if (active[at] === 0) {
        running = 0;
        advantages[at] = 0;
        returns[at] = values[at]!;
        continue;
      }
      const isEnd = terminated[at] === 1 || truncated[at] === 1;
      let nextValue = step === steps - 1 ? rollout.lastValues[agent] : values[at + agents];
      if (truncated[at] === 1) nextValue = rollout.finalValues[at]!;
      if (terminated[at] === 1) nextValue = 0;
      const surprise = rewards[at] * rewardScale + discount * nextValue - values[at];
      running = surprise + (isEnd ? 0 : discount * gaeLambda * running);
      advantages[at] = running;
      returns[at] = running + values[at];
    }
  }
}

/**
 * Share of the returns' variance that the critic explains: 1 is perfect, 0 no better than a constant, below 0 worse.
 *
 * @returns NaN when the returns do not vary.
 */
export function explainedVariance(values: Float32Array, returns: Float32Array, count: number): number {
  let mean = 0;
  let meanError = 0;
  for (let i = 0; i < count; i++) {
    mean += returns[i] / count;
    meanError += (returns[i] - values[i]) / count;
  }
  let variance = 0;
  let errorVariance = 0;
  for (let i = 0; i < count; i++) {
    variance += (returns[i] - mean) ** 2;
    errorVariance += (returns[i] - values[i] - meanError) ** 2;
  }
  return variance === 0 ? Number.NaN : 1 - errorVariance / variance;
}
