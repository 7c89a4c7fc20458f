import type { Diagnosis } from "../diagnosis.ts";
import type { Evidence } from "../evidence.ts";
import { horizon } from "../horizon.ts";
import { plainNumber } from "../plain-number.ts";
import { limitAsFailure } from "./limit-as-failure.ts";

/** Ends of a kind before its price is judged. */
const ENOUGH_ENDS = 40;
/** Going on must cost, or pay, so many times what the end does. In CartPole, where there are only gains, nothing but failing ends an episode. */
const CLEARLY = 2;

/**
 * Rewards of one sign that pay for the wrong thing: only costs, so that failing early is the cheapest way; or only gains, so that
 * reaching the goal ends the income.
 */
export function oneSidedReward(evidence: Evidence): Diagnosis[] {
  // Whoever runs out of time has neither failed nor reached anything.
  if (limitAsFailure(evidence).length > 0) return [];
  const { lowest, highest, meanOnTheWay, meanAtFailure, failures, meanAtGoal, goals } = evidence.rewards;
  const ahead = Math.round(horizon(evidence));
  const goingOn = meanOnTheWay * ahead;
  const figures = (what: string, end: number): string =>
    `Going on brings ${plainNumber(meanOnTheWay)} a decision, ${plainNumber(goingOn)} over the ${plainNumber(ahead)} decisions that the agent looks ahead; ${what} brings ${plainNumber(end)}.`;
  if (highest <= 0 && failures >= ENOUGH_ENDS && goingOn < 0 && goingOn < CLEARLY * Math.min(0, meanAtFailure)) {
    return [
      {
        rule: "one-sided-reward",
        severity: "doubt",
        words: "There are only costs, and failing ends them: the agent learns to fail as early as it can.",
        evidence: figures("failing", meanAtFailure),
        suggestion: "Pay for what the agent is to do, or charge more for failing than for going on.",
      },
    ];
  }
  if (lowest >= 0 && goals >= ENOUGH_ENDS && goingOn > CLEARLY * meanAtGoal) {
    return [
      {
        rule: "one-sided-reward",
        severity: "doubt",
        words: "There are only gains, and reaching the goal ends them: the agent learns to stay away from it.",
        evidence: figures("reaching the goal", meanAtGoal),
        suggestion: "Pay for progress towards the goal, not for being near it, or pay more for reaching it.",
      },
    ];
  }
  return [];
}
