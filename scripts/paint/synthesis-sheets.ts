import { mkdir, writeFile } from "node:fs/promises";
import { encodeJpeg, type Sheet } from "./draw-sheet.ts";
import type { PaintRecipe } from "./recipe.ts";
import { textures, type Texture } from "./subjects/textures.ts";
import { FEATURE_SHEETS } from "./synthesis/feature-sheets.ts";
import { peerSheet } from "./synthesis/peer-sheet.ts";
import { textureSheet } from "./synthesis/texture-sheet.ts";

/** The sheet that holds ours against others. */
const PEERS = "peers";

/** What synthesis makes of each class and photograph, what else it can do, and what others make of the same. */
export const synthesisSheets: PaintRecipe = {
  name: "synthesis-sheets",
  describe:
    "What synthesis makes of a crop of every class and photograph, its features, and others' results beside it.",
  async run({ tile = 128, only, out = "docs/synthesis", pictures }) {
    const all = await textures(pictures);
    const find = (name: string): Texture => all.find((texture) => texture.name === name)!;
    const sheets: Record<string, () => Promise<Sheet>> = {};
    for (const texture of all) sheets[texture.name] = () => textureSheet(texture, tile);
    // the features are shown on textures that are known
    const features = pictures === undefined ? Object.entries(FEATURE_SHEETS) : [];
    for (const [name, draw] of features) sheets[name] = () => draw(find, tile);
    sheets[PEERS] = () => peerSheet(all, tile);
    const names = Object.keys(sheets);
    const chosen = names.filter((name) => only === undefined || name === only);
    if (chosen.length === 0) {
      throw new Error(`--only: needed one of ${names.join(", ")}, came "${only}". Choose a name of these.`);
    }
    await mkdir(out, { recursive: true });
    let bytes = 0;
    for (const name of chosen) {
      const file = encodeJpeg(await sheets[name](), 80);
      bytes += file.length;
      await writeFile(`${out}/${name}.jpg`, file);
      console.log(`${out}/${name}.jpg  ${(file.length / 1000).toFixed(0)} kB`);
    }
    console.log(`${chosen.length} sheets, ${(bytes / 1e6).toFixed(2)} MB.`);
  },
};
