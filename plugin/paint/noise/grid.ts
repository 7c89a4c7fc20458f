/** One number for each pixel, row-major [height, width]. */
export type Field = Float32Array;

/** How many pixels a picture has, and how wide and high one seamless tile of it is. */
export interface Grid {
  /** Columns. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** Width of the tile in short sides: 1 for a square or an upright picture. */
  readonly across: number;
  /** Height of the tile in short sides: 1 for a square or a wide picture. */
  readonly down: number;
  /** Size of a pixel in short sides. */
  readonly pixel: number;
}

/** A grid whose shorter side is one unit long; the longer one has as many units more as it has pixels more. */
export function createGrid(width: number, height: number): Grid {
  const short = Math.min(width, height);
  return { width, height, across: width / short, down: height / short, pixel: 1 / short };
}

/** Lattice cells along both axes: always whole numbers, at least one, so that noise meets itself at the border. */
export interface Cells {
  readonly columns: number;
  readonly rows: number;
}

/**
 * Whole cells for a frequency.
 *
 * @param frequency - Cells to a short side of the tile, alike on both axes or [across, down].
 */
export function cellsOf(grid: Grid, frequency: number | readonly [number, number]): Cells {
  const [x, y] = typeof frequency === "number" ? [frequency, frequency] : frequency;
  return {
    columns: Math.max(1, Math.round(x * grid.across)),
    rows: Math.max(1, Math.round(y * grid.down)),
  };
}

/** The remainder that is never negative. */
export function wrap(index: number, count: number): number {
  const rest = index % count;
  return rest < 0 ? rest + count : rest;
}
