import type { Environment } from "./environment.ts";
import { firstDifference, startsOf } from "./environment-trial.ts";

/** Seeds whose starts are compared; starts drawn from 2 possibilities all agree by chance once in 32,768. */
const SEEDS = 16;

/** What is odd about how episodes start. */
export type StartOddity =
  /** The same seed gave another start; where they differ, in words. */
  | { readonly kind: "unseeded"; readonly difference: string }
  /** So many seeds gave the same start. */
  | { readonly kind: "fixed"; readonly seeds: number };

/** Resets an environment again and again; null when its starts depend on the seed, and on nothing else. */
export function compareStarts(environment: Environment, seed: number): StartOddity | null {
  const first = startsOf(environment, seed);
  const difference = firstDifference(environment, first, startsOf(environment, seed));
  if (difference) return { kind: "unseeded", difference };
  for (let other = 1; other <= SEEDS; other++) {
    if (firstDifference(environment, first, startsOf(environment, seed + other))) return null;
  }
  return { kind: "fixed", seeds: SEEDS + 1 };
}
