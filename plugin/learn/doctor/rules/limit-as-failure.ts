import type { Diagnosis } from "../diagnosis.ts";
import type { Evidence } from "../evidence.ts";
import { plainDuration } from "../plain-duration.ts";
import { plainNumber } from "../plain-number.ts";

/** Episodes that must have ended for good at one and the same greatest length. Healthy runs: at most 1. */
const ENOUGH_ENDS = 20;
/** Their share of all episodes. */
const LEAST_SHARE = 0.02;
/** Shorter episodes may well be equally long by chance. */
const LEAST_LENGTH = 10;

/** A time limit that counts as a state without a future. */
export function limitAsFailure(evidence: Evidence): Diagnosis[] {
  const { ended, longest, terminatedAtLongest, truncatedAtLongest } = evidence.episodes;
  const isSpike = terminatedAtLongest >= ENOUGH_ENDS && terminatedAtLongest >= LEAST_SHARE * ended;
  if (!isSpike || truncatedAtLongest > 0 || longest < LEAST_LENGTH) return [];
  const { timing } = evidence;
  const diagnosis: Diagnosis = {
    rule: "limit-as-failure",
    severity: "doubt",
    words: "Running out of time ends an episode for good, as if the agent had died.",
    evidence: `${plainNumber(terminatedAtLongest)} of ${plainNumber(ended)} episodes were terminated after exactly ${plainDuration(longest, evidence)}, and none lasted longer.`,
    suggestion:
      "Cut episodes off there instead: use the lesson's time limit or truncate, so that the agent knows that time would have gone on.",
  };
  if (!timing) return [diagnosis];
  const value = longest / timing.decisionsPerSecond;
  return [{ ...diagnosis, change: { setting: "timeLimitSeconds", value, where: "lesson" } }];
}
