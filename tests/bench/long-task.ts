import { gate, type Gate } from "./report.ts";

/** Milliseconds above which a task is felt, https://www.w3.org/TR/longtasks-1/. */
const LONG_TASK = 50;

/**
 * Holds the longest task of a page against what people feel.
 *
 * @param by - What is said of the clock, e.g. `", processor time"`. Default nothing: the wall's.
 */
export function longTaskGate(milliseconds: number, by = ""): Gate {
  return gate(`longest task of the page${by}`, milliseconds, "ms", "<=", LONG_TASK);
}
