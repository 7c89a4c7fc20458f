import type { Diagnosis } from "../diagnosis.ts";
import type { Evidence } from "../evidence.ts";
import { plainNumber } from "../plain-number.ts";
import { slower } from "../slower.ts";

/** Updates until the critic has heard of rewards. */
const ENOUGH_UPDATES = 10;
/** Its error over its first one. Healthy runs: at most 2 (reach), while returns rise. */
const GROWTH = 10;

/** A critic that is further and further off, while the agent does not get better. */
export function explodingValueLoss({ updates, episodes }: Evidence): Diagnosis[] {
  if (!updates || updates.updates < ENOUGH_UPDATES || updates.criticError < GROWTH * updates.firstCriticError)
    return [];
  // Who is paid more and more, e.g. for a rare goal that it has learned to reach, has more to estimate.
  if (episodes.newestReturn > episodes.firstReturn + episodes.firstSpread) return [];
  const value = slower(updates.learningRate);
  return [
    {
      rule: "exploding-value-loss",
      severity: "fault",
      words: "The agent's estimate of what is to come gets worse and worse.",
      evidence: `It was off by ${plainNumber(updates.firstCriticError)} at first and is off by ${plainNumber(updates.criticError)} now, in units of reward; the return went from ${plainNumber(episodes.firstReturn)} to ${plainNumber(episodes.newestReturn)}.`,
      suggestion: `Look for rewards that grow as the run goes on, such as a score that is never set back. If there are none, lower the learning rate to ${plainNumber(value)}.`,
      change: { setting: "learningRate", value, where: "run" },
    },
  ];
}
