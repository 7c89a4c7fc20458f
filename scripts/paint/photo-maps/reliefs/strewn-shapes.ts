import { fbm } from "../../../../plugin/paint/noise/fbm.ts";
import { wrap } from "../../../../plugin/paint/noise/grid.ts";
import type { Grid, Field } from "../../../../plugin/paint/noise/grid.ts";
import { mix } from "../../../../plugin/paint/noise/curves.ts";
import { evenly, levelled, randomProfile, type DrawRelief, type Profile } from "./relief.ts";

/** One thing that lies about, in short sides of the tile. */
interface Shape {
  readonly x: number;
  readonly y: number;
  readonly halfLength: number;
  readonly halfWidth: number;
  /** Radians. */
  readonly turn: number;
  /** How much higher one end lies than the other, along and across. */
  readonly lean: readonly [along: number, across: number];
  /** Above what it lies on. */
  readonly thickness: number;
  readonly piece: number;
}

/** How all of them are made. */
interface Making {
  /** 2 is an ellipse, more is ever more of a rectangle. */
  readonly squareness: number;
  readonly profile: Profile;
  /** How far outlines are nibbled. */
  readonly nibble: Field;
  /** Whether a shape lies on what is beneath it; else each pixel keeps what is highest. */
  readonly isStacked: boolean;
}

/** Ellipses and rounded rectangles strewn about or in rows, one over another: leaning or flat, domed or bevelled, alike or of all sizes. */
export const strewnShapes: DrawRelief = (grid, random) => {
  const size = evenly(random, 0.02, 0.16);
  const long = evenly(random, 1, 4);
  const spread = random.uniform() < 0.5 ? 0.15 : 0.8;
  const count = Math.min(420, Math.ceil((random.between(0.6, 2.2) * 0.8) / (size * size * 4 * long)));
  const isInRows = random.uniform() < 0.4;
  const turn = random.uniform() * 2 * Math.PI;
  const turnSpread = random.uniform() < 0.5 ? 0.1 : Math.PI;
  const lean = [random.between(-1, 1), random.between(-0.4, 0.4)] as const;
  const leanSpread = random.uniform();
  const rough = random.uniform() ** 2 * 0.7;
  const nibble = fbm(grid, { seed: random.uint32(), frequency: Math.min(60, 0.6 / size), octaves: 4 });
  const making: Making = {
    squareness: random.pick([2, 2, 3, 6]),
    profile: randomProfile(random),
    nibble: nibble.map((value) => rough * (value - 0.5)),
    isStacked: random.uniform() < 0.5,
  };
  const perRow = Math.max(1, Math.round(Math.sqrt(count)));
  const heights = new Float32Array(grid.width * grid.height);
  const pieces = new Int32Array(heights.length);
  for (let piece = 1; piece <= count; piece++) {
    const [row, column] = [Math.floor((piece - 1) / perRow), (piece - 1) % perRow];
    const jitter = (): number => random.between(-0.25, 0.25);
    const own = size * Math.exp(spread * random.normal() * 0.7);
    lay(heights, pieces, grid, {
      shape: {
        x: isInRows ? (column + 0.5 * (row % 2) + jitter()) / perRow : random.uniform(),
        y: isInRows ? (row + jitter()) / Math.ceil(count / perRow) : random.uniform(),
        halfLength: Math.min(0.45, own * long),
        halfWidth: Math.min(0.45, own),
        turn: turn + turnSpread * random.between(-1, 1),
        lean: [lean[0] * (1 - leanSpread) + leanSpread * random.between(-1, 1), lean[1] * random.between(-1, 1)],
        thickness: 1 + 0.5 * random.between(-1, 1),
        piece,
      },
      making,
    });
  }
  return { heights: levelled(heights), pieces };
};

/** Lays a shape over what is there, across the borders. */
function lay(
  heights: Field,
  pieces: Int32Array,
  { width, height, pixel }: Grid,
  { shape, making }: { readonly shape: Shape; readonly making: Making },
): void {
  const { x, y, halfLength, halfWidth, turn, lean, thickness, piece } = shape;
  const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
  const reach = Math.ceil((1.25 * Math.hypot(halfLength, halfWidth)) / pixel);
  const [left, top] = [Math.floor(x / pixel), Math.floor(y / pixel)];
  const ground = heights[wrap(top, height) * width + wrap(left, width)];
  for (let row = top - reach; row <= top + reach; row++) {
    const line = wrap(row, height) * width;
    for (let column = left - reach; column <= left + reach; column++) {
      const [dx, dy] = [(column + 0.5) * pixel - x, (row + 0.5) * pixel - y];
      const along = (dx * cosine + dy * sine) / halfLength;
      const across = (dy * cosine - dx * sine) / halfWidth;
      if (Math.abs(along) > 1.3 || Math.abs(across) > 1.3) continue;
      const at = line + wrap(column, width);
      const { squareness } = making;
      const out =
        (Math.abs(along) ** squareness + Math.abs(across) ** squareness) ** (1 / squareness) + making.nibble[at];
      if (out >= 1) continue;
      const leaning = 1 + 0.5 * (lean[0] * along + lean[1] * across);
      const rise = thickness * leaning * making.profile(1 - Math.max(0, out));
      const top = making.isStacked ? mix(heights[at], ground, 0.6) + 0.6 * rise : rise;
      if (top <= heights[at] && !making.isStacked) continue;
      heights[at] = making.isStacked ? Math.max(top, heights[at] - 0.2) : top;
      pieces[at] = piece;
    }
  }
}
