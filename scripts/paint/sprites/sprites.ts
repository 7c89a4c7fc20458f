import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import * as tf from "@tensorflow/tfjs";
import { Presets, SingleBar } from "cli-progress";
import { startBackend, type NetsBackend } from "../../../plugin/nets/start-backend.ts";
import { imagineSprite } from "../../../plugin/paint/sprites/imagine-sprite.ts";
import {
  decodeSpriteModel,
  encodeSpriteModel,
  type SpriteModel,
  type SpriteModelKind,
} from "../../../plugin/paint/sprites/sprite-model.ts";
import { teachSprites } from "../../../plugin/paint/sprites/teach-sprites.ts";
import type { PaintRecipe } from "../recipe.ts";
import { drawRows } from "./draw-rows.ts";
import { taughtShelf } from "./shelves.ts";
import { writeCard } from "./write-card.ts";

const CACHE = ".cache/sprites";
/** Of the shipped models. */
const STEPS = { vae: 12_000, gan: 2000 } as const;
/** Less than usual: the shipped autoencoder is taught long enough to tell fine things apart. */
const BETA = 0.03;

/** Teaches both models of shields, and writes `models/sprites`. */
export const sprites: PaintRecipe = {
  name: "sprites",
  describe: "Teaches an autoencoder and an adversarial network of shields; --only vae, gan or card does one thing.",
  takesBackend: true,
  async run({ only, seed = 0, steps, resume = false, backend = "wasm", out = "models/sprites" }) {
    if (only !== undefined && !["vae", "gan", "card"].includes(only)) {
      throw new Error(`--only: needed vae, gan or card, came "${only}". Leave it out for everything.`);
    }
    tf.enableProdMode();
    await startBackend(backend);
    await mkdir(out, { recursive: true });
    await mkdir(CACHE, { recursive: true });
    for (const kind of ["vae", "gan"] as const) {
      if (only !== undefined && only !== kind) continue;
      await teach(kind, { seed, steps: steps ?? STEPS[kind], resume, backend, out });
    }
    if (existsSync(`${out}/vae.bnw`)) await writeCard(out);
  },
};

interface Order {
  readonly seed: number;
  readonly steps: number;
  readonly resume: boolean;
  readonly backend: NetsBackend;
  readonly out: string;
}

async function teach(kind: SpriteModelKind, { seed, steps, resume, backend, out }: Order): Promise<void> {
  const file = `${CACHE}/${kind}-${seed}.ckpt`;
  const checkpoint = resume && existsSync(file) ? { checkpoint: await readFile(file) } : {};
  if (kind === "gan" && !existsSync(`${out}/vae.bnw`)) {
    throw new Error(
      `--only gan: needed ${out}/vae.bnw to begin with, came nothing. Teach it first, or copy the shipped one.`,
    );
  }
  // A generator begins as the decoder that was taught before it.
  const begin = kind === "gan" ? { begin: decodeSpriteModel(await readFile(`${out}/vae.bnw`), "vae.bnw") } : {};
  const bar = new SingleBar(
    {
      format: `${kind} {bar} {percentage}% | {value}/{total} steps | {losses} | {eta_formatted}`,
      noTTYOutput: true,
      notTTYSchedule: 15_000,
    },
    Presets.shades_classic,
  );
  bar.start(steps, 0, { losses: "" });
  const birth = {
    lesson: "shields of 32 × 32 pixels, 100,000 of them",
    algorithm: kind === "vae" ? "variational autoencoder" : "generative adversarial network",
    seed,
    command: `npm run paint -- sprites --seed ${seed} --only ${kind} --steps ${steps}${backend === "wasm" ? "" : ` --backend ${backend}`}`,
    made: new Date().toISOString().slice(0, 10),
    device: backend,
    notes: { steps },
  };
  const model = await teachSprites(
    taughtShelf,
    { kind, seed, steps, beta: BETA, backend, birth, ...begin, ...checkpoint },
    {
      onProgress({ step, losses }) {
        const said = Object.entries(losses).map(([name, loss]) => `${name} ${loss.toFixed(3)}`);
        bar.update(step, { losses: said.join(", ") });
      },
      async onSample(now, step) {
        await writeFile(`${CACHE}/${kind}-${seed}-${step}.png`, glance(now));
      },
      async onCheckpoint(bytes) {
        await writeFile(`${file}.part`, bytes);
        await rename(`${file}.part`, file);
      },
    },
  );
  bar.stop();
  const bytes = encodeSpriteModel(model);
  await writeFile(`${out}/${kind}.bnw`, bytes);
  console.log(`${out}/${kind}.bnw  ${(bytes.length / 1000).toFixed(0)} kB`);
}

/** What it imagines by now, as a PNG file. */
function glance(model: SpriteModel): Uint8Array {
  const rows = [0, 16, 32].map((from) =>
    Array.from({ length: 16 }, (_, i) => imagineSprite(model, { seed: from + i })),
  );
  return drawRows(rows);
}
