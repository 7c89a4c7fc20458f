import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { loadImaginer } from "../../../plugin/paint/imaginer/imaginer.ts";
import { useWasmBackend } from "../../../plugin/nets/wasm-backend.ts";
import { judgeAddition, judgeMixes } from "../../../scripts/paint/imaginer/judge-latent.ts";
import {
  gate,
  median,
  onlyInFull,
  type Gate,
  type GateArguments,
  type GateFigures,
  type GateGroup,
} from "../report.ts";

const SEEDS = 5;
const SHARE = 0.8;
const WAYS = { difference: "difference of mean codes added", slider: "slider moved" } as const;
/** Attributes that the probe tells of fewer real materials cannot be judged by it. */
const SURE = 0.85;
const MODEL = resolve(import.meta.dirname, "../../../models/imaginer/imaginer.bnw");
const FULL = { taught: 40, probeSteps: 800, tried: 3, heldOut: 4 };
const SMOKE_MIXES = { count: 1, names: ["brick", "sand"] };
const SMOKE = { taught: 2, probeSteps: 10, tried: 1, heldOut: 1 };

/** `npm run bench -- imagine-latent`. `--set model=FILE` judges another file than the shipped one. */
const imagineLatent: GateGroup = {
  name: "imagine-latent",
  describe: "Arithmetic and mixes of the imaginer's codes: attributes by a probe, half and half against pixels.",
  async run(args: GateArguments): Promise<GateFigures> {
    const seeds = Array.from({ length: args.seeds ?? (args.smoke ? 1 : SEEDS) }, (_, i) => i + 1);
    const file = args.settings["model"] ?? MODEL;
    const found = onlyInFull(gate("imaginer to judge", existsSync(file) ? 1 : 0, "", ">=", 1));
    if (!existsSync(file)) return { gates: [found], seeds, misses: ["no imaginer is shipped"] };
    tf.enableProdMode();
    await useWasmBackend();
    const imaginer = await loadImaginer(await readFile(file), { backend: "wasm" });
    args.log("attributes …");
    const { scores, classAccuracy } = await judgeAddition(imaginer, { seeds, sizes: args.smoke ? SMOKE : FULL });
    args.log("mixes …");
    const mixes = await judgeMixes(imaginer, { seeds, ...(args.smoke ? SMOKE_MIXES : { count: 4 }) });
    imaginer.dispose();
    const sure = scores.filter(({ probe }) => probe >= SURE);
    const mean = (values: readonly number[]): number =>
      values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
    const ratio = median(mixes.map(({ latent, pixels }) => latent / pixels));
    // By both ways. The class can only be kept where it was seen before; over all materials it is among the figures.
    const ways = ["difference", "slider"] as const;
    const additions = ways.flatMap((way) => {
      const scores = sure.map((score) => score[way]);
      const share = (what: string, of: (score: (typeof scores)[number]) => number): Gate =>
        onlyInFull(gate(`${WAYS[way]}: ${what}`, mean(scores.map(of)), "", ">=", SHARE));
      return [
        share("the probe sees it", ({ changed }) => changed),
        share("the class is kept, where it was seen before", ({ kept }) => kept),
      ];
    });
    const gates = [
      found,
      onlyInFull(gate("classes that the probe tells rightly of real materials", classAccuracy, "", ">=", SURE)),
      onlyInFull(gate("attributes that the probe is sure of", sure.length, "", ">=", 3)),
      ...additions,
      onlyInFull(gate("half and half: nearest class, codes ÷ pixels, median", ratio, "", "<=", 1)),
    ];
    const misses = sure.flatMap((score) =>
      ways
        .filter((way) => score[way].changed < SHARE || score[way].right < SHARE)
        .map((way) => {
          const { changed, right, kept } = score[way];
          return `${score.attribute}, ${WAYS[way]}: changed ${changed.toFixed(2)}, class kept ${kept.toFixed(2)}, seen ${right.toFixed(2)}`;
        }),
    );
    return { gates, seeds, misses, attributes: scores, mixes };
  },
};

export default imagineLatent;
