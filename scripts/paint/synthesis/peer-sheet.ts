import { CONTENDERS } from "../../../tests/bench/paint/contenders.ts";
import { blankSheet, place, type Sheet } from "../draw-sheet.ts";
import type { Texture } from "../subjects/textures.ts";

const SEED = 301;
const GAP = 4;

/** One texture a row: the crop, then a result of ours, of image quilting and of stochastic sampling. */
export async function peerSheet(textures: readonly Texture[], tile: number): Promise<Sheet> {
  const names = Object.keys(CONTENDERS);
  const sheet = blankSheet((1 + names.length) * (tile + GAP) - GAP, textures.length * (tile + GAP) - GAP);
  for (const [row, texture] of textures.entries()) {
    const source = texture.single(SEED, tile);
    const top = row * (tile + GAP);
    place(sheet, source, { top, left: 0 });
    for (const [column, name] of names.entries()) {
      const result = await CONTENDERS[name](source, { seed: SEED, side: tile, onFirstPreview: () => {} });
      place(sheet, result, { top, left: (column + 1) * (tile + GAP) });
    }
  }
  return sheet;
}
