import type { RecordedDecision, RoleSpec } from "../../index.ts";
import { shortNumber } from "./short-number.ts";

/** What an agent did, in words, e.g. `"drive 0.25, jump: no"`. */
export function describeAction(
  { action }: RoleSpec,
  { continuous, discrete }: Pick<RecordedDecision, "continuous" | "discrete">,
): string {
  const numbers = action.continuous.map((label, index) => `${label} ${shortNumber(continuous[index])}`);
  const choices = action.discrete.map(({ label, choices: names }, branch) => `${label}: ${names[discrete[branch]]}`);
  return [...numbers, ...choices].join(", ");
}
