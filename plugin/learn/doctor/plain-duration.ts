import type { Evidence } from "./evidence.ts";
import { plainNumber } from "./plain-number.ts";

/** A number of decisions for people, with the seconds that they last where that is known, e.g. `"200 decisions (20 s)"`. */
export function plainDuration(decisions: number, { timing }: Pick<Evidence, "timing">): string {
  const words = `${plainNumber(Math.round(decisions))} ${decisions === 1 ? "decision" : "decisions"}`;
  return timing ? `${words} (${plainNumber(decisions / timing.decisionsPerSecond)} s)` : words;
}
