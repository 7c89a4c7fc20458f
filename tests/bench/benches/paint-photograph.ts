import { readFile } from "node:fs/promises";
import { gate, onlyInFull, type Gate, type GateArguments, type GateFigures, type GateGroup } from "../report.ts";

/** How much better slopes must be told than by taking brightness for height. */
const LEAST_GAIN = 0.2;
/** Others than those of the model's card, by which the network was watched while it learned. */
const FIRST_SEED = 101;
const SEEDS = { full: 8, smoke: 1 };
const FILE = new URL("../../../models/photo-maps/estimator.bnw", import.meta.url);

/** `npm run bench -- paint-photograph`. Settings: `--seeds N`, `--set first=101` (the first seed), `--set side=256`. */
const paintPhotographBench: GateGroup = {
  name: "paint-photograph",
  describe: "Maps from photographs of classes that the estimator was never shown, against brightness as height.",
  async run(args: GateArguments): Promise<GateFigures> {
    const tf = await import("@tensorflow/tfjs");
    const { HELD_OUT_CLASSES } = await import("../../../plugin/paint/materials/material-classes.ts");
    const { loadMapEstimator } = await import("../../../plugin/paint/photograph/map-estimator.ts");
    const { makeExam, meanScore, scoreMaps } = await import("../../../scripts/paint/photo-maps/score-maps.ts");
    tf.enableProdMode();
    const side = Number(args.settings["side"] ?? 256);
    const count = args.seeds ?? SEEDS[args.smoke ? "smoke" : "full"];
    const first = Number(args.settings["first"] ?? FIRST_SEED);
    const seeds = Array.from({ length: count }, (_, i) => first + i);
    const estimator = await loadMapEstimator(await readFile(FILE), { backend: "wasm" });
    const gates: Gate[] = [];
    const classes: Record<string, unknown> = {};
    for (const name of HELD_OUT_CLASSES) {
      const scores = [];
      const told = [];
      for (const seed of seeds) {
        const exam = makeExam(name, seed, side);
        const score = scoreMaps(exam, await estimator.estimate(exam.photo));
        const lit = scoreMaps(exam, await estimator.estimate(exam.photo, { light: exam.light }));
        scores.push(score);
        told.push(lit.slopes);
        args.log(
          `  ${name} ${seed}: slopes ${score.slopes.toFixed(3)}, with the true light told ${lit.slopes.toFixed(3)}, brightness ${score.luminanceSlopes.toFixed(3)}`,
        );
      }
      const mean = meanScore(scores);
      const what = `${name}: correlation of height gradients, over that of brightness`;
      gates.push(onlyInFull(gate(what, mean.slopes - mean.luminanceSlopes, "", ">=", LEAST_GAIN)));
      const toldSlopes = told.reduce((sum, slopes) => sum + slopes, 0) / told.length;
      classes[name] = { mean, toldSlopes, scores, told };
    }
    estimator.dispose();
    return {
      gates,
      seeds,
      work: `photographs of ${side} × ${side} of procedural materials, in the light of scripts/paint/photo-maps, which the estimator finds by itself; means over seeds`,
      classes,
    };
  },
};

export default paintPhotographBench;
