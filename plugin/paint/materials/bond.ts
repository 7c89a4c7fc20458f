import { chanceOf } from "../noise/hash.ts";
import { type Field, type Grid, wrap } from "../noise/grid.ts";
import type { Warp } from "../noise/warp.ts";

/** How rectangular pieces are laid in rows. */
export interface BondOptions {
  readonly columns: number;
  readonly rows: number;
  /** By which share of a piece a row is shifted. */
  readonly shift: (row: number) => number;
  /** Width of the joints, in short sides. */
  readonly gap: number;
  /** Radius of the corners, in short sides. */
  readonly rounding: number;
  /** How much smaller pieces may be, in short sides. Default 0. */
  readonly uneven?: number;
  /** 32 bits. */
  readonly seed: number;
  readonly warp?: Warp;
}

/** Pieces laid in rows: what each pixel knows about the piece it is in. */
export interface Bond {
  /** From 1, [height, width]; also in the joints, which belong to the nearer piece. */
  readonly id: Int32Array;
  /** Distance to the piece's border in short sides; negative in the joint. */
  readonly inside: Field;
  /** Place within the piece's cell, both in [-0.5, 0.5). */
  readonly u: Field;
  readonly v: Field;
}

/** Bricks, boards or plates in rows, around both borders. Returns new fields. */
export function bond(grid: Grid, options: BondOptions): Bond {
  const { columns, rows, shift, gap, rounding, uneven = 0, seed, warp } = options;
  const { width, height, across, down } = grid;
  const size = width * height;
  const result = {
    id: new Int32Array(size),
    inside: new Float32Array(size),
    u: new Float32Array(size),
    v: new Float32Array(size),
  };
  const cellWidth = across / columns;
  const cellHeight = down / rows;
  const shifts = Float64Array.from({ length: rows }, (_, row) => shift(row));
  for (let line = 0, pixel = 0; line < height; line++) {
    for (let x = 0; x < width; x++, pixel++) {
      const y = ((line + 0.5) / height) * rows + (warp ? warp.y[pixel] / cellHeight : 0);
      const floorY = Math.floor(y);
      const row = wrap(floorY, rows);
      const along = ((x + 0.5) / width) * columns + shifts[row] + (warp ? warp.x[pixel] / cellWidth : 0);
      const floorX = Math.floor(along);
      const id = row * columns + wrap(floorX, columns) + 1;
      const u = along - floorX - 0.5;
      const v = y - floorY - 0.5;
      const halfWidth = (cellWidth - gap - uneven * chanceOf(id, seed)) / 2 - rounding;
      const halfHeight = (cellHeight - gap - uneven * chanceOf(id, seed + 1)) / 2 - rounding;
      const outX = Math.abs(u * cellWidth + uneven * 0.3 * (chanceOf(id, seed + 2) - 0.5)) - halfWidth;
      const outY = Math.abs(v * cellHeight + uneven * 0.3 * (chanceOf(id, seed + 3) - 0.5)) - halfHeight;
      const farX = outX > 0 ? outX : 0;
      const farY = outY > 0 ? outY : 0;
      const within = Math.min(0, Math.max(outX, outY));
      result.id[pixel] = id;
      result.inside[pixel] = rounding - within - Math.sqrt(farX * farX + farY * farY);
      result.u[pixel] = u;
      result.v[pixel] = v;
    }
  }
  return result;
}
