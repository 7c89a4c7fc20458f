import { readFile, writeFile } from "node:fs/promises";
import type { DenoiserNet } from "../../../plugin/nets/encoders/denoiser-net.ts";
import { finish, pilotedMeans } from "../../../plugin/nets/encoders/non-local-means.ts";
import { decodeDenoiser } from "../../../plugin/paint/encoders/denoiser-file.ts";
import { NetDenoiser } from "../../../plugin/paint/encoders/net-denoiser.ts";
import { picture, type Picture } from "../../../plugin/paint/picture.ts";
import { drawColumns } from "./draw-columns.ts";
import { byTeaching, EXAM_CLASSES, EXAM_SEEDS, meanOf, nameCell } from "./exam-classes.ts";
import { DEVIATION, judgeDenoiser, noisyExam, type DenoiserScore } from "./judge-denoiser.ts";

/** How much better than the best classic filter it shall be, in decibels. */
export const DENOISER_BAR = 1;
/** Rows of the sheet of failures. */
const FAILURES = 4;

/** Judges the denoiser of a folder, and writes its card and previews. */
export async function writeDenoiserCard(folder: string): Promise<void> {
  const bytes = await readFile(`${folder}/denoiser.bnw`);
  const { net, birth } = decodeDenoiser(bytes, "denoiser.bnw");
  const denoiser = new NetDenoiser(net, "wasm");
  const scores: DenoiserScore[] = [];
  for (const name of EXAM_CLASSES) {
    const score = await judgeDenoiser(denoiser, name, { seeds: EXAM_SEEDS });
    console.log(JSON.stringify(score));
    scores.push(score);
  }
  const show = async (name: string): Promise<Picture[]> => {
    const { clean, noisy } = noisyExam(name, EXAM_SEEDS[0]);
    const base = picture(noisy.height, noisy.width, 3, finish(pilotedMeans(noisy, DEVIATION)));
    return [clean, noisy, base, await denoiser.denoise(noisy, { edges: "cut" })];
  };
  const sheet = async (names: readonly string[]): Promise<Uint8Array> => {
    const rows: Picture[][] = [];
    for (const name of names) rows.push(await show(name));
    return drawColumns(rows);
  };
  const worst = [...scores].sort((a, b) => a.gain - b.gain).slice(0, FAILURES);
  await writeFile(`${folder}/preview.jpg`, await sheet(["roofTile", "roughStone", "brick", "plank", "fabricWeave"]));
  await writeFile(`${folder}/failures.jpg`, await sheet(worst.map(({ name }) => name)));
  await writeFile(`${folder}/README.md`, card({ net, bytes: bytes.length, birth, scores, worst }));
  denoiser.dispose();
}

interface Facts {
  readonly net: DenoiserNet;
  readonly bytes: number;
  readonly birth: ReturnType<typeof decodeDenoiser>["birth"];
  readonly scores: readonly DenoiserScore[];
  readonly worst: readonly DenoiserScore[];
}

function card({ net, bytes, birth, scores, worst }: Facts): string {
  const { widths, blocks } = net.spec;
  const { command = "", seed = 0, made = "", notes = {} } = birth;
  const groups = byTeaching(scores, ({ gain }) => gain);
  const missed = groups.filter(({ value }) => value < DENOISER_BAR);
  const verdict = missed.map(({ what, value }) => `${what} (${value.toFixed(2)} dB)`).join("; ");
  const row = ({ name, gaussian, nonLocal, base, denoiser, gain }: DenoiserScore): string => {
    const cells = [gaussian, nonLocal, base, denoiser].map((value) => value.toFixed(2));
    return `| ${nameCell(name)} | ${cells.join(" | ")} | ${signed(gain)} |`;
  };
  return `# Noise taken out of textures

A denoising autoencoder: a U-Net with skip connections that changes what a classic filter, non-local means in two passes, makes of a noisy picture. It was
taught on our own procedural materials, colours alone and photographs, with noise of 0.03 to 0.25. How strong the noise is it finds by itself.

\`\`\`ts
const denoiser = await loadDenoiser("models/denoiser/denoiser.bnw", { backend: "wasm", wasmUrl });
const cleaned = await denoiser.denoise(picture);
\`\`\`

![clean, noisy, what the network begins with, cleaned](preview.jpg)

From left to right: the picture, the same with noise of standard deviation ${DEVIATION}, what the classic filter makes of it, and what the network makes of that.
The first two rows show classes that were never taught.

| | |
|---|---|
| file | denoiser.bnw, ${(bytes / 1000).toFixed(0)} kB, 8 bits a weight with a scale for each filter |
| network | channels ${widths.join(", ")} from fine to coarse, residual blocks ${blocks.join(", ")}; ${net.parameters.count.toLocaleString("en")} numbers |
| cost | ${(net.operations(512, 512) / 1e9).toFixed(1)} GFLOP for 512 × 512 pixels, besides the classic filter |
| made by | \`${command}\` |
| seed, mini-batches | ${seed}, ${notes["steps"]} of 8 crops of 48 × 48 pixels |
| minutes | ${notes["minutes"]}, of one core |
| made on | ${made} |

## How good it is

Decibels (PSNR) for noise of standard deviation ${DEVIATION}, not cut off at black and white; ${EXAM_SEEDS.length} pictures of 128 × 128 pixels of each class, seeds ${EXAM_SEEDS.join(", ")}, none of which was
taught; classes in bold were never taught at all. The Gaussian blur and the non-local means beside it are tuned on each single picture by its clean original,
and told the noise; the network is told nothing. *Begins with* is the filter whose result the network changes. *Gain* is over the better of the tuned filters.

| class | best Gaussian | best non-local means | begins with | network | gain |
|---|---:|---:|---:|---:|---:|
${scores.map(row).join("\n")}

${groups.map(({ what, value }) => `- ${what}: ${signed(value)} dB`).join("\n")}

The bar, ${DENOISER_BAR} dB, ${missed.length > 0 ? `is missed: ${verdict}` : "is met"}. Of the mean gain of ${signed(meanOf(scores, ({ gain }) => gain))} dB, ${signed(meanOf(scores, (score) => score.denoiser - score.base))} dB are the network's and the rest is that the filter goes twice.
\`npm run bench -- imagine-denoiser\` measures the same and holds it against its bars; \`npm run paint -- denoiser --only card\` writes this card.

## Where it fails

![the classes with the least gain](failures.jpg)

The ${worst.length} classes with the least gain, in the same columns: ${worst.map(({ name, gain }) => `${name} (${signed(gain)} dB)`).join(", ")}.

- Grain that is as fine and as strong as the noise is taken for noise; what is left is smooth.
- Noise that is alike in all three colours, as some renderers make, is not found: say how strong it is by \`noise\`.
- It has learned from drawn surfaces only, never from faces, writing or trees.
`;
}

function signed(value: number): string {
  return `${value >= 0 ? "+" : "−"}${Math.abs(value).toFixed(2)}`;
}
