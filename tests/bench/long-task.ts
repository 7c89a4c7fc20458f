import { gate, type Gate } from "./report.ts";

/** Milliseconds above which a task is felt, https://www.w3.org/TR/longtasks-1/. */
const LONG_TASK = 50;

/** Holds the longest task of a page against what people feel. */
export function longTaskGate(milliseconds: number): Gate {
  return gate("longest task of the page", milliseconds, "ms", "<=", LONG_TASK);
}
