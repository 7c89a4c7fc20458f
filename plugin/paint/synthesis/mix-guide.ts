import type { Random } from "../../core/random.ts";
import { picture, type Picture } from "../picture.ts";
import { resized } from "./resized.ts";

/** Blobs of one picture in a mix are about the result's side divided by this. */
const BLOBS = 5;

/**
 * Says which picture of a mix is where: soft blobs that tile, each picture with its share of the pixels.
 *
 * @param weights - Shares, with the sum 1.
 * @returns `[height, width, weights.length]`: 1 for the pixel's picture, 0 for the others.
 */
export function mixGuide(height: number, width: number, weights: readonly number[], random: Random): Picture {
  const guide = picture(height, width, weights.length);
  let left = Int32Array.from({ length: height * width }, (_, pixel) => pixel);
  let weightLeft = 1;
  weights.forEach((weight, e) => {
    const field = resized(chance(random), height, width, "wrap").pixels;
    const last = e === weights.length - 1;
    const count = last ? left.length : Math.min(left.length, Math.round((left.length * weight) / weightLeft));
    // the highest places of a field of the picture's own, among those that none has taken yet
    left.sort((a, b) => field[b] - field[a] || a - b);
    for (const pixel of left.subarray(0, count)) guide.pixels[pixel * weights.length + e] = 1;
    left = left.slice(count);
    weightLeft = Math.max(1e-9, weightLeft - weight);
  });
  return guide;
}

/** What a picture of a mix holds: itself, everywhere. */
export function mixLabel({ height, width }: Picture, e: number, count: number): Picture {
  const label = picture(height, width, count);
  for (let i = e; i < label.pixels.length; i += count) label.pixels[i] = 1;
  return label;
}

function chance(random: Random): Picture {
  return picture(
    BLOBS,
    BLOBS,
    1,
    Float32Array.from({ length: BLOBS * BLOBS }, () => random.uniform()),
  );
}
