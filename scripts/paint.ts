/** `npm run paint -- NAME [--tile PIXELS] [--only CLASS] [--out DIR]`: makes pictures of what the painting half makes. */
import { parseArgs } from "node:util";
import type { PaintRecipe } from "./paint/recipe.ts";
import { sheets } from "./paint/sheets.ts";

const RECIPES: readonly PaintRecipe[] = [sheets];

const usage = "npm run paint -- NAME [--tile PIXELS] [--only CLASS] [--out DIR]";

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { tile: { type: "string" }, only: { type: "string" }, out: { type: "string" } },
  });
  const recipe = RECIPES.find((candidate) => candidate.name === positionals[0]);
  if (!recipe) {
    console.log(`${usage}\n\n${RECIPES.map(({ name, describe }) => `  ${name}  ${describe}`).join("\n")}`);
    if (positionals.length > 0) {
      throw new Error(`paint: there is no recipe "${positionals[0]}". Use one of the names above.`);
    }
    return;
  }
  const tile = values.tile === undefined ? undefined : Number(values.tile);
  if (tile !== undefined && !(Number.isInteger(tile) && tile >= 32 && tile <= 512)) {
    throw new Error(`--tile: needed a whole number of 32 to 512, came "${values.tile}". Use: ${usage}`);
  }
  await recipe.run({ tile, only: values.only, out: values.out });
}

try {
  await main();
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
