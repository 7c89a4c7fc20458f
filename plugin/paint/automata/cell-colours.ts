import { CELL_CHANNELS, type Species } from "./species.ts";

/** Numbers of a cell: those of its species; whether it lives; its share of the second species. */
export const CELL_NUMBERS = CELL_CHANNELS + 2;
/** Where a cell says whether it lives: 0 or 1. */
export const LIFE = CELL_CHANNELS;
/** Where a cell says its share of the second species, in [0, 1]. */
export const SHARE = CELL_CHANNELS + 1;

/** What cells are coloured with. */
export interface CellPaint {
  readonly species: Species;
  readonly graft: Species | null;
  /** sRGB of cells without life. */
  readonly bare: readonly [number, number, number];
}

/**
 * What cells look like: sRGB, [cells, 3], in [0, 1].
 *
 * @param cells - [cells, CELL_NUMBERS].
 */
export function cellColours(cells: Float32Array, { species, graft, bare }: CellPaint): Float32Array {
  const colours = new Float32Array((cells.length / CELL_NUMBERS) * 3);
  for (let at = 0, to = 0; at < cells.length; at += CELL_NUMBERS, to += 3) {
    const share = graft ? cells[at + SHARE] : 0;
    for (let c = 0; c < 3; c++) {
      let colour = colourOf(species, cells, at, c);
      if (share > 0) colour += share * (colourOf(graft!, cells, at, c) - colour);
      colours[to + c] = cells[at + LIFE] === 0 ? bare[c] : Math.min(1, Math.max(0, colour));
    }
  }
  return colours;
}

function colourOf({ colourWeights, colourBiases }: Species, cells: Float32Array, at: number, c: number): number {
  let colour = colourBiases[c];
  for (let k = 0; k < 3; k++) colour += colourWeights[3 * c + k] * cells[at + k];
  return colour;
}
