/** `npm run paint -- NAME …`: makes pictures of what the painting half makes, and teaches its networks. */
import { parseArgs } from "node:util";
import type { NetsBackend } from "../plugin/nets/start-backend.ts";
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
import { provideWebGpu } from "./provide-webgpu.ts";

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
  "npm run paint -- NAME [--tile PIXELS] [--only CLASS] [--out DIR] [--pictures DIR] [--seed N] [--steps N] [--from FILE] [--backend NAME] [--resume]";

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
      backend: { type: "string" },
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
  const backend = await readyBackend(recipe, values.backend);
  await recipe.run({
    tile: wholeNumber("tile", values.tile, 32, 512),
    only: values.only,
    seed: wholeNumber("seed", values.seed, 0, 0xffffffff),
    steps: wholeNumber("steps", values.steps, 1, 1_000_000),
    resume: values.resume,
    from: values.from,
    out: values.out,
    pictures: values.pictures,
    backend,
  });
}

/** The backend that the command line names, with WebGPU in Node where that is it; undefined where it names none. */
async function readyBackend(recipe: PaintRecipe, name: string | undefined): Promise<NetsBackend | undefined> {
  if (name === undefined) return undefined;
  if (!recipe.takesBackend) {
    const takers = RECIPES.filter(({ takesBackend }) => takesBackend).map((taker) => taker.name);
    throw new Error(`--backend: needed one of the recipes ${takers.join(", ")}, came "${recipe.name}". Leave it out.`);
  }
  if (name !== "webgpu" && name !== "wasm" && name !== "cpu") {
    throw new Error(`--backend: needed webgpu, wasm or cpu, came "${name}". Use one of these.`);
  }
  if (name === "webgpu") await provideWebGpu();
  return name;
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
