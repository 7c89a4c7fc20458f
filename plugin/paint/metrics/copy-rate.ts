import { ConfigurationError } from "../../core/errors.ts";
import { Random } from "../../core/random.ts";
import type { Picture } from "../picture.ts";
import { assertLeastSide, assertSameSize } from "./same-size.ts";

/** How `patchCopyRate` measures. */
export interface CopyRateOptions {
  /** The side of a patch in pixels. Default 16. */
  readonly size?: number;
  /** How many patches are looked for, drawn from the generated pictures by chance. Default 64. */
  readonly patches?: number;
  /**
   * A patch is a copy if the root mean square difference to its nearest neighbour is at most this share of the
   * examples' standard deviation. Default 0.25: unrelated patches are at about 1.4.
   */
  readonly tolerance?: number;
  /** Which patches. Default 1. */
  readonly seed?: number;
}

/**
 * How much of generated pictures was copied from the examples: the share of patches that have a neighbour closer than
 * the tolerance at any position of any example, wrapped around its edges.
 *
 * Exact, without an index: a position is given up as soon as its difference is too large, mostly after a few pixels; so
 * pictures that are smooth or nearly copies take longest. Compare with the rate of other real pictures of the texture:
 * smooth and regular textures repeat themselves.
 *
 * @param examples - The pictures that may have been copied, of any sizes.
 * @param generated - Pictures of any sizes, tiles: patches wrap around.
 * @returns From 0, all new, to 1, all copied.
 * @throws ConfigurationError if a set is empty, channels differ, a side is shorter than a patch, or an option cannot
 * be.
 */
export function patchCopyRate(
  examples: readonly Picture[],
  generated: readonly Picture[],
  { size = 16, patches = 64, tolerance = 0.25, seed = 1 }: CopyRateOptions = {},
): number {
  checkPictures(examples, generated, size);
  for (const [name, value] of Object.entries({ size, patches })) {
    if (Number.isInteger(value) && value >= 1) continue;
    throw new ConfigurationError(
      `patchCopyRate: ${name} must be a positive whole number, got ${value}. Leave it out for the usual one.`,
    );
  }
  if (!(tolerance >= 0)) {
    throw new ConfigurationError(
      `patchCopyRate: tolerance must be 0 or more, got ${tolerance}. Leave it out for a quarter of the deviation.`,
    );
  }
  const { channels } = examples[0];
  const random = new Random(seed);
  const length = size * size * channels;
  const bound = tolerance * tolerance * variance(examples) * length;
  // pixels far apart first: neighbours say the same, so a wrong position would be given up later
  const order = Uint32Array.from({ length: size * size }, (_, i) => i);
  random.shuffle(order);
  const padded = examples.map((example) => padWrapped(example, size));
  const offsets = padded.map(({ width }) =>
    order.map((pixel) => (Math.floor(pixel / size) * width + (pixel % size)) * channels),
  );
  const patch = new Float32Array(length);
  let copies = 0;
  for (let i = 0; i < patches; i++) {
    drawPatch(generated[i % generated.length], random, order, size, patch);
    if (padded.some((example, e) => occurs(patch, example, { offsets: offsets[e], size, bound }))) copies += 1;
  }
  return copies / patches;
}

function checkPictures(examples: readonly Picture[], generated: readonly Picture[], size: number): void {
  assertSameSize("patchCopyRate, examples", examples.slice(0, 1));
  assertSameSize("patchCopyRate, generated", generated.slice(0, 1));
  for (const source of [...examples, ...generated]) {
    assertLeastSide("patchCopyRate", source, size);
    if (source.channels === examples[0].channels) continue;
    throw new ConfigurationError(
      `patchCopyRate: all pictures must have the same number of channels, got ${examples[0].channels} and ${source.channels}. ` +
        `Compare colours with colours.`,
    );
  }
}

/** Of all values around the mean of their channel. */
function variance(pictures: readonly Picture[]): number {
  const { channels } = pictures[0];
  let sum = 0;
  for (let c = 0; c < channels; c++) {
    let count = 0;
    let total = 0;
    let squares = 0;
    for (const { pixels } of pictures) {
      for (let i = c; i < pixels.length; i += channels) {
        total += pixels[i];
        squares += pixels[i] * pixels[i];
        count += 1;
      }
    }
    sum += Math.max(0, squares / count - (total / count) ** 2);
  }
  return sum / channels;
}

/** The picture with its first rows and columns again at the far edges, so that no search has to wrap. */
function padWrapped(source: Picture, size: number): Picture {
  const { channels } = source;
  const height = source.height + size - 1;
  const width = source.width + size - 1;
  const pixels = new Float32Array(height * width * channels);
  for (let y = 0; y < height; y++) {
    const from = (y % source.height) * source.width * channels;
    const row = source.pixels.subarray(from, from + source.width * channels);
    pixels.set(row, y * width * channels);
    pixels.set(row.subarray(0, (size - 1) * channels), (y * width + source.width) * channels);
  }
  return { height, width, channels, pixels };
}

/** A patch from anywhere, its pixels in the order of the search. */
function drawPatch(source: Picture, random: Random, order: Uint32Array, size: number, into: Float32Array): void {
  const { height, width, channels, pixels } = source;
  const top = random.integer(height);
  const left = random.integer(width);
  let to = 0;
  for (const pixel of order) {
    const y = (top + Math.floor(pixel / size)) % height;
    const x = (left + (pixel % size)) % width;
    for (let c = 0; c < channels; c++) into[to++] = pixels[(y * width + x) * channels + c];
  }
}

interface Search {
  /** Where the pixels of a patch lie from its corner, in the order of the search. */
  readonly offsets: Uint32Array;
  readonly size: number;
  /** The summed squared difference up to which a patch is a copy. */
  readonly bound: number;
}

/** Whether the patch lies somewhere in the padded picture. */
function occurs(patch: Float32Array, { height, width, channels, pixels }: Picture, search: Search): boolean {
  const { offsets, size, bound } = search;
  for (let y = 0; y <= height - size; y++) {
    for (let x = 0; x <= width - size; x++) {
      const corner = (y * width + x) * channels;
      let sum = 0;
      for (let i = 0, value = 0; i < offsets.length && sum <= bound; i++) {
        const from = corner + offsets[i];
        for (let c = 0; c < channels; c++, value++) {
          const difference = pixels[from + c] - patch[value];
          sum += difference * difference;
        }
      }
      if (sum <= bound) return true;
    }
  }
  return false;
}
