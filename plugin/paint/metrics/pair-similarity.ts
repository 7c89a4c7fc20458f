import { ConfigurationError } from "../../core/errors.ts";
import { Random } from "../../core/random.ts";
import type { Picture } from "../picture.ts";
import { assertSameSize } from "./same-size.ts";
import { msSsim, type MultiScaleOptions } from "./structural-similarity.ts";

/** How `pairSimilarity` measures. */
export interface DiversityOptions extends MultiScaleOptions {
  /** At most so many pairs are compared, drawn by chance without repetition. Default 100. */
  readonly pairs?: number;
  /** Which pairs, if there are more. Default 1. */
  readonly seed?: number;
}

/**
 * How alike the pictures of a set are to each other: the mean multi-scale structural similarity of pairs.
 *
 * Odena, Olah and Shlens 2017, https://arxiv.org/abs/1610.09585, section 4.2. Less is more diverse; a generator that
 * always makes the same picture gives 1. Compare it with the same number for real pictures of the same size.
 *
 * @throws ConfigurationError if there are fewer than two pictures, or their sizes differ or are too small for `msSsim`.
 */
export function pairSimilarity(pictures: readonly Picture[], options: DiversityOptions = {}): number {
  const { pairs = 100, seed = 1, ...scales } = options;
  assertSameSize("pairSimilarity", pictures, 2);
  if (!Number.isInteger(pairs) || pairs < 1) {
    throw new ConfigurationError(
      `pairSimilarity: pairs must be a positive whole number, got ${pairs}. Leave it out for up to 100.`,
    );
  }
  const all: [number, number][] = [];
  for (let i = 0; i < pictures.length; i++) for (let j = 0; j < i; j++) all.push([i, j]);
  if (all.length > pairs) new Random(seed).shuffle(all);
  const chosen = all.slice(0, pairs);
  let sum = 0;
  for (const [i, j] of chosen) sum += msSsim(pictures[i], pictures[j], scales);
  return sum / chosen.length;
}
