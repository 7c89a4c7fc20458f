import { Random } from "../../../../plugin/core/random.ts";
import { expanded, reduced } from "../../../../plugin/paint/metrics/laplacian-pyramid.ts";
import { picture, type Picture } from "../../../../plugin/paint/picture.ts";

/** The peer's defaults. */
const NEIGHBOURS = 50;
const RANDOM_CANDIDATES = 50;
const DISPERSION = 1;
const STAGES = 5;
const STAGE_SHARE = 0.5;

/**
 * Multiresolution stochastic texture synthesis, the algorithm of EmbarkStudios/texture-synthesis, in its tiling mode and with
 * its defaults: pixels are resolved in random order, each from the place of the picture whose surroundings are most like its
 * 50 nearest resolved pixels; candidates are where those came from, and 50 places by chance.
 *
 * Written anew after Opara and Stachowiak's description and https://github.com/EmbarkStudios/texture-synthesis/tree/22825ec,
 * since the crate cannot be installed here: it shows what the algorithm makes, not how fast the crate is, which has threads
 * and machine code.
 *
 * @param source - [height, width, 3] in [0, 1]; need not tile.
 * @returns [side, side, 3]; tiles.
 */
export function sampleStochastically(source: Picture, side: number, seed: number): Picture {
  const random = new Random(seed);
  const total = side * side;
  const canvas: Canvas = {
    side,
    result: picture(side, side, source.channels),
    origins: new Int32Array(total).fill(-1),
    offsets: spiral(side),
  };
  const order = Uint32Array.from({ length: total }, (_, i) => i);
  random.shuffle(order);
  for (let stage = STAGES; stage >= 0; stage--) {
    // Step 1. All that is resolved takes its colours from the next sharper picture.
    const level = blurred(source, Math.max(0, stage - 1));
    for (let pixel = 0; pixel < total; pixel++) if (canvas.origins[pixel] >= 0) paint(canvas, level, pixel);
    // Step 2. Those are resolved once more, then new ones, twice as many a stage.
    const count = Math.floor(STAGE_SHARE ** stage * total);
    for (let i = 0; i < count; i++) {
      canvas.origins[order[i]] = bestOrigin(canvas, level, order[i], random);
      paint(canvas, level, order[i]);
    }
  }
  return canvas.result;
}

interface Canvas {
  readonly side: number;
  readonly result: Picture;
  /** Which pixel of the source each pixel came from; −1 while it is not resolved. */
  readonly origins: Int32Array;
  /** Ways to other pixels on the torus, nearest first, [count, down and right]. */
  readonly offsets: Int16Array;
}

function paint({ result, origins }: Canvas, level: Picture, pixel: number): void {
  const from = origins[pixel] * 3;
  for (let c = 0; c < 3; c++) result.pixels[3 * pixel + c] = level.pixels[from + c];
}

/** Ways with both sides of at most half the torus, nearest first. */
function spiral(side: number): Int16Array {
  const half = side >> 1;
  const ways: [number, number][] = [];
  for (let y = -half; y < side - half; y++) {
    for (let x = -half; x < side - half; x++) if (x !== 0 || y !== 0) ways.push([y, x]);
  }
  ways.sort(([y1, x1], [y2, x2]) => y1 * y1 + x1 * x1 - (y2 * y2 + x2 * x2));
  return Int16Array.from(ways.flat());
}

/** The picture without what `times` halvings would lose, at its own size. */
function blurred(source: Picture, times: number): Picture {
  if (times === 0 || Math.min(source.height, source.width) < 4) return source;
  const coarse = blurred(reduced(source, "cut"), times - 1);
  return expanded(coarse, source.height, source.width, "cut");
}

const wayDown = new Int32Array(NEIGHBOURS);
const wayRight = new Int32Array(NEIGHBOURS);
const neighbours = new Int32Array(NEIGHBOURS);
const weights = new Float64Array(NEIGHBOURS);

/** The source's pixel whose surroundings are most like those of the canvas's pixel. */
function bestOrigin(canvas: Canvas, level: Picture, pixel: number, random: Random): number {
  const { height, width } = level;
  const found = findNeighbours(canvas, pixel);
  const anywhere = (): number => random.integer(height * width);
  if (found === 0) return anywhere();
  let best = -1;
  let least = Infinity;
  for (let i = 0; i < found + RANDOM_CANDIDATES; i++) {
    let candidate: number;
    if (i < found) {
      // where the neighbour came from, and from there the way back
      const origin = canvas.origins[neighbours[i]];
      const row = Math.floor(origin / width) - wayDown[i];
      const column = (origin % width) - wayRight[i];
      if (row < 0 || row >= height || column < 0 || column >= width) continue;
      candidate = row * width + column;
    } else {
      candidate = anywhere();
    }
    const cost = costOf(canvas.result, level, candidate, { found, least });
    if (cost < least) {
      least = cost;
      best = candidate;
    }
  }
  return best;
}

/** Fills the lists of nearest resolved pixels; returns how many there are. */
function findNeighbours({ side, origins, offsets }: Canvas, pixel: number): number {
  const top = Math.floor(pixel / side);
  const left = pixel % side;
  let found = 0;
  let sum = 0;
  for (let i = 0; i < offsets.length && found < NEIGHBOURS; i += 2) {
    const y = (top + offsets[i] + side) % side;
    const x = (left + offsets[i + 1] + side) % side;
    const other = y * side + x;
    if (origins[other] < 0) continue;
    neighbours[found] = other;
    wayDown[found] = offsets[i];
    wayRight[found] = offsets[i + 1];
    weights[found] = offsets[i] ** 2 + offsets[i + 1] ** 2;
    sum += weights[found];
    found += 1;
  }
  for (let i = 0; i < found; i++) weights[i] = Math.exp((-weights[i] * found) / sum);
  return found;
}

/** How unlike the surroundings are, by the Cauchy metric, near pixels first; Infinity once it is above the least so far. */
function costOf(
  result: Picture,
  level: Picture,
  candidate: number,
  { found, least }: { readonly found: number; readonly least: number },
): number {
  const { height, width, pixels } = level;
  const row = Math.floor(candidate / width);
  const column = candidate % width;
  let cost = 0;
  for (let i = 0; i < found; i++) {
    const y = row + wayDown[i];
    const x = column + wayRight[i];
    // beyond the picture everything is black
    const from = y < 0 || y >= height || x < 0 || x >= width ? -1 : 3 * (y * width + x);
    let difference = 0;
    for (let c = 0; c < 3; c++) {
      const step = result.pixels[3 * neighbours[i] + c] - (from < 0 ? 0 : pixels[from + c]);
      difference += Math.log1p((step * step) / (DISPERSION * DISPERSION));
    }
    cost += difference * weights[i];
    if (cost >= least) return Infinity;
  }
  return cost;
}
