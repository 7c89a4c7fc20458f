/** `npm run paint -- NAME …`: makes pictures of what the painting half makes, and teaches its networks. */
import { parseArgs } from "node:util";
import { sprites } from "./paint/sprites/sprites.ts";
import { photoMaps } from "./paint/photo-maps/photo-maps.ts";
import { automata } from "./paint/automata/automata.ts";
import { autoencoder } from "./paint/encoders/autoencoder.ts";
import { denoiser } from "./paint/encoders/denoiser.ts";
import { grain } from "./paint/grain/grain.ts";
import { imaginer } from "./paint/imaginer/imaginer.ts";
import type { PaintRecipe } from "./paint/recipe.ts";
import { imaginedReviewKit, reviewKit, reviewTable } from "./paint/review.ts";
import { sheets } from "./paint/sheets.ts";
import { synthesisSheets } from "./paint/synthesis-sheets.ts";

const RECIPES: readonly PaintRecipe[] = [
  sheets,
  synthesisSheets,
  reviewKit,
  imaginedReviewKit,
  reviewTable,
  photoMaps,
  automata,
  sprites,
  imaginer,
  autoencoder,
  denoiser,
  grain,
];

const usage =
  "npm run paint -- NAME [--tile PIXELS] [--only CLASS] [--out DIR] [--pictures DIR] [--seed N] [--steps N] [--from FILE] [--resume]";

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      tile: { type: "string" },
      only: { type: "string" },
      out: { type: "string" },
      pictures: { type: "string" },
      seed: { type: "string" },
      steps: { type: "string" },
      from: { type: "string" },
      resume: { type: "boolean", default: false },
    },
  });
  const recipe = RECIPES.find((candidate) => candidate.name === positionals[0]);
  if (!recipe) {
    console.log(`${usage}\n\n${RECIPES.map(({ name, describe }) => `  ${name}  ${describe}`).join("\n")}`);
    if (positionals.length > 0) {
      throw new Error(`paint: there is no recipe "${positionals[0]}". Use one of the names above.`);
    }
    return;
  }
  await recipe.run({
    tile: wholeNumber("tile", values.tile, 32, 512),
    only: values.only,
    seed: wholeNumber("seed", values.seed, 0, 0xffffffff),
    steps: wholeNumber("steps", values.steps, 1, 1_000_000),
    resume: values.resume,
    from: values.from,
    out: values.out,
    pictures: values.pictures,
  });
}

/** A number of the command line; undefined where there is none. */
function wholeNumber(name: string, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(`--${name}: needed a whole number of ${least} to ${most}, came "${text}". Use: ${usage}`);
}

try {
  await main();
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
