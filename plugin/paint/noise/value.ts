import type { Cells, Field, Grid } from "./grid.ts";
import { wrap } from "./grid.ts";
import { hash2 } from "./hash.ts";

/**
 * Periodic value noise in [0, 1]: chance numbers on a lattice, smoothed between. Blockier than Perlin's, and so right for
 * fibres, brushed metal and whatever comes in strips.
 *
 * @returns A new field.
 */
export function valueNoise(
  grid: Grid,
  { cells: { columns, rows }, seed }: { readonly cells: Cells; readonly seed: number },
): Field {
  const { width, height } = grid;
  const lattice = new Float32Array(columns * rows);
  for (let i = 0; i < lattice.length; i++) lattice[i] = hash2(i, 0, seed) / 4294967296;
  const field = new Float32Array(width * height);
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      const x = ((column + 0.5) / width) * columns;
      const y = ((row + 0.5) / height) * rows;
      const floorX = Math.floor(x);
      const floorY = Math.floor(y);
      const left = wrap(floorX, columns);
      const top = wrap(floorY, rows) * columns;
      const right = left + 1 === columns ? 0 : left + 1;
      const bottom = top + columns === rows * columns ? 0 : top + columns;
      const fx = x - floorX;
      const fy = y - floorY;
      const sx = fx * fx * (3 - 2 * fx);
      const sy = fy * fy * (3 - 2 * fy);
      const upper = lattice[top + left] + (lattice[top + right] - lattice[top + left]) * sx;
      const lower = lattice[bottom + left] + (lattice[bottom + right] - lattice[bottom + left]) * sx;
      field[pixel] = upper + (lower - upper) * sy;
    }
  }
  return field;
}
