import type { Random } from "../../core/random.ts";
import { wrap } from "../noise/grid.ts";

/** Cells of a code, of which some shall be chosen anew. */
export interface CellField {
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
  /** [rows, columns, channels]. */
  readonly values: Float32Array;
  /** 1 where a cell shall grow anew, [rows, columns]. */
  readonly grows: Uint8Array;
  /** Whether it goes on beyond its borders. */
  readonly wraps: boolean;
}

/** Cells around one that say what fits there: 5 × 5. */
const REACH = 2;
/** More are not looked at; chosen by chance. */
const MOST_SOURCES = 3000;
/** Sources whose surroundings differ by so much more than the best one's may be taken, too. */
const TOLERANCE = 1.1;
/** How often all is chosen again, when all around is there. */
const ROUNDS = 2;

/**
 * Chooses cells anew, from the borders of a hole inwards: each becomes that cell of another place whose surroundings are most like its own.
 *
 * Efros & Leung 1999, https://doi.org/10.1109/ICCV.1999.790383, with cells of a code instead of pixels, and then again with complete
 * surroundings.
 *
 * @param field - Its values are changed.
 * @param sources - Codes to choose from: of the same picture, also of the same shifted by less than a cell. Only cells count whose
 * surroundings are all known.
 * @param reach - How much each number of a cell changes a picture, [channels].
 * @param rest - Awaited now and then, with the share that is done.
 * @returns False where there is nothing to choose from; nothing has changed then.
 */
export async function regrowCells(
  field: CellField,
  sources: readonly CellField[],
  { reach, random, rest }: { reach: Float32Array; random: Random; rest: (done: number) => Promise<void> },
): Promise<boolean> {
  const places = someSources(sources, random);
  if (places.length === 0) return false;
  const { grows, columns } = field;
  const cells = Array.from(grows.keys()).filter((cell) => grows[cell] === 1);
  const isThere = Uint8Array.from(grows, (grow) => 1 - grow);
  const weights = reach.map((length) => length * length);
  const total = cells.length * (1 + ROUNDS);
  let done = 0;
  const fill = async (cell: number): Promise<void> => {
    const around = surroundings(field, cell, isThere);
    const chosen = bestSource(field, around, { places, weights, random });
    const { channels } = field;
    field.values.set(
      chosen.field.values.subarray(chosen.cell * channels, (chosen.cell + 1) * channels),
      cell * channels,
    );
    isThere[cell] = 1;
    await rest((done += 1) / total);
  };
  // Step 1. First those with most around them.
  const left = new Set(cells);
  while (left.size > 0) {
    let [next, most] = [-1, -1];
    for (const cell of left) {
      const count = surroundings(field, cell, isThere).length;
      if (count > most) [next, most] = [cell, count];
    }
    left.delete(next);
    await fill(next);
  }
  // Step 2. All again, row by row.
  for (let round = 0; round < ROUNDS; round++) {
    for (const cell of cells.sort((a, b) => (a % columns) - (b % columns) || a - b)) await fill(cell);
  }
  return true;
}

interface Source {
  readonly field: CellField;
  readonly cell: number;
}

/** A cell near another one, and where it lies from there. */
interface Neighbour {
  readonly cell: number;
  readonly down: number;
  readonly across: number;
}

/** Cells whose surroundings are all known. */
function someSources(fields: readonly CellField[], random: Random): Source[] {
  const sources = fields.flatMap((field) => {
    const isKnown = Uint8Array.from(field.grows, (grow) => 1 - grow);
    const all = Array.from(isKnown.keys());
    const whole = (2 * REACH + 1) ** 2 - 1;
    return all
      .filter((cell) => isKnown[cell] === 1 && surroundings(field, cell, isKnown).length === whole)
      .map((cell) => ({ field, cell }));
  });
  if (sources.length <= MOST_SOURCES) return sources;
  random.shuffle(sources);
  return sources.slice(0, MOST_SOURCES);
}

function surroundings(field: CellField, cell: number, isThere: Uint8Array): Neighbour[] {
  const found: Neighbour[] = [];
  for (let down = -REACH; down <= REACH; down++) {
    for (let across = -REACH; across <= REACH; across++) {
      if (down === 0 && across === 0) continue;
      const other = neighbour(field, cell, down, across);
      if (other >= 0 && isThere[other] === 1) found.push({ cell: other, down, across });
    }
  }
  return found;
}

/** @returns −1 beyond a border. */
function neighbour({ rows, columns, wraps }: CellField, cell: number, down: number, across: number): number {
  const [row, column] = [Math.floor(cell / columns) + down, (cell % columns) + across];
  if (wraps) return wrap(row, rows) * columns + wrap(column, columns);
  return row >= 0 && row < rows && column >= 0 && column < columns ? row * columns + column : -1;
}

function bestSource(
  field: CellField,
  around: readonly Neighbour[],
  { places, weights, random }: { places: readonly Source[]; weights: Float32Array; random: Random },
): Source {
  const distances = new Float64Array(places.length);
  let best = Infinity;
  const { channels } = field;
  places.forEach((source, i) => {
    let distance = 0;
    for (const { cell, down, across } of around) {
      const [a, b] = [cell * channels, neighbour(source.field, source.cell, down, across) * channels];
      const near = 1 / (Math.abs(down) + Math.abs(across));
      for (let c = 0; c < channels; c++) {
        distance += near * weights[c] * (field.values[a + c] - source.field.values[b + c]) ** 2;
      }
      if (distance > TOLERANCE * best) break;
    }
    distances[i] = distance;
    if (distance < best) best = distance;
  });
  return random.pick(places.filter((_, i) => distances[i] <= TOLERANCE * best));
}
