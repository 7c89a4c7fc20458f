import { mkdir, readFile, writeFile } from "node:fs/promises";
import { HELD_OUT_CLASSES } from "../../../plugin/paint/materials/material-classes.ts";
import { encodeEstimator } from "../../../plugin/paint/photograph/estimator-file.ts";
import { loadMapEstimator } from "../../../plugin/paint/photograph/map-estimator.ts";
import type { PhotoNet } from "../../../plugin/paint/photograph/photo-net.ts";
import { drawExams } from "./draw-exams.ts";
import { SHOWN_CLASSES } from "./material-shelf.ts";
import { makeExam, meanScore, scoreMaps, type MapScore } from "./score-maps.ts";

/** How a model came to be. */
export interface ModelBirth {
  readonly command: string;
  readonly seed: number;
  readonly steps: number;
  readonly minutes: number;
  /** The best judgement, and when it was made. */
  readonly best: { readonly loss: number; readonly step: number } | null;
}

/** Seeds of the exams; the second for classes that it has seen other materials of. */
const HELD_OUT_SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const SHOWN_SEEDS = [1, 2, 3];
const SIDE = 512;

/** Writes a model's folder: the weights, how good they are, and what they do in pictures. */
export async function writeModel(net: PhotoNet, birth: ModelBirth, out: string): Promise<void> {
  await mkdir(out, { recursive: true });
  const { command, seed, steps, minutes } = birth;
  const notes = { steps, minutes: Number(minutes.toFixed(1)) };
  const certificate = {
    lesson: "photo-maps",
    algorithm: "supervised",
    seed,
    command,
    made: today(),
    device: "wasm",
    notes,
  };
  const bytes = await encodeEstimator(net, certificate, "int8");
  await writeFile(`${out}/estimator.bnw`, bytes);

  // What is published is what the file gives, not what the network gave before it was packed.
  const estimator = await loadMapEstimator(await readFile(`${out}/estimator.bnw`), { backend: "wasm" });
  const rows: { name: string; count: number; score: MapScore }[] = [];
  const shown = [];
  for (const name of [...HELD_OUT_CLASSES, ...SHOWN_CLASSES]) {
    const isHeldOut = HELD_OUT_CLASSES.includes(name);
    const scores: MapScore[] = [];
    for (const exam of (isHeldOut ? HELD_OUT_SEEDS : SHOWN_SEEDS).map((one) => makeExam(name, one))) {
      const maps = await estimator.estimate(exam.photo);
      scores.push(scoreMaps(exam, maps));
      if (isHeldOut && exam.seed <= 3) shown.push({ exam, maps });
    }
    rows.push({ name: isHeldOut ? `**${name}**` : name, count: scores.length, score: meanScore(scores) });
  }
  estimator.dispose();
  await writeFile(`${out}/preview.png`, drawExams(shown));
  await writeFile(`${out}/README.md`, card(net, birth, bytes.length, rows));
  console.log(table(rows));
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function table(rows: readonly { name: string; count: number; score: MapScore }[]): string {
  const lines = rows.map(({ name, count, score }) => {
    const pair = (own: number, other: number): string => `${own.toFixed(2)} (${other.toFixed(2)})`;
    const gain = score.slopes - score.luminanceSlopes;
    return `| ${name} | ${count} | ${pair(score.slopes, score.luminanceSlopes)} | ${gain >= 0 ? "+" : ""}${gain.toFixed(2)} | ${pair(score.roughness, score.meanRoughness)} | ${pair(score.albedo, score.photoAlbedo)} |`;
  });
  return [
    "| class | seeds | slopes | over brightness | roughness | albedo |",
    "|---|---:|---:|---:|---:|---:|",
    ...lines,
  ].join("\n");
}

function card(net: PhotoNet, birth: ModelBirth, bytes: number, rows: Parameters<typeof table>[0]): string {
  const { command, seed, steps, minutes, best } = birth;
  const { widths, blocks } = net.spec;
  return `# Maps from a photograph

A U-Net that estimates height, roughness and even-lit albedo from one photograph of a surface. It is an estimate: nobody can tell
from one picture what is a dark stain and what is a hollow. Metallic is not estimated; it is 0.

![photograph, true height, estimated height, true surface lit, estimated surface lit](preview.png)

From left to right: the photograph, the true height, the estimated one, the true surface in another light, and the estimated one.
Neither of these classes was ever shown to it.

| | |
|---|---|
| file | estimator.bnw, ${(bytes / 1e6).toFixed(2)} MB, 8 bits a weight with a scale for each filter |
| network | channels ${widths.join(", ")} from fine to coarse, residual blocks ${blocks.join(", ")}, ${net.parameters.count.toLocaleString("en")} numbers |
| cost | ${(net.operations(SIDE, SIDE) / 1e9).toFixed(1)} GFLOP for ${SIDE} × ${SIDE} pixels |
| made by | \`${command}\` |
| seed, steps | ${seed}, ${steps} mini-batches of 4 photographs |
| best judgement | ${best ? `${best.loss.toFixed(3)} after ${best.step} steps` : "–"} |
| minutes | ${minutes.toFixed(0)}, on one core |
| made on | ${today()} |

## How good it is

On photographs of 256 × 256 pixels of materials that it has not seen, in light that it has not seen; classes in bold were never shown
to it. In brackets what is had without it: brightness as height, the mean roughness of all classes, the photograph as albedo.
*Slopes* is the correlation of height gradients with the true ones (1 is perfect), *roughness* and *albedo* (sRGB) are mean absolute
errors.

${table(rows)}

## Where it fails

- Moss and stains that are darker or lighter than what they grow on are taken for hollows or bumps where their border is soft.
- Under clouds brightness alone is nearly as good for heights: hollows are dark.
- Smooth, wet places mirror the sky; what shines there is taken for colour.
- Metal is taken for grey paint.
- It does not find out where the light comes from, so it takes dark for deep, and its heights are no better than brightness on the
  classes that it was never shown. The bar, 0.2 above brightness, is missed.
- The relief, how far the highest point lies above the deepest, is a guess; how far off, was not measured.
- It has learned from drawn materials only. Real photographs show more: perspective, depth of field, things that lie on the ground.
`;
}
