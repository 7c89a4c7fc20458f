import { exampleGenerator } from "../../../plugin/paint/generators/example.ts";
import { linearColours } from "../../../plugin/paint/maps/linear-colours.ts";
import type { SurfaceMaps } from "../../../plugin/paint/maps/surface-maps.ts";
import { picture, type Picture } from "../../../plugin/paint/picture.ts";
import { blankSheet, place, type Sheet } from "../draw-sheet.ts";
import { renderPreview } from "../preview.ts";
import { materialCrop } from "../subjects/material-stack.ts";

const GAP = 4;
const RELIEF = 0.05;

/** Whole materials, one a row: the crop, lit; the result, lit, four times; its colours, heights, roughness and metallic. */
export async function stackSheet(names: readonly string[], seed: number, tile: number): Promise<Sheet> {
  const sheet = blankSheet(5 * tile + 2 * GAP, names.length * (2 * tile + GAP) - GAP);
  for (const [row, name] of names.entries()) {
    const top = row * (2 * tile + GAP);
    const { colours, heights, roughness, metallic } = materialCrop(name, seed, tile);
    const roles: Record<string, Picture> = {
      example: colours,
      exampleHeights: heights,
      exampleRoughness: roughness,
      exampleMetallic: metallic,
    };
    const made = await exampleGenerator(null).paint({
      seed,
      width: tile,
      height: tile,
      settings: { relief: RELIEF },
      pictures: Object.entries(roles).map(([role, map]) => ({ role, name: role, picture: map })),
    });
    const before: SurfaceMaps = {
      width: tile,
      height: tile,
      albedo: linearColours(colours.pixels),
      heights: heights.pixels,
      roughness: roughness.pixels,
      metallic: metallic.pixels,
      relief: RELIEF,
    };
    place(sheet, lit(before, 1), { top, left: 0 });
    place(sheet, lit(made, 2), { top, left: tile + GAP });
    const grey = (pixels: Float32Array): Picture => picture(tile, tile, 1, pixels);
    const left = 3 * tile + 2 * GAP;
    place(sheet, picture(tile, tile, 3, made.albedo.map(Math.sqrt)), { top, left });
    place(sheet, grey(made.heights), { top, left: left + tile });
    place(sheet, grey(made.roughness), { top: top + tile, left });
    place(sheet, grey(made.metallic), { top: top + tile, left: left + tile });
  }
  return sheet;
}

function lit(maps: SurfaceMaps, tiles: number): Picture {
  const { width, height, pixels } = renderPreview(maps, tiles);
  return picture(
    height,
    width,
    3,
    Float32Array.from(pixels, (byte) => byte / 255),
  );
}
