import { fbm, type FbmOptions } from "./fbm.ts";
import type { Field, Grid } from "./grid.ts";

/** How far each pixel looks aside, in short sides of the tile. */
export interface Warp {
  readonly x: Field;
  readonly y: Field;
}

/**
 * A warp of fractal noise, which bends what is drawn through it.
 *
 * Quilez 2002, "Domain warping", https://iquilezles.org/articles/warp/.
 *
 * @param amount - The largest shift, in short sides of the tile.
 * @returns Two new fields.
 */
export function warpField(grid: Grid, amount: number, options: FbmOptions): Warp {
  const spread = (seed: number): Field => {
    const field = fbm(grid, { ...options, seed });
    for (let i = 0; i < field.length; i++) field[i] = (field[i] * 2 - 1) * amount;
    return field;
  };
  return { x: spread(options.seed), y: spread((options.seed ^ 0x5bd1e995) | 0) };
}
