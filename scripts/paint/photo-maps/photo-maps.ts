import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import * as tf from "@tensorflow/tfjs";
import { Presets, SingleBar } from "cli-progress";
import { Random } from "../../../plugin/core/random.ts";
import { Parameters } from "../../../plugin/nets/layers/parameters.ts";
import { CONTEXT } from "../../../plugin/nets/layers/u-net.ts";
import { train } from "../../../plugin/nets/training/train.ts";
import { useWasmBackend } from "../../../plugin/nets/wasm-backend.ts";
import { HELD_OUT_CLASSES } from "../../../plugin/paint/materials/material-classes.ts";
import { NetMapEstimator } from "../../../plugin/paint/photograph/net-map-estimator.ts";
import { PhotoNet } from "../../../plugin/paint/photograph/photo-net.ts";
import type { PaintRecipe } from "../recipe.ts";
import { fillShelf } from "./material-shelf.ts";
import { photoTask } from "./photo-task.ts";
import { writeModel } from "./write-model.ts";
import { makeExam, meanScore, scoreMaps, type Exam } from "./score-maps.ts";

const CACHE = ".cache/photo-maps";
/** Twenty of each class that may be shown. */
const MATERIALS = 220;
const STEPS = 4000;
/** Seeds of the exams that are shown while it is taught; the card's are others. */
const GLANCES = [901, 902, 903];

/** Teaches the network that tells maps from a photograph. */
export const photoMaps: PaintRecipe = {
  name: "photo-maps",
  describe: "Teaches the network that estimates maps from a photograph, and writes its model folder.",
  async run({ seed = 0, steps = STEPS, resume = false, out = "models/photo-maps" }) {
    tf.enableProdMode();
    await useWasmBackend();
    await mkdir(CACHE, { recursive: true });

    // Step 1. Materials to photograph.
    const making = new SingleBar(
      { format: "materials {bar} {value}/{total}", noTTYOutput: true },
      Presets.shades_classic,
    );
    making.start(MATERIALS, 0);
    const shelf = await fillShelf(MATERIALS, `${CACHE}/materials`, (made) => making.update(made));
    making.stop();
    const exams = HELD_OUT_CLASSES.flatMap((name) => GLANCES.map((glance) => makeExam(name, glance)));

    // Step 2. Teach.
    const net = new PhotoNet(new Random(seed, 1));
    const lightHead = new Parameters(new Random(seed, 2));
    const light = lightHead.dense("light", CONTEXT, 2);
    const estimator = new NetMapEstimator(net, "wasm");
    const began = performance.now();
    const file = `${CACHE}/seed-${seed}.ckpt`;
    const checkpoint = resume && existsSync(file) ? { checkpoint: await readFile(file) } : {};
    const bar = new SingleBar(
      {
        format:
          "photo-maps {bar} {percentage}% | {value}/{total} steps | loss {loss} | judged {judged} | {eta_formatted}",
        noTTYOutput: true,
        notTTYSchedule: 15_000,
      },
      Presets.shades_classic,
    );
    bar.start(steps, 0, { loss: "–", judged: "–" });
    const options = { seed, steps, batchSize: 4, interval: 150, validationShare: 0.08, averageDecay: 0.995 };
    const { best } = await train(
      photoTask(net, light, shelf),
      { ...options, ...checkpoint },
      {
        onProgress({ step, losses, validation }) {
          bar.update(step, { loss: losses["maps"].toFixed(3), judged: validation?.toFixed(3) ?? "–" });
        },
        async onSample(step) {
          console.log(`\n${step}: ${await glance(estimator, exams)}`);
        },
        async onCheckpoint(bytes) {
          await writeFile(`${file}.part`, bytes);
          await rename(`${file}.part`, file);
        },
      },
    );
    bar.stop();

    // Step 3. Write the model's folder.
    const command = `npm run paint -- photo-maps --seed ${seed}${steps === STEPS ? "" : ` --steps ${steps}`}`;
    const minutes = (performance.now() - began) / 60_000;
    await writeModel(net, { command, seed, steps, minutes, best }, out);
    estimator.dispose();
    lightHead.dispose();
    console.log(`Wrote ${out}/estimator.bnw.`);
  },
};

/** How well it does on classes that it has never seen, in one line. */
async function glance(estimator: NetMapEstimator, exams: readonly Exam[]): Promise<string> {
  const lines: string[] = [];
  for (const name of HELD_OUT_CLASSES) {
    const scores = [];
    for (const exam of exams.filter(({ material }) => material === name)) {
      scores.push(scoreMaps(exam, await estimator.estimate(exam.photo)));
    }
    const { slopes, luminanceSlopes, roughness, meanRoughness, albedo, photoAlbedo } = meanScore(scores);
    const pair = (own: number, other: number): string => `${own.toFixed(3)} (${other.toFixed(3)})`;
    lines.push(
      `${name}: slopes ${pair(slopes, luminanceSlopes)}, roughness ${pair(roughness, meanRoughness)}, albedo ${pair(albedo, photoAlbedo)}`,
    );
  }
  return lines.join("; ");
}
