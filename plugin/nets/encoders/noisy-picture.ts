import type { Random } from "../../core/random.ts";
import { finish, pilotedMeans } from "./non-local-means.ts";

/** A picture that tiles, with noise and without; numbers count 8,192 for white. */
export interface NoisyPicture {
  /** sRGB in bytes, [side, side, 3]. */
  readonly clean: Uint8Array;
  /** With noise, [side, side, 3]. */
  readonly noisy: Int16Array;
  /** What non-local means make of that, [side, side, 3], see `pilotedMeans`. */
  readonly base: Int16Array;
  /** Standard deviation of the noise that the filter was told; the true one lies around it. */
  readonly deviation: number;
}

/** White in numbers of 16 bits: noise may lead four times as far. */
export const WHITE = 8192;
const MOST = 32767;
/** How often noise is cut off at black and white, as in a file. */
const CUT_OFF = 0.5;
/** How far the deviation that is told lies from the true one, as the standard deviation of a logarithm. */
const TOLD_ERROR = 0.08;

/**
 * Adds normally distributed noise to a picture and filters it, once, so that many crops can be learned from: the filter takes longer than a lesson.
 *
 * @param clean - sRGB in bytes, [side, side, 3]; kept, not copied.
 * @param noise - Standard deviations between which the noise's is drawn, of white as 1.
 */
export function noisyPicture(
  clean: Uint8Array,
  side: number,
  noise: readonly [least: number, most: number],
  random: Random,
): NoisyPicture {
  const deviation = random.between(...noise);
  const isCutOff = random.uniform() < CUT_OFF;
  const pixels = Float32Array.from(clean, (byte) => {
    const value = byte / 255 + deviation * random.normal();
    return isCutOff ? Math.min(1, Math.max(0, value)) : value;
  });
  const told = deviation * Math.exp(TOLD_ERROR * random.normal());
  const base = finish(pilotedMeans({ height: side, width: side, pixels }, told));
  const short = (values: Float32Array): Int16Array =>
    Int16Array.from(values, (value) => Math.min(MOST, Math.max(-MOST, Math.round(value * WHITE))));
  return { clean, noisy: short(pixels), base: short(base), deviation: told };
}
