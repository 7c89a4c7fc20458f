import type { Picture } from "../picture.ts";
import type { Puzzle } from "./puzzle.ts";

/** How far from where copies meet they may be made anew, as a share of a copy. */
export const BAND = 0.12;
/** Around what must not be copied so many pixels may be made anew, too, so that cuts find a good way. */
const MARGIN = 6;

/**
 * Lays copies of the first source side by side.
 *
 * @param full - Size of the result at full scale; with that of the source there, it says how many copies are needed.
 */
export function repeatPieces(
  puzzle: Puzzle,
  full: { readonly height: number; readonly width: number },
  source: { readonly height: number; readonly width: number },
): { rows: number; columns: number } {
  const { height, width } = puzzle;
  const rows = Math.ceil(full.height / source.height);
  const columns = Math.ceil(full.width / source.width);
  // every copy in quarters: the shorter way around the torus is always the right one then
  for (let i = 0; i < 2 * rows; i++) {
    const from = Math.round(((i >> 1) * height) / rows);
    const top = Math.round((i * height) / (2 * rows));
    const bottom = Math.round(((i + 1) * height) / (2 * rows));
    for (let j = 0; j < 2 * columns; j++) {
      const start = Math.round(((j >> 1) * width) / columns);
      const left = Math.round((j * width) / (2 * columns));
      const right = Math.round(((j + 1) * width) / (2 * columns));
      const y = (top + bottom) >> 1;
      const x = (left + right) >> 1;
      const number = puzzle.add({ y, x, sourceY: y - from, sourceX: x - start, source: 0 });
      for (let row = top; row < bottom; row++) puzzle.map.fill(number, row * width + left, row * width + right);
    }
  }
  return { rows, columns };
}

/** Freezes all but a band where copies meet, and what must not be copied. */
export function freezeInside(puzzle: Puzzle, rows: number, columns: number): void {
  const { height, width, frozen } = puzzle;
  const near = (line: number, length: number): boolean => {
    const within = line % length;
    return Math.min(within, length - within) < BAND * length;
  };
  for (let y = 0, pixel = 0; y < height; y++) {
    const edge = near(y + 0.5, height / rows);
    for (let x = 0; x < width; x++, pixel++) frozen[pixel] = edge || near(x + 0.5, width / columns) ? 0 : 1;
  }
  const { mask, picture } = puzzle.sources[0];
  if (!mask) return;
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      const [row, column] = puzzle.placeOf(puzzle.pieces[puzzle.map[pixel]], y, x);
      if (mask[row * picture.width + column] === 0) thaw(puzzle, y, x);
    }
  }
}

function thaw({ height, width, frozen }: Puzzle, y: number, x: number): void {
  for (let row = y - MARGIN; row <= y + MARGIN; row++) {
    const from = (((row % height) + height) % height) * width;
    for (let column = x - MARGIN; column <= x + MARGIN; column++) {
      frozen[from + (((column % width) + width) % width)] = 0;
    }
  }
}

/** Freezes all pixels that stand for none of a region. */
export function freezeOutside({ height, width, frozen }: Puzzle, region: Picture): void {
  frozen.fill(1);
  for (let y = 0; y < region.height; y++) {
    const row = Math.floor((y * height) / region.height) * width;
    for (let x = 0; x < region.width; x++) {
      if (region.pixels[y * region.width + x] >= 0.5) frozen[row + Math.floor((x * width) / region.width)] = 0;
    }
  }
}
