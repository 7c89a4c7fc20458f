import { mkdir, writeFile } from "node:fs/promises";
import * as tf from "@tensorflow/tfjs";
import type { BirthCertificate } from "../../../plugin/core/policy.ts";
import { Random } from "../../../plugin/core/random.ts";
import type { CropShelf } from "../../../plugin/nets/encoders/take-crops.ts";
import type { TrainingTask } from "../../../plugin/nets/training/training-task.ts";
import { useWasmBackend } from "../../../plugin/nets/wasm-backend.ts";
import type { PaintOptions, PaintRecipe } from "../recipe.ts";
import { fillShelf } from "./picture-shelf.ts";
import { teach } from "./teach.ts";

/** How one of the encoders is taught and shipped. */
export interface EncoderRecipe<Net extends { dispose(): void }, Batch> {
  /** On the command line, and of its folder and file. */
  readonly name: string;
  readonly describe: string;
  /** Mini-batches of the shipped model. */
  readonly steps: number;
  readonly batchSize: number;
  /** Makes the network that is taught. */
  begin(random: Random, shelf: CropShelf): Net;
  task(net: Net, shelf: CropShelf): TrainingTask<Batch> | Promise<TrainingTask<Batch>>;
  /** Says in one line how good it is by now. */
  look(net: Net): Promise<string>;
  /** The bytes of its file. */
  encode(net: Net, birth: BirthCertificate): Promise<Uint8Array>;
  /** Judges the file of a folder, and writes the card and previews beside it. */
  writeCard(folder: string): Promise<void>;
}

/** A recipe for `npm run paint`: teaches, writes the file, and describes it; `--only card` only describes what is there. */
export function encoderRecipe<Net extends { dispose(): void }, Batch>(recipe: EncoderRecipe<Net, Batch>): PaintRecipe {
  const { name, describe } = recipe;
  return {
    name,
    describe: `${describe} --only card judges and describes what is there.`,
    async run({ only, out = `models/${name}`, ...options }) {
      if (only !== undefined && only !== "card") {
        throw new Error(`--only: needed card, came "${only}". Leave it out for everything.`);
      }
      tf.enableProdMode();
      await useWasmBackend();
      await mkdir(out, { recursive: true });
      if (only === undefined) await writeFile(`${out}/${name}.bnw`, await teachEncoder(recipe, options));
      await recipe.writeCard(out);
    },
  };
}

async function teachEncoder<Net extends { dispose(): void }, Batch>(
  recipe: EncoderRecipe<Net, Batch>,
  { seed = 0, steps = recipe.steps, resume = false }: Pick<PaintOptions, "seed" | "steps" | "resume">,
): Promise<Uint8Array> {
  const { name, batchSize } = recipe;
  const cache = `.cache/${name}`;
  await mkdir(cache, { recursive: true });
  const shelf = await fillShelf();
  const net = recipe.begin(new Random(seed, 1), shelf);
  try {
    const file = `${cache}/${seed}.ckpt`;
    const task = await recipe.task(net, shelf);
    const minutes = await teach(task, { seed, steps, batchSize, file, resume }, () => recipe.look(net));
    const bytes = await recipe.encode(net, {
      lesson: `${shelf.count} pictures of materials, ${shelf.side} × ${shelf.side}`,
      algorithm: name,
      seed,
      command: `npm run paint -- ${name} --seed ${seed}${steps === recipe.steps ? "" : ` --steps ${steps}`}`,
      made: new Date().toISOString().slice(0, 10),
      device: "wasm",
      notes: { steps, minutes: Number(minutes.toFixed(1)) },
    });
    console.log(`${name}.bnw  ${(bytes.length / 1000).toFixed(0)} kB, ${minutes.toFixed(1)} minutes of one core`);
    return bytes;
  } finally {
    net.dispose();
  }
}
