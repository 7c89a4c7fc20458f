import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import * as tf from "@tensorflow/tfjs";
import { Presets, SingleBar } from "cli-progress";
import { ConfigurationError } from "../../../plugin/core/errors.ts";
import { Random } from "../../../plugin/core/random.ts";
import { ImaginerNet } from "../../../plugin/nets/imaginer/imaginer-net.ts";
import { CodeTeller } from "../../../plugin/nets/imaginer/code-teller.ts";
import { StackCritic } from "../../../plugin/nets/imaginer/stack-critic.ts";
import { imaginerTask, seeingTask } from "../../../plugin/nets/imaginer/teach-imaginer.ts";
import { train } from "../../../plugin/nets/training/train.ts";
import type { TrainingTask } from "../../../plugin/nets/training/training-task.ts";
import { startBackend, type NetsBackend } from "../../../plugin/nets/start-backend.ts";
import { decodeImaginer } from "../../../plugin/paint/imaginer/imaginer-file.ts";
import { ATTRIBUTE_LABELS } from "../../../plugin/paint/materials/attributes.ts";
import type { PaintRecipe } from "../recipe.ts";
import { drawGlance } from "./draw-glance.ts";
import { fillShelf, SIDE, type ShelfMaterial } from "./stack-shelf.ts";
import { writeModel } from "./write-model.ts";

const CACHE = ".cache/imaginer";
/** 192 of each class that may be shown. */
const MATERIALS = 2112;
/** Steps of the first lesson where a model goes on that has seen before: whoever asks it what it sees must learn to. */
const SEEING_AGAIN = 300;
/** First to see; then to draw parts of pictures, which is four times as fast as whole ones; then whole ones. */
const LESSONS = [
  { name: "seeing", side: null, steps: 1200, batchSize: 12, interval: 300, learningRate: 3e-3 },
  { name: "small", side: SIDE / 2, steps: 8000, batchSize: 4, interval: 500, learningRate: 2e-3 },
  { name: "whole", side: SIDE, steps: 300, batchSize: 4, interval: 100, learningRate: 1e-3 },
] as const;

/**
 * Teaches the network that imagines materials from a code. `--resume` goes on from the last checkpoint, or, where there is none, from
 * the model that lies in the folder: then give it another seed. `--backend webgpu` teaches on the GPU. `--only card` writes the model's
 * folder from the checkpoints as they are.
 */
export const imaginer: PaintRecipe = {
  name: "imaginer",
  describe: "Teaches the network that imagines whole materials from a code, and writes its model folder.",
  takesBackend: true,
  async run({ seed = 0, steps, only, resume = false, backend = "wasm", out = "models/imaginer" }) {
    tf.enableProdMode();
    await startBackend(backend);
    await mkdir(CACHE, { recursive: true });
    if (only === "card" && !hasCheckpoints(seed)) {
      throw new ConfigurationError(
        `imaginer: needed checkpoints of seed ${seed} in ${CACHE} for the card, found none. Teach first, or give another seed.`,
      );
    }

    // Step 1. Materials to learn from.
    const making = new SingleBar(
      { format: "materials {bar} {value}/{total}", noTTYOutput: true },
      Presets.shades_classic,
    );
    making.start(MATERIALS, 0);
    const shelf = fillShelf(MATERIALS, (made) => making.update(made));
    making.stop();

    // Step 2. What was learned before.
    const net = new ImaginerNet(new Random(seed, 1));
    const began = process.cpuUsage();
    const before = resume || only === "card" ? await startFrom(net, `${out}/imaginer.bnw`, seed) : null;

    // Step 3. The lessons.
    const teller = new CodeTeller(shelf, (label) => !ATTRIBUTE_LABELS[label].includes("colour"));
    const critic = new StackCritic(new Random(seed, 2));
    const counts: number[] = [];
    for (const [at, lesson] of LESSONS.entries()) {
      const isDue = only !== "card" || existsSync(checkpointOf(lesson.name, seed));
      const usual = before && lesson.side === null ? SEEING_AGAIN : lesson.steps;
      const chosen = {
        ...lesson,
        seed,
        backend,
        steps: only === "card" ? 1 : (steps ?? usual),
        resume: resume || only === "card",
      };
      counts.push((before?.steps[at] ?? 0) + (isDue ? await teachLesson({ net, teller, critic }, shelf, chosen) : 0));
    }
    const { user, system } = process.cpuUsage(began);

    // Step 4. Write the model's folder.
    const more = [
      before ? " --resume" : "",
      steps === undefined ? "" : ` --steps ${steps}`,
      backend === "wasm" ? "" : ` --backend ${backend}`,
    ].join("");
    const command = `npm run paint -- imaginer --seed ${seed}${more}`;
    const minutes = only === "card" ? null : (before?.minutes ?? 0) + (user + system) / 6e7;
    await writeModel({ net, teller }, shelf, { command, seed, steps: counts, minutes, device: backend }, out);
    critic.dispose();
    teller.dispose();
    net.dispose();
  },
};

interface ChosenLesson {
  readonly name: string;
  /** Pixels on each side of what is drawn; null where nothing is. */
  readonly side: number | null;
  readonly steps: number;
  readonly batchSize: number;
  readonly interval: number;
  readonly learningRate: number;
  readonly seed: number;
  readonly backend: NetsBackend;
  readonly resume: boolean;
}

const hasCheckpoints = (seed: number): boolean => LESSONS.some(({ name }) => existsSync(checkpointOf(name, seed)));
const checkpointOf = (lesson: string, seed: number): string => `${CACHE}/${lesson}-${seed}.ckpt`;

/** What a network had learned before these lessons. */
interface Before {
  /** Of each lesson. */
  readonly steps: readonly number[];
  readonly minutes: number;
}

/**
 * Takes over the weights of a model, unless checkpoints of these lessons hold further ones, and keeps what it had learned beside them.
 *
 * @returns What had been learned; null where the lessons began, or begin, with nothing.
 */
async function startFrom(net: ImaginerNet, file: string, seed: number): Promise<Before | null> {
  const note = `${CACHE}/before-${seed}.json`;
  if (existsSync(note)) return JSON.parse(await readFile(note, "utf8")) as Before;
  if (hasCheckpoints(seed) || !existsSync(file)) return null;
  const who = `Imaginer file "${file}"`;
  const { tensors, birth } = decodeImaginer(await readFile(file), who);
  net.parameters.write(tensors, who);
  const { steps = "", minutes = 0 } = birth.notes ?? {};
  const before = { steps: String(steps).split(", ").map(Number), minutes: Number(minutes) };
  await writeFile(note, JSON.stringify(before));
  return before;
}

/** @returns The steps that were taken, those before a checkpoint included. */
async function teachLesson(
  { net, teller, critic }: { readonly net: ImaginerNet; readonly teller: CodeTeller; readonly critic: StackCritic },
  shelf: readonly ShelfMaterial[],
  lesson: ChosenLesson,
): Promise<number> {
  const { side, learningRate } = lesson;
  if (side === null) return teachTask(net, seeingTask(net, teller, shelf, { shelfSide: SIDE, learningRate }), lesson);
  const { task, dispose } = imaginerTask(net, teller, shelf, { shelfSide: SIDE, side, learningRate, critic });
  try {
    return await teachTask(net, task, lesson);
  } finally {
    dispose();
  }
}

async function teachTask<Batch>(net: ImaginerNet, task: TrainingTask<Batch>, lesson: ChosenLesson): Promise<number> {
  const { name, steps, batchSize, interval, seed, backend, resume } = lesson;
  const file = checkpointOf(name, seed);
  const checkpoint = resume && existsSync(file) ? { checkpoint: await readFile(file) } : {};
  const bar = new SingleBar(
    {
      format: `${name} {bar} {percentage}% | {value}/{total} steps | loss {loss} | {eta_formatted}`,
      noTTYOutput: true,
      notTTYSchedule: 15_000,
    },
    Presets.shades_classic,
  );
  bar.start(steps, 0, { loss: "–" });
  try {
    const taught = await train(
      task,
      { steps, batchSize, seed, backend, validationShare: 0, interval, averageDecay: 0.99, ...checkpoint },
      {
        onProgress: ({ step, losses }) => {
          const [loss] = Object.values(losses);
          bar.update(step, { loss: loss.toFixed(3) });
        },
        async onSample(step) {
          await writeFile(`${CACHE}/${name}-${step}.jpg`, await drawGlance(net));
        },
        async onCheckpoint(bytes) {
          await writeFile(`${file}.part`, bytes);
          await rename(`${file}.part`, file);
        },
      },
    );
    return taught.steps;
  } finally {
    bar.stop();
  }
}
