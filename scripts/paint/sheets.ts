import { mkdir, writeFile } from "node:fs/promises";
import { MATERIAL_CLASSES, MATERIAL_NAMES } from "../../plugin/paint/materials/material-classes.ts";
import type { MaterialClass } from "../../plugin/paint/materials/material-class.ts";
import { proceduralMaterial, type ProceduralOptions } from "../../plugin/paint/materials/procedural-material.ts";
import { encodePng } from "../../plugin/paint/png.ts";
import { renderPreview } from "./preview.ts";
import type { PaintRecipe } from "./recipe.ts";

/** A contact sheet for each class: 2 × 2 tiles to look for seams, then seeds, palettes, scale and weather. */
export const sheets: PaintRecipe = {
  name: "sheets",
  describe: "A contact sheet of every class of material, lit, with seeds, palettes and weather.",
  async run({ tile = 96, only, out = "docs/materials" }) {
    const chosen = MATERIAL_CLASSES.filter(({ name }) => only === undefined || name === only);
    if (chosen.length === 0) {
      throw new Error(`--only: needed one of ${MATERIAL_NAMES.join(", ")}, came "${only}". Choose a name of these.`);
    }
    await mkdir(out, { recursive: true });
    let bytes = 0;
    for (const material of chosen) {
      const file = drawSheet(material, tile);
      bytes += file.length;
      await writeFile(`${out}/${material.name}.png`, file);
      console.log(`${out}/${material.name}.png  ${(file.length / 1000).toFixed(0)} kB`);
    }
    console.log(`${chosen.length} sheets, ${(bytes / 1e6).toFixed(2)} MB.`);
  },
};

/** What the small tiles show, in rows of four. Seeds differ, so that nothing depends on a lucky one. */
function variations({ palettes }: MaterialClass): readonly ProceduralOptions[] {
  const [second, third] = [palettes[1], palettes[2]];
  return [
    { seed: 2 },
    { seed: 3, attributes: { colour: second[0], secondColour: second[1], scale: 0.25 } },
    { seed: 4, attributes: { colour: third[0], secondColour: third[1], scale: 0.8 } },
    { seed: 5, attributes: { wear: 0.9 } },
    { seed: 6, attributes: { moss: 0.55 } },
    { seed: 7, attributes: { wetness: 0.85 } },
    { seed: 8, attributes: { cracks: 0.6 } },
    { seed: 9, attributes: { dirt: 0.8, wear: 0 } },
  ];
}

function drawSheet(material: MaterialClass, tile: number): Uint8Array {
  const width = 6 * tile;
  const height = 2 * tile;
  const pixels = new Uint8Array(width * height * 3);
  const place = (options: ProceduralOptions, tiles: number, left: number, top: number): void => {
    const preview = renderPreview(proceduralMaterial(material.name, { size: tile, ...options }), tiles);
    for (let row = 0; row < preview.height; row++) {
      const line = preview.pixels.subarray(row * preview.width * 3, (row + 1) * preview.width * 3);
      pixels.set(line, ((top + row) * width + left) * 3);
    }
  };
  place({ seed: 1 }, 2, 0, 0);
  variations(material).forEach((options, index) => {
    place(options, 1, (2 + (index % 4)) * tile, Math.floor(index / 4) * tile);
  });
  return encodePng({ width, height, channels: 3, pixels });
}
