import { readFile, writeFile } from "node:fs/promises";
import type { GrainNet } from "../../../plugin/nets/encoders/grain-net.ts";
import { decodeGrain } from "../../../plugin/paint/grain/grain-file.ts";
import { NetFrameCleaner } from "../../../plugin/paint/grain/net-frame-cleaner.ts";
import type { SensorNoise } from "../../../plugin/paint/grain/sensor-noise.ts";
import { HELD_OUT_CLASSES } from "../../../plugin/paint/materials/material-classes.ts";
import type { Picture } from "../../../plugin/paint/picture.ts";
import { drawColumns } from "../encoders/draw-columns.ts";
import { byTeaching, EXAM_CLASSES, EXAM_SEEDS, nameCell } from "../encoders/exam-classes.ts";
import { gameExams, grainExam, NIGHT, OTHER_NOISES } from "./grain-exam.ts";
import { judgeFrame, judgeGrain, type GrainScore } from "./judge-grain.ts";

/** How much better than the best classic filter it shall be, in decibels. */
export const GRAIN_BAR = 1;
/** Of classes that were taught fewer scenes are looked at: they count less. */
export const TAUGHT_SEEDS = EXAM_SEEDS.slice(0, 2);
/** Rows of the sheet of failures. */
const FAILURES = 4;

/** The seeds by which a class is judged. */
export function grainSeeds(name: string): readonly number[] {
  return HELD_OUT_CLASSES.includes(name) ? EXAM_SEEDS : TAUGHT_SEEDS;
}

/** Judges the network of a folder, and writes its card and previews. */
export async function writeGrainCard(folder: string): Promise<void> {
  const bytes = await readFile(`${folder}/grain.bnw`);
  const { net, birth } = decodeGrain(bytes, "grain.bnw");
  const cleaner = new NetFrameCleaner(net, "wasm");
  const scores: GrainScore[] = [];
  for (const name of EXAM_CLASSES) {
    const score = await judgeGrain(cleaner, name, { seeds: grainSeeds(name) });
    console.log(JSON.stringify(score));
    scores.push(score);
  }
  const others: Strength[] = [];
  for (const noise of OTHER_NOISES) {
    const score = await judgeGrain(cleaner, HELD_OUT_CLASSES[0], { seeds: TAUGHT_SEEDS, noise });
    console.log(JSON.stringify({ noise, ...score }));
    others.push({ noise, score });
  }
  const games: GrainScore[] = [];
  const exams = await gameExams();
  for (const exam of exams) games.push(await judgeFrame(cleaner, exam.name, exam, NIGHT));
  for (const score of games) console.log(JSON.stringify(score));
  const show = async (name: string, noise: SensorNoise): Promise<Picture[]> => {
    const { clean, noisy } = grainExam(name, EXAM_SEEDS[0], { noise, side: 128 });
    return [clean, noisy, await cleaner.clean(noisy, noise)];
  };
  const sheet = async (names: readonly string[], noise = NIGHT): Promise<Uint8Array> => {
    const rows: Picture[][] = [];
    for (const name of names) rows.push(await show(name, noise));
    return drawColumns(rows);
  };
  const worst = [...scores].sort((a, b) => a.gain - b.gain).slice(0, FAILURES);
  await writeFile(`${folder}/preview.jpg`, await sheet([...HELD_OUT_CLASSES, "brick", "plank", "cobble"]));
  const gameRows: Picture[][] = [];
  for (const { clean, noisy } of exams) gameRows.push([clean, noisy, await cleaner.clean(noisy, NIGHT)]);
  await writeFile(`${folder}/game.jpg`, drawColumns(gameRows));
  await writeFile(`${folder}/failures.jpg`, await sheet(worst.map(({ name }) => name)));
  await writeFile(`${folder}/README.md`, card({ net, bytes: bytes.length, birth, scores, others, games, worst }));
  cleaner.dispose();
}

interface Strength {
  readonly noise: SensorNoise;
  readonly score: GrainScore;
}

interface Facts {
  readonly net: GrainNet;
  readonly bytes: number;
  readonly birth: ReturnType<typeof decodeGrain>["birth"];
  readonly scores: readonly GrainScore[];
  readonly others: readonly Strength[];
  readonly games: readonly GrainScore[];
  readonly worst: readonly GrainScore[];
}

function card({ net, bytes, birth, scores, others, games, worst }: Facts): string {
  const { command = "", seed = 0, made = "", notes = {} } = birth;
  const { widths, blocks } = net.spec;
  const groups = byTeaching(scores, ({ gain }) => gain);
  const missed = groups.filter(({ value }) => value < GRAIN_BAR);
  const verdict = missed.map(({ what, value }) => `${what} (${value.toFixed(2)} dB)`).join("; ");
  const cells = ({ noisy, gaussian, nonLocal, network, gain }: GrainScore): string =>
    `${[noisy, gaussian, nonLocal, network].map((value) => value.toFixed(2)).join(" | ")} | ${signed(gain)}`;
  return `# Frames of a dim camera, cleaned

A small U-Net with skip connections that tells the noise in a frame: of chance in how many electrons come, and of reading them out. It works at half size, where 2 × 2 pixels
are one place with twelve channels, is told how strong the noise is, and needs no classic filter before it, so that a GPU can do it for each frame. It was taught on scenes that are put
together from our own procedural materials, near and far, and plain colours, with hard edges between them.

\`\`\`ts
const shared = await shareDevice(engine);
const cleaner = await loadFrameCleaner("models/grain/grain.bnw", { backend: "webgpu" });
new CameraNoise("night", { electrons: 40 }, camera);
new NeuralDenoise("clean", { shared, cleaner, electrons: 40 }, camera);
\`\`\`

![clean, noisy, cleaned](preview.jpg)

From left to right: the frame, as a camera sees it where white sets ${NIGHT.electrons} electrons free, and cleaned. The first two rows show classes that were never taught.

| | |
|---|---|
| file | grain.bnw, ${(bytes / 1000).toFixed(0)} kB, 8 bits a weight with a scale for each filter |
| network | channels ${widths.join(", ")} at a half, a quarter and an eighth of the frame's sides, ${blocks} residual blocks at an eighth; ${net.parameters.count.toLocaleString("en")} numbers |
| cost | ${(net.operations(1000, 1000) / 1e9).toFixed(1)} thousand operations a pixel, counted: ${(net.operations(720, 1280) / 1e9).toFixed(1)} GFLOP for 1280 × 720; not timed on a GPU |
| made by | \`${command}\` |
| seed, mini-batches | ${seed}, ${notes["steps"]} of 8 crops of 64 × 64 pixels |
| minutes | ${notes["minutes"]}, of one core |
| made on | ${made} |

## How good it is

Decibels (PSNR in sRGB) where white sets ${NIGHT.electrons} electrons free and reading adds ${NIGHT.readNoise}; frames of 96 × 96 pixels less a rim of 12, put together from pictures that nothing was
learned from: ${EXAM_SEEDS.length} scenes of each class that was never taught (bold), ${TAUGHT_SEEDS.length} of the others. The Gaussian blur (in sRGB or in linear light) and the non-local means beside it are tuned on
each single frame by its clean original; the network is not. *Gain* is over the better of the two.

| class | noisy | best Gaussian | best non-local means | network | gain |
|---|---:|---:|---:|---:|---:|
${scores.map((score) => `| ${nameCell(score.name)} | ${cells(score)} |`).join("\n")}

${groups.map(({ what, value }) => `- ${what}: ${signed(value)} dB`).join("\n")}

The bar, ${GRAIN_BAR} dB, ${missed.length > 0 ? `is missed: ${verdict}` : "is met"}. Weaker and stronger noise, ${TAUGHT_SEEDS.length} scenes of ${HELD_OUT_CLASSES[0]}:

| electrons of white | noisy | best Gaussian | best non-local means | network | gain |
|---|---:|---:|---:|---:|---:|
${others.map(({ noise, score }) => `| ${noise.electrons} | ${cells(score)} |`).join("\n")}

Frames of the sample game (192 × 192 pixels of pictures in docs/, which are JPEG files):

![the game's frames, noisy, cleaned](game.jpg)

| room | noisy | best Gaussian | best non-local means | network | gain |
|---|---:|---:|---:|---:|---:|
${games.map((score) => `| ${score.name} | ${cells(score)} |`).join("\n")}

\`npm run bench -- imagine-grain\` measures the same and holds it against its bars; \`npm run paint -- grain --only card\` writes this card.

## Where it fails

![the classes with the least gain](failures.jpg)

The ${worst.length} classes with the least gain, in the same columns: ${worst.map(({ name, gain }) => `${name} (${signed(gain)} dB)`).join(", ")}.

- Each frame is cleaned by itself: what is left of the noise flickers a little from frame to frame.
- Texture that is as fine and as faint as the noise is taken for noise; what is left is smooth.
- It has to be told how noisy the frames are, and knows this kind of noise only: no fireflies of path tracers, no blocks of compression.
- It has learned from drawn surfaces, never from faces, writing or trees.
`;
}

function signed(value: number): string {
  return `${value >= 0 ? "+" : "−"}${Math.abs(value).toFixed(2)}`;
}
