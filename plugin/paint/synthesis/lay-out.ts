import type { Random } from "../../core/random.ts";
import { Puzzle, type Piece, type Window } from "./puzzle.ts";

/** How pieces are tried. */
export interface MoveOptions {
  /** Sides of pieces, in pixels. */
  readonly least: number;
  readonly most: number;
  /** Places of a source that are compared with what is there. */
  readonly places: number;
  /** Shares of the sources. */
  readonly weights: readonly number[];
  /** The share of moves that only shift a piece by a few pixels. */
  readonly nudges: number;
}

/** How much worse than the best a place may seem and still be taken, by chance. */
const LOOSENESS = 0.3;
/** Of so many pixels in a window the match is judged. */
const MATCHED_PIXELS = 400;
/** After moves that cover one part in so many of the result, where cuts show is looked for anew. */
const SEAMS_SHARE = 8;
/** Around the best place so many pixels are searched again, each way. */
const NEAR = 3;

/**
 * Covers the result with pieces from chance places, for `move` to improve.
 *
 * @param periods - Pixels after which the sources repeat, 0 if they do not: pieces then come from places in step with it.
 */
export function scatterPieces(
  puzzle: Puzzle,
  side: number,
  weights: readonly number[],
  periods: { readonly down: number; readonly right: number },
  random: Random,
): void {
  const { height, width } = puzzle;
  const rows = Math.ceil(height / side);
  const columns = Math.ceil(width / side);
  const phase = { down: random.uniform() * periods.down, right: random.uniform() * periods.right };
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const top = Math.floor((i * height) / rows);
      const left = Math.floor((j * width) / columns);
      const window = {
        top,
        left,
        rows: Math.floor(((i + 1) * height) / rows) - top,
        columns: Math.floor(((j + 1) * width) / columns) - left,
      };
      const source = pickWeighted(weights, random);
      const from = puzzle.sources[source].picture;
      window.rows = Math.min(window.rows, from.height);
      window.columns = Math.min(window.columns, from.width);
      const y = inStep(from.height - window.rows, periods.down, top + phase.down, random);
      const x = inStep(from.width - window.columns, periods.right, left + phase.right, random);
      puzzle.lay(pieceFrom(puzzle, window, source, y, x), window);
    }
  }
}

/** A whole number from 0 to `most`, by chance among those a whole number of periods from `place`. */
function inStep(most: number, period: number, place: number, random: Random): number {
  if (period === 0) return random.integer(most + 1);
  const first = place % period;
  const choices = Math.floor((most - first) / period) + 1;
  return choices < 1 ? random.integer(most + 1) : Math.round(first + period * random.integer(choices));
}

function pickWeighted(weights: readonly number[], random: Random): number {
  let left = random.uniform();
  for (let i = 0; i < weights.length; i++) {
    left -= weights[i];
    if (left < 0) return i;
  }
  return weights.length - 1;
}

/** Adds the piece that shows a source's pixel (y, x) in a window's corner. */
function pieceFrom(puzzle: Puzzle, window: Window, source: number, y: number, x: number): number {
  const down = window.rows >> 1;
  const right = window.columns >> 1;
  return puzzle.add({
    y: (window.top + down) % puzzle.height,
    x: (window.left + right) % puzzle.width,
    sourceY: y + down,
    sourceX: x + right,
    source,
  });
}

/**
 * Tries pieces that fit what is around them, somewhere where cuts show.
 *
 * @param moves - How many pieces to try.
 * @param rest - Called after each.
 */
export async function improve(
  puzzle: Puzzle,
  moves: number,
  options: MoveOptions,
  random: Random,
  rest: () => Promise<void>,
): Promise<void> {
  const side = (options.least + options.most) / 2;
  // what shows elsewhere is not changed by a move, so it is not looked for anew before each
  const most = Math.max(1, Math.round((puzzle.height * puzzle.width) / (SEAMS_SHARE * side * side)));
  for (let left = moves; left > 0;) {
    puzzle.countUsage();
    const pixels = pickSeams(puzzle.seams(), Math.min(most, left), random);
    if (pixels.length === 0) return;
    for (const pixel of pixels) {
      moveAt(puzzle, pixel, options, random);
      await rest();
    }
    left -= pixels.length;
  }
}

function moveAt(puzzle: Puzzle, pixel: number, options: MoveOptions, random: Random): void {
  const { height, width } = puzzle;
  const old = puzzle.pieces[puzzle.map[pixel]];
  const nudge = random.uniform() < options.nudges;
  const source = nudge ? old.source : pickWeighted(options.weights, random);
  const from = puzzle.sources[source].picture;
  const rows = side(options, Math.min(height >> 1, from.height, Puzzle.mostSide), random);
  const columns = side(options, Math.min(width >> 1, from.width, Puzzle.mostSide), random);
  const window: Window = {
    top: (Math.floor(pixel / width) - (rows >> 1) + height) % height,
    left: ((pixel % width) - (columns >> 1) + width) % width,
    rows,
    columns,
  };
  const piece = nudge
    ? puzzle.add(nudged(old, random))
    : pieceFrom(puzzle, window, source, ...bestPlace(puzzle, window, source, options.places, random));
  const changed = puzzle.expand(piece, window);
  if (changed > 0) puzzle.compose(window);
  else puzzle.drop(piece);
}

function nudged(piece: Piece, random: Random): Piece {
  return {
    ...piece,
    sourceY: piece.sourceY + random.integer(5) - 2,
    sourceX: piece.sourceX + random.integer(5) - 2,
  };
}

/** Pixels by chance, in proportion to how much they show; none if nothing shows. */
function pickSeams(seams: Float32Array, count: number, random: Random): number[] {
  let total = 0;
  for (let i = 0; i < seams.length; i++) total += seams[i];
  if (!(total > 0)) return [];
  const pixels: number[] = [];
  let sum = 0;
  for (let pixel = 0, pick = 0; pick < count; pick++) {
    const place = ((pick + random.uniform()) * total) / count;
    while (pixel < seams.length - 1 && sum + seams[pixel] < place) sum += seams[pixel++];
    pixels.push(pixel);
  }
  random.shuffle(pixels);
  return pixels;
}

function side({ least, most }: MoveOptions, limit: number, random: Random): number {
  return Math.max(1, Math.min(limit, Math.round(random.between(least, most))));
}

/** Where in a source a window's content, or something like it, is. */
function bestPlace(
  puzzle: Puzzle,
  window: Window,
  source: number,
  most: number,
  random: Random,
): readonly [number, number] {
  const from = puzzle.sources[source].picture;
  const rows = from.height - window.rows + 1;
  const columns = from.width - window.columns + 1;
  const step = Math.max(1, Math.round(Math.sqrt((window.rows * window.columns) / MATCHED_PIXELS)));
  const all = rows * columns;
  const count = Math.min(most, all);
  const places: number[] = [];
  for (let i = 0; i < count; i++) {
    const at = count === all ? i : Math.floor(((i + random.uniform()) * all) / count);
    places.push(Math.floor(at / columns), at % columns);
  }
  const costs = puzzle.match(window, step, source, places);
  let best = 0;
  let bestCost = Infinity;
  for (let i = 0; i < costs.length; i++) {
    const cost = costs[i] * (1 + LOOSENESS * random.uniform());
    if (cost >= bestCost) continue;
    bestCost = cost;
    best = i;
  }
  const around: [number, number] = [places[2 * best], places[2 * best + 1]];
  return count === all ? around : nearby(puzzle, window, source, step, around);
}

function nearby(
  puzzle: Puzzle,
  window: Window,
  source: number,
  step: number,
  [y, x]: readonly [number, number],
): readonly [number, number] {
  const from = puzzle.sources[source].picture;
  const places: number[] = [];
  for (let row = Math.max(0, y - NEAR); row <= Math.min(from.height - window.rows, y + NEAR); row++) {
    for (let column = Math.max(0, x - NEAR); column <= Math.min(from.width - window.columns, x + NEAR); column++) {
      places.push(row, column);
    }
  }
  const costs = puzzle.match(window, step, source, places);
  let best = 0;
  for (let i = 0; i < costs.length; i++) if (costs[i] < costs[best]) best = i;
  return [places[2 * best], places[2 * best + 1]];
}
