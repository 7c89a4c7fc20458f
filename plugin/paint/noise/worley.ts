import { type Cells, cellsOf, type Field, type Grid, wrap } from "./grid.ts";
import { hash2 } from "./hash.ts";
import type { Warp } from "./warp.ts";

/** What the cells of a Voronoi diagram know about each pixel. */
export interface WorleyCells {
  /** The cell's number, from 0, [height, width]. */
  readonly id: Int32Array;
  /** Distance to the cell's point, in short sides. */
  readonly nearest: Field;
  /** Distance to the cell's border, in short sides; corners are rounded by `rounding`. */
  readonly edge: Field;
  /** From the cell's point to the pixel, in short sides. */
  readonly fromX: Field;
  readonly fromY: Field;
}

/** How the points of the cells lie. */
export interface WorleyOptions {
  /** 32 bits. */
  readonly seed: number;
  /** Cells to a short side, alike on both axes or [across, down]. */
  readonly frequency: number | readonly [number, number];
  /** 0 is a regular lattice, 1 puts points anywhere in their cell. Default 0.9. */
  readonly jitter?: number;
  /** Whether corners of cells are cut round. Default false. */
  readonly rounded?: boolean;
  /** Whether each second row is shifted by half a cell; needs an even number of rows, and then makes one. Default false. */
  readonly staggered?: boolean;
  /** Whether cells are as long as the lattice's, not only strewn by it; `nearest` then counts along their short side. */
  readonly stretched?: boolean;
  readonly warp?: Warp;
}

/**
 * Periodic Voronoi cells with true distances to their borders.
 *
 * Worley 1996, "A cellular texture basis function", https://doi.org/10.1145/237170.237267; borders as in Quilez 2012,
 * "Voronoi edges", https://iquilezles.org/articles/voronoilines/. Rounded corners are a softened least distance: the
 * fourth root of the harmonic sum of fourth powers.
 *
 * @returns New fields.
 */
export function worley(grid: Grid, options: WorleyOptions): WorleyCells {
  const { seed, frequency, jitter = 0.9, rounded = false, staggered = false, stretched = false, warp } = options;
  const { width, height, across, down } = grid;
  const cells = cellsOf(grid, frequency);
  const columns = cells.columns;
  const rows = staggered ? cells.rows + (cells.rows % 2) : cells.rows;
  const cellWidth = across / columns;
  const cellHeight = down / rows;
  const unitX = stretched ? Math.min(cellWidth, cellHeight) : cellWidth;
  const unitY = stretched ? Math.min(cellWidth, cellHeight) : cellHeight;
  const points = scatterPoints({ columns, rows }, { seed, jitter, staggered });
  const paddedColumns = columns + 4;

  const size = width * height;
  const result = {
    id: new Int32Array(size),
    nearest: new Float32Array(size),
    edge: new Float32Array(size),
    fromX: new Float32Array(size),
    fromY: new Float32Array(size),
  };
  const offsetX = new Float64Array(25);
  const offsetY = new Float64Array(25);
  const squares = new Float64Array(25);
  for (let row = 0, pixel = 0; row < height; row++) {
    for (let column = 0; column < width; column++, pixel++) {
      let x = ((column + 0.5) / width) * columns + (warp ? warp.x[pixel] / cellWidth : 0);
      let y = ((row + 0.5) / height) * rows + (warp ? warp.y[pixel] / cellHeight : 0);
      x -= Math.floor(x / columns) * columns;
      y -= Math.floor(y / rows) * rows;
      const corner = Math.min(rows - 1, Math.floor(y)) * paddedColumns + Math.min(columns - 1, Math.floor(x));

      // Step 1. The nearest of 25 points.
      let best = 0;
      let bestSquare = Infinity;
      let bestAt = 0;
      for (let down5 = 0, n = 0; down5 < 5; down5++) {
        for (let at = corner + down5 * paddedColumns, end = at + 5; at < end; at++, n++) {
          const toX = (points.x[at] - x) * unitX;
          const toY = (points.y[at] - y) * unitY;
          const square = toX * toX + toY * toY;
          offsetX[n] = toX;
          offsetY[n] = toY;
          squares[n] = square;
          if (square < bestSquare) {
            bestSquare = square;
            best = n;
            bestAt = at;
          }
        }
      }

      // Step 2. The nearest border: where another point is as near. A border lies at least half of the difference of
      // the two distances away, so points beyond `limit` cannot matter.
      const nearX = offsetX[best];
      const nearY = offsetY[best];
      const nearest = Math.sqrt(bestSquare);
      let edge = Infinity;
      let limit = Infinity;
      let harmonic = 0;
      for (let n = 0; n < 25; n++) {
        if (n === best || squares[n] > limit) continue;
        const wayX = offsetX[n] - nearX;
        const wayY = offsetY[n] - nearY;
        const length = Math.sqrt(wayX * wayX + wayY * wayY);
        if (length < 1e-6) continue;
        let distance = (squares[n] - bestSquare) / (2 * length);
        if (stretched) {
          const steepX = (wayX / length) * (unitX / cellWidth);
          const steepY = (wayY / length) * (unitY / cellHeight);
          distance /= Math.sqrt(steepX * steepX + steepY * steepY);
        }
        if (rounded) {
          const square = distance * distance + 1e-12;
          harmonic += 1 / (square * square);
        } else if (distance < edge) {
          edge = distance;
          if (!stretched) limit = (2 * edge + nearest) * (2 * edge + nearest);
        }
      }
      result.id[pixel] = points.id[bestAt];
      result.nearest[pixel] = nearest;
      result.edge[pixel] = rounded ? 1 / Math.sqrt(Math.sqrt(harmonic)) : edge;
      result.fromX[pixel] = -nearX;
      result.fromY[pixel] = -nearY;
    }
  }
  return result;
}

/** The cells' points in lattice units, with two more rows and columns on each side which repeat those opposite. */
function scatterPoints(
  { columns, rows }: Cells,
  { seed, jitter, staggered }: { readonly seed: number; readonly jitter: number; readonly staggered: boolean },
): { readonly x: Float64Array; readonly y: Float64Array; readonly id: Int32Array } {
  const count = (columns + 4) * (rows + 4);
  const points = { x: new Float64Array(count), y: new Float64Array(count), id: new Int32Array(count) };
  for (let row = -2, at = 0; row < rows + 2; row++) {
    for (let column = -2; column < columns + 2; column++, at++) {
      const ownColumn = wrap(column, columns);
      const ownRow = wrap(row, rows);
      const shift = staggered ? (ownRow % 2 === 1 ? 0.25 : -0.25) : 0;
      points.x[at] = column + 0.5 + shift + (hash2(ownColumn, ownRow, seed) / 4294967296 - 0.5) * jitter;
      points.y[at] = row + 0.5 + (hash2(ownColumn, ownRow, seed ^ 0x2545f491) / 4294967296 - 0.5) * jitter;
      points.id[at] = ownRow * columns + ownColumn;
    }
  }
  return points;
}
