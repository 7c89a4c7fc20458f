import { mkdir, readFile } from "node:fs/promises";
import * as tf from "@tensorflow/tfjs";
import { Presets, SingleBar } from "cli-progress";
import { Random } from "../../../plugin/core/random.ts";
import { useWasmBackend } from "../../../plugin/nets/wasm-backend.ts";
import { HELD_OUT_CLASSES } from "../../../plugin/paint/materials/material-classes.ts";
import { buildEstimatorNet, decodeEstimator } from "../../../plugin/paint/photograph/estimator-file.ts";
import { NetMapEstimator } from "../../../plugin/paint/photograph/net-map-estimator.ts";
import { PHOTO_NET, PhotoNet } from "../../../plugin/paint/photograph/photo-net.ts";
import type { PaintRecipe } from "../recipe.ts";
import { fillShelf, type ShelvedMaterial } from "./material-shelf.ts";
import { lightTask } from "./light-task.ts";
import { fillAlbum } from "./photo-album.ts";
import { FIRST_RATE, LATER_RATE, photoTask } from "./photo-task.ts";
import { makeExam, meanScore, scoreMaps, type Exam } from "./score-maps.ts";
import { teach } from "./teach.ts";
import { writeModel } from "./write-model.ts";

const CACHE = ".cache/photo-maps";
/** A third of them of the classes that may be shown, 30 of each; the others abstract. */
const MATERIALS = 990;
/** Surfaces from which the light is learned: each material twice, mixed with others. */
const PAGES = 1980;
/** Mini-batches of maps, and their photographs. */
const STEPS = 2800;
const BATCH = 3;
/** Mini-batches of lights, and their parts of photographs. */
const LIGHT_STEPS = 3300;
const LIGHT_BATCH = 16;
/** Seeds of the exams that are shown while it is taught; the card's are others. */
const GLANCES = [901, 902, 903];

/** Teaches the network that tells maps from a photograph. */
export const photoMaps: PaintRecipe = {
  name: "photo-maps",
  describe: "Teaches the network that estimates maps from a photograph, and writes its model folder.",
  async run({ seed = 0, steps = STEPS, resume = false, from, out = "models/photo-maps" }) {
    tf.enableProdMode();
    await useWasmBackend();
    await mkdir(CACHE, { recursive: true });

    // Step 1. Materials to photograph.
    const shelf = await made("materials", MATERIALS, (onMade) => fillShelf(MATERIALS, `${CACHE}/shelf`, onMade));
    const exams = HELD_OUT_CLASSES.flatMap((name) => GLANCES.map((glance) => makeExam(name, glance)));
    const began = performance.now();

    // Step 2. Teach from where light comes; an estimator that is to learn more can tell that already.
    const net = from === undefined ? new PhotoNet(new Random(seed, 1), PHOTO_NET) : await readNet(from);
    if (from === undefined) await teachLight(net, shelf, { seed, resume });

    // Step 3. Teach maps.
    const estimator = new NetMapEstimator(net, "wasm");
    const best = await teach(
      photoTask(net, shelf, from === undefined ? FIRST_RATE : LATER_RATE),
      { seed, steps, batchSize: BATCH, file: `${CACHE}/lessons-${seed}.ckpt`, resume },
      () => glance(estimator, exams),
    );

    // Step 4. Write the model's folder.
    const command = [
      `npm run paint -- photo-maps --seed ${seed}`,
      ...(steps === STEPS ? [] : [`--steps ${steps}`]),
      ...(from === undefined ? [] : [`--from ${from}`]),
    ].join(" ");
    // A teaching that goes on has been taught for longer than this run knows.
    const minutes = resume ? null : (performance.now() - began) / 60_000;
    await writeModel(net, { command, seed, steps, minutes, best }, out);
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

async function readNet(file: string): Promise<PhotoNet> {
  return buildEstimatorNet(decodeEstimator(await readFile(file), file), file);
}

/** Teaches the part that finds the light, from photographs that are taken once and then kept. */
async function teachLight(
  net: PhotoNet,
  shelf: readonly ShelvedMaterial[],
  { seed, resume }: { readonly seed: number; readonly resume: boolean },
): Promise<void> {
  const place = { count: PAGES, folder: `${CACHE}/album` };
  const album = await made("surfaces in light", PAGES, (onMade) => fillAlbum(shelf, place, onMade));
  const lesson = { seed, steps: LIGHT_STEPS, batchSize: LIGHT_BATCH, file: `${CACHE}/light-${seed}.ckpt`, resume };
  await teach(lightTask(net, album), lesson, () => Promise.resolve("light"));
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
