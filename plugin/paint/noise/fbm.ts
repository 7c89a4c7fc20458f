import { cellsOf, type Field, type Grid } from "./grid.ts";
import { type Lattice, perlin, straightLattice, turnedLattice } from "./perlin.ts";
import type { Warp } from "./warp.ts";

/** How octaves of noise are added up. */
export interface FbmOptions {
  /** 32 bits. */
  readonly seed: number;
  /** Cells to a short side in the first octave, alike on both axes or [across, down]. */
  readonly frequency: number | readonly [number, number];
  /** Octaves, each of twice the frequency; those finer than two pixels are left out. Default 5. */
  readonly octaves?: number;
  /** Each octave's share of the one before, in (0, 1). Default 0.5. */
  readonly gain?: number;
  /** "smooth" is even hills, "billow" is pillows with sharp valleys, "ridged" is sharp crests. Default "smooth". */
  readonly shape?: "smooth" | "billow" | "ridged";
  readonly warp?: Warp;
}

/**
 * Periodic fractal noise, spread so that nearly all of it lies in [0, 1] and its middle is 0.5 ("smooth").
 *
 * @returns A new field.
 */
export function fbm(grid: Grid, options: FbmOptions): Field {
  const { frequency, octaves = 5, gain = 0.5, shape = "smooth", warp } = options;
  const field = new Float32Array(grid.width * grid.height);
  const [across, down] = typeof frequency === "number" ? [frequency, frequency] : frequency;
  let squares = 0;
  let sum = 0;
  for (let octave = 0, amplitude = 1, factor = 1; octave < octaves; octave++, amplitude *= gain, factor *= 2) {
    const finest = 0.5 / grid.pixel;
    if (octave > 0 && (across * factor > finest || down * factor > finest)) break;
    const lattice = octaveLattice(grid, options.frequency, factor, octave);
    const seed = (options.seed + Math.imul(octave + 1, 0x9e3779b1)) | 0;
    const weight = amplitude;
    if (shape === "smooth") {
      perlin(grid, { lattice, seed, warp }, (pixel, value) => (field[pixel] += weight * value));
    } else {
      const sign = shape === "billow" ? 1 : -1;
      perlin(grid, { lattice, seed, warp }, (pixel, value) => (field[pixel] += sign * weight * Math.abs(value)));
    }
    squares += amplitude * amplitude;
    sum += amplitude;
  }
  // Perlin noise has a standard deviation of about 0.37: six of them fill [0, 1] for "smooth".
  if (shape === "smooth") {
    const scale = 1 / (2.6 * 0.37 * 2 * Math.sqrt(squares));
    for (let i = 0; i < field.length; i++) field[i] = Math.min(1, Math.max(0, 0.5 + field[i] * scale));
  } else {
    const base = shape === "billow" ? 0 : 1;
    for (let i = 0; i < field.length; i++) field[i] = Math.min(1, Math.max(0, base + (field[i] * 1.15) / sum));
  }
  return field;
}

/** How far octaves are turned against each other, in turns: 0.41 of a right angle, chosen because no two of six agree. */
const TURN = 0.1025;

function octaveLattice(grid: Grid, frequency: FbmOptions["frequency"], factor: number, octave: number): Lattice {
  const finest = 0.5 / grid.pixel;
  if (typeof frequency === "number") {
    return turnedLattice(grid, Math.min(frequency * factor, finest), (octave + 1) * TURN);
  }
  const [across, down] = frequency;
  const { columns, rows } = cellsOf(grid, [Math.min(across * factor, finest), Math.min(down * factor, finest)]);
  return straightLattice(columns, rows);
}
