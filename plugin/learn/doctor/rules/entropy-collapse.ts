import type { Diagnosis } from "../diagnosis.ts";
import type { Evidence } from "../evidence.ts";
import { plainNumber, plainShare } from "../plain-number.ts";

const ENOUGH_UPDATES = 5;
const ENOUGH_EPISODES = 20;
/** Share of the indecision of dice. Healthy choices keep above 0.3 in the runs that were measured. */
const LEAST_SHARE = 0.05;
/** Spread of numbers, where policies begin with 1. Healthy ones keep above 0.3 (Pendulum). */
const LEAST_SPREAD = 0.05;
/** ½ ln 2πe: entropy of a normal distribution with a spread of 1. */
const ENTROPY_OF_NORMAL = 1.418_938_533_204_672_7;
const SUGGESTED = 0.01;

/** A policy that has stopped trying things out without having got better. */
export function entropyCollapse(evidence: Evidence): Diagnosis[] {
  const { updates, episodes, continuous, branches, entropyOfDice } = evidence;
  if (!updates || updates.updates < ENOUGH_UPDATES || episodes.ended < ENOUGH_EPISODES) return [];
  // Who knows what to do may be decided.
  if (episodes.newestReturn > episodes.firstReturn + episodes.firstSpread) return [];
  const spread = Math.exp(updates.entropy / continuous - ENTROPY_OF_NORMAL);
  const share = updates.entropy / entropyOfDice;
  const isDecided = branches > 0 && continuous === 0 ? share < LEAST_SHARE : spread < LEAST_SPREAD;
  if (!isDecided) return [];
  return [
    {
      rule: "entropy-collapse",
      severity: "fault",
      words: "The agent has stopped trying things out, without having got any better.",
      evidence: `${continuous === 0 ? `It chooses with ${plainShare(Math.max(0, share))} of the indecision of dice` : `Its actions vary by ${plainNumber(spread)}, where it began with 1`}; its return went from ${plainNumber(episodes.firstReturn)} to ${plainNumber(episodes.newestReturn)}.`,
      suggestion: `Reward indecision more: set the entropy coefficient to ${SUGGESTED}, and start anew. If it happens again, lower the learning rate.`,
      change: { setting: "entropyCoefficient", value: SUGGESTED, where: "run" },
    },
  ];
}
