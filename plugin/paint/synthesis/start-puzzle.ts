import type { Random } from "../../core/random.ts";
import type { Puzzle } from "./puzzle.ts";
import { type Piece } from "./puzzle.ts";

/** A layout at one scale, apart from the kernels' memory, so that the next scale can go on from it. */
export interface Layout {
  readonly height: number;
  readonly width: number;
  readonly map: Int32Array;
  readonly pieces: readonly Piece[];
  /** Sizes of the sources, in their order. */
  readonly sources: readonly { readonly height: number; readonly width: number }[];
}

export function layoutOf(puzzle: Puzzle): Layout {
  const { height, width, map, pieces, sources } = puzzle;
  return { height, width, map: map.slice(), pieces: [...pieces], sources: sources.map(({ picture }) => picture) };
}

/**
 * Lays a puzzle out as it was at a coarser scale.
 *
 * @param kept - So many pieces, the first ones of both scales, are the same already.
 */
export function refineLayout(puzzle: Puzzle, coarse: Layout, kept: number): void {
  const { height, width, map, frozen } = puzzle;
  const numbers = new Map<number, number>(Array.from({ length: kept }, (_, number) => [number, number]));
  for (let y = 0, pixel = 0; y < height; y++) {
    const row = Math.floor((y * coarse.height) / height) * coarse.width;
    for (let x = 0; x < width; x++, pixel++) {
      if (frozen[pixel] === 1) continue;
      const old = coarse.map[row + Math.floor((x * coarse.width) / width)];
      let number = numbers.get(old);
      if (number === undefined) {
        number = puzzle.add(refinedPiece(puzzle, coarse, coarse.pieces[old]));
        numbers.set(old, number);
      }
      map[pixel] = number;
    }
  }
}

/** A coarse pixel's centre lies between fine ones, so half a pixel is added before rounding down. */
function refinedPiece({ height, width, sources }: Puzzle, coarse: Layout, piece: Piece): Piece {
  const { source } = piece;
  const from = sources[source].picture;
  const fine = (line: number, length: number, coarseLength: number): number =>
    Math.floor(((line + 0.5) * length) / coarseLength);
  return {
    y: fine(piece.y, height, coarse.height),
    x: fine(piece.x, width, coarse.width),
    sourceY: fine(piece.sourceY, from.height, coarse.sources[source].height),
    sourceX: fine(piece.sourceX, from.width, coarse.sources[source].width),
    source,
  };
}

/**
 * Fills what shows nothing yet, or what must not be copied, with pieces from chance places that may be copied.
 *
 * @param side - Of the pieces, in pixels.
 */
export function fillHoles(puzzle: Puzzle, side: number, weights: readonly number[], random: Random): void {
  const { width, height } = puzzle;
  let usable: { source: number; pixels: Int32Array }[] | undefined;
  for (let hole = puzzle.nextHole(0); hole >= 0; hole = puzzle.nextHole(hole)) {
    usable ??= usablePixels(puzzle, weights);
    const { source, pixels } = usable[random.integer(usable.length)];
    const from = pixels[random.integer(pixels.length)];
    const across = puzzle.sources[source].picture.width;
    const y = Math.floor(hole / width);
    const x = hole % width;
    const piece = puzzle.add({ y, x, sourceY: Math.floor(from / across), sourceX: from % across, source });
    const rows = Math.min(side, height);
    const columns = Math.min(side, width);
    const top = (y - (rows >> 1) + height) % height;
    const left = (x - (columns >> 1) + width) % width;
    puzzle.lay(piece, { top, left, rows, columns }, true);
  }
}

function usablePixels(puzzle: Puzzle, weights: readonly number[]): { source: number; pixels: Int32Array }[] {
  return puzzle.sources
    .map(({ picture, mask }, source) => {
      const all = Int32Array.from({ length: picture.height * picture.width }, (_, i) => i);
      return { source, pixels: mask ? all.filter((i) => mask[i] === 1) : all };
    })
    .filter(({ source, pixels }) => weights[source] > 0 && pixels.length > 0);
}
