import type { Random } from "../../core/random.ts";
import { projectFour, weaveFour } from "../metrics/project-four.ts";
import { symmetricEigen } from "../metrics/symmetric-eigen.ts";
import type { Picture } from "../picture.ts";

/** Quantiles kept of each direction; chosen so that the table of a scale stays below a megabyte. */
const QUANTILES = 256;
/** Groups of directions; each step draws one of them. */
const GROUPS = 8;
/** Directions in a group: a multiple of four. */
const GROUP_SIZE = 64;
/** Of so many patches the covariance is estimated. */
const PATCHES_FOR_COVARIANCE = 2048;
/** Eigenvalues below this share of the largest count as noise. */
const LEAST_EIGENVALUE = 1e-4;

/** Variances below this are those of a flat picture. */
const LEAST_VARIANCE = 1e-12;

/** How the patches of a picture are distributed, seen along some directions at a time. */
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
  /** Sixteen times four directions, each `[dimensions, 4]` as `weaveFour` makes them. */
  readonly fours: readonly Float32Array[];
  /** For each direction the sorted distribution of the patches along it. */
  readonly quantiles: readonly Float32Array[];
}

/**
 * Describes all patches that lie wholly inside a picture.
 *
 * Half of the groups hold directions of the plain sphere, which mostly see coarse structure, since it varies most; the
 * other half those of the whitened patches, which see fine structure as well.
 *
 * @param most - At most so many patches are looked at, spread evenly by chance.
 */
export function describePatches(source: Picture, size: number, most: number, random: Random): PatchDistribution {
  const dimensions = size * size * source.channels;
  const patches = drawPatches(source, size, most, random);
  const count = patches.length / dimensions;
  const { values, vectors } = symmetricEigen(covariance(patches, dimensions), dimensions);
  const lines = [0, 1, 2, 3].map(() => new Float32Array(count));
  const groups = Array.from({ length: GROUPS }, (_, group): DirectionGroup => {
    const scales = values.map((value) =>
      group % 2 === 0 ? 1 : 1 / Math.sqrt(Math.max(value, values[0] * LEAST_EIGENVALUE, LEAST_VARIANCE)),
    );
    const directions = orthogonalDirections(vectors, scales, random);
    const fours: Float32Array[] = [];
    const quantiles: Float32Array[] = [];
    for (let first = 0; first < GROUP_SIZE; first += 4) {
      const four = new Float32Array(4 * dimensions);
      weaveFour(directions, first, four);
      fours.push(four);
      projectFour(patches, four, lines);
      for (const line of lines) quantiles.push(quantilesOf(line.sort()));
    }
    return { fours, quantiles };
  });
  return { size, dimensions, groups };
}

/** `[patches, size · size · channels]` */
function drawPatches(
  { height, width, channels, pixels }: Picture,
  size: number,
  most: number,
  random: Random,
): Float32Array {
  const columns = width - size + 1;
  const all = (height - size + 1) * columns;
  const count = Math.min(all, most);
  const row = size * channels;
  const patches = new Float32Array(count * size * row);
  let to = 0;
  for (let patch = 0; patch < count; patch++) {
    const place = count === all ? patch : Math.floor(((patch + random.uniform()) * all) / count);
    const corner = (Math.floor(place / columns) * width + (place % columns)) * channels;
    for (let y = 0; y < size; y++, to += row) {
      const from = corner + y * width * channels;
      patches.set(pixels.subarray(from, from + row), to);
    }
  }
  return patches;
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
