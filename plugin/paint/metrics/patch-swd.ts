import { ConfigurationError } from "../../core/errors.ts";
import { Random } from "../../core/random.ts";
import type { Picture } from "../picture.ts";
import { laplacianPyramid } from "./laplacian-pyramid.ts";
import type { Edges } from "./power-spectrum.ts";
import { assertLeastSide, assertSameSize } from "./same-size.ts";
import { slicedWasserstein, unitDirections } from "./sliced-wasserstein.ts";

/** How `patchSwd` measures. */
export interface PatchSwdOptions {
  /** `"wrap"` for pictures that tile, `"cut"` (default) if any of them does not. */
  readonly edges?: Edges;
  /** Patches drawn from each set at each scale; all of them, where there are fewer. Default 1024. */
  readonly patches?: number;
  /** The side of a patch in pixels of its scale. Default 7. */
  readonly size?: number;
  /** Directions along which patches are compared. Default 512. */
  readonly directions?: number;
  /** Which patches and which directions. Default 1. */
  readonly seed?: number;
}

/** How far two sets of pictures differ in their patches. */
export interface PatchSwd {
  /** The mean over the scales. */
  readonly distance: number;
  /** By scale, finest first. */
  readonly levels: readonly number[];
}

/** A patch distance held against the one that real pictures have among themselves. */
export interface PatchSwdRatio {
  /** Between generated and real pictures. */
  readonly generated: number;
  /** Between real and other real pictures: what cannot be beaten except by copying. */
  readonly floor: number;
  /** `generated` ÷ `floor`. */
  readonly ratio: number;
}

/**
 * Channels that vary less are taken to vary so much: a step of 8 bits, so that noise in a constant channel does not
 * drown all.
 */
const LEAST_DEVIATION = 1 / 255;

/**
 * Compares how often every kind of small patch occurs in two sets of pictures, at every scale: the multi-scale patch
 * sliced Wasserstein distance. It sees colours, contrast, blur and local shapes; it is blind to long-range structure,
 * so look at the pictures and at `spectrumDistance` too.
 *
 * Karras et al. 2018, https://arxiv.org/abs/1710.10196, section 5: patches of each level of a Laplacian pyramid down to
 * 16 pixels, 512 random directions, mean sorted difference (not times 1000). Unlike there, *both* sets are normalised
 * by the mean and deviation of the channels in the real set's patches: each set's own would hide that a generator
 * blurs.
 *
 * @param real - Pictures of one size.
 * @param generated - As many pictures of the same size: other numbers or sizes have another floor.
 * @returns 0 for equal sets. What is good depends on the texture: compare with `patchSwdOverFloor`.
 * @throws ConfigurationError if numbers or sizes differ, an option is no positive whole number, or a side is shorter
 * than a patch.
 */
export function patchSwd(
  real: readonly Picture[],
  generated: readonly Picture[],
  { edges = "cut", patches = 1024, size = 7, directions = 512, seed = 1 }: PatchSwdOptions = {},
): PatchSwd {
  assertSameSize("patchSwd, real", real);
  assertSameSize("patchSwd, generated", generated);
  assertSameSize("patchSwd", [real[0], generated[0]]);
  assertLeastSide("patchSwd", real[0], size);
  if (real.length !== generated.length) {
    throw new ConfigurationError(
      `patchSwd: both sets must hold the same number of pictures, got ${real.length} real and ${generated.length} generated. ` +
        `Leave some out.`,
    );
  }
  for (const [name, value] of Object.entries({ patches, size, directions })) {
    if (Number.isInteger(value) && value >= 1) continue;
    throw new ConfigurationError(
      `patchSwd: ${name} must be a positive whole number, got ${value}. Leave it out for the usual one.`,
    );
  }
  const { channels } = real[0];
  const dimensions = size * size * channels;
  const realLevels = real.map((source) => laplacianPyramid(source, edges, Math.max(16, size)));
  const generatedLevels = generated.map((source) => laplacianPyramid(source, edges, Math.max(16, size)));
  const random = new Random(seed);
  const along = unitDirections(directions, dimensions, random.fork(0));
  const levels = realLevels[0].map((_, level) => {
    const pick = { size, edges, patches };
    const a = drawPatches(
      realLevels.map((pyramid) => pyramid[level]),
      random.fork(level + 1),
      pick,
    );
    const b = drawPatches(
      generatedLevels.map((pyramid) => pyramid[level]),
      random.fork(level + 1),
      pick,
    );
    normalise(a, b, channels);
    return slicedWasserstein(a, b, along, dimensions);
  });
  return { distance: levels.reduce((sum, level) => sum + level) / levels.length, levels };
}

/**
 * How much farther generated pictures are from real ones than real ones are from each other, by `patchSwd`.
 *
 * @param real - Real pictures, also the measure for normalising both distances.
 * @param otherReal - As many other real pictures of the same size.
 * @param generated - As many generated pictures of the same size.
 * @throws ConfigurationError as `patchSwd` does.
 */
export function patchSwdOverFloor(
  real: readonly Picture[],
  otherReal: readonly Picture[],
  generated: readonly Picture[],
  options: PatchSwdOptions = {},
): PatchSwdRatio {
  const floor = patchSwd(real, otherReal, options).distance;
  const distance = patchSwd(real, generated, options).distance;
  return { generated: distance, floor, ratio: distance / floor };
}

interface Draw {
  readonly size: number;
  readonly edges: Edges;
  readonly patches: number;
}

/**
 * The same places for the same `random`, so that equal sets give equal patches; `[patches, size · size · channels]`.
 */
function drawPatches(pictures: readonly Picture[], random: Random, { size, edges, patches }: Draw): Float32Array {
  const { height, width, channels } = pictures[0];
  const rows = edges === "wrap" ? height : height - size + 1;
  const columns = edges === "wrap" ? width : width - size + 1;
  const all = pictures.length * rows * columns;
  const count = Math.min(patches, all);
  const drawn = new Float32Array(count * size * size * channels);
  let to = 0;
  for (let patch = 0; patch < count; patch++) {
    const place = all <= patches ? patch : random.integer(rows * columns) * pictures.length + (patch % pictures.length);
    const { pixels } = pictures[place % pictures.length];
    const position = Math.floor(place / pictures.length);
    const top = Math.floor(position / columns);
    const left = position % columns;
    for (let y = 0; y < size; y++) {
      const row = ((top + y) % height) * width;
      for (let x = 0; x < size; x++) {
        const from = (row + ((left + x) % width)) * channels;
        for (let c = 0; c < channels; c++) drawn[to++] = pixels[from + c];
      }
    }
  }
  return drawn;
}

/** Brings the channels of the real patches to mean 0 and deviation 1, and the others' by the same amounts. */
function normalise(real: Float32Array, generated: Float32Array, channels: number): void {
  for (let c = 0; c < channels; c++) {
    let sum = 0;
    for (let i = c; i < real.length; i += channels) sum += real[i];
    const mean = sum / (real.length / channels);
    let squares = 0;
    for (let i = c; i < real.length; i += channels) squares += (real[i] - mean) ** 2;
    const deviation = Math.max(LEAST_DEVIATION, Math.sqrt(squares / (real.length / channels)));
    for (let i = c; i < real.length; i += channels) {
      real[i] = (real[i] - mean) / deviation;
      generated[i] = (generated[i] - mean) / deviation;
    }
  }
}
