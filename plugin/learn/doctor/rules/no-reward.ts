import type { Diagnosis } from "../diagnosis.ts";
import type { Evidence } from "../evidence.ts";
import { plainNumber } from "../plain-number.ts";

/** Decisions without any reward before that is a fault. All healthy lessons give some with their first decision. */
const ENOUGH_DECISIONS = 5_000;

/** An agent that was never rewarded, and never charged. */
export function noReward({ rewards, decisions, episodes }: Evidence): Diagnosis[] {
  if (decisions < ENOUGH_DECISIONS || rewards.lowest !== 0 || rewards.highest !== 0) return [];
  return [
    {
      rule: "no-reward",
      severity: "fault",
      words: "The agent has never been rewarded.",
      evidence: `Every reward was 0, in ${plainNumber(decisions)} decisions and ${plainNumber(episodes.ended)} ended episodes.`,
      suggestion:
        "Reward the way to the goal as well, for instance each metre that the agent comes nearer: it does not find the goal by chance alone.",
    },
  ];
}
