import type { ColourField } from "./non-local-means.ts";

/** The most noise that a denoiser reckons with. */
export const MOST_NOISE = 0.5;

/** Of a normal distribution: the median of absolute values, in standard deviations. */
const MEDIAN = 0.6745;

/**
 * Tells how strong the noise of a picture is, where it is alike everywhere and independent in its three colours: by differences of
 * red and green, and of blue and green, which surfaces seldom have fine patterns of. The median absolute deviation of the finest diagonal Haar
 * coefficients, Donoho & Johnstone 1994, https://doi.org/10.1093/biomet/81.3.425.
 *
 * @returns Standard deviation; 0 for pictures of less than 2 × 2 pixels.
 */
export function findNoise({ height, width, pixels }: ColourField): number {
  const magnitudes = new Float32Array(2 * (height >> 1) * (width >> 1));
  let count = 0;
  for (let y = 0; y + 1 < height; y += 2) {
    for (let x = 0; x + 1 < width; x += 2) {
      const at = 3 * (y * width + x);
      for (const c of [0, 2]) {
        const tint = (i: number): number => pixels[i + c] - pixels[i + 1];
        const diagonal = tint(at) - tint(at + 3) - tint(at + 3 * width) + tint(at + 3 * width + 3);
        magnitudes[count++] = Math.abs(diagonal); // four differences of two colours: √8 deviations
      }
    }
  }
  if (count === 0) return 0;
  magnitudes.sort();
  return magnitudes[count >> 1] / MEDIAN / Math.sqrt(8);
}
