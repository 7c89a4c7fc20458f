import { Random } from "../../../../plugin/core/random.ts";
import { picture, type Picture } from "../../../../plugin/paint/picture.ts";

/** Side of a block, as a share of the source's, and of its overlap, as a share of the block: the paper's 1/6. */
const BLOCK = 0.2;
const OVERLAP = 1 / 6;
/** A block is drawn from those that fit at most so much worse than the best one. */
const TOLERANCE = 0.1;

/**
 * Image quilting on a torus, as a plain baseline: square blocks of the picture are laid in rows, each chosen to fit where it
 * overlaps with those that lie already, and sewn along the path of least difference; the last ones fit the first ones, too.
 *
 * Efros and Freeman 2001, https://doi.org/10.1145/383259.383296, section 2; only the wrap-around is ours.
 *
 * @param source - [height, width, channels]; need not tile.
 * @returns [side, side, channels]; tiles.
 */
export function quilt(source: Picture, side: number, seed: number): Picture {
  const random = new Random(seed);
  const block = Math.max(8, Math.round(BLOCK * Math.min(source.height, source.width)));
  const overlap = Math.max(2, Math.round(OVERLAP * block));
  const count = Math.ceil(side / (block - overlap));
  const result = picture(side, side, source.channels);
  const isLaid = new Uint8Array(side * side);
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      const place = { top: Math.round((row * side) / count), left: Math.round((column * side) / count), block };
      const from = chooseBlock(source, result, isLaid, place, random);
      const keep = sew(source, result, isLaid, { ...place, from });
      lay(source, result, isLaid, { ...place, from }, keep);
    }
  }
  return result;
}

interface Place {
  readonly top: number;
  readonly left: number;
  readonly block: number;
}

interface Laying extends Place {
  /** Row and column of the block in the source. */
  readonly from: readonly [top: number, left: number];
}

/** Any block whose overlap differs at most a tenth more than the best one's. */
function chooseBlock(
  source: Picture,
  result: Picture,
  isLaid: Uint8Array,
  { top, left, block }: Place,
  random: Random,
): readonly [number, number] {
  const { channels } = source;
  const side = result.width;
  const covered: [offset: number, at: number][] = [];
  for (let y = 0; y < block; y++) {
    for (let x = 0; x < block; x++) {
      const pixel = ((top + y) % side) * side + ((left + x) % side);
      if (isLaid[pixel]) covered.push([(y * source.width + x) * channels, pixel * channels]);
    }
  }
  const rows = source.height - block + 1;
  const columns = source.width - block + 1;
  const errors = new Float64Array(rows * columns);
  for (let place = 0; place < errors.length; place++) {
    const corner = (Math.floor(place / columns) * source.width + (place % columns)) * channels;
    let sum = 0;
    for (const [offset, at] of covered) {
      for (let c = 0; c < channels; c++) sum += (source.pixels[corner + offset + c] - result.pixels[at + c]) ** 2;
    }
    errors[place] = sum;
  }
  const bar = errors.reduce((least, error) => Math.min(least, error), Infinity) * (1 + TOLERANCE);
  const fitting = Array.from(errors.keys()).filter((place) => errors[place] <= bar);
  const chosen = random.pick(fitting);
  return [Math.floor(chosen / columns), chosen % columns];
}

/** Which pixels of the block are laid: outside every overlap, or on the block's side of its cut. */
function sew(source: Picture, result: Picture, isLaid: Uint8Array, laying: Laying): Uint8Array {
  const { block } = laying;
  const side = result.width;
  const errors = new Float64Array(block * block);
  const isOver = new Uint8Array(block * block);
  for (let y = 0, i = 0; y < block; y++) {
    for (let x = 0; x < block; x++, i++) {
      const pixel = ((laying.top + y) % side) * side + ((laying.left + x) % side);
      isOver[i] = isLaid[pixel];
      if (isOver[i]) errors[i] = difference(source, result, laying, { y, x, pixel });
    }
  }
  const keep = new Uint8Array(block * block).fill(1);
  const middle = block >> 1;
  // An overlap is a strip along a whole side of the block: where the middle of that side lies on something.
  const reach = (at: (depth: number) => number): number => {
    let depth = 0;
    while (depth < middle && isOver[at(depth)]) depth++;
    return depth;
  };
  const sides: readonly ((along: number, depth: number) => number)[] = [
    (along, depth) => along * block + depth, // left
    (along, depth) => along * block + (block - 1 - depth), // right
    (along, depth) => depth * block + along, // top
    (along, depth) => (block - 1 - depth) * block + along, // bottom
  ];
  for (const at of sides) {
    const depth = reach((d) => at(middle, d));
    if (depth < 2) continue;
    const cut = cheapestPath(block, depth, (along, d) => errors[at(along, d)]);
    cut.forEach((end, along) => {
      for (let d = 0; d < end; d++) if (isOver[at(along, d)]) keep[at(along, d)] = 0;
    });
  }
  return keep;
}

/** For each line along a strip, how deep its cheapest connected cut lies. */
function cheapestPath(length: number, depth: number, cost: (along: number, depth: number) => number): number[] {
  const sums = new Float64Array(length * depth);
  for (let along = 0; along < length; along++) {
    for (let d = 0; d < depth; d++) {
      let before = along === 0 ? 0 : Infinity;
      for (let step = -1; step <= 1 && along > 0; step++) {
        if (d + step >= 0 && d + step < depth) before = Math.min(before, sums[(along - 1) * depth + d + step]);
      }
      sums[along * depth + d] = before + cost(along, d);
    }
  }
  const path = new Array<number>(length).fill(0);
  for (let along = length - 1, around = -1; along >= 0; along--) {
    let best = -1;
    for (let d = 0; d < depth; d++) {
      if (around >= 0 && Math.abs(d - around) > 1) continue;
      if (best < 0 || sums[along * depth + d] < sums[along * depth + best]) best = d;
    }
    path[along] = best;
    around = best;
  }
  return path;
}

function lay(source: Picture, result: Picture, isLaid: Uint8Array, laying: Laying, keep: Uint8Array): void {
  const { channels } = source;
  const { top, left, block, from } = laying;
  const side = result.width;
  for (let y = 0, i = 0; y < block; y++) {
    for (let x = 0; x < block; x++, i++) {
      const pixel = ((top + y) % side) * side + ((left + x) % side);
      if (!keep[i]) continue;
      const at = ((from[0] + y) * source.width + from[1] + x) * channels;
      result.pixels.set(source.pixels.subarray(at, at + channels), pixel * channels);
      isLaid[pixel] = 1;
    }
  }
}

/** Squared, between a pixel of the block and what it would cover. */
function difference(
  source: Picture,
  result: Picture,
  { from }: Laying,
  { y, x, pixel }: { readonly y: number; readonly x: number; readonly pixel: number },
): number {
  const { channels } = source;
  const at = ((from[0] + y) * source.width + from[1] + x) * channels;
  let sum = 0;
  for (let c = 0; c < channels; c++) sum += (source.pixels[at + c] - result.pixels[pixel * channels + c]) ** 2;
  return sum;
}
