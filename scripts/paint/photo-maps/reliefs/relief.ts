import type { Random } from "../../../../plugin/core/random.ts";
import { mix, smoothstep } from "../../../../plugin/paint/noise/curves.ts";
import type { Field, Grid } from "../../../../plugin/paint/noise/grid.ts";

/** A shape without a name: heights, and which piece each pixel belongs to. */
export interface Relief {
  /** [height, width], in [0, 1]. */
  readonly heights: Field;
  /** A number for each pixel, [height, width]; null for a relief of one piece. */
  readonly pieces: Int32Array | null;
}

/** Draws a relief by chance. */
export type DrawRelief = (grid: Grid, random: Random) => Relief;

/** A number between two, each doubling as likely as the next. */
export function evenly(random: Random, least: number, most: number): number {
  return Math.exp(random.between(Math.log(least), Math.log(most)));
}

/** Stretches heights over [0, 1], in place; those of an even field become 0. */
export function levelled(heights: Field): Field {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const height of heights) {
    if (height < lowest) lowest = height;
    if (height > highest) highest = height;
  }
  const range = highest - lowest || 1;
  for (let i = 0; i < heights.length; i++) heights[i] = (heights[i] - lowest) / range;
  return heights;
}

/** How a piece rises from its border, 0, to its middle, 1. */
export type Profile = (inside: number) => number;

/** A dome, a flat top with a bevel of some width, a cone, or a bowl with a rim. */
export function randomProfile(random: Random): Profile {
  const bevel = evenly(random, 0.04, 0.5);
  const power = evenly(random, 1.5, 4);
  return random.pick<Profile>([
    (inside) => 1 - (1 - inside) ** power,
    (inside) => smoothstep(0, bevel, inside),
    (inside) => Math.min(1, inside / bevel),
    (inside) => inside,
    (inside) => smoothstep(0, bevel, inside) * mix(1, 0.55, smoothstep(bevel, 1, inside)),
  ]);
}

/** How often pieces lean all the same way. */
const SHARED_LEAN = 0.4;

/** How far all pieces of a relief lean the same way, to the right and down, besides what each leans by itself; mostly not at all. */
export function sharedLean(random: Random): readonly [right: number, down: number] {
  const strength = random.uniform() < SHARED_LEAN ? random.between(0.3, 1) : 0;
  const turn = 2 * Math.PI * random.uniform();
  return [strength * Math.cos(turn), strength * Math.sin(turn)];
}
