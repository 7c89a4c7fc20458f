import { describe, expect, it } from "vitest";
import { estimateAdvantages, explainedVariance } from "../../plugin/learn/advantages.ts";
import type { Rollout } from "../../plugin/learn/rollout.ts";
import { tinyRollout } from "./tiny-rollout.ts";

/** Discount 0.5 and λ 0.5, so that every step back counts a quarter. */
const HALVES = { discount: 0.5, gaeLambda: 0.5 };

function estimate(rollout: Rollout, options: Parameters<typeof estimateAdvantages>[1] = HALVES) {
  const rows = rollout.steps * rollout.agents;
  const advantages = new Float32Array(rows).fill(NaN);
  const returns = new Float32Array(rows).fill(NaN);
  estimateAdvantages(rollout, options, advantages, returns);
  return { advantages: [...advantages], returns: [...returns] };
}

describe("Advantages", () => {
  it("pass credit back, and take the last value for the future", () => {
    const rollout = tinyRollout(3, 1, { rewards: [1, 2, 4], values: [2, 4, 8], lastValues: [16] });
    // Surprises: 1 + ½·4 − 2 = 1; 2 + ½·8 − 4 = 2; 4 + ½·16 − 8 = 4.
    // Advantages: 4; 2 + ¼·4 = 3; 1 + ¼·3 = 1.75. Returns: advantage + value.
    expect(estimate(rollout)).toEqual({ advantages: [1.75, 3, 4], returns: [3.75, 7, 12] });
  });

  it("see no future beyond a termination, and pass nothing on to the next episode", () => {
    const terminated = [0, 1, 0];
    const rollout = tinyRollout(3, 1, { rewards: [1, 2, 4], values: [2, 4, 8], lastValues: [16], terminated });
    // Surprises: 1 + ½·4 − 2 = 1; 2 − 4 = −2; 4. Advantages: 4; −2; 1 − ¼·2 = 0.5.
    expect(estimate(rollout).advantages).toEqual([0.5, -2, 4]);
  });

  it("keep the future after a truncation, and pass nothing on to the next episode", () => {
    const content = { rewards: [1, 2, 4], values: [2, 4, 8], lastValues: [16] };
    const rollout = tinyRollout(3, 1, { ...content, truncated: [0, 1, 0], finalValues: [0, 6, 0] });
    // Surprises: 1; 2 + ½·6 − 4 = 1; 4. Advantages: 4; 1; 1 + ¼·1 = 1.25.
    expect(estimate(rollout).advantages).toEqual([1.25, 1, 4]);
  });

  it("see no future where an episode both terminates and is cut off", () => {
    const content = { rewards: [2], values: [4], lastValues: [16], finalValues: [6] };
    expect(estimate(tinyRollout(1, 1, { ...content, terminated: [1], truncated: [1] })).advantages).toEqual([-2]);
  });

  it("are 0 in rows without an agent, and pass nothing through them", () => {
    const content = { rewards: [1, 99, 4], values: [2, 4, 8], lastValues: [16] };
    const rollout = tinyRollout(3, 1, { ...content, active: [1, 0, 1], terminated: [1, 0, 0] });
    expect(estimate(rollout)).toEqual({ advantages: [-1, 0, 4], returns: [1, 4, 12] });
  });

  it("are each agent's own", () => {
    // Two agents side by side: agent 0 as in the first test, agent 1 with nothing at all.
    const content = { rewards: [1, 0, 2, 0, 4, 0], values: [2, 0, 4, 0, 8, 0], lastValues: [16, 0] };
    expect(estimate(tinyRollout(3, 2, content)).advantages).toEqual([1.75, 0, 3, 0, 4, 0]);
  });

  it("weigh rewards, not values, by the reward scale", () => {
    const rollout = tinyRollout(1, 1, { rewards: [10], values: [2], lastValues: [4] });
    // 0.1 · 10 + ½·4 − 2.
    expect(estimate(rollout, { ...HALVES, rewardScale: 0.1 }).advantages).toEqual([1]);
  });

  it("trust only the rewards with λ = 1, and only the critic with λ = 0", () => {
    const rollout = tinyRollout(2, 1, { rewards: [1, 2], values: [7, 5], lastValues: [4] });
    // Returns with λ = 1: 2 + 4 = 6, then 1 + 6 = 7. With λ = 0: 1 + 5 = 6.
    expect(estimate(rollout, { discount: 1, gaeLambda: 1 }).returns).toEqual([7, 6]);
    expect(estimate(rollout, { discount: 1, gaeLambda: 0 }).returns).toEqual([6, 6]);
  });
});

describe("Explained variance", () => {
  const explained = (values: number[], returns: number[], count = values.length): number =>
    explainedVariance(Float32Array.from(values), Float32Array.from(returns), count);

  it("is 1 for a critic that is right, up to a constant", () => {
    expect(explained([1, 2, 3], [1, 2, 3])).toBe(1);
    expect(explained([11, 12, 13], [1, 2, 3])).toBe(1);
  });

  it("is 0 for a critic that always says the same", () => {
    expect(explained([5, 5], [1, 3])).toBe(0);
  });

  it("is below 0 for a critic that is wrong on purpose", () => {
    // Errors ±2 have the variance 4, returns ±1 have 1.
    expect(explained([1, -1], [-1, 1])).toBe(-3);
  });

  it("is NaN when the returns do not vary", () => {
    expect(explained([1, 2], [3, 3])).toBeNaN();
  });

  it("counts only the first rows", () => {
    expect(explained([1, 2, 3, 99], [1, 2, 3, 0], 3)).toBe(1);
  });
});
