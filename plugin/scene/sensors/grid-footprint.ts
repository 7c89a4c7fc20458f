import { FOOTPRINT_SIZE } from "../tagged-things.ts";

/** Where a grid lies: cells around a point of the ground, its upper edge in one direction. */
export interface GridFrame {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** In scene units. */
  readonly cellSize: number;
  /** The grid's middle, in world coordinates. */
  x: number;
  z: number;
  /** Direction of the upper edge, of length 1. */
  forwardX: number;
  forwardZ: number;
}

/** So far, in cells, a thing may miss a cell's middle or reach over it by rounding. */
const TOLERANCE = 1e-3;

/** A thing counts as thick as this in every direction, in cells from its middle. */
const LEAST_REACH = 0.5;

/** The thing's half edges in cells, right and ahead: [3, 2]. */
const edges = new Float64Array(6);
/** How far the thing reaches across each of its edges, in cells. */
const across = new Float64Array(3);

/** Whether a thing is too far away to meet the grid, whichever way that is turned. Most things of a large scene are. */
export function isFar({ width, height, cellSize, x, z }: GridFrame, footprints: Float64Array, index: number): boolean {
  const at = index * FOOTPRINT_SIZE;
  const reach = ((width + height) / 2) * cellSize + footprints[at + 8];
  return Math.abs(footprints[at] - x) > reach || Math.abs(footprints[at + 1] - z) > reach;
}

/**
 * Writes 255 into the cells whose middle a thing covers, in the channels of its tags.
 *
 * Seen from above, a box is a hexagon at most, bounded across each of its three edges by what the others reach.
 *
 * @param footprints - As in `TaggedThings`.
 * @param index - Which of them.
 * @param bits - Its channels.
 * @param out - [height, width, channels].
 */
export function fillFootprint(
  frame: GridFrame,
  footprints: Float64Array,
  index: number,
  bits: number,
  out: Uint8Array,
): void {
  const { width, height, cellSize, forwardX, forwardZ } = frame;
  const at = index * FOOTPRINT_SIZE;
  const columns = (width - 1) / 2;
  const rows = (height - 1) / 2;
  const dx = (footprints[at] - frame.x) / cellSize;
  const dz = (footprints[at + 1] - frame.z) / cellSize;
  const right = dx * forwardZ - dz * forwardX;
  const ahead = dx * forwardX + dz * forwardZ;

  // Step 1. How far the thing reaches to the right and ahead, and whether that meets the grid.
  let reachRight = 0;
  let reachAhead = 0;
  for (let edge = 0; edge < 3; edge++) {
    const x = footprints[at + 2 + 2 * edge] / cellSize;
    const z = footprints[at + 3 + 2 * edge] / cellSize;
    edges[2 * edge] = x * forwardZ - z * forwardX;
    edges[2 * edge + 1] = x * forwardX + z * forwardZ;
    reachRight += Math.abs(edges[2 * edge]);
    reachAhead += Math.abs(edges[2 * edge + 1]);
  }
  reachRight = Math.max(LEAST_REACH, reachRight) - TOLERANCE;
  reachAhead = Math.max(LEAST_REACH, reachAhead) - TOLERANCE;
  const left = Math.max(0, Math.ceil(right - reachRight + columns));
  const last = Math.min(width - 1, Math.floor(right + reachRight + columns));
  const top = Math.max(0, Math.ceil(rows - ahead - reachAhead));
  const bottom = Math.min(height - 1, Math.floor(rows - ahead + reachAhead));

  // Step 2. How far it reaches across each of its slanting edges.
  for (let edge = 0; edge < 3; edge++) across[edge] = reachAcross(edge);

  // Step 3. Every cell in that range whose middle is covered.
  let filled = false;
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= last; column++) {
      if (!covers(column - columns - right, rows - row - ahead)) continue;
      fillCell(frame, row, column, bits, out);
      filled = true;
    }
  }
  // Step 4. What lies between the middles of several cells still fills the one that its own middle is in.
  if (filled) return;
  const row = Math.round(rows - ahead);
  const column = Math.round(right + columns);
  if (row >= 0 && row < height && column >= 0 && column < width) fillCell(frame, row, column, bits, out);
}

/** @returns Infinity for an edge without length, and for one along the grid, which step 1 bounds already. */
function reachAcross(edge: number): number {
  const u = edges[2 * edge];
  const v = edges[2 * edge + 1];
  if (Math.abs(u) < TOLERANCE || Math.abs(v) < TOLERANCE) return Infinity;
  const length = Math.sqrt(u * u + v * v);
  let reach = 0;
  for (let other = 0; other < 6; other += 2) reach += Math.abs(edges[other] * v - edges[other + 1] * u);
  return Math.max(LEAST_REACH * length, reach);
}

/** Whether the thing covers a point that is given from its middle, in cells. */
function covers(right: number, ahead: number): boolean {
  for (let edge = 0; edge < 3; edge++) {
    const distance = Math.abs(right * edges[2 * edge + 1] - ahead * edges[2 * edge]);
    if (distance > across[edge]) return false;
  }
  return true;
}

function fillCell({ width, channels }: GridFrame, row: number, column: number, bits: number, out: Uint8Array): void {
  const at = (row * width + column) * channels;
  for (let channel = 0; channel < channels; channel++) if (bits & (1 << channel)) out[at + channel] = 255;
}
