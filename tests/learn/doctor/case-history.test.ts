import { describe, expect, it } from "vitest";
import { observationSpec, vectorObservation } from "../../../plugin/core/observation-spec.ts";
import type { RoleSpec } from "../../../plugin/core/role-spec.ts";
import { CaseHistory } from "../../../plugin/learn/doctor/case-history.ts";
import type { PpoStatistics } from "../../../plugin/learn/ppo.ts";
import type { Rollout } from "../../../plugin/learn/rollout.ts";
import { TINY_ROLE, tinyRollout, type RolloutContent } from "../tiny-rollout.ts";

/** Evidence after some rollouts of one worker. */
function noted(rollouts: readonly Rollout[], role: RoleSpec = TINY_ROLE): ReturnType<CaseHistory["evidence"]> {
  const history = new CaseHistory(role);
  for (const rollout of rollouts) history.note([rollout]);
  return history.evidence();
}

/** One agent whose episodes ended as the collector would log them. */
function episodes(
  content: RolloutContent,
  log: { returns: number[]; lengths: number[]; succeeded?: number[] },
): Rollout {
  const rollout = tinyRollout(content.rewards!.length, 1, content);
  rollout.episodes.count[0] = log.returns.length;
  rollout.episodes.returns.set(log.returns);
  rollout.episodes.lengths.set(log.lengths);
  rollout.episodes.succeeded.set(log.succeeded ?? []);
  return rollout;
}

function statistics(changes: Partial<PpoStatistics>): PpoStatistics {
  return {
    approximateKl: 0,
    clipFraction: 0,
    entropy: 0,
    valueLoss: 0,
    learningRate: 1e-3,
    ...changes,
  } as PpoStatistics;
}

describe("What the doctor notes", () => {
  it("is the range of each sensor, over all rollouts", () => {
    const [low, high] = [tinyRollout(2, 1, {}), tinyRollout(2, 1, {})];
    low.observations.set([-2, 0.5]);
    high.observations.set([1, 3]);
    const { sensors, looks, decisions } = noted([low, high]);
    expect(sensors).toEqual([{ label: "place", unbounded: false, lowest: -2, highest: 3, sameAs: null }]);
    expect([looks, decisions]).toEqual([4, 4]);
  });

  it("leaves rows without an agent out", () => {
    const rollout = tinyRollout(2, 1, { active: [1, 0] });
    rollout.observations.set([1, 99]);
    const { sensors, decisions } = noted([rollout]);
    expect([sensors[0].highest, decisions]).toEqual([1, 1]);
  });

  it("is which sensors were equal in all decisions, not in most of them", () => {
    const role = { observation: vectorObservation(["a", "b", "c"]), action: TINY_ROLE.action };
    const rollout = tinyRollout(4, 1, {}, role);
    rollout.observations.set([1, 1, 1, 2, 2, 2, 3, 3, 3, 0.5, 0.5, 0.7]);
    // All three have the same range, and the sketch parts them.
    expect(noted([rollout], role).sensors.map(({ sameAs }) => sameAs)).toEqual([null, "a", null]);
  });

  it("looks at 512 rows of a rollout at most, at other ones each time", () => {
    const rollout = tinyRollout(1024, 1, {});
    rollout.observations.fill(1);
    rollout.observations[1] = 7;
    expect(noted([rollout]).sensors[0].highest).toBe(1);
    expect(noted([rollout, rollout]).sensors[0].highest).toBe(7);
  });

  it("is what is paid on the way, at the goal and for failing", () => {
    const rollout = episodes(
      { rewards: [-1, 5, -1, -3, -1], terminated: [0, 1, 0, 1, 0] },
      { returns: [4, -4], lengths: [2, 2], succeeded: [1, 0] },
    );
    expect(noted([rollout]).rewards).toEqual({
      lowest: -3,
      highest: 5,
      meanSize: 11 / 5,
      meanOnTheWay: -1,
      meanAtGoal: 5,
      goals: 1,
      meanAtFailure: -3,
      failures: 1,
    });
  });

  it("is how long episodes last, how they end and what they bring, across rollouts", () => {
    const first = episodes({ rewards: [0, 2, 0], terminated: [0, 1, 0] }, { returns: [2], lengths: [2] });
    const second = episodes(
      { rewards: [0, 6, 0, 4], terminated: [0, 0, 0, 1], truncated: [0, 1, 0, 0] },
      { returns: [6, 4], lengths: [3, 2], succeeded: [1, 0] },
    );
    expect(noted([first, second]).episodes).toEqual({
      ended: 3,
      terminated: 2,
      succeeded: 1,
      atOnce: 0,
      longest: 3,
      terminatedAtLongest: 0,
      truncatedAtLongest: 1,
      longestGoingOn: 0,
      meanLength: 7 / 3,
      firstReturn: 4,
      // Of 2, 6 and 4: √(8/3).
      firstSpread: Math.sqrt(56 / 3 - 16),
      newestReturn: 4,
    });
  });

  it("is how long an episode has gone on, across rollouts", () => {
    const rollout = tinyRollout(5, 2, { terminated: [0, 0, 1, 0, 0, 0, 0, 0, 0, 0] });
    // Agent 0 ended at its second decision and made 3 since; agent 1 made 5 in each rollout.
    expect(noted([rollout]).episodes.longestGoingOn).toBe(5);
    expect(noted([rollout, rollout]).episodes.longestGoingOn).toBe(10);
  });

  it("is whether starts differ, and how often nothing changed", () => {
    const alike = tinyRollout(4, 1, { truncated: [0, 1, 0, 0] });
    alike.observations.set([1, 2, 0, 0]);
    expect(noted([alike, alike])).toMatchObject({
      starts: { compared: 1, varied: false },
      sights: { compared: 4, same: 2 },
    });
    const other = tinyRollout(4, 1, { truncated: [0, 1, 0, 0] });
    other.observations.set([1, 2, 0.5, 0]);
    expect(noted([alike, other]).starts).toEqual({ compared: 1, varied: true });
  });

  it("is how large actions are of late, unclipped", () => {
    const rollout = tinyRollout(4, 1, {});
    rollout.continuous.set([-3, 0.5, 2, -0.5]);
    expect(noted([rollout]).actions).toEqual([{ label: "move", meanSize: 1.5, beyond: 0.5 }]);
  });

  it("is whether pictures change, and whether they show anything", () => {
    const image = { height: 1, width: 2, channels: 1 };
    const role = {
      observation: observationSpec({
        images: [
          { label: "left", ...image },
          { label: "right", ...image },
        ],
      }),
      action: TINY_ROLE.action,
    };
    const rollout = tinyRollout(2, 1, {}, role);
    rollout.images.set([9, 9, 1, 2, 9, 9, 3, 4]);
    expect(noted([rollout], role).pictures).toEqual([
      { label: "left", looks: 2, varied: false, blank: true },
      { label: "right", looks: 2, varied: true, blank: false },
    ]);
  });

  it("is what updates say, the newest a tenth", () => {
    const history = new CaseHistory(TINY_ROLE);
    expect(history.evidence().updates).toBe(null);
    for (let i = 0; i < 20; i++) history.note([], statistics({ valueLoss: 2, approximateKl: 0.01 }));
    history.note([], statistics({ valueLoss: 2, approximateKl: 0.11, learningRate: 5e-4 }));
    const updates = history.evidence().updates!;
    expect(updates).toMatchObject({ updates: 21, criticError: 2, firstCriticError: 2, learningRate: 5e-4 });
    expect(updates.approximateKl).toBeCloseTo(0.02, 12);
  });

  it("keeps the episodes of two workers apart", () => {
    const history = new CaseHistory(TINY_ROLE);
    history.note([tinyRollout(3, 1, {}), tinyRollout(5, 1, {})]);
    history.note([tinyRollout(3, 1, {}), tinyRollout(5, 1, {})]);
    expect(history.evidence().episodes.longestGoingOn).toBe(10);
  });
});
