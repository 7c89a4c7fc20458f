import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import * as tf from "@tensorflow/tfjs";
import { Presets, SingleBar } from "cli-progress";
import { Random } from "../../../plugin/core/random.ts";
import { ImaginerNet } from "../../../plugin/nets/imaginer/imaginer-net.ts";
import { imaginerTask } from "../../../plugin/nets/imaginer/teach-imaginer.ts";
import { train } from "../../../plugin/nets/training/train.ts";
import { useWasmBackend } from "../../../plugin/nets/wasm-backend.ts";
import type { PaintRecipe } from "../recipe.ts";
import { drawGlance } from "./draw-glance.ts";
import { fillShelf, SIDE, type ShelfMaterial } from "./stack-shelf.ts";
import { writeModel } from "./write-model.ts";

const CACHE = ".cache/imaginer";
/** Twenty-four of each class that may be shown. */
const MATERIALS = 264;
const BATCH = 4;
/** First on small pictures, which is four times as fast; then on whole ones, with layouts. By the pace of the first 500, some three hours of one core. */
const LESSONS = [
  { name: "small", side: SIDE / 2, steps: 5000, learningRate: 2e-3 },
  { name: "whole", side: SIDE, steps: 1000, learningRate: 1e-3 },
] as const;

/** Teaches the network that imagines materials from a code. */
export const imaginer: PaintRecipe = {
  name: "imaginer",
  describe: "Teaches the network that imagines whole materials from a code, and writes its model folder.",
  async run({ seed = 0, steps, resume = false, out = "models/imaginer" }) {
    tf.enableProdMode();
    await useWasmBackend();
    await mkdir(CACHE, { recursive: true });

    // Step 1. Materials to learn from.
    const making = new SingleBar(
      { format: "materials {bar} {value}/{total}", noTTYOutput: true },
      Presets.shades_classic,
    );
    making.start(MATERIALS, 0);
    const shelf = fillShelf(MATERIALS, (made) => making.update(made));
    making.stop();

    // Step 2. The lessons.
    const net = new ImaginerNet(new Random(seed, 1));
    const counts: number[] = [];
    const began = process.cpuUsage();
    for (const lesson of LESSONS) {
      const chosen = { ...lesson, seed, steps: steps ?? lesson.steps, resume };
      counts.push(chosen.steps);
      await teachLesson(net, shelf, chosen);
    }
    const { user, system } = process.cpuUsage(began);

    // Step 3. Write the model's folder.
    const command = `npm run paint -- imaginer --seed ${seed}${steps === undefined ? "" : ` --steps ${steps}`}`;
    const minutes = (user + system) / 6e7;
    await writeModel(net, shelf, { command, seed, steps: counts, minutes }, out);
    net.dispose();
  },
};

interface ChosenLesson {
  readonly name: string;
  readonly side: number;
  readonly steps: number;
  readonly learningRate: number;
  readonly seed: number;
  readonly resume: boolean;
}

async function teachLesson(net: ImaginerNet, shelf: readonly ShelfMaterial[], lesson: ChosenLesson): Promise<void> {
  const { name, side, steps, learningRate, seed, resume } = lesson;
  const file = `${CACHE}/${name}-${seed}.ckpt`;
  const checkpoint = resume && existsSync(file) ? { checkpoint: await readFile(file) } : {};
  const { task, dispose } = imaginerTask(net, shelf, { shelfSide: SIDE, side, learningRate });
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
    await train(
      task,
      { steps, batchSize: BATCH, seed, validationShare: 0, interval: 150, averageDecay: 0.99, ...checkpoint },
      {
        onProgress: ({ step, losses }) => bar.update(step, { loss: losses["likeness"].toFixed(3) }),
        async onSample(step) {
          await writeFile(`${CACHE}/${name}-${step}.jpg`, await drawGlance(net));
        },
        async onCheckpoint(bytes) {
          await writeFile(`${file}.part`, bytes);
          await rename(`${file}.part`, file);
        },
      },
    );
  } finally {
    bar.stop();
    dispose();
  }
}
