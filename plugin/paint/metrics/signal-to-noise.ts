import type { Picture } from "../picture.ts";
import { assertSameSize } from "./same-size.ts";

/** The mean squared difference of all values of two pictures of one size. Allocates nothing. */
export function meanSquaredError(a: Picture, b: Picture): number {
  assertSameSize("meanSquaredError", [a, b]);
  let sum = 0;
  for (let i = 0; i < a.pixels.length; i++) {
    const difference = a.pixels[i] - b.pixels[i];
    sum += difference * difference;
  }
  return sum / a.pixels.length;
}

/**
 * How closely one picture repeats another, as peak signal-to-noise ratio in decibels: 10 · log₁₀(range² / mean squared
 * error).
 *
 * @param range - The distance from the darkest to the brightest possible value. Default 1.
 * @returns More is closer; 30 dB looks good, equal pictures give Infinity.
 * @throws ConfigurationError if the sizes differ.
 */
export function psnr(a: Picture, b: Picture, range = 1): number {
  return 10 * Math.log10((range * range) / meanSquaredError(a, b));
}
