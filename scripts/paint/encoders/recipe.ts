import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
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
export interface EncoderRecipe<Net extends { dispose(): void }, Batch, LastBatch = never> {
  /** On the command line, and of its folder and file. */
  readonly name: string;
  readonly describe: string;
  /** Mini-batches of the shipped model's first lesson. */
  readonly steps: number;
  readonly batchSize: number;
  /** Makes the network that is taught. */
  begin(random: Random, shelf: CropShelf): Net;
  task(net: Net, shelf: CropShelf): TrainingTask<Batch> | Promise<TrainingTask<Batch>>;
  /** Taught after that. Default: nothing is. */
  readonly lastLesson?: LastLesson<Net, LastBatch>;
  /** Says in one line how good it is by now. */
  look(net: Net): Promise<string>;
  /** The bytes of its file. */
  encode(net: Net, birth: BirthCertificate): Promise<Uint8Array>;
  /** Judges the file of a folder, and writes the card and previews beside it. */
  writeCard(folder: string): Promise<void>;
}

/** What a network is taught at last. */
export interface LastLesson<Net, Batch> {
  /** Mini-batches of the shipped model; as many times fewer or more as the first lesson has. */
  readonly steps: number;
  readonly batchSize: number;
  /** How many pictures it learns from, those of the first lesson among them. */
  readonly pictures: number;
  task(net: Net, shelf: CropShelf): TrainingTask<Batch>;
  /** Reads a file that has had its first lesson only. */
  decode(bytes: Uint8Array, who: string): Taught<Net>;
}

/** A network that has learned, and how. */
export interface Taught<Net> {
  readonly net: Net;
  readonly birth: BirthCertificate;
}

/** What the command line says of teaching. */
type Teaching = Pick<PaintOptions, "seed" | "steps" | "resume"> & { readonly folder: string };

/** A recipe for `npm run paint`: teaches, writes the file, and describes it; `--only card` only describes what is there. */
export function encoderRecipe<Net extends { dispose(): void }, Batch, LastBatch = never>(
  recipe: EncoderRecipe<Net, Batch, LastBatch>,
): PaintRecipe {
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
      if (only === undefined) {
        await writeFile(`${out}/${name}.bnw`, await teachEncoder(recipe, { ...options, folder: out }));
      }
      await recipe.writeCard(out);
    },
  };
}

async function teachEncoder<Net extends { dispose(): void }, Batch, LastBatch>(
  recipe: EncoderRecipe<Net, Batch, LastBatch>,
  teaching: Teaching,
): Promise<Uint8Array> {
  const { name, lastLesson } = recipe;
  await mkdir(`.cache/${name}`, { recursive: true });
  const first = (await readFirst(recipe, teaching)) ?? (await teachFirst(recipe, teaching));
  const { net } = first;
  try {
    const birth = lastLesson ? await teachLast(recipe, lastLesson, { first, teaching }) : first.birth;
    const bytes = await recipe.encode(net, birth);
    console.log(`${name}.bnw  ${(bytes.length / 1000).toFixed(0)} kB, ${birth.notes?.["minutes"]} minutes of one core`);
    return bytes;
  } finally {
    net.dispose();
  }
}

async function teachFirst<Net extends { dispose(): void }, Batch, LastBatch>(
  recipe: EncoderRecipe<Net, Batch, LastBatch>,
  { seed = 0, steps = recipe.steps, resume = false }: Teaching,
): Promise<Taught<Net>> {
  const { name, batchSize } = recipe;
  const shelf = await fillShelf();
  const net = recipe.begin(new Random(seed, 1), shelf);
  const task = await recipe.task(net, shelf);
  if (!resume) await rm(lastFile(name, seed), { force: true });
  const file = firstFile(name, seed);
  const minutes = await teach(task, { seed, steps, batchSize, file, resume }, () => recipe.look(net));
  const birth = {
    lesson: `${shelf.count} pictures of materials, ${shelf.side} × ${shelf.side}`,
    algorithm: name,
    seed,
    command: commandOf(recipe, { seed, steps }),
    made: today(),
    device: "wasm",
    notes: { steps, minutes: Number(minutes.toFixed(1)) },
  };
  return { net, birth };
}

/**
 * What `--resume` goes on from where no checkpoint of the first lesson is: the folder's file. Null where that is not asked for, or not there.
 *
 * @throws Error for a file that has had its last lesson.
 */
async function readFirst<Net extends { dispose(): void }, Batch, LastBatch>(
  { name, lastLesson }: EncoderRecipe<Net, Batch, LastBatch>,
  { seed = 0, resume = false, folder }: Teaching,
): Promise<Taught<Net> | null> {
  const file = `${folder}/${name}.bnw`;
  if (!lastLesson || !resume || existsSync(firstFile(name, seed)) || !existsSync(file)) return null;
  const taught = lastLesson.decode(await readFile(file), file);
  if (taught.birth.notes?.["last steps"] === undefined) return taught;
  throw new Error(
    `--resume: needed a checkpoint or a model that waits for its last lesson, came one that has had it. Leave --resume out to teach anew.`,
  );
}

async function teachLast<Net extends { dispose(): void }, Batch, LastBatch>(
  recipe: EncoderRecipe<Net, Batch, LastBatch>,
  lesson: LastLesson<Net, LastBatch>,
  { first: { net, birth }, teaching }: { readonly first: Taught<Net>; readonly teaching: Teaching },
): Promise<BirthCertificate> {
  const { seed = 0, resume = false } = teaching;
  const { batchSize } = lesson;
  const shelf = await fillShelf(lesson.pictures);
  const steps = Math.ceil((lesson.steps * (teaching.steps ?? recipe.steps)) / recipe.steps);
  const task = lesson.task(net, shelf);
  const file = lastFile(recipe.name, seed);
  const taught = await teach(task, { seed, steps, batchSize, file, resume }, () => recipe.look(net));
  const command = commandOf(recipe, { seed, steps: teaching.steps ?? recipe.steps });
  const minutes = Number(birth.notes?.["minutes"] ?? 0) + taught;
  return {
    ...birth,
    lesson: `${shelf.count} pictures of materials, ${shelf.side} × ${shelf.side}`,
    command: birth.command === command ? command : `${birth.command} && ${command} --resume`,
    made: today(),
    notes: {
      ...birth.notes,
      minutes: Number(minutes.toFixed(1)),
      "last pictures": shelf.count,
      "last steps": steps,
      "last minutes": Number(taught.toFixed(1)),
    },
  };
}

/** Where the checkpoints of the first lesson lie. */
function firstFile(name: string, seed: number): string {
  return `.cache/${name}/${seed}.ckpt`;
}

function lastFile(name: string, seed: number): string {
  return `.cache/${name}/${seed}-last.ckpt`;
}

function commandOf(
  { name, steps: usual }: { readonly name: string; readonly steps: number },
  { seed, steps }: { readonly seed: number; readonly steps: number },
): string {
  return `npm run paint -- ${name} --seed ${seed}${steps === usual ? "" : ` --steps ${steps}`}`;
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
