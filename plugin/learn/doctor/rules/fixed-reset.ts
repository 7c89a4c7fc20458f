import type { Diagnosis } from "../diagnosis.ts";
import type { Evidence } from "../evidence.ts";
import { plainNumber } from "../plain-number.ts";
import { isBlind } from "../unchanging-sensors.ts";

/** Starts that are compared. Two of them may be alike by chance; in healthy runs the first comparison shows a difference. */
const ENOUGH_STARTS = 20;

/** Episodes that all begin alike. */
export function fixedReset(evidence: Evidence): Diagnosis[] {
  const { compared, varied } = evidence.starts;
  if (varied || compared < ENOUGH_STARTS || isBlind(evidence)) return [];
  return [
    {
      rule: "fixed-reset",
      severity: "doubt",
      words: "Every episode begins in the same way.",
      evidence: `${plainNumber(compared)} starts looked exactly like an earlier one of the same agent.`,
      suggestion:
        "Put the agent and its goal somewhere else at each start: otherwise one start is learned by heart. Code draws places from the random numbers that its reset is given.",
    },
  ];
}
