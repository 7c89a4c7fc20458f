import type { Random } from "../../core/random.ts";
import { projectFour, spreadFour } from "../metrics/project-four.ts";
import { picture, type Picture } from "../picture.ts";
import { matchingSpace, matchQuantiles } from "./match-quantiles.ts";
import type { PatchDistribution } from "./patch-distribution.ts";
import { gatherPatches, scatterPatches, type PatchGrid } from "./wrapped-patches.ts";

/**
 * How much of each step goes on in the next one (Polyak 1964). Without it fine structure stays blurred, since
 * overlapping patches disagree about it and their mean moves little; 0.8 with rate 1 ran away on grass, 0.7 with rate
 * 0.7 did not.
 */
const MOMENTUM = 0.7;
/** Patches worked on at once: so few that they stay in a core's own cache. */
const CHUNK = 512;

/** Moves a picture, step by step, until its patches are distributed as wanted. */
export interface PatchFlow {
  /**
   * One step, in place: all patches of the picture, wrapped around its edges, move along one group of directions.
   *
   * @param rate - 1 goes the whole way along each direction, as if the others did not exist; at most 0.7 is safe.
   */
  step: (rate: number, random: Random) => void;
}

/**
 * Prepares to move one picture; allocates all working space, about 70 numbers a patch.
 *
 * A step is that of iterative distribution transfer (Pitié, Kokaram and Dahyot 2005,
 * https://doi.org/10.1109/ICCV.2005.166) on overlapping patches: along each of a group of orthogonal directions,
 * one-dimensional optimal transport; then every pixel moves by the mean of what its patches want, with momentum. The
 * aim is that of Elnekave and Weiss 2022, https://arxiv.org/abs/2203.11862, who follow the gradient of the same
 * distance.
 *
 * @param target - Changed by every step.
 * @param stride - Pixels from patch to patch; the grid of patches is shifted by chance in every step.
 */
export function patchFlow(target: Picture, wanted: PatchDistribution, stride: number): PatchFlow {
  const { height, width, channels, pixels } = target;
  const { size, dimensions, groups } = wanted;
  const grid: PatchGrid = { size, stride, rows: Math.ceil(height / stride), columns: Math.ceil(width / stride) };
  const count = grid.rows * grid.columns;
  const lines = groups[0].quantiles.map(() => new Float32Array(count));
  const chunks = chunksOf(lines, count);
  const patches = new Float32Array(Math.min(CHUNK, count) * dimensions);
  const change = picture(height, width, channels);
  const cover = new Float32Array(height * width);
  const velocity = new Float32Array(pixels.length);
  const space = matchingSpace();

  const step = (rate: number, random: Random): void => {
    const { fours, quantiles } = random.pick(groups);
    const shift = { down: random.integer(stride), right: random.integer(stride) };
    // Step 1. Where every patch lies along every direction.
    for (const { first, length, views } of chunks) {
      gatherPatches(target, grid, shift, { first, count: length, into: patches });
      for (let f = 0; f < fours.length; f++) projectFour(patches, fours[f], views[f]);
    }
    // Step 2. How far each should move along each.
    for (let line = 0; line < lines.length; line++) matchQuantiles(lines[line], quantiles[line], space);
    // Step 3. What that means for the pixels.
    change.pixels.fill(0);
    cover.fill(0);
    for (const { first, length, views } of chunks) {
      patches.fill(0);
      for (let f = 0; f < fours.length; f++) spreadFour(patches, fours[f], views[f]);
      scatterPatches(change, cover, grid, shift, { first, count: length, from: patches });
    }
    // the group spans only a share of all directions, so the whole way is so many times as far
    const scale = (rate * dimensions) / lines.length;
    for (let pixel = 0, i = 0; pixel < cover.length; pixel++) {
      const weight = scale / cover[pixel];
      for (let c = 0; c < channels; c++, i++) {
        velocity[i] = MOMENTUM * velocity[i] + weight * change.pixels[i];
        pixels[i] += velocity[i];
      }
    }
  };
  return { step };
}

interface Chunk {
  readonly first: number;
  readonly length: number;
  /** Windows onto the lines, by four. */
  readonly views: readonly (readonly Float32Array[])[];
}

function chunksOf(lines: readonly Float32Array[], count: number): Chunk[] {
  return Array.from({ length: Math.ceil(count / CHUNK) }, (_, i) => {
    const first = i * CHUNK;
    const end = Math.min(count, first + CHUNK);
    const views = Array.from({ length: lines.length / 4 }, (_unused, four) =>
      lines.slice(4 * four, 4 * four + 4).map((line) => line.subarray(first, end)),
    );
    return { first, length: end - first, views };
  });
}
