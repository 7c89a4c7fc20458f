import type { Diagnosis } from "../diagnosis.ts";
import type { Evidence } from "../evidence.ts";
import { plainDuration } from "../plain-duration.ts";
import { plainNumber } from "../plain-number.ts";

/** Decisions after which an episode counts as endless, as in `checkEnvironment`; CartPole's longest healthy ones have 500. */
const ENDLESS = 2_000;
const USUAL_LIMIT_SECONDS = 20;

/** An episode that goes on and on. */
export function endlessEpisodes(evidence: Evidence): Diagnosis[] {
  const { ended, longestGoingOn } = evidence.episodes;
  if (longestGoingOn < ENDLESS) return [];
  return [
    {
      rule: "endless-episodes",
      severity: "doubt",
      words: "Episodes do not end.",
      evidence: `One has lasted for ${plainDuration(longestGoingOn, evidence)}; ${ended === 0 ? "none has" : `${plainNumber(ended)} have`} ended.`,
      suggestion: "Set a time limit, so that the agent meets many beginnings.",
      change: { setting: "timeLimitSeconds", value: USUAL_LIMIT_SECONDS, where: "lesson" },
    },
  ];
}
