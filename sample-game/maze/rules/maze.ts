import type { Random } from "../../../plugin/index.ts";
import { mazeConfig } from "./config.ts";

/** North, east, south, west: the direction's number is also a heading in quarter turns to the right. */
export const COLUMN_STEPS = [0, 1, 0, -1] as const;
/** See `COLUMN_STEPS`. */
export const ROW_STEPS = [1, 0, -1, 0] as const;

/** A maze of hedges, seen from above. Fields and crossings are numbered row by row from the south-west. */
export interface Maze {
  /** Crossings on each side. */
  readonly size: number;
  /** Fields on each side. */
  readonly side: number;
  /** 1 for a hedge, 0 for a path, [side, side]. */
  readonly hedges: Uint8Array;
  /** Crossing where the golem begins. */
  readonly start: number;
  /** Crossing where the gem lies. */
  readonly gem: number;
}

/**
 * Grows a maze: every crossing can be reached from every other, and a few loops give more than one way.
 *
 * @param size - Crossings on each side.
 */
export function growMaze(random: Random, size: number = mazeConfig.size): Maze {
  const side = 2 * size + 1;
  const hedges = new Uint8Array(side * side).fill(1);
  dig(hedges, size, random);
  openLoops(hedges, size, random);
  const start = random.integer(size * size);
  const ways = waysTo(hedges, size, start);
  const far: number[] = [];
  ways.forEach((way, crossing) => {
    if (way >= mazeConfig.leastWay * size) far.push(crossing);
  });
  return { size, side, hedges, start, gem: random.pick(far) };
}

/** Field of a crossing. */
export function fieldOf(crossing: number, size: number): number {
  const column = crossing % size;
  const row = (crossing - column) / size;
  return (2 * row + 1) * (2 * size + 1) + 2 * column + 1;
}

/** Step to the next field in a direction. */
export function fieldStep(direction: number, side: number): number {
  return ROW_STEPS[direction] * side + COLUMN_STEPS[direction];
}

/** Where a field's middle is, along either axis: of its column for x, of its row for z. */
export function placeOf(columnOrRow: number, side: number): number {
  return (columnOrRow - (side - 1) / 2) * mazeConfig.field;
}

/** The crossing nearest to a place, or -1 outside of the maze. */
export function crossingAt(x: number, z: number, size: number): number {
  const column = Math.round((x / mazeConfig.field + size - 1) / 2);
  const row = Math.round((z / mazeConfig.field + size - 1) / 2);
  return column < 0 || row < 0 || column >= size || row >= size ? -1 : row * size + column;
}

/** How many moves each crossing is away from one of them, [size · size]; Infinity where no way leads. */
export function waysTo(hedges: Uint8Array, size: number, goal: number): Float64Array {
  const side = 2 * size + 1;
  const ways = new Float64Array(size * size).fill(Infinity);
  const queue = [goal];
  ways[goal] = 0;
  for (let head = 0; head < queue.length; head++) {
    const crossing = queue[head];
    for (let direction = 0; direction < 4; direction++) {
      if (hedges[fieldOf(crossing, size) + fieldStep(direction, side)] === 1) continue;
      const next = crossing + ROW_STEPS[direction] * size + COLUMN_STEPS[direction];
      if (ways[next] !== Infinity) continue;
      ways[next] = ways[crossing] + 1;
      queue.push(next);
    }
  }
  return ways;
}

/** Growing tree: digs on from the newest crossing, or sometimes from an older one, until all are joined. */
function dig(hedges: Uint8Array, size: number, random: Random): void {
  const side = 2 * size + 1;
  const first = random.integer(size * size);
  const open = [first];
  hedges[fieldOf(first, size)] = 0;
  while (open.length > 0) {
    const index = random.uniform() < mazeConfig.winding ? open.length - 1 : random.integer(open.length);
    const crossing = open[index];
    const ways = [0, 1, 2, 3].filter(
      (direction) =>
        isInside(crossing, direction, size) && hedges[fieldOf(crossing, size) + 2 * fieldStep(direction, side)] === 1,
    );
    if (ways.length === 0) {
      open.splice(index, 1);
      continue;
    }
    const direction = random.pick(ways);
    const field = fieldOf(crossing, size);
    hedges[field + fieldStep(direction, side)] = 0;
    hedges[field + 2 * fieldStep(direction, side)] = 0;
    open.push(crossing + ROW_STEPS[direction] * size + COLUMN_STEPS[direction]);
  }
}

/** Opens some dead ends into a neighbouring way. */
function openLoops(hedges: Uint8Array, size: number, random: Random): void {
  const side = 2 * size + 1;
  for (let crossing = 0; crossing < size * size; crossing++) {
    const field = fieldOf(crossing, size);
    const closed = [0, 1, 2, 3].filter((direction) => hedges[field + fieldStep(direction, side)] === 1);
    if (closed.length !== 3 || random.uniform() >= mazeConfig.loops) continue;
    const inner = closed.filter((direction) => isInside(crossing, direction, size));
    hedges[field + fieldStep(random.pick(inner), side)] = 0;
  }
}

function isInside(crossing: number, direction: number, size: number): boolean {
  const column = (crossing % size) + COLUMN_STEPS[direction];
  const row = Math.floor(crossing / size) + ROW_STEPS[direction];
  return column >= 0 && column < size && row >= 0 && row < size;
}
