import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { judgeImaginer, type ImaginerScore } from "../../../scripts/paint/imaginer/judge-imaginer.ts";
import { drawMaterial, SHOWN_CLASSES } from "../../../scripts/paint/imaginer/stack-shelf.ts";
import { loadImaginer, type Imaginer } from "../../../plugin/paint/imaginer/imaginer.ts";
import { stackColours } from "../../../plugin/paint/imaginer/stack-picture.ts";
import type { SurfaceMaps } from "../../../plugin/paint/maps/surface-maps.ts";
import { imaginedSeams } from "../paint/imagined-seams.ts";
import { seamFigures, seamGates, seamMisses } from "../paint/summarise-seams.ts";
import {
  gate,
  median,
  onlyInFull,
  type Gate,
  type GateArguments,
  type GateFigures,
  type GateGroup,
} from "../report.ts";
import { medianSeconds } from "../run-again.ts";

const SEEDS = 5;
const NEAR = 2;
const FARTHEST = 3;
const SPECTRUM = 0.6;
const SHARE = 0.9;
const ALIKE = 0.1;
/** How many more patches than among real pictures may be copies. */
const COPIES = 0.05;
const SHIFT = 1e-4;
const ROUNDS = 9;
const LARGE = 256;
const MODEL = resolve(import.meta.dirname, "../../../models/imaginer/imaginer.bnw");
const FRESH_STREAM = 0x3c91;

/**
 * `npm run bench -- imagine-generator`. `--set classes=brick,sand` judges some only, `--set model=FILE` another file than the
 * shipped one.
 */
const imagineGenerator: GateGroup = {
  name: "imagine-generator",
  describe: "Materials imagined from codes: likeness, spectrum, seams, equivariance, diversity, copies, time.",
  async run(args: GateArguments): Promise<GateFigures> {
    const seeds = Array.from({ length: args.seeds ?? (args.smoke ? 1 : SEEDS) }, (_, i) => i + 1);
    const chosen = args.settings["classes"]?.split(",") ?? (args.smoke ? ["sand"] : SHOWN_CLASSES);
    const file = args.settings["model"] ?? MODEL;
    const gates: Gate[] = [onlyInFull(gate("imaginer to judge", existsSync(file) ? 1 : 0, "", ">=", 1))];
    if (!existsSync(file)) return { gates, seeds, misses: ["no imaginer is shipped"] };
    const imaginer = await loadImaginer(await readFile(file), { backend: "wasm" });

    // Step 1. Likeness, by class.
    const scores: ImaginerScore[] = [];
    for (const name of chosen) {
      args.log(`${name} …`);
      scores.push(await judgeImaginer(imaginer, name, { seeds, ...(args.smoke ? { count: 2 } : {}) }));
    }
    const near = scores.filter(({ ratio }) => ratio <= NEAR).length / scores.length;
    gates.push(
      onlyInFull(gate(`share of classes with SWD ÷ floor of at most ${NEAR}`, near, "", ">=", SHARE)),
      onlyInFull(gate("largest SWD ÷ floor", Math.max(...scores.map(({ ratio }) => ratio)), "", "<=", FARTHEST)),
      onlyInFull(gate("spectrum distance, median", median(scores.map(({ spectrum }) => spectrum)), "", "<=", SPECTRUM)),
    );
    const closer = scores.map(({ similarity, realSimilarity }) => similarity - realSimilarity);
    gates.push(
      onlyInFull(gate("MS-SSIM of pairs above that of real pairs, most", Math.max(...closer), "", "<=", ALIKE)),
    );
    const copies = scores.map(({ copied, realCopied }) => copied - realCopied);
    gates.push(
      onlyInFull(gate("share of copied patches above that of real ones, most", Math.max(...copies), "", "<=", COPIES)),
    );
    const learned = scores.map(({ taughtCopied, realTaughtCopied }) => taughtCopied - realTaughtCopied);
    gates.push(
      onlyInFull(
        gate(
          "share of patches copied from taught materials above real ones, most",
          Math.max(...learned),
          "",
          "<=",
          COPIES,
        ),
      ),
    );

    // Step 2. Seams and rolls.
    args.log("seams …");
    const seams = await imaginedSeams(imaginer, chosen, seeds);
    gates.push(
      ...seamGates(seams).map(onlyInFull),
      gate("equivariance: furthest number after a roll", await rollShift(imaginer), "", "<=", SHIFT),
    );

    // Step 3. Time.
    const code = imaginer.codeOf(imaginer.classes[0]);
    let round = 0;
    const seconds = await medianSeconds(args.smoke ? 2 : ROUNDS, () =>
      imaginer.imagine(code, { seed: round++, size: LARGE }),
    );
    gates.push(onlyInFull(gate(`code to a stack of ${LARGE}², wasm, one thread, median`, seconds, "s", "<=", 1)));
    imaginer.dispose();
    const far = scores.filter(({ ratio }) => ratio > NEAR).map(({ name, ratio }) => `${name}: ${ratio.toFixed(2)}`);
    return { gates, seeds, misses: [...far, ...seamMisses(seams)], seams: seamFigures(seams), classes: scores };
  },
};

/** The furthest number between maps that are rolled and maps of rolled inputs, of a code of a real picture. */
async function rollShift(imaginer: Imaginer): Promise<number> {
  const [down, across] = [32, 80];
  const size = { width: 128, height: 96 };
  const code = await imaginer.encode(stackColours(drawMaterial("brick", 1, FRESH_STREAM)));
  const still = await imaginer.imagine(code, { seed: 3, size });
  const rolled = await imaginer.imagine(code, { seed: 3, size, roll: [down, across] });
  const furthest = (
    key: keyof SurfaceMaps & ("albedo" | "heights" | "roughness" | "metallic"),
    channels: number,
  ): number => {
    let most = 0;
    for (let y = 0; y < size.height; y++) {
      for (let x = 0; x < size.width; x++) {
        const from = (y * size.width + x) * channels;
        const to = (((y + down) % size.height) * size.width + ((x + across) % size.width)) * channels;
        for (let c = 0; c < channels; c++) most = Math.max(most, Math.abs(still[key][from + c] - rolled[key][to + c]));
      }
    }
    return most;
  };
  return Math.max(furthest("albedo", 3), furthest("heights", 1), furthest("roughness", 1), furthest("metallic", 1));
}

export default imagineGenerator;
