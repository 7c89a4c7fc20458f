import type { Diagnosis } from "../diagnosis.ts";
import type { Evidence } from "../evidence.ts";
import { plainNumber, plainShare } from "../plain-number.ts";
import { saturatedActions } from "./saturated-actions.ts";

const ENOUGH_SIGHTS = 500;
/**
 * Share of decisions before which nothing had changed. Healthy runs: 0. Where nothing ever changes within an episode, as in the walk
 * task, agents are told a goal and nothing of their doing: that says nothing about rates.
 * Nor does an agent that pushes against a wall all the time.
 */
const OFTEN = 0.6;
/** Decisions a second. Healthy lessons make 2.5 (maze) and 10 (Yard). */
const FASTEST = 30;
const SLOWEST = 0.5;
const USUAL = 10;

/** Decisions that come faster than the world changes, or so fast or slowly that acting makes little sense. */
export function decisionRate(evidence: Evidence): Diagnosis[] {
  const { timing } = evidence;
  const { compared, same } = evidence.sights;
  const share = same / compared;
  const rule = "decision-rate";
  const severity = "doubt";
  if (compared >= ENOUGH_SIGHTS && share >= OFTEN && share < 1 && saturatedActions(evidence).length === 0) {
    const change = timing ? changeTo(timing.stepsPerSecond, timing.decisionsPerSecond * (1 - share)) : {};
    return [
      {
        rule,
        severity,
        words: "The agent decides more often than its world changes.",
        evidence: `At ${plainShare(share)} of its decisions it saw exactly what it had seen at the one before.`,
        suggestion: "Let it decide less often, or let the world move on with every step.",
        ...change,
      },
    ];
  }
  if (!timing || (timing.decisionsPerSecond <= FASTEST && timing.decisionsPerSecond >= SLOWEST)) return [];
  const isFast = timing.decisionsPerSecond > FASTEST;
  return [
    {
      rule,
      severity,
      words: isFast
        ? "The agent decides so often that single decisions hardly matter."
        : "The agent decides so rarely that it is blind in between.",
      evidence: `${plainNumber(timing.decisionsPerSecond)} decisions a second, at ${plainNumber(timing.stepsPerSecond)} steps of the world a second.`,
      suggestion: "Let it decide about 10 times a second, and hold each decision for several steps of the world.",
      ...changeTo(timing.stepsPerSecond, USUAL),
    },
  ];
}

/** The nearest whole rate below that divides the steps evenly; 1 a second at the least. */
function changeTo(stepsPerSecond: number, rate: number): Pick<Diagnosis, "change"> {
  // A thousandth above, since 10 · (1 - 0.8) falls short of 2.
  let value = Math.max(1, Math.floor(rate + 1e-3));
  while (value > 1 && stepsPerSecond % value !== 0) value -= 1;
  return { change: { setting: "decisionsPerSecond", value, where: "lesson" } };
}
