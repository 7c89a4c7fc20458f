import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { gate, onlyInFull, type Gate, type GateArguments, type GateFigures, type GateGroup } from "../report.ts";
import { medianSeconds, shiftAfterRoll } from "../run-again.ts";

const FILE = new URL("../../../models/autoencoder/autoencoder.bnw", import.meta.url);
const MOST_BYTES = 700_000;
const SHIFT = 1e-4;
/** What looking again must gain at least, in decibels. */
const REFINED = 0.1;
/** How little is looked at in a smoke run. */
const SMOKE = { classes: ["roofTile"], fitted: 2 };

/** `npm run bench -- imagine-autoencoder`. `--set classes=brick,sand` judges some only. */
const imagineAutoencoder: GateGroup = {
  name: "imagine-autoencoder",
  describe: "Textures repeated from a spatial code, against block-PCA and DCT of as many numbers; holes, rolls, time.",
  async run(args: GateArguments): Promise<GateFigures> {
    const shipped = onlyInFull(gate("autoencoder to judge", existsSync(FILE) ? 1 : 0, "", ">=", 1));
    if (!shipped.holds) return { gates: [shipped], misses: ["no autoencoder is shipped"] };
    const tf = await import("@tensorflow/tfjs");
    const { loadTextureAutoencoder } = await import("../../../plugin/paint/encoders/texture-autoencoder.ts");
    const { byTeaching, EXAM_CLASSES, EXAM_SEEDS, meanOf } =
      await import("../../../scripts/paint/encoders/exam-classes.ts");
    const { judgeAutoencoder, linearRivals } = await import("../../../scripts/paint/encoders/judge-autoencoder.ts");
    const { examPicture, taughtPictures } = await import("../../../scripts/paint/encoders/picture-shelf.ts");
    const { AUTOENCODER_BAR, FITTED } = await import("../../../scripts/paint/encoders/write-autoencoder-card.ts");
    tf.enableProdMode();
    const bytes = await readFile(FILE);
    const autoencoder = await loadTextureAutoencoder(bytes, { backend: "wasm" });
    const seeds = Array.from({ length: args.seeds ?? (args.smoke ? 1 : EXAM_SEEDS.length) }, (_, i) => i + 1);
    const classes = args.settings["classes"]?.split(",") ?? (args.smoke ? SMOKE.classes : EXAM_CLASSES);

    // Step 1. Likeness, by class.
    const rivals = linearRivals(taughtPictures(args.smoke ? SMOKE.fitted : FITTED), autoencoder.channels);
    const scores = [];
    for (const name of classes) {
      const score = await judgeAutoencoder(autoencoder, name, { seeds, rivals });
      const gain = score.autoencoder - score.pca;
      const guess = (score.guessed - score.pca).toFixed(2);
      args.log(
        `  ${name}: ${score.autoencoder.toFixed(2)} dB, ${gain.toFixed(2)} over block-PCA; first guess ${guess}`,
      );
      scores.push(score);
    }
    const gains = byTeaching(scores, (score) => score.autoencoder - score.pca);
    const gates: Gate[] = [
      shipped,
      gate("file", bytes.length, "bytes", "<=", MOST_BYTES),
      ...gains.map(({ what, value }) =>
        onlyInFull(gate(`${what}: over block-PCA of as many numbers`, value, "dB", ">=", AUTOENCODER_BAR)),
      ),
      ...byTeaching(scores, (score) => score.autoencoder - score.dct).map(({ what, value }) =>
        onlyInFull(gate(`${what}: over DCT of as many numbers`, value, "dB", ">=", 0)),
      ),
      onlyInFull(
        gate(
          "refined codes over the encoder's first guess, mean of all classes",
          meanOf(scores, (score) => score.autoencoder - score.guessed),
          "dB",
          ">=",
          REFINED,
        ),
      ),
      onlyInFull(
        gate(
          "scratches: inpainted over filled by means",
          meanOf(scores, (score) => score.inpainted - score.smooth),
          "dB",
          ">=",
          0,
        ),
      ),
      onlyInFull(
        gate(
          "blot: patch SWD, grown ÷ filled by means",
          meanOf(scores, (score) => score.regrown / score.smoothSwd),
          "",
          "<=",
          1,
        ),
      ),
    ];

    // Step 2. Rolls and time.
    const source = examPicture("brick", 1);
    const shift = await shiftAfterRoll(source, (picture) => autoencoder.reconstruct(picture, { refine: 0 }));
    gates.push(gate("equivariance, first guess: furthest number after a roll", shift, "", "<=", SHIFT));
    const refinedShift = await shiftAfterRoll(source, (picture) => autoencoder.reconstruct(picture));
    gates.push(gate("equivariance, refined: furthest number after a roll", refinedShift, "", "<=", SHIFT));
    const secondsFor256 = await medianSeconds(args.smoke ? 1 : 5, () => autoencoder.reconstruct(source));
    const secondsForGuess = await medianSeconds(args.smoke ? 1 : 5, () =>
      autoencoder.reconstruct(source, { refine: 0 }),
    );
    autoencoder.dispose();
    const misses = gains
      .filter(({ value }) => value < AUTOENCODER_BAR)
      .map(({ what, value }) => `${what}: ${value.toFixed(2)} dB`);
    return { gates, seeds, misses, secondsFor256, secondsForGuess, classes: scores };
  },
};

export default imagineAutoencoder;
