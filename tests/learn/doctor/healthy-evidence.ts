import type { Evidence } from "../../../plugin/learn/doctor/evidence.ts";
import { ppo } from "../../../plugin/learn/ppo.ts";

/** Figures of a run in which nothing is wrong; a test changes what it is about. */
export function healthyEvidence(changes: Partial<Evidence> = {}): Evidence {
  return {
    decisions: 50_000,
    looks: 20_000,
    sensors: [
      { label: "goal right", unbounded: false, lowest: -1, highest: 1, sameAs: null },
      { label: "goal ahead", unbounded: false, lowest: -0.9, highest: 1, sameAs: null },
    ],
    pictures: [],
    rewards: {
      lowest: -0.05,
      highest: 1,
      meanSize: 0.05,
      meanOnTheWay: 0.01,
      meanAtGoal: 1,
      goals: 100,
      meanAtFailure: -0.05,
      failures: 100,
    },
    episodes: {
      ended: 500,
      terminated: 200,
      succeeded: 100,
      atOnce: 5,
      longest: 100,
      terminatedAtLongest: 0,
      truncatedAtLongest: 300,
      longestGoingOn: 80,
      meanLength: 90,
      firstReturn: 0,
      firstSpread: 1,
      newestReturn: 0.5,
    },
    starts: { compared: 100, varied: true },
    sights: { compared: 4_096, same: 10 },
    actions: [{ label: "drive", meanSize: 1, beyond: 0.4 }],
    entropyOfDice: 1.419,
    continuous: 1,
    branches: 0,
    updates: {
      updates: 50,
      approximateKl: 0.01,
      clipFraction: 0.1,
      entropy: 1.3,
      criticError: 0.2,
      firstCriticError: 0.4,
      learningRate: 1e-3,
    },
    timing: { stepsPerSecond: 60, decisionsPerSecond: 10, timeLimitSeconds: 10 },
    settings: ppo(),
    ...changes,
  };
}
