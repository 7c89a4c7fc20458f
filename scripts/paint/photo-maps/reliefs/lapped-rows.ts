import type { Random } from "../../../../plugin/core/random.ts";
import { clamp01, sineOfTurns, smoothstep } from "../../../../plugin/paint/noise/curves.ts";
import { fbm } from "../../../../plugin/paint/noise/fbm.ts";
import { wrap, type Field, type Grid } from "../../../../plugin/paint/noise/grid.ts";
import { chanceOf } from "../../../../plugin/paint/noise/hash.ts";
import { warpField, type Warp } from "../../../../plugin/paint/noise/warp.ts";
import { evenly, levelled, type DrawRelief } from "./relief.ts";

/** How lapped pieces are cut and laid. Lengths along a piece are in rows, those across it in its width. */
interface Lapping {
  readonly rows: number;
  readonly columns: number;
  /** By how much each row is shifted against the one above, in pieces; "free" rows are shifted anyhow. */
  readonly shift: number | "free";
  /** How far joints lie off their places, in pieces. */
  readonly jitter: number;
  /** How far lower ends reach over the next row, by how much that differs, and by how much they are pointed or cut askew. */
  readonly reach: number;
  readonly reachSpread: number;
  readonly point: number;
  readonly skew: number;
  /** Nibbles at lower ends, [height, width]. */
  readonly ragged: Field;
  readonly wobble: Warp;
  /** How steeply a piece rises towards its lower end, against the spread of the others, and how it is bent across. */
  readonly rise: number;
  readonly bend: number;
  readonly arch: number;
  readonly wave: number;
  readonly tilt: number;
  readonly uneven: number;
  readonly bevel: number;
  readonly gap: number;
  readonly gapDepth: number;
  /** The shares of pieces that are broken in two, or missing. */
  readonly broken: number;
  readonly missing: number;
  readonly seed: number;
}

/**
 * Rows of pieces that lap over the next row, as slates, shakes, clapboard or scales do: each rises slowly towards its lower end and stops
 * in a step. Ends are straight, pointed, askew or ragged; pieces lie straight or tilted, side by side or with gaps, whole or broken.
 */
export const lappedRows: DrawRelief = (grid, random) => {
  const lapping = randomLapping(grid, random);
  const heights = new Float32Array(grid.width * grid.height);
  const pieces = new Int32Array(heights.length);
  for (let row = 0, i = 0; row < grid.height; row++) {
    for (let column = 0; column < grid.width; column++, i++) {
      const x = ((column + 0.5) / grid.width + lapping.wobble.x[i]) * lapping.columns;
      const y = ((row + 0.5) / grid.height + lapping.wobble.y[i]) * lapping.rows;
      const top = topmost(lapping, x, y, lapping.ragged[i]);
      heights[i] = top ? heightOn(lapping, top) : 0;
      pieces[i] = top?.id ?? 0;
    }
  }
  return { heights: levelled(heights), pieces };
};

function randomLapping(grid: Grid, random: Random): Lapping {
  const shift = random.pick([0.5, 0.5, 0.5, "free", 0] as const);
  const drawn = Math.round(evenly(random, 3, 16));
  // A shift of a half goes on at the other side only where the number of rows is even.
  const rows = shift === 0.5 ? drawn + (drawn % 2) : drawn;
  const columns = Math.max(1, Math.round(rows * evenly(random, 0.25, 2)));
  const end = random.integer(4);
  const wobble = warpField(grid, (random.uniform() ** 2 * 0.12) / rows, {
    seed: random.uint32(),
    frequency: Math.min(40, rows * random.between(0.7, 4)),
    octaves: 1 + random.integer(4),
  });
  const nibbles = fbm(grid, { seed: random.uint32(), frequency: Math.min(60, rows * 4), octaves: 4, gain: 0.65 });
  const nibble = end === 3 ? random.between(0.2, 0.8) : random.uniform() ** 3 * 0.3;
  return {
    rows,
    columns,
    shift,
    jitter: random.uniform() ** 2 * 0.7,
    reach: random.between(0.1, 0.7),
    reachSpread: random.uniform() ** 2 * 0.4,
    point: end === 1 ? random.between(0.15, 0.6) : 0,
    skew: end === 2 ? random.between(0.05, 0.5) : 0,
    ragged: nibbles.map((value) => nibble * (value - 0.5)),
    wobble,
    rise: evenly(random, 0.3, 1.2),
    bend: evenly(random, 0.6, 1.8),
    arch: random.uniform() < 0.5 ? 0 : random.between(-0.3, 0.5),
    wave: random.uniform() < 0.85 ? 0 : random.between(0.15, 0.5),
    tilt: random.uniform() ** 2 * 0.5,
    uneven: random.uniform() ** 2 * 0.4,
    bevel: evenly(random, 0.01, 0.2),
    gap: random.uniform() < 0.25 ? 0 : random.uniform() ** 2 * 0.15,
    gapDepth: random.between(0.1, 1),
    broken: random.uniform() ** 2 * 0.4,
    missing: random.uniform() < 0.7 ? 0 : random.between(0, 0.08),
    seed: random.uint32(),
  };
}

/** A place on a piece. */
interface OnPiece {
  /** From 1. */
  readonly id: number;
  /** From the left joint, 0, to the right one, 1. */
  readonly across: number;
  /** From its upper end, in rows. */
  readonly run: number;
  /** How far the lower end is from there, in rows. */
  readonly left: number;
}

/** What lies on top at a place: a piece of the row above, as far as it reaches, or one of the row itself, or nothing. */
function topmost(lapping: Lapping, x: number, y: number, ragged: number): OnPiece | null {
  const band = Math.floor(y);
  for (const row of [band - 1, band]) {
    const { id, across } = pieceAt(lapping, x, row);
    const chance = (which: number): number => chanceOf(id, lapping.seed + which);
    if (chance(0) < lapping.missing) continue;
    const reach =
      lapping.reach +
      lapping.reachSpread * (chance(1) - 0.5) +
      lapping.skew * (chance(2) - 0.5) * 2 * (across - 0.5) -
      lapping.point * Math.abs(2 * across - 1);
    const run = y - row;
    // What reaches over two rows would lie beneath the row after next, too.
    const left = 1 + Math.min(0.98, Math.max(0, reach + ragged)) - run;
    if (left > 0) return { id, across, run, left };
  }
  return null;
}

function pieceAt(
  { rows, columns, shift, jitter, seed }: Lapping,
  x: number,
  row: number,
): { readonly id: number; readonly across: number } {
  const own = wrap(row, rows);
  const along = x + (shift === "free" ? chanceOf(own, seed + 20) : shift * (own % 2));
  const idOf = (column: number): number => own * columns + wrap(column, columns) + 1;
  const joint = (column: number): number => column + jitter * (chanceOf(idOf(column), seed + 21) - 0.5);
  let column = Math.floor(along);
  if (along < joint(column)) column -= 1;
  else if (along >= joint(column + 1)) column += 1;
  const begin = joint(column);
  return { id: idOf(column), across: (along - begin) / (joint(column + 1) - begin) };
}

function heightOn(lapping: Lapping, { id, across, run, left }: OnPiece): number {
  const chance = (which: number): number => chanceOf(id, lapping.seed + which);
  const middle = across - 0.5;
  let height = 0.3 + lapping.rise * (run / 2) ** lapping.bend + lapping.uneven * (chance(3) - 0.5);
  height += lapping.arch * (1 - 4 * middle * middle) + lapping.wave * sineOfTurns(across);
  height += lapping.tilt * ((chance(4) - 0.5) * middle + (chance(5) - 0.5) * (run - 0.7));
  if (chance(6) < lapping.broken) {
    const turns = chance(7);
    const beyond = middle * sineOfTurns(turns) + (run - 0.8) * sineOfTurns(turns + 0.25) + 0.6 * (chance(8) - 0.5);
    height += beyond > 0 ? 0.3 * (chance(9) - 0.5) : 0;
    height -= 0.25 * smoothstep(0.05, 0, Math.abs(beyond));
  }
  const joint = smoothstep(0, lapping.gap + 0.02, Math.min(across, 1 - across));
  const end = smoothstep(0, lapping.bevel, left);
  const depth = lapping.gap > 0 ? lapping.gapDepth : 0.1;
  return height * (1 - depth * (1 - joint)) - 0.25 * (1 - clamp01(end));
}
