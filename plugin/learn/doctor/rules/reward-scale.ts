import type { Diagnosis } from "../diagnosis.ts";
import type { Evidence } from "../evidence.ts";
import { horizon } from "../horizon.ts";
import { plainNumber } from "../plain-number.ts";

/** Decisions before rewards are measured. */
const ENOUGH_DECISIONS = 2_000;
/** What rewards may add up to. Healthy runs lie between 0.8 (Yard) and 64 (Pendulum): 15 times less, and 80 times more. */
const LARGEST = 1_000;
const SMALLEST = 0.01;

/** Rewards so large that the agent's estimates never reach them, or so small that they drown. */
export function rewardScale(evidence: Evidence): Diagnosis[] {
  const { rewards, decisions, settings } = evidence;
  const scale = settings?.rewardScale ?? 1;
  const largest = Math.max(-rewards.lowest, rewards.highest);
  const size = scale * Math.max(largest, rewards.meanSize * horizon(evidence));
  const isOdd = size > LARGEST || (size > 0 && size < SMALLEST);
  if (decisions < ENOUGH_DECISIONS || !isOdd) return [];
  const factor = Number(`1e${Math.round(Math.log10((scale * 10) / size))}`);
  return [
    {
      rule: "reward-scale",
      severity: "doubt",
      words: `Rewards are far too ${size > LARGEST ? "large" : "small"} for the agent to learn what to expect.`,
      evidence: `They add up to about ${plainNumber(size)} as far as the agent looks ahead, from ${plainNumber(rewards.lowest)} to ${plainNumber(rewards.highest)} a decision; between 0.1 and 100 suits it.`,
      suggestion: `Multiply all rewards by ${plainNumber(factor)}: set "rewardScale", which leaves the reported returns as they are.`,
      change: { setting: "rewardScale", value: factor, where: "run" },
    },
  ];
}
