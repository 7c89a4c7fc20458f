import type { Picture } from "../picture.ts";

/** A channel counts as if it varied at least by this share of the channel that varies most. */
const LEAST_SHARE = 0.3;
/** Pictures that vary less are flat: half a step of 8 bits. */
const LEAST_DEVIATION = 1 / 512;

/** How channels are weighed when pixels are compared. */
export interface FeatureScale {
  /** What each channel is multiplied by. */
  readonly factors: readonly number[];
  /** Vectors of four numbers a pixel. */
  readonly groups: number;
}

/**
 * Weighs channels so that the maps of a stack, which have units of their own, count alike, but noise in a map that hardly
 * varies does not count like a picture.
 */
export function featureScale(pictures: readonly Picture[]): FeatureScale {
  const { channels } = pictures[0];
  const deviations = Array.from({ length: channels }, (_, c) => deviationOf(pictures, c));
  const least = Math.max(LEAST_DEVIATION, LEAST_SHARE * Math.max(...deviations));
  const factors = deviations.map((deviation) => 1 / (Math.max(deviation, least) * Math.sqrt(channels)));
  return { factors, groups: Math.ceil(channels / 4) };
}

function deviationOf(pictures: readonly Picture[], channel: number): number {
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (const { pixels, channels } of pictures) {
    for (let i = channel; i < pixels.length; i += channels) {
      sum += pixels[i];
      squares += pixels[i] * pixels[i];
      count += 1;
    }
  }
  return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}

/** Writes the weighed channels of all pixels, padded with zeros: `[height, width, groups · 4]`. */
export function writeFeatures(
  { channels, pixels }: Picture,
  { factors, groups }: FeatureScale,
  into: Float32Array,
): void {
  into.fill(0);
  for (let from = 0, to = 0; from < pixels.length; from += channels, to += groups * 4) {
    for (let c = 0; c < channels; c++) into[to + c] = pixels[from + c] * factors[c];
  }
}
