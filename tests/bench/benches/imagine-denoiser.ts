import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { gate, onlyInFull, type Gate, type GateArguments, type GateFigures, type GateGroup } from "../report.ts";
import { medianSeconds, shiftAfterRoll } from "../run-again.ts";

const FILE = new URL("../../../models/denoiser/denoiser.bnw", import.meta.url);
const MOST_BYTES = 700_000;
/** By how much the noise that is found may differ from the true one. */
const NOISE_ERROR = 0.1;
const SHIFT = 1e-4;
/** How little is looked at in a smoke run. */
const SMOKE = { classes: ["roofTile"], side: 64, search: 3 };

/** `npm run bench -- imagine-denoiser`. `--set classes=brick,sand` judges some only. */
const imagineDenoiser: GateGroup = {
  name: "imagine-denoiser",
  describe: "Noise taken out of textures, against the best-tuned Gaussian blur and non-local means; time.",
  async run(args: GateArguments): Promise<GateFigures> {
    const shipped = onlyInFull(gate("denoiser to judge", existsSync(FILE) ? 1 : 0, "", ">=", 1));
    if (!shipped.holds) return { gates: [shipped], misses: ["no denoiser is shipped"] };
    const tf = await import("@tensorflow/tfjs");
    const { loadDenoiser } = await import("../../../plugin/paint/encoders/denoiser.ts");
    const { findNoise } = await import("../../../plugin/nets/encoders/find-noise.ts");
    const { byTeaching, EXAM_CLASSES, EXAM_SEEDS } = await import("../../../scripts/paint/encoders/exam-classes.ts");
    const { DEVIATION, judgeDenoiser, noisyExam } = await import("../../../scripts/paint/encoders/judge-denoiser.ts");
    const { DENOISER_BAR } = await import("../../../scripts/paint/encoders/write-denoiser-card.ts");
    tf.enableProdMode();
    const bytes = await readFile(FILE);
    const denoiser = await loadDenoiser(bytes, { backend: "wasm" });
    const seeds = Array.from({ length: args.seeds ?? (args.smoke ? 1 : EXAM_SEEDS.length) }, (_, i) => i + 1);
    const classes = args.settings["classes"]?.split(",") ?? (args.smoke ? SMOKE.classes : EXAM_CLASSES);
    const sizes = args.smoke ? { side: SMOKE.side, search: SMOKE.search } : {};

    // Step 1. Likeness to the clean pictures, by class.
    const scores = [];
    for (const name of classes) {
      const score = await judgeDenoiser(denoiser, name, { seeds, ...sizes });
      args.log(`  ${name}: ${score.denoiser.toFixed(2)} dB, ${score.gain.toFixed(2)} over the best filter`);
      scores.push(score);
    }
    const gains = byTeaching(scores, ({ gain }) => gain);
    const gates: Gate[] = [
      shipped,
      gate("file", bytes.length, "bytes", "<=", MOST_BYTES),
      ...gains.map(({ what, value }) =>
        onlyInFull(gate(`${what}: over the best-tuned filter`, value, "dB", ">=", DENOISER_BAR)),
      ),
    ];

    // Step 2. The noise that it finds, and rolls.
    const { noisy } = noisyExam("brick", 1);
    const shift = await shiftAfterRoll(noisy, (source) => denoiser.denoise(source, { noise: DEVIATION }));
    gates.push(
      gate("noise found, share off", Math.abs(findNoise(noisy) / DEVIATION - 1), "", "<=", NOISE_ERROR),
      gate("equivariance: furthest number after a roll", shift, "", "<=", SHIFT),
    );

    // Step 3. Time.
    const { noisy: large } = noisyExam("brick", 1, { side: 256 });
    const secondsFor256 = await medianSeconds(args.smoke ? 1 : 5, () => denoiser.denoise(large));
    denoiser.dispose();
    const misses = gains
      .filter(({ value }) => value < DENOISER_BAR)
      .map(({ what, value }) => `${what}: ${value.toFixed(2)} dB`);
    return { gates, seeds, misses, secondsFor256, classes: scores };
  },
};

export default imagineDenoiser;
