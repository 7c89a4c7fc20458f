import { mkdir } from "node:fs/promises";
import * as tf from "@tensorflow/tfjs";
import { Presets, SingleBar } from "cli-progress";
import { Random } from "../../../plugin/core/random.ts";
import { useWasmBackend } from "../../../plugin/nets/wasm-backend.ts";
import { HELD_OUT_CLASSES } from "../../../plugin/paint/materials/material-classes.ts";
import { NetMapEstimator } from "../../../plugin/paint/photograph/net-map-estimator.ts";
import { PHOTO_NET, PhotoNet } from "../../../plugin/paint/photograph/photo-net.ts";
import type { PaintRecipe } from "../recipe.ts";
import { fillShelf } from "./material-shelf.ts";
import { photoTask } from "./photo-task.ts";
import { makeExam, meanScore, scoreMaps, type Exam } from "./score-maps.ts";
import { teach } from "./teach.ts";
import { writeModel } from "./write-model.ts";

const CACHE = ".cache/photo-maps";
/** A third of them of the classes that may be shown, 24 of each; the others abstract. */
const MATERIALS = 792;
/** Mini-batches. */
const STEPS = 2800;
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
    const shelf = await fillShelf(MATERIALS, `${CACHE}/shelf`, (made) => making.update(made));
    making.stop();
    const exams = HELD_OUT_CLASSES.flatMap((name) => GLANCES.map((glance) => makeExam(name, glance)));
    const began = performance.now();

    // Step 2. Teach.
    const net = new PhotoNet(new Random(seed, 1), PHOTO_NET);
    const estimator = new NetMapEstimator(net, "wasm");
    const best = await teach(
      photoTask(net, shelf),
      { seed, steps, file: `${CACHE}/lessons-${seed}.ckpt`, resume },
      () => glance(estimator, exams),
    );

    // Step 3. Write the model's folder.
    const command = `npm run paint -- photo-maps --seed ${seed}${steps === STEPS ? "" : ` --steps ${steps}`}`;
    // A teaching that goes on has been taught for longer than this run knows.
    const minutes = resume ? null : (performance.now() - began) / 60_000;
    await writeModel(net, { command, seed, steps, minutes, best }, out);
    estimator.dispose();
    console.log(`Wrote ${out}/estimator.bnw.`);
  },
};

/** How well it does on classes that it has never seen, in one line. */
async function glance(estimator: NetMapEstimator, exams: readonly Exam[]): Promise<string> {
  const lines: string[] = [];
  for (const name of HELD_OUT_CLASSES) {
    const scores = [];
    const told = [];
    for (const exam of exams.filter(({ material }) => material === name)) {
      scores.push(scoreMaps(exam, await estimator.estimate(exam.photo)));
      told.push(scoreMaps(exam, await estimator.estimate(exam.photo, { light: exam.light })));
    }
    const { slopes, luminanceSlopes, roughness, meanRoughness, albedo, photoAlbedo } = meanScore(scores);
    const pair = (own: number, other: number): string => `${own.toFixed(3)} (${other.toFixed(3)})`;
    lines.push(
      `${name}: slopes ${pair(slopes, luminanceSlopes)}, told the light ${meanScore(told).slopes.toFixed(3)}, roughness ${pair(roughness, meanRoughness)}, albedo ${pair(albedo, photoAlbedo)}`,
    );
  }
  return lines.join("; ");
}
