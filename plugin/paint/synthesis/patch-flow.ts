import type { Random } from "../../core/random.ts";
import { GROUP_SIZE, QUANTILES, type PatchDistribution } from "./patch-distribution.ts";
import type { KernelArena } from "./synthesis-kernels.ts";

/**
 * How much of each step goes on in the next one (Polyak 1964). Without it fine structure stays blurred, since
 * overlapping patches disagree about it and their mean moves little; 0.8 with rate 1 ran away on grass, 0.7 with rate
 * 0.7 did not.
 */
const MOMENTUM = 0.7;
/** Patches worked on at once: so few that they stay in a core's own cache. */
const CHUNK = 256;
/** Patches after which to rest. */
const REST = 8192;

/** A picture of features in the kernels' memory, of the size and groups that the kernels were told last. */
export interface FlowTarget {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Vectors of four numbers a pixel. */
  readonly groups: number;
  readonly address: number;
}

/** Moves a picture, step by step, until its patches are distributed as wanted. */
export interface PatchFlow {
  /**
   * One step, in place: all patches of the picture, wrapped around its edges, move along one group of directions.
   *
   * @param rate - 1 goes the whole way along each direction, as if the others did not exist; at most 0.7 is safe.
   */
  step: (rate: number, random: Random) => Promise<void>;
}

/**
 * Prepares to move one picture; reserves all working space, about 75 numbers a patch.
 *
 * A step is that of iterative distribution transfer (Pitié, Kokaram and Dahyot 2005,
 * https://doi.org/10.1109/ICCV.2005.166) on overlapping patches: along each of a group of orthogonal directions,
 * one-dimensional optimal transport; then every pixel moves by the mean of what its patches want, with momentum. The
 * aim is that of Elnekave and Weiss 2022, https://arxiv.org/abs/2203.11862, who follow the gradient of the same
 * distance.
 *
 * @param stride - Pixels from patch to patch; the grid of patches is shifted by chance in every step.
 * @param rest - Called every few milliseconds.
 */
export function patchFlow(
  arena: KernelArena,
  target: FlowTarget,
  wanted: PatchDistribution,
  stride: number,
  rest: () => Promise<void>,
): PatchFlow {
  const { kernels } = arena;
  const { height, width, channels, groups, address } = target;
  const { size, dimensions } = wanted;
  const columns = Math.ceil(width / stride);
  const count = Math.ceil(height / stride) * columns;
  // lines end on whole panels
  const length = 4 * Math.ceil(count / 4);
  const numbers = height * width * groups * 4;
  const lines = arena.reserve(4 * GROUP_SIZE * length);
  const panels = arena.reserve(4 * CHUNK * dimensions);
  const change = arena.reserve(4 * numbers);
  const velocity = arena.reserve(4 * numbers);
  const cover = arena.reserve(4 * height * width);
  const space = arena.reserve(kernels.matchingSpace());
  const directions = arena.reserve(4 * GROUP_SIZE * dimensions);
  const turned = arena.reserve(4 * GROUP_SIZE * (dimensions + 4));
  const quantiles = arena.reserve(4 * GROUP_SIZE * QUANTILES);
  arena.floats(velocity, numbers).fill(0);
  arena.floats(panels, CHUNK * dimensions).fill(0);

  const step = async (rate: number, random: Random): Promise<void> => {
    const group = random.pick(wanted.groups);
    const down = random.integer(stride);
    const right = random.integer(stride);
    arena.floats(directions, GROUP_SIZE * dimensions).set(group.directions);
    arena.floats(turned, GROUP_SIZE * dimensions).set(turn(group.directions, dimensions));
    arena.floats(quantiles, GROUP_SIZE * QUANTILES).set(group.quantiles);
    // Step 1. Where every patch lies along every direction.
    for (let first = 0; first < count; first += CHUNK) {
      const many = Math.min(CHUNK, count - first);
      kernels.gatherPanels(address, channels, size, stride, down, right, columns, first, many, panels);
      const panelCount = Math.ceil(many / 4);
      kernels.projectPanels(panels, panelCount, dimensions, directions, GROUP_SIZE, lines + 4 * first, length);
      if ((first + CHUNK) % REST === 0) await rest();
    }
    // Step 2. How far each should move along each.
    for (let line = 0; line < GROUP_SIZE; line++) {
      kernels.matchLine(lines + 4 * line * length, count, quantiles + 4 * line * QUANTILES, QUANTILES, space);
      if (((line + 1) * count) % (REST * 16) < count) await rest();
    }
    // Step 3. What that means for the pixels.
    arena.floats(change, numbers).fill(0);
    arena.floats(cover, height * width).fill(0);
    for (let first = 0; first < count; first += CHUNK) {
      const many = Math.min(CHUNK, count - first);
      const panelCount = Math.ceil(many / 4);
      kernels.spreadPanels(panels, panelCount, dimensions, turned, GROUP_SIZE, lines + 4 * first, length);
      kernels.scatterPanels(change, cover, channels, size, stride, down, right, columns, first, many, panels);
      if ((first + CHUNK) % REST === 0) await rest();
    }
    // the group spans only a share of all directions, so the whole way is so many times as far
    kernels.advance(address, velocity, change, cover, (rate * dimensions) / GROUP_SIZE, MOMENTUM);
    await rest();
  };
  return { step };
}

/** `[dimensions, GROUP_SIZE]` */
function turn(directions: Float32Array, dimensions: number): Float32Array {
  const turned = new Float32Array(directions.length);
  for (let d = 0; d < GROUP_SIZE; d++) {
    for (let i = 0; i < dimensions; i++) turned[i * GROUP_SIZE + d] = directions[d * dimensions + i];
  }
  return turned;
}
