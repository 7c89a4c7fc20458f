import type { PpoUpdateResult } from "../../core/learner.ts";
import { STATISTICS_WORDS, VERDICT_WORD } from "./kernels/shared-code.ts";

/** By verdict; in the order of cause and effect. */
const BAD_QUANTITIES = ["policy loss", "value loss", "entropy", "divergence", "clip fraction", "gradient norm"];
const STOPPED = 1;
const FIRST_BAD = 2;

/**
 * Turns the statistics of an update's minibatches into means over those that were taken.
 *
 * @param words - As the kernels left them: an empty entry, then one for each minibatch.
 */
export function readStatistics(words: Uint32Array<ArrayBuffer>, minibatches: number): PpoUpdateResult {
  const floats = new Float32Array(words.buffer, words.byteOffset, words.length);
  const sums = new Float64Array(6);
  let taken = 0;
  let verdict = 0;
  while (taken < minibatches) {
    const at = (taken + 1) * STATISTICS_WORDS;
    verdict = words[at + VERDICT_WORD];
    if (verdict !== 0) break;
    for (let i = 0; i < sums.length; i++) sums[i] += floats[at + i];
    taken += 1;
  }
  const [policyLoss, valueLoss, entropy, approximateKl, clipFraction, gradientNorm] = sums.map(
    (sum) => sum / Math.max(1, taken),
  );
  return {
    policyLoss,
    valueLoss,
    entropy,
    approximateKl,
    clipFraction,
    gradientNorm,
    minibatches: taken,
    stoppedEarly: verdict === STOPPED,
    firstBad: verdict >= FIRST_BAD ? BAD_QUANTITIES[verdict - FIRST_BAD] : null,
  };
}
