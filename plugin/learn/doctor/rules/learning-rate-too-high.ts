import type { Diagnosis } from "../diagnosis.ts";
import type { Evidence } from "../evidence.ts";
import { slower } from "../slower.ts";
import { plainNumber, plainShare } from "../plain-number.ts";

const ENOUGH_UPDATES = 5;
/** Divergence of an update, in nats. Healthy runs: at most 0.02 (Pendulum). */
const MOST = 0.1;

/** Updates that change the policy more than they can judge. */
export function learningRateTooHigh({ updates }: Evidence): Diagnosis[] {
  if (!updates || updates.updates < ENOUGH_UPDATES || updates.approximateKl < MOST) return [];
  const value = slower(updates.learningRate);
  return [
    {
      rule: "learning-rate-too-high",
      severity: "doubt",
      words: "The agent changes its mind too much at once, and forgets what it knew.",
      evidence: `Each update moves its policy by ${plainNumber(updates.approximateKl)} (KL divergence; 0.01 is usual, above ${MOST} is too much), and ${plainShare(updates.clipFraction)} of its decisions by more than allowed.`,
      suggestion: `Lower the learning rate to ${plainNumber(value)}.`,
      change: { setting: "learningRate", value, where: "run" },
    },
  ];
}
