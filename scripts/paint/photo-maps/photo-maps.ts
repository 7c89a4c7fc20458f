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
import { grownNet } from "./grown-net.ts";
import { describeLights, judgeLights } from "./judge-lights.ts";
import { FIRST_LIGHT_RATE, LATER_LIGHT_RATE, lightTask } from "./light-task.ts";
import { fillAlbum } from "./photo-album.ts";
import { FIRST_RATE, LATER_RATE, photoTask } from "./photo-task.ts";
import { makeExam, meanScore, scoreMaps, type Exam } from "./score-maps.ts";
import { teach } from "./teach.ts";
import { writeModel } from "./write-model.ts";

const CACHE = ".cache/photo-maps";
/** A third of them of the classes that may be shown, 40 of each; the others abstract. */
const MATERIALS = 1320;
/** Surfaces, each in three lights: each material twice, mixed with others. */
const PAGES = 2640;
/** Mini-batches of maps, and their parts of photographs. */
const STEPS = 20_000;
const BATCH = 3;
/** Mini-batches of lights, and their parts of photographs. */
const LIGHT_STEPS = 6000;
const LIGHT_BATCH = 20;
/** What can be taught by itself. */
const PARTS = ["light", "maps"];
/** Seeds of the exams that are shown while it is taught; the card's are others. */
const GLANCES = [901, 902, 903, 904];
const LIGHT_GLANCES = Array.from({ length: 12 }, (_, i) => 901 + i);

/** Teaches the network that tells maps from a photograph. */
export const photoMaps: PaintRecipe = {
  name: "photo-maps",
  describe: "Teaches the network that estimates maps from a photograph, and writes its model folder.",
  async run({ seed = 0, steps, resume = false, from, only, out = "models/photo-maps" }) {
    if (only !== undefined && !PARTS.includes(only)) {
      throw new Error(`photo-maps: --only needed one of ${PARTS.join(", ")}, came "${only}".`);
    }
    tf.enableProdMode();
    await useWasmBackend();
    await mkdir(CACHE, { recursive: true });
    const isTaught = (part: string): boolean => (only ?? part) === part;
    const lesson = { seed, resume };

    // Step 1. Materials, and photographs of them.
    const shelf = await made("materials", MATERIALS, (onMade) => fillShelf(MATERIALS, `${CACHE}/shelf`, onMade));
    const place = { count: PAGES, folder: `${CACHE}/pages` };
    const album = await made("photographs", PAGES, (onMade) => fillAlbum(shelf, place, onMade));
    const examine = (seeds: readonly number[]): Exam[] =>
      HELD_OUT_CLASSES.flatMap((name) => seeds.map((one) => makeExam(name, one)));
    const began = performance.now();

    // Step 2. Teach from where light comes.
    const net =
      from === undefined ? new PhotoNet(new Random(seed, 1), PHOTO_NET) : await grownNet(from, new Random(seed, 1));
    const estimator = new NetMapEstimator(net, "wasm");
    let best: Awaited<ReturnType<typeof teach>> = null;
    if (isTaught("light")) {
      const file = `${CACHE}/light-${seed}.ckpt`;
      const exams = examine(LIGHT_GLANCES);
      const lightSteps = only === undefined ? LIGHT_STEPS : (steps ?? LIGHT_STEPS);
      best = await teach(
        lightTask(net, album, from === undefined ? FIRST_LIGHT_RATE : LATER_LIGHT_RATE),
        { ...lesson, steps: lightSteps, batchSize: LIGHT_BATCH, file },
        () => Promise.resolve(describeLights(judgeLights(net, exams))),
      );
    }

    // Step 3. Teach maps.
    if (isTaught("maps")) {
      const exams = examine(GLANCES);
      const file = `${CACHE}/lessons-${seed}.ckpt`;
      best = await teach(
        photoTask(net, album, from === undefined ? FIRST_RATE : LATER_RATE),
        { ...lesson, steps: steps ?? STEPS, batchSize: BATCH, file },
        () => glance(estimator, exams),
      );
    }

    // Step 4. Write the model's folder.
    const command = [
      `npm run paint -- photo-maps --seed ${seed}`,
      ...(steps === undefined ? [] : [`--steps ${steps}`]),
      ...(only === undefined ? [] : [`--only ${only}`]),
      ...(from === undefined ? [] : [`--from ${from}`]),
    ].join(" ");
    // A teaching that goes on has been taught for longer than this run knows.
    const minutes = resume ? null : (performance.now() - began) / 60_000;
    await writeModel(net, { command, seed, steps: steps ?? STEPS, minutes, best }, out);
    estimator.dispose();
    console.log(`Wrote ${out}/estimator.bnw.`);
  },
};

/** Something that is made piece by piece, with a bar that shows how far it is. */
async function made<T>(name: string, count: number, make: (onMade: (made: number) => void) => Promise<T>): Promise<T> {
  const format = `${name} {bar} {value}/{total}`;
  const bar = new SingleBar({ format, noTTYOutput: true, notTTYSchedule: 15_000 }, Presets.shades_classic);
  bar.start(count, 0);
  const result = await make((done) => bar.update(done));
  bar.stop();
  return result;
}

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
