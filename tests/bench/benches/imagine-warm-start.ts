import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { drawMaterial, SIDE } from "../../../scripts/paint/imaginer/stack-shelf.ts";
import { Random } from "../../../plugin/core/random.ts";
import { fitImaginerNet } from "../../../plugin/nets/imaginer/fit-imaginer-net.ts";
import { ImaginerNet } from "../../../plugin/nets/imaginer/imaginer-net.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";
import { fitExample } from "../../../plugin/paint/imaginer/fit-example.ts";
import { buildImaginerNet, decodeImaginer } from "../../../plugin/paint/imaginer/imaginer-file.ts";
import { stackColours } from "../../../plugin/paint/imaginer/stack-picture.ts";
import { imagineStack, pictureCode } from "../../../plugin/paint/imaginer/net-stacks.ts";
import { HELD_OUT_CLASSES } from "../../../plugin/paint/materials/material-classes.ts";
import { patchSwd } from "../../../plugin/paint/metrics/patch-swd.ts";
import type { Picture } from "../../../plugin/paint/picture.ts";
import { gate, median, onlyInFull, type GateArguments, type GateFigures, type GateGroup } from "../report.ts";

const SEEDS = 5;
const COLD_STEPS = 2000;
const BAR = 400;
/** Pictures of a set. */
const COUNT = 3;
/** Materials that nothing was learned from and nothing was chosen by. */
const FRESH_STREAM = 0x5a27;
const MODEL = resolve(import.meta.dirname, "../../../models/imaginer/imaginer.bnw");

interface Start {
  readonly material: string;
  readonly seed: number;
  /** Between pictures that differ only in where their parts lie. */
  readonly floor: number;
  /** After the last iteration from chance. */
  readonly cold: number;
  /** By iterations of the warm start. */
  readonly warm: readonly (readonly [iterations: number, swd: number])[];
  /** Until the warm start was as near; one more than the bar where it was not by then. */
  readonly iterations: number;
}

/**
 * `npm run bench -- imagine-warm-start`. `--set classes=roofTile` looks at one class, `--set steps=500` teaches from chance for a shorter time,
 * `--set model=FILE` begins with another file than the shipped one.
 */
const imagineWarmStart: GateGroup = {
  name: "imagine-warm-start",
  describe:
    "An imaginer fitted to pictures of unseen classes: iterations until it is as near as one taught from chance.",
  async run(args: GateArguments): Promise<GateFigures> {
    const seeds = Array.from({ length: args.seeds ?? (args.smoke ? 1 : SEEDS) }, (_, i) => i + 1);
    const classes =
      args.settings["classes"]?.split(",") ?? (args.smoke ? HELD_OUT_CLASSES.slice(0, 1) : HELD_OUT_CLASSES);
    const steps = Number(args.settings["steps"] ?? (args.smoke ? 3 : COLD_STEPS));
    const bytes = await readFile(args.settings["model"] ?? MODEL);
    await startBackend("wasm");
    const starts: Start[] = [];
    for (const material of classes) {
      for (const seed of seeds) {
        const effort = args.smoke ? { most: 3, directions: 32 } : { most: BAR, directions: 512 };
        const start = await compareStarts(bytes, { material, seed, steps, ...effort });
        starts.push(start);
        args.log(
          `${material} ${seed}: floor ${start.floor.toFixed(4)}, from chance ${start.cold.toFixed(4)}, warm ${start.warm[0][1].toFixed(4)}, as near after ${start.iterations}`,
        );
      }
    }
    const gates = classes.map((material) => {
      const counts = starts.filter((start) => start.material === material).map(({ iterations }) => iterations);
      const what = `${material}: iterations to the SWD of ${steps} from chance, median of seeds`;
      return onlyInFull(gate(what, median(counts), "", "<=", BAR));
    });
    const misses = starts
      .filter(({ iterations }) => iterations > BAR)
      .map(({ material, seed, cold, warm }) => {
        const least = Math.min(...warm.map(([, swd]) => swd));
        return `${material} ${seed}: from chance ${cold.toFixed(4)}, at least ${least.toFixed(4)} within ${BAR}`;
      });
    return { gates, seeds, steps, misses, starts };
  },
};

interface StartOptions {
  readonly material: string;
  readonly seed: number;
  readonly steps: number;
  /** Iterations of the warm start. */
  readonly most: number;
  /** Of the metric. */
  readonly directions: number;
}

/** Fits two networks to one picture by the same lesson: one with the weights of a file, one with weights from chance. */
async function compareStarts(
  bytes: Uint8Array,
  { material, seed, steps, most, directions }: StartOptions,
): Promise<Start> {
  const draw = (place: number): Picture => stackColours(drawMaterial(material, seed, FRESH_STREAM, place));
  const places = Array.from({ length: COUNT }, (_, i) => i + 1);
  const real = places.map(draw);
  const other = places.map((place) => draw(COUNT + place));
  const distance = (pictures: readonly Picture[]): number =>
    patchSwd(real, pictures, { edges: "wrap", directions }).distance;
  const judge = async (net: ImaginerNet, code: Float32Array): Promise<number> => {
    const made: Picture[] = [];
    for (const place of places) {
      made.push(stackColours(await imagineStack(net, code, { width: SIDE, height: SIDE, random: new Random(place) })));
    }
    return distance(made);
  };
  const example = fitExample(draw(0));
  const lesson = { seed, patience: Infinity };

  // Step 1. From chance.
  const untaught = new ImaginerNet(new Random(seed, FRESH_STREAM));
  const { code: learned } = await fitImaginerNet(untaught, example, { ...lesson, steps });
  const cold = await judge(untaught, learned);
  untaught.dispose();

  // Step 2. From what was taught.
  const net = buildImaginerNet(decodeImaginer(bytes, "Imaginer file"), "Imaginer file");
  const enough = new AbortController();
  const warm: [number, number][] = [[0, await judge(net, await pictureCode(net, draw(0)))]];
  if (warm[0][1] <= cold) enough.abort();
  const note = async (step: number, code: Float32Array): Promise<void> => {
    warm.push([step, await judge(net, code)]);
    if (warm.at(-1)![1] <= cold) enough.abort();
  };
  await fitImaginerNet(net, example, { ...lesson, steps: most, enough: enough.signal }, { onSample: note });
  net.dispose();
  const reached = warm.find(([, swd]) => swd <= cold);
  const iterations = reached ? reached[0] : BAR + 1;
  return { material, seed, floor: distance(other), cold, warm, iterations };
}

export default imagineWarmStart;
