import type { Random } from "../../core/random.ts";

/** Square pictures that tile, to cut crops from. */
export interface CropShelf {
  /** How many there are. */
  readonly count: number;
  /** Pixels on each side of all of them. */
  readonly side: number;
  /** sRGB of picture `index`, [side, side, 3]. */
  picture(index: number): Uint8Array;
}

/** How often a crop's colours are dealt out anew among its channels, so that colours tell little of what is shown. */
const OTHER_COLOURS = 0.5;
/** By how much crops are lighter or darker than their pictures, as the standard deviation of a logarithm. */
const LIGHTNESS = 0.15;

/** Where a crop lies in its picture, and how it is laid down. */
export interface CropPlace {
  readonly top: number;
  readonly left: number;
  /** One of eight: bits for upside down, from right to left, and rows as columns. */
  readonly way: number;
  /** Which colour each of its channels is. */
  readonly channels: Uint32Array;
}

/** How crops are taken. */
export interface CropOptions {
  /** Pixels on each side of a crop, at most those of the pictures. */
  readonly side: number;
  /** How often a crop's colours are dealt out anew among its channels, in [0, 1]. Default 0.5. */
  readonly otherColours?: number;
}

/**
 * Cuts one crop out of each chosen picture: anywhere, laid down in any of eight ways, partly in other colours, lighter or darker.
 *
 * @param chosen - Which pictures, [batch].
 * @returns sRGB, [batch, side, side, 3], in [0, 1].
 */
export function takeCrops(
  shelf: CropShelf,
  chosen: Uint32Array,
  { side, otherColours = OTHER_COLOURS }: CropOptions,
  random: Random,
): Float32Array {
  const crops = new Float32Array(chosen.length * side * side * 3);
  chosen.forEach((index, number) => {
    const crop = crops.subarray(number * side * side * 3, (number + 1) * side * side * 3);
    const place = cropPlace(shelf.side, random, otherColours);
    const lightness = Math.exp(LIGHTNESS * random.normal()) / 255;
    cutCrop(shelf.picture(index), shelf.side, { crop, side, place });
    for (let i = 0; i < crop.length; i++) crop[i] = Math.min(1, lightness * crop[i]);
  });
  return crops;
}

/**
 * @param length - Pixels on each side of the picture.
 * @param otherColours - How often colours are dealt out anew, in [0, 1].
 */
export function cropPlace(length: number, random: Random, otherColours = OTHER_COLOURS): CropPlace {
  const [top, left] = [random.integer(length), random.integer(length)];
  const way = random.integer(8);
  const channels = Uint32Array.of(0, 1, 2);
  if (random.uniform() < otherColours) random.shuffle(channels);
  return { top, left, way, channels };
}

/**
 * Copies a crop out of a picture that tiles, its numbers as they are.
 *
 * @param source - [length, length, 3].
 */
export function cutCrop(
  source: ArrayLike<number>,
  length: number,
  { crop, side, place }: { readonly crop: Float32Array; readonly side: number; readonly place: CropPlace },
): void {
  const { top, left, way, channels } = place;
  for (let y = 0, to = 0; y < side; y++) {
    for (let x = 0; x < side; x++, to += 3) {
      const [a, b] = way & 4 ? [x, y] : [y, x];
      const row = (top + (way & 1 ? side - 1 - a : a)) % length;
      const column = (left + (way & 2 ? side - 1 - b : b)) % length;
      const from = (row * length + column) * 3;
      for (let c = 0; c < 3; c++) crop[to + c] = source[from + channels[c]];
    }
  }
}
