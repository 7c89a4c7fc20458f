import { hash2 } from "./hash.ts";
import { cosineOfTurns, sineOfTurns } from "./curves.ts";
import type { Field, Grid } from "./grid.ts";
import { wrap } from "./grid.ts";
import type { Warp } from "./warp.ts";

/**
 * A lattice that meets itself at the tile's borders: a whole-number matrix takes the tile, [0, 1) on both axes, to it.
 *
 * A turned lattice hides the noise's habit of running along its axes. One tile to the right moves by (a, c) and one tile
 * down by (b, d), so lattice points are the same where d · p − b · q is, modulo `count` = ad − bc.
 */
export interface Lattice {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  /** Different points. */
  readonly count: number;
}

/** A lattice along the axes, with whole cells. */
export function straightLattice(columns: number, rows: number): Lattice {
  return { a: columns, b: 0, c: 0, d: rows, count: columns * rows };
}

/** A lattice of about `frequency` cells to a short side, turned by about `turns`. */
export function turnedLattice(grid: Grid, frequency: number, turns: number): Lattice {
  const cosine = cosineOfTurns(turns) * frequency;
  const sine = sineOfTurns(turns) * frequency;
  const a = Math.round(cosine * grid.across);
  const b = Math.round(-sine * grid.down);
  const c = Math.round(sine * grid.across);
  let d = Math.round(cosine * grid.down);
  while (b !== 0 && commonDivisor(Math.abs(b), Math.abs(d)) !== 1) d++;
  const count = a * d - b * c;
  if (b === 0 || count <= 0) {
    return straightLattice(
      Math.max(1, Math.round(frequency * grid.across)),
      Math.max(1, Math.round(frequency * grid.down)),
    );
  }
  return { a, b, c, d, count };
}

function commonDivisor(x: number, y: number): number {
  return y === 0 ? x : commonDivisor(y, x % y);
}

/**
 * Periodic gradient noise, about [-1, 1], 0 at every lattice point.
 *
 * Perlin 2002, "Improving noise", https://doi.org/10.1145/566654.566636, with gradients of free direction.
 *
 * @param visit - Gets the value of each pixel, in rows. Called width × height times.
 */
export function perlin(
  grid: Grid,
  octave: { readonly lattice: Lattice; readonly seed: number; readonly warp?: Warp | undefined },
  visit: (pixel: number, value: number) => void,
): void {
  const { width, height } = grid;
  const { a, b, c, d, count } = octave.lattice;
  const isStraight = b === 0;
  const gradients = createGradients(count, octave.seed);
  const warpX = octave.warp?.x;
  const warpY = octave.warp?.y;
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      let u = (column + 0.5) / width;
      let v = (row + 0.5) / height;
      if (warpX && warpY) {
        u += warpX[pixel] / grid.across;
        v += warpY[pixel] / grid.down;
      }
      const x = a * u + b * v;
      const y = c * u + d * v;
      const p = Math.floor(x);
      const q = Math.floor(y);
      const fx = x - p;
      const fy = y - q;

      // Step 1. The four lattice points around, by number.
      let n00: number;
      let n10: number;
      let n01: number;
      let n11: number;
      if (isStraight) {
        const left = wrap(p, a);
        const top = wrap(q, d) * a;
        const right = left + 1 === a ? 0 : left + 1;
        const bottom = top + a === count ? 0 : top + a;
        n00 = top + left;
        n10 = top + right;
        n01 = bottom + left;
        n11 = bottom + right;
      } else {
        n00 = wrap(d * p - b * q, count);
        n10 = wrap(n00 + d, count);
        n01 = wrap(n00 - b, count);
        n11 = wrap(n10 - b, count);
      }

      // Step 2. Their slopes, mixed by the quintic curve.
      const sx = fx * fx * fx * (fx * (fx * 6 - 15) + 10);
      const sy = fy * fy * fy * (fy * (fy * 6 - 15) + 10);
      const v00 = gradients[2 * n00] * fx + gradients[2 * n00 + 1] * fy;
      const v10 = gradients[2 * n10] * (fx - 1) + gradients[2 * n10 + 1] * fy;
      const v01 = gradients[2 * n01] * fx + gradients[2 * n01 + 1] * (fy - 1);
      const v11 = gradients[2 * n11] * (fx - 1) + gradients[2 * n11 + 1] * (fy - 1);
      const upper = v00 + (v10 - v00) * sx;
      visit(pixel, (upper + (v01 + (v11 - v01) * sx - upper) * sy) * Math.SQRT2);
    }
  }
}

/** Directions of length 1, [count, 2]. */
function createGradients(count: number, seed: number): Field {
  const gradients = new Float32Array(count * 2);
  for (let i = 0; i < count; i++) {
    // A point in the disc, drawn again while it is outside, then pushed to the circle.
    let x = 0;
    let y = 0;
    let square = 2;
    for (let attempt = 0; square > 1 || square < 0.01; attempt++) {
      const bits = hash2(i, attempt, seed);
      x = (bits & 0xffff) / 32768 - 1;
      y = (bits >>> 16) / 32768 - 1;
      square = x * x + y * y;
    }
    const length = Math.sqrt(square);
    gradients[2 * i] = x / length;
    gradients[2 * i + 1] = y / length;
  }
  return gradients;
}
