import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { gate, onlyInFull, type Gate, type GateArguments, type GateFigures, type GateGroup } from "../report.ts";
import { medianSeconds } from "../run-again.ts";

const FILE = new URL("../../../models/grain/grain.bnw", import.meta.url);
const MOST_BYTES = 300_000;
/** 18.4 GFLOP for 1280 × 720: 16 ms at 1.2 TFLOP/s, a tenth of what a middling GPU of 2020 has. */
const MOST_OPERATIONS = 20_000;
/** How little is looked at in a smoke run. */
const SMOKE = { classes: ["roofTile"], side: 64 };

/**
 * `npm run bench -- imagine-grain`. `--set classes=brick,sand` judges some only. That nothing is read back is counted by
 * tests/browser/grain.test.ts.
 */
const imagineGrain: GateGroup = {
  name: "imagine-grain",
  describe:
    "Noise of a dim camera taken out of frames, against the best-tuned Gaussian blur and non-local means; operations; time.",
  async run(args: GateArguments): Promise<GateFigures> {
    const shipped = onlyInFull(gate("network to judge", existsSync(FILE) ? 1 : 0, "", ">=", 1));
    if (!shipped.holds) return { gates: [shipped], misses: ["no network for frames is shipped"] };
    const tf = await import("@tensorflow/tfjs");
    const { startBackend } = await import("../../../plugin/nets/start-backend.ts");
    const { decodeGrain } = await import("../../../plugin/paint/grain/grain-file.ts");
    const { NetFrameCleaner } = await import("../../../plugin/paint/grain/net-frame-cleaner.ts");
    const { byTeaching, EXAM_CLASSES } = await import("../../../scripts/paint/encoders/exam-classes.ts");
    const { grainExam, NIGHT } = await import("../../../scripts/paint/grain/grain-exam.ts");
    const { judgeGrain } = await import("../../../scripts/paint/grain/judge-grain.ts");
    const { GRAIN_BAR, grainSeeds } = await import("../../../scripts/paint/grain/write-grain-card.ts");
    tf.enableProdMode();
    await startBackend("wasm");
    const bytes = await readFile(FILE);
    const { net } = decodeGrain(bytes, "grain.bnw");
    const cleaner = new NetFrameCleaner(net, "wasm");
    const classes = args.settings["classes"]?.split(",") ?? (args.smoke ? SMOKE.classes : EXAM_CLASSES);
    const wanted = args.seeds ?? (args.smoke ? 1 : undefined);
    const chosen = wanted === undefined ? null : Array.from({ length: wanted }, (_, i) => i + 1);

    // Step 1. Likeness to the clean frames, by class.
    const scores = [];
    for (const name of classes) {
      const seeds = chosen ?? grainSeeds(name);
      const score = await judgeGrain(cleaner, name, { seeds, ...(args.smoke ? { side: SMOKE.side } : {}) });
      args.log(`  ${name}: ${score.network.toFixed(2)} dB, ${score.gain.toFixed(2)} over the best filter`);
      scores.push(score);
    }
    const gains = byTeaching(scores, ({ gain }) => gain);
    const gates: Gate[] = [
      shipped,
      gate("file", bytes.length, "bytes", "<=", MOST_BYTES),
      gate("operations a pixel, counted", net.operations(1000, 1000) / 1e6, "", "<=", MOST_OPERATIONS),
      ...gains.map(({ what, value }) =>
        onlyInFull(gate(`${what}: over the best-tuned filter`, value, "dB", ">=", GRAIN_BAR)),
      ),
    ];

    // Step 2. Time of one frame on wasm, where there is no GPU.
    const { noisy } = grainExam("brick", 1, { side: 256 });
    const secondsFor256 = await medianSeconds(args.smoke ? 1 : 5, () => cleaner.clean(noisy, NIGHT));
    cleaner.dispose();
    const misses = gains
      .filter(({ value }) => value < GRAIN_BAR)
      .map(({ what, value }) => `${what}: ${value.toFixed(2)} dB`);
    return { gates, misses, secondsFor256, classes: scores };
  },
};

export default imagineGrain;
