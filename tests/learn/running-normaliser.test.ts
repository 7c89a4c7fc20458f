import { describe, expect, it } from "vitest";
import { vectorObservation } from "../../plugin/core/observation-spec.ts";
import { createNormaliser } from "../../plugin/core/policy.ts";
import { Random } from "../../plugin/core/random.ts";
import type { RoleSpec } from "../../plugin/core/role-spec.ts";
import type { Rollout } from "../../plugin/learn/rollout.ts";
import { updateNormaliser } from "../../plugin/learn/running-normaliser.ts";
import { tinyRollout } from "./tiny-rollout.ts";

const ROLE: RoleSpec = {
  observation: vectorObservation(["ray", "speed", "height"], ["speed", "height"]),
  action: { continuous: ["move"], discrete: [] },
};
const SCALED = Uint8Array.of(0, 1, 1);

/** Speeds around 1000, where a careless sum of squares loses everything, and heights around 0. */
function rollouts(count: number, seed: number): Rollout[] {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, which) => {
    const rollout = tinyRollout(5 + which, 3, {}, ROLE);
    for (let row = 0; row < rollout.steps * 3; row++) {
      rollout.observations.set([random.normal(), 1000 + random.normal(), 0.1 * random.normal()], row * 3);
    }
    return rollout;
  });
}

/** Mean and variance of one observation over all active rows, directly. */
function direct(all: readonly Rollout[], which: number): { mean: number; variance: number; count: number } {
  const values = all.flatMap((rollout) =>
    [...rollout.observations].filter((_, i) => i % 3 === which && rollout.active[Math.floor(i / 3)] === 1),
  );
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
  return { mean, variance, count: values.length };
}

describe("The running normaliser", () => {
  it("has the mean and the variance of everything it has seen, whatever the portions", () => {
    const all = [...rollouts(2, 1), ...rollouts(1, 2), ...rollouts(3, 3)];
    let state = createNormaliser(SCALED);
    for (const portion of [all.slice(0, 2), all.slice(2, 3), all.slice(3)]) state = updateNormaliser(state, portion);
    for (const which of [1, 2]) {
      const { mean, variance, count } = direct(all, which);
      expect(state.count).toBe(count);
      expect(Math.abs(state.mean[which] / mean - 1)).toBeLessThan(which === 1 ? 1e-6 : 1e-4);
      expect(Math.abs(state.variance[which] / variance - 1)).toBeLessThan(1e-3);
    }
  });

  it("leaves observations with a known range as they are", () => {
    const state = updateNormaliser(createNormaliser(SCALED), rollouts(2, 1));
    expect([state.mean[0], state.variance[0]]).toEqual([0, 1]);
  });

  it("does not look at rows without an agent", () => {
    const portion = rollouts(2, 1);
    portion[0].active.set([0, 1, 0, 0]);
    for (const row of [0, 2, 3]) portion[0].observations[row * 3 + 1] = 1e20;
    const state = updateNormaliser(createNormaliser(SCALED), portion);
    const { mean, count } = direct(portion, 1);
    expect(state.count).toBe(count);
    expect(state.mean[1]).toBeCloseTo(mean, 3);
  });

  it("stays the same object where there is nothing to scale, and where nobody was active", () => {
    const none = createNormaliser(Uint8Array.of(0, 0, 0));
    expect(updateNormaliser(none, rollouts(1, 1))).toBe(none);
    const idle = rollouts(1, 1);
    idle[0].active.fill(0);
    const some = createNormaliser(SCALED);
    expect(updateNormaliser(some, idle)).toBe(some);
  });

  it("writes nothing into the state that it was given", () => {
    const before = createNormaliser(SCALED);
    updateNormaliser(before, rollouts(2, 1));
    expect(before).toEqual(createNormaliser(SCALED));
  });
});
