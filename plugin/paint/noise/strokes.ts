import { cosineOfTurns, sineOfTurns } from "./curves.ts";
import { type Grid, wrap } from "./grid.ts";

/** A bent, tapered stroke: a blade of grass, a straw, a scratch. All lengths in short sides of the tile. */
export interface Stroke {
  /** Where it begins. */
  readonly x: number;
  readonly y: number;
  /** Where it heads, in turns: 0 is right, 0.25 is down. */
  readonly turns: number;
  readonly length: number;
  /** How far its end is bent aside, as a share of its length. */
  readonly bend: number;
  /** Half of its width at the thickest place. */
  readonly halfWidth: number;
  /** Half width along it as a share of `halfWidth`; t runs from 0 to 1. Default: even. */
  readonly taper?: (t: number) => number;
}

/**
 * Draws a stroke around the borders.
 *
 * @param visit - Gets a pixel, how far along it lies in [0, 1], and how far across in [-1, 1]; a pixel may come twice.
 */
export function drawStroke(
  grid: Grid,
  stroke: Stroke,
  visit: (pixel: number, t: number, across: number) => void,
): void {
  const { x, y, turns, length, bend, halfWidth, taper } = stroke;
  const { width, height, pixel } = grid;
  const dirX = cosineOfTurns(turns);
  const dirY = sineOfTurns(turns);
  const steps = Math.max(2, Math.ceil((length * (1 + Math.abs(bend))) / (pixel * 0.7)));
  for (let step = 0; step <= steps; step++) {
    const t = step / steps;
    const aside = bend * length * t * t;
    const centreX = x + dirX * length * t - dirY * aside;
    const centreY = y + dirY * length * t + dirX * aside;
    // Across the tangent, which turns with the bend.
    const slope = 2 * bend * t;
    const tangent = Math.sqrt(1 + slope * slope);
    const normalX = (-dirY - dirX * slope) / tangent;
    const normalY = (dirX - dirY * slope) / tangent;
    const half = halfWidth * (taper ? taper(t) : 1);
    const sides = Math.max(0, Math.ceil(half / (pixel * 0.7)));
    for (let side = -sides; side <= sides; side++) {
      const across = sides === 0 ? 0 : side / sides;
      const column = wrap(Math.floor((centreX + normalX * half * across) / pixel), width);
      const row = wrap(Math.floor((centreY + normalY * half * across) / pixel), height);
      visit(row * width + column, t, across);
    }
  }
}

/**
 * Visits the pixels of a disc around the borders.
 *
 * @param visit - Gets a pixel and its place from the disc's centre, in radii.
 */
export function drawDisc(
  grid: Grid,
  { x, y, radius }: { readonly x: number; readonly y: number; readonly radius: number },
  visit: (pixel: number, fromX: number, fromY: number) => void,
): void {
  const { width, height, pixel } = grid;
  const reach = Math.min(Math.ceil(radius / pixel) + 1, Math.floor(Math.min(width, height) / 2));
  const centreColumn = Math.floor(x / pixel);
  const centreRow = Math.floor(y / pixel);
  for (let row = centreRow - reach; row <= centreRow + reach; row++) {
    const fromY = ((row + 0.5) * pixel - y) / radius;
    for (let column = centreColumn - reach; column <= centreColumn + reach; column++) {
      const fromX = ((column + 0.5) * pixel - x) / radius;
      if (fromX * fromX + fromY * fromY > 1) continue;
      visit(wrap(row, height) * width + wrap(column, width), fromX, fromY);
    }
  }
}
