import type { Random } from "../../core/random.ts";
import { clamp01, smoothstep } from "../noise/curves.ts";
import { fbm } from "../noise/fbm.ts";
import type { Field, Grid } from "../noise/grid.ts";
import { drawDisc } from "../noise/strokes.ts";
import { valueNoise } from "../noise/value.ts";
import { cellsOf } from "../noise/grid.ts";

/** What a sawn piece of wood shows; the grain runs across the picture, from left to right. */
export interface WoodFigure {
  /** Where each pixel lies in the growth rings, in rings, without the even run that the class adds. */
  readonly bend: Field;
  /** 0 is soft early wood between fibres, 1 hard; [0, 1]. */
  readonly fibres: Field;
  /** Open pores: short dark dashes, [0, 1]. */
  readonly pores: Field;
  /** Inside a knot, [0, 1]. */
  readonly knots: Field;
}

/** How lively wood grew. */
export interface FigureOptions {
  readonly density: number;
  /** How many rings wide the figure sways. */
  readonly sway: number;
  /** Knots to a tile. */
  readonly knots: number;
  /** Sways down the tile to a short side. */
  readonly frequency: number;
}

/** Draws the figure of wood around both borders. Returns new fields. */
export function woodFigure(grid: Grid, { density, sway, knots, frequency }: FigureOptions, random: Random): WoodFigure {
  const broad = fbm(grid, { seed: random.uint32(), frequency: [1 * density, frequency], octaves: 2, gain: 0.35 });
  const fine = fbm(grid, { seed: random.uint32(), frequency: [4 * density, 14 * density], octaves: 3, gain: 0.5 });
  const fibres = fbm(grid, { seed: random.uint32(), frequency: [5 * density, 90 * density], octaves: 3, gain: 0.75 });
  const dashes = valueNoise(grid, { seed: random.uint32(), cells: cellsOf(grid, [26 * density, 230 * density]) });
  const size = grid.width * grid.height;
  const bend = new Float32Array(size);
  const pores = new Float32Array(size);
  const knotField = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    bend[i] = sway * (broad[i] - 0.5) + 0.7 * (fine[i] - 0.5);
    pores[i] = smoothstep(0.78, 0.95, dashes[i]);
  }
  for (let knot = 0; knot < knots; knot++) {
    const x = random.uniform() * grid.across;
    const y = random.uniform() * grid.down;
    const reach = random.between(0.13, 0.2) / density;
    const strength = random.between(2.5, 4.5);
    drawDisc(grid, { x, y, radius: reach }, (pixel, fromX, fromY) => {
      // Longer along the grain than across it.
      const square = fromX * fromX * 1.1 + fromY * fromY * 5;
      const near = clamp01(1 - square);
      bend[pixel] += strength * near * near * near * (1 + 0.5 * near);
      knotField[pixel] = Math.max(knotField[pixel], smoothstep(0.72, 0.94, near));
    });
  }
  return { bend, fibres, pores, knots: knotField };
}

/** The darkness of a growth ring: slowly into late wood, at once back to early wood. `phase` in rings. */
export function ringShade(phase: number): number {
  const place = phase - Math.floor(phase);
  return smoothstep(0.15, 0.86, place) * (1 - smoothstep(0.88, 1, place));
}
