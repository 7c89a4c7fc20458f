import { mkdir, readFile, writeFile } from "node:fs/promises";
import type { SurfaceMaps } from "../../../plugin/paint/maps/surface-maps.ts";
import { HELD_OUT_CLASSES } from "../../../plugin/paint/materials/material-classes.ts";
import { encodeEstimator } from "../../../plugin/paint/photograph/estimator-file.ts";
import { MOST_SEEN } from "../../../plugin/paint/photograph/find-light.ts";
import { loadMapEstimator } from "../../../plugin/paint/photograph/map-estimator.ts";
import type { PhotoNet } from "../../../plugin/paint/photograph/photo-net.ts";
import { drawExams } from "./draw-exams.ts";
import { SHOWN_CLASSES } from "./material-shelf.ts";
import { makeExam, meanScore, scoreMaps, type Exam, type MapScore } from "./score-maps.ts";

/** How a model came to be. */
export interface ModelBirth {
  readonly command: string;
  readonly seed: number;
  /** Mini-batches. */
  readonly steps: number;
  /** By the clock, where they are known. */
  readonly minutes: number | null;
  /** The best judgement, and when it was made. */
  readonly best: { readonly loss: number; readonly step: number } | null;
}

/** Seeds of the exams; the second for classes that it has seen other materials of. */
const HELD_OUT_SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const SHOWN_SEEDS = [1, 2, 3];
const SIDE = 512;
/** How many of the worst estimates are shown. */
const FAILURES = 4;
/** How much better slopes must be than those of brightness. */
const BAR = 0.2;

/** Writes a model's folder: the weights, how good they are, and what they do in pictures. */
export async function writeModel(net: PhotoNet, birth: ModelBirth, out: string): Promise<void> {
  await mkdir(out, { recursive: true });
  const { command, seed, steps } = birth;
  const certificate = {
    lesson: "photo-maps",
    algorithm: "supervised",
    seed,
    command,
    made: today(),
    device: "wasm",
    notes: { steps },
  };
  const bytes = await encodeEstimator(net, certificate, "int8");
  await writeFile(`${out}/estimator.bnw`, bytes);

  // What is published is what the file gives, not what the network gave before it was packed.
  const estimator = await loadMapEstimator(await readFile(`${out}/estimator.bnw`), { backend: "wasm" });
  const rows: Row[] = [];
  const shown = [];
  const judged: { readonly exam: Exam; readonly maps: SurfaceMaps; readonly gain: number }[] = [];
  for (const name of [...HELD_OUT_CLASSES, ...SHOWN_CLASSES]) {
    const isHeldOut = HELD_OUT_CLASSES.includes(name);
    const scores: MapScore[] = [];
    const told: MapScore[] = [];
    for (const exam of (isHeldOut ? HELD_OUT_SEEDS : SHOWN_SEEDS).map((one) => makeExam(name, one))) {
      const maps = await estimator.estimate(exam.photo);
      const score = scoreMaps(exam, maps);
      scores.push(score);
      judged.push({ exam, maps, gain: score.slopes - score.luminanceSlopes });
      told.push(scoreMaps(exam, await estimator.estimate(exam.photo, { light: exam.light })));
      if (isHeldOut && exam.seed <= 3) shown.push({ exam, maps });
    }
    rows.push({
      name: isHeldOut ? `**${name}**` : name,
      count: scores.length,
      score: meanScore(scores),
      toldSlopes: meanScore(told).slopes,
    });
  }
  estimator.dispose();
  await writeFile(`${out}/preview.jpg`, drawExams(shown));
  const worst = judged.sort((one, other) => one.gain - other.gain).slice(0, FAILURES);
  await writeFile(`${out}/failures.jpg`, drawExams(worst));
  await writeFile(`${out}/README.md`, card(net, birth, bytes.length, rows));
  console.log(table(rows));
}

/** A class of the card's table. */
interface Row {
  readonly name: string;
  readonly count: number;
  /** With the light that the estimator found. */
  readonly score: MapScore;
  /** Correlation of slopes with the true light given. */
  readonly toldSlopes: number;
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function table(rows: readonly Row[]): string {
  const signed = (value: number): string => `${value >= 0 ? "+" : ""}${value.toFixed(2)}`;
  const lines = rows.map(({ name, count, score, toldSlopes }) => {
    const { slopes, luminanceSlopes } = score;
    const pair = (own: number, other: number): string => `${own.toFixed(2)} (${other.toFixed(2)})`;
    const cells = [
      name,
      count,
      luminanceSlopes.toFixed(2),
      `${slopes.toFixed(2)} (${signed(slopes - luminanceSlopes)})`,
      `${toldSlopes.toFixed(2)} (${signed(toldSlopes - luminanceSlopes)})`,
      pair(score.roughness, score.meanRoughness),
      pair(score.albedo, score.photoAlbedo),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    "| class | seeds | slopes by brightness | with the light found | with the true light told | roughness | albedo |",
    "|---|---:|---:|---:|---:|---:|---:|",
    ...lines,
  ].join("\n");
}

/** Whether the bar is met on classes that were never shown. */
function sayBar(rows: readonly Row[]): string {
  const short = rows
    .slice(0, HELD_OUT_CLASSES.length)
    .filter(({ score }) => score.slopes - score.luminanceSlopes < BAR)
    .map(({ name }) => name.replaceAll("*", ""));
  const verdict = short.length > 0 ? `is missed for ${short.join(" and ")}` : "is met";
  return `- The bar, slopes ${BAR} above brightness on classes that it was never shown, ${verdict}.`;
}

function card(net: PhotoNet, birth: ModelBirth, bytes: number, rows: readonly Row[]): string {
  const { command, seed, steps, minutes, best } = birth;
  const { widths, blocks, finish, light } = net.spec;
  return `# Maps from a photograph

A U-Net that estimates height, roughness and even-lit albedo from one photograph of a surface, and is told from where the light comes. It
is an estimate: nobody can tell from one picture what is a dark stain and what is a hollow. Metallic is not estimated; it is 0.

A second, small network finds the light in the middle of the picture, at most ${MOST_SEEN} × ${MOST_SEEN} pixels: its convolutions look for
shapes that are bright on one side and for the shadows behind them, in all eight ways in which the picture can be laid down and mirrored.
Where it is not sure it says a light that hardly leans, and the U-Net has learned with its mistakes. Or somebody who was there says the
light.

A third of what it has learned from is the ${SHOWN_CLASSES.length} shown classes; the rest is abstract: hills, cells, stripes, strewn shapes, rows of pieces
that lap over the next row, facets and ledges over each other in colours of any kind, cracked, dirty, overgrown and wet as everything
outdoors. Partly colours were taken from one surface and heights from another, and a third of the photographs are glazed with another
surface's colours. So there is no kind of material to remember, and light and shade have to be read.

![photograph, true height, estimated height, true surface lit, estimated surface lit](preview.jpg)

From left to right: the photograph, the true height, the estimated one, the true surface in another light, and the estimated one.
Neither of these classes was ever shown to it.

| | |
|---|---|
| file | estimator.bnw, ${(bytes / 1e6).toFixed(2)} MB, 8 bits a weight with a scale for each filter |
| network | channels ${widths.join(", ")} from fine to coarse, residual blocks ${blocks.join(", ")}, at the finish ${finish}; for the light ${light.join(", ")}; ${net.parameters.count.toLocaleString("en")} numbers |
| cost | ${(net.operations(SIDE, SIDE) / 1e9).toFixed(1)} GFLOP for ${SIDE} × ${SIDE} pixels; finding the light costs ${((net.light?.operations(MOST_SEEN, MOST_SEEN) ?? 0) / 1e9).toFixed(1)} GFLOP more, for pictures of any size from ${MOST_SEEN} × ${MOST_SEEN} |
| made by | \`${command}\` |
| seed, steps | ${seed}, ${steps} mini-batches of 3 photographs |
| best judgement | ${best ? `${best.loss.toFixed(3)} after ${best.step} steps` : "–"} |
| minutes | ${minutes?.toFixed(0) ?? "–"}, on one core |
| made on | ${today()} |

## How good it is

On photographs of 256 × 256 pixels of materials that it has not seen, in light that it has not seen; classes in bold were never shown
to it. *Slopes* is the correlation of height gradients with the true ones (1 is perfect): of brightness taken for height, of the estimate
in the light that it found, and of the estimate when it is told the true light; in brackets what is gained over brightness. *Roughness* and
*albedo* (sRGB) are mean absolute errors; in brackets those of the mean roughness of all classes, and of the photograph as albedo.

${table(rows)}

\`npm run bench -- paint-photograph\` takes other seeds.

## Where it fails

![the worst estimates](failures.jpg)

The ${FAILURES} photographs above whose estimates were furthest below brightness, in columns as before.

- Moss and stains that are darker or lighter than what they grow on are taken for hollows or bumps where their border is soft.
- The opposite side may be found, and then bumps turn into hollows: a bump lit from the left looks like a hollow lit from the right.
- Smooth, wet places mirror the sky; what shines there is taken for colour.
- Metal is taken for grey paint.
${sayBar(rows)}
- The relief, how far the highest point lies above the deepest, is a guess; how far off, was not measured.
- Faint stripes of two pixels may lie on light, smooth pieces where contrast is low: what doubles the pixels leaves them.
- It has learned from drawn surfaces only. Real photographs show more: perspective, depth of field, things that lie on the ground.
`;
}
