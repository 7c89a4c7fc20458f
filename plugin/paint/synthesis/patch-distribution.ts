import type { Random } from "../../core/random.ts";
import { symmetricEigen } from "../metrics/symmetric-eigen.ts";
import type { Picture } from "../picture.ts";
import type { KernelArena } from "./synthesis-kernels.ts";

/** Quantiles kept of each direction; chosen so that a table stays below a megabyte. */
export const QUANTILES = 256;
/** Groups of directions; each step draws one of them. */
const GROUPS = 8;
/** Directions in a group: a multiple of eight. */
export const GROUP_SIZE = 64;
/** Of so many patches the covariance is estimated. */
const PATCHES_FOR_COVARIANCE = 2048;
/** Eigenvalues below this share of the largest count as noise. */
const LEAST_EIGENVALUE = 1e-4;
/** Variances below this are those of a flat picture. */
const LEAST_VARIANCE = 1e-12;
/** Draws for a patch without masked pixels, before one with some is taken. */
const DRAWS = 50;

/** A picture whose patches are wanted. */
export interface PatchSource {
  readonly picture: Picture;
  /** 0 where patches must not reach, `[height, width]`. */
  readonly mask: Uint8Array | undefined;
  /** Share of the patches. */
  readonly weight: number;
}

/** How the patches of pictures are distributed, seen along some directions at a time. */
export interface PatchDistribution {
  /** Side of a patch. */
  readonly size: number;
  /** Numbers in a patch, `size` · `size` · channels. */
  readonly dimensions: number;
  /** Directions that are orthogonal to each other (as far as there are dimensions), in groups. */
  readonly groups: readonly DirectionGroup[];
}

/** Directions to be matched together. */
export interface DirectionGroup {
  /** `[GROUP_SIZE, dimensions]`, of length 1. */
  readonly directions: Float32Array;
  /** The sorted distribution of the patches along each, `[GROUP_SIZE, QUANTILES]`. */
  readonly quantiles: Float32Array;
}

/** What is looked at, and how closely. */
export interface DescribeOptions {
  /** Side of a patch. */
  readonly size: number;
  /** What each channel is multiplied by. */
  readonly factors: readonly number[];
  /** So many patches are looked at, spread by chance. */
  readonly patches: number;
  /** Called after each group. */
  readonly rest: () => Promise<void>;
}

/**
 * Describes the patches that lie wholly inside pictures.
 *
 * Half of the groups hold directions of the plain sphere, which mostly see coarse structure, since it varies most; the
 * other half those of the whitened patches, which see fine structure as well.
 */
export async function describePatches(
  arena: KernelArena,
  sources: readonly PatchSource[],
  { size, factors, patches: most, rest }: DescribeOptions,
  random: Random,
): Promise<PatchDistribution> {
  const dimensions = size * size * factors.length;
  const patches = drawPatches(sources, size, factors, most, random);
  const count = patches.length / dimensions;
  const { values, vectors } = symmetricEigen(covariance(patches, dimensions), dimensions);
  await rest();
  const mark = arena.mark;
  const panels = arena.reserve(4 * patches.length);
  const at = arena.reserve(4 * GROUP_SIZE * dimensions);
  const lines = arena.reserve(4 * GROUP_SIZE * count);
  arena.floats(panels, patches.length).set(panelled(patches, dimensions));
  const groups: DirectionGroup[] = [];
  for (let group = 0; group < GROUPS; group++) {
    const scales = values.map((value) =>
      group % 2 === 0 ? 1 : 1 / Math.sqrt(Math.max(value, values[0] * LEAST_EIGENVALUE, LEAST_VARIANCE)),
    );
    const directions = orthogonalDirections(vectors, scales, random);
    arena.floats(at, directions.length).set(directions);
    arena.kernels.projectPanels(panels, count / 4, dimensions, at, GROUP_SIZE, lines, count);
    const quantiles = new Float32Array(GROUP_SIZE * QUANTILES);
    for (let line = 0; line < GROUP_SIZE; line++) {
      quantiles.set(quantilesOf(arena.floats(lines + 4 * line * count, count).sort()), line * QUANTILES);
    }
    groups.push({ directions, quantiles });
    await rest();
  }
  arena.rewind(mark);
  return { size, dimensions, groups };
}

/** `[patches, size · size · channels]`, a multiple of four of them. */
function drawPatches(
  sources: readonly PatchSource[],
  size: number,
  factors: readonly number[],
  most: number,
  random: Random,
): Float32Array {
  const channels = factors.length;
  const counts = sources.map(({ weight }) => 4 * Math.round((most * weight) / 4));
  const patches = new Float32Array(counts.reduce((sum, count) => sum + count) * size * size * channels);
  let to = 0;
  sources.forEach(({ picture: { height, width, pixels }, mask }, s) => {
    const columns = width - size + 1;
    const all = (height - size + 1) * columns;
    for (let patch = 0; patch < counts[s]; patch++) {
      let place = Math.floor(((patch + random.uniform()) * all) / counts[s]);
      for (let draw = 0; mask && draw < DRAWS && isMasked(mask, width, size, place, columns); draw++) {
        place = random.integer(all);
      }
      const corner = Math.floor(place / columns) * width + (place % columns);
      for (let y = 0; y < size; y++) {
        for (let i = (corner + y * width) * channels, x = 0; x < size; x++) {
          for (let c = 0; c < channels; c++) patches[to++] = pixels[i++] * factors[c];
        }
      }
    }
  });
  return patches;
}

function isMasked(mask: Uint8Array, width: number, size: number, place: number, columns: number): boolean {
  const corner = Math.floor(place / columns) * width + (place % columns);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) if (mask[corner + y * width + x] === 0) return true;
  }
  return false;
}

/** Four patches at a time, number by number. */
function panelled(patches: Float32Array, dimensions: number): Float32Array {
  const panels = new Float32Array(patches.length);
  for (let i = 0, patch = 0; i < patches.length; patch++) {
    const to = (patch >> 2) * dimensions * 4 + (patch & 3);
    for (let d = 0; d < dimensions; d++) panels[to + 4 * d] = patches[i++];
  }
  return panels;
}

function covariance(patches: Float32Array, dimensions: number): Float64Array {
  const count = patches.length / dimensions;
  const step = Math.max(1, Math.floor(count / PATCHES_FOR_COVARIANCE));
  const mean = new Float64Array(dimensions);
  for (let i = 0; i < patches.length; i++) mean[i % dimensions] += patches[i] / count;
  const sums = new Float64Array(dimensions * dimensions);
  const centred = new Float64Array(dimensions);
  for (let patch = 0; patch < count; patch += step) {
    for (let i = 0; i < dimensions; i++) centred[i] = patches[patch * dimensions + i] - mean[i];
    for (let i = 0; i < dimensions; i++) {
      for (let j = 0; j <= i; j++) sums[i * dimensions + j] += centred[i] * centred[j];
    }
  }
  const seen = Math.ceil(count / step);
  for (let i = 0; i < dimensions; i++) {
    for (let j = 0; j <= i; j++) {
      sums[i * dimensions + j] /= seen;
      sums[j * dimensions + i] = sums[i * dimensions + j];
    }
  }
  return sums;
}

/**
 * Directions of length 1, `[GROUP_SIZE, dimensions]`: chance mixtures of the eigenvectors, made orthogonal by Gram and
 * Schmidt in runs of as many as there are dimensions.
 */
function orthogonalDirections(vectors: Float64Array, scales: Float64Array, random: Random): Float32Array {
  const dimensions = scales.length;
  const directions = new Float32Array(GROUP_SIZE * dimensions);
  const direction = new Float64Array(dimensions);
  for (let d = 0; d < GROUP_SIZE; d++) {
    direction.fill(0);
    for (let e = 0; e < dimensions; e++) {
      const weight = random.normal() * scales[e];
      for (let i = 0; i < dimensions; i++) direction[i] += weight * vectors[e * dimensions + i];
    }
    for (let other = d - (d % dimensions); other < d; other++) {
      const from = other * dimensions;
      let along = 0;
      for (let i = 0; i < dimensions; i++) along += direction[i] * directions[from + i];
      for (let i = 0; i < dimensions; i++) direction[i] -= along * directions[from + i];
    }
    let square = 0;
    for (let i = 0; i < dimensions; i++) square += direction[i] * direction[i];
    for (let i = 0; i < dimensions; i++) directions[d * dimensions + i] = direction[i] / Math.sqrt(square);
  }
  return directions;
}

/** Linearly between the sorted numbers, at the middles of equal shares. */
function quantilesOf(sorted: Float32Array): Float32Array {
  return Float32Array.from({ length: QUANTILES }, (_, q) => {
    const place = Math.max(0, ((q + 0.5) / QUANTILES) * sorted.length - 0.5);
    const below = Math.min(sorted.length - 1, Math.floor(place));
    const above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  });
}
