import type { Random } from "../../core/random.ts";
import type { CropShelf } from "../../nets/encoders/take-crops.ts";

/** How often a piece is a picture; else it is one colour that may run into another. */
const PICTURES = 0.65;
/** How often a piece of colour is the same all over. */
const FLAT = 0.35;
/** Pieces of a crop at most. */
const MOST_PIECES = 4;
/** Pixels of the picture for one of the crop: nearer and farther than it was drawn, each doubling as likely as the next. */
const SCALES = [0.4, 2.5] as const;
/** How often a shadow lies over all of it. */
const SHADOWS = 0.4;

/** The colour at a place, into `to`. */
type Paint = (y: number, x: number, to: Float64Array) => void;
/** How much of a pixel a piece covers, in [0, 1]. */
type Cover = (y: number, x: number) => number;

/**
 * Crops that look like parts of a frame: pictures near and far, turned, and plain colours, with hard edges between them, under
 * light of any strength and with shadows across.
 *
 * @param chosen - Which pictures come first, [batch].
 * @param side - Pixels on each side.
 * @returns sRGB, [batch, side, side, 3], in [0, 1].
 */
export function sceneCrops(shelf: CropShelf, chosen: Uint32Array, side: number, random: Random): Float32Array {
  const crops = new Float32Array(chosen.length * side * side * 3);
  chosen.forEach((index, place) => {
    const crop = crops.subarray(place * side * side * 3, (place + 1) * side * side * 3);
    lay(crop, side, paintOf(shelf, index, random), () => 1);
    for (let piece = random.integer(MOST_PIECES); piece > 0; piece--) {
      const paint =
        random.uniform() < PICTURES ? paintOf(shelf, random.integer(shelf.count), random) : plain(side, random);
      lay(crop, side, paint, outline(side, random));
    }
    shade(crop, side, random);
  });
  return crops;
}

function lay(crop: Float32Array, side: number, paint: Paint, cover: Cover): void {
  const colour = new Float64Array(3);
  for (let y = 0, at = 0; y < side; y++) {
    for (let x = 0; x < side; x++, at += 3) {
      const share = cover(y, x);
      if (share === 0) continue;
      paint(y, x, colour);
      for (let c = 0; c < 3; c++) crop[at + c] += share * (colour[c] - crop[at + c]);
    }
  }
}

/** A picture, turned and scaled; what is seen from afar is the mean of four samples. */
function paintOf(shelf: CropShelf, index: number, random: Random): Paint {
  const [pixels, { side }] = [shelf.picture(index), shelf];
  const scale = Math.exp(random.between(Math.log(SCALES[0]), Math.log(SCALES[1])));
  const turn = random.between(0, 2 * Math.PI);
  const [along, across] = [scale * Math.cos(turn), scale * Math.sin(turn)];
  const [top, left] = [random.uniform() * side, random.uniform() * side];
  const samples = scale > 1.2 ? [-0.25, 0.25] : [0];
  const weight = 1 / (255 * samples.length ** 2);
  const sample = (row: number, column: number, to: Float64Array): void => {
    const [y, x] = [Math.floor(row), Math.floor(column)];
    const [down, right] = [row - y, column - x];
    const above = wrapped(y, side) * side;
    const below = wrapped(y + 1, side) * side;
    const [near, far] = [wrapped(x, side), wrapped(x + 1, side)];
    const [a, b, c, d] = [3 * (above + near), 3 * (above + far), 3 * (below + near), 3 * (below + far)];
    for (let channel = 0; channel < 3; channel++) {
      const upper = pixels[a + channel] + right * (pixels[b + channel] - pixels[a + channel]);
      const lower = pixels[c + channel] + right * (pixels[d + channel] - pixels[c + channel]);
      to[channel] += weight * (upper + down * (lower - upper));
    }
  };
  return (y, x, to) => {
    to.fill(0);
    for (const dy of samples) {
      for (const dx of samples) {
        sample(top + along * (y + dy) - across * (x + dx), left + across * (y + dy) + along * (x + dx), to);
      }
    }
  };
}

/** One colour, or one that runs into another. */
function plain(side: number, random: Random): Paint {
  const grey = random.uniform();
  const draw = (): Float64Array =>
    Float64Array.from({ length: 3 }, () => Math.min(1, Math.max(0, grey + 0.2 * random.normal())));
  const from = draw();
  const to = random.uniform() < FLAT ? from : draw();
  const turn = random.between(0, 2 * Math.PI);
  const [down, right] = [Math.sin(turn) / (2 * side), Math.cos(turn) / (2 * side)];
  return (y, x, colour) => {
    const share = 0.5 + down * (2 * y - side) + (right * (2 * x - side)) / 2;
    for (let c = 0; c < 3; c++) colour[c] = Math.min(1, Math.max(0, from[c] + share * (to[c] - from[c])));
  };
}

/** A disc, or what lies on one side of one to three lines, or between two: edges one pixel wide. */
function outline(side: number, random: Random): Cover {
  const within = (distance: number): number => Math.min(1, Math.max(0, distance + 0.5));
  if (random.uniform() < 0.2) {
    const [y0, x0, radius] = [random.uniform() * side, random.uniform() * side, random.between(2, side / 2)];
    return (y, x) => within(radius - Math.hypot(y - y0, x - x0));
  }
  const lines = Array.from({ length: 1 + random.integer(3) }, () => line(side, random));
  if (random.uniform() < 0.3) {
    // A bar, e.g. a post or a plank's edge.
    const wide = random.between(1, side / 5);
    return (y, x) => within(wide / 2 - Math.abs(lines[0](y, x)));
  }
  return (y, x) => lines.reduce((share, distance) => Math.min(share, within(distance(y, x))), 1);
}

/** The distance to a line through the crop, in pixels, below 0 on its other side. Often upright or level, as in buildings. */
function line(side: number, random: Random): Cover {
  const turn = random.uniform() < 0.4 ? (random.integer(4) * Math.PI) / 2 : random.between(0, 2 * Math.PI);
  const [down, right] = [Math.sin(turn), Math.cos(turn)];
  const [y0, x0] = [random.between(0.1, 0.9) * side, random.between(0.1, 0.9) * side];
  return (y, x) => down * (y - y0) + right * (x - x0);
}

/** Makes all of it lighter or darker, partly with a shadow whose border is sharp or soft. */
function shade(crop: Float32Array, side: number, random: Random): void {
  const light = random.between(0.25, 1.1);
  const tint = Float64Array.from({ length: 3 }, () => light * Math.exp(0.08 * random.normal()));
  const dark = random.uniform() < SHADOWS ? random.between(0.3, 0.8) : 1;
  const distance = line(side, random);
  const soft = Math.exp(random.between(0, Math.log(16)));
  for (let y = 0, at = 0; y < side; y++) {
    for (let x = 0; x < side; x++, at += 3) {
      const share = dark === 1 ? 1 : dark + (1 - dark) * Math.min(1, Math.max(0, distance(y, x) / soft + 0.5));
      for (let c = 0; c < 3; c++) crop[at + c] = Math.min(1, share * tint[c] * crop[at + c]);
    }
  }
}

function wrapped(at: number, length: number): number {
  return ((at % length) + length) % length;
}
