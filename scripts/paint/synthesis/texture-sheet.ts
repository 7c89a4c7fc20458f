import type { Picture } from "../../../plugin/paint/picture.ts";
import { synthesise } from "../../../plugin/paint/synthesis/synthesise.ts";
import { blankSheet, place, type Sheet } from "../draw-sheet.ts";
import type { Texture } from "../subjects/textures.ts";

/** The seed of the crop and of the first result; the second one's follows. Nothing was picked. */
const SEED = 301;
const GAP = 4;

/**
 * The crop above a result of another seed; the first result, four times; one larger than the crop, half as high again and
 * twice as wide.
 */
export async function textureSheet(texture: Texture, tile: number): Promise<Sheet> {
  const source = texture.single(SEED, tile);
  const make = (seed: number, height: number, width: number): Promise<Picture> =>
    synthesise(source, { seed, size: { height, width } });
  const sheet = blankSheet(5 * tile + 2 * GAP, 2 * tile + GAP);
  place(sheet, source, { top: 0, left: 0 });
  place(sheet, await make(SEED + 1, tile, tile), { top: tile + GAP, left: 0 });
  place(sheet, await make(SEED, tile, tile), { top: 0, left: tile + GAP, tiles: 2 });
  place(sheet, await make(SEED, 1.5 * tile, 2 * tile), { top: 0, left: 3 * tile + 2 * GAP });
  return sheet;
}
