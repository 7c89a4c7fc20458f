import type { ColourPicture } from "../likeness/texture-likeness.ts";

/** How the first three numbers of a cell become its colour: colour = means + weights · numbers. */
export interface Palette {
  /** [3, 3], row by row: one row for each of red, green and blue. */
  readonly weights: Float32Array;
  /** [3]. */
  readonly means: Float32Array;
}

/** Numbers of cells lie within [-1, 1]; so many deviations of a colour do, too. */
const DEVIATIONS = 3;
/** A constant colour varies by a step of 8 bits. */
const LEAST_VARIANCE = 1 / 255 ** 2;

/**
 * The palette of a picture: three independent numbers of mean 0 give colours with the picture's means, deviations and correlations.
 *
 * So an automaton begins with the right colour, and need not learn that red, green and blue go together. By Cholesky's decomposition
 * of the colours' covariance.
 */
export function paletteOf({ pixels }: ColourPicture): Palette {
  const count = pixels.length / 3;
  const means = new Float32Array(3);
  for (let i = 0; i < pixels.length; i++) means[i % 3] += pixels[i] / count;
  const covariance = new Float64Array(9);
  for (let i = 0; i < pixels.length; i += 3) {
    for (let a = 0; a < 3; a++) {
      for (let b = 0; b < 3; b++) {
        covariance[3 * a + b] += ((pixels[i + a] - means[a]) * (pixels[i + b] - means[b])) / count;
      }
    }
  }
  const weights = new Float32Array(9);
  for (let a = 0; a < 3; a++) {
    for (let b = 0; b <= a; b++) {
      let rest = covariance[3 * a + b] + (a === b ? LEAST_VARIANCE : 0);
      for (let k = 0; k < b; k++) rest -= weights[3 * a + k] * weights[3 * b + k];
      weights[3 * a + b] = a === b ? Math.sqrt(rest) : rest / weights[3 * b + b];
    }
  }
  return { weights: weights.map((weight) => DEVIATIONS * weight), means };
}
