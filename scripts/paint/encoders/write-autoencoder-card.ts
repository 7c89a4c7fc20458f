import { readFile, writeFile } from "node:fs/promises";
import type { BirthCertificate } from "../../../plugin/core/policy.ts";
import type { AutoencoderNet } from "../../../plugin/nets/encoders/autoencoder-net.ts";
import { decodeAutoencoder } from "../../../plugin/paint/encoders/autoencoder-file.ts";
import { NetAutoencoder } from "../../../plugin/paint/encoders/net-autoencoder.ts";
import type { Picture } from "../../../plugin/paint/picture.ts";
import { drawColumns } from "./draw-columns.ts";
import { byTeaching, EXAM_CLASSES, EXAM_SEEDS, nameCell } from "./exam-classes.ts";
import {
  drawHole,
  judgeAutoencoder,
  linearRivals,
  type AutoencoderScore,
  type LinearRivals,
} from "./judge-autoencoder.ts";
import { examPicture, taughtPictures } from "./picture-shelf.ts";

/** How much better than principal components of blocks it shall be, in decibels. */
export const AUTOENCODER_BAR = 1.5;
/** Taught pictures that linear codes are fitted to. */
export const FITTED = 66;
/** Rows of the sheet of failures. */
const FAILURES = 4;

/** Judges the autoencoder of a folder, and writes its card and previews. */
export async function writeAutoencoderCard(folder: string): Promise<void> {
  const bytes = await readFile(`${folder}/autoencoder.bnw`);
  const { net, birth } = decodeAutoencoder(bytes, "autoencoder.bnw");
  const autoencoder = new NetAutoencoder(net, "wasm");
  const rivals = linearRivals(taughtPictures(FITTED), net.spec.code);
  const scores: AutoencoderScore[] = [];
  for (const name of EXAM_CLASSES) {
    const score = await judgeAutoencoder(autoencoder, name, { seeds: EXAM_SEEDS, rivals });
    console.log(JSON.stringify(score));
    scores.push(score);
  }
  const worst = [...scores].sort((a, b) => gainOf(a) - gainOf(b)).slice(0, FAILURES);
  const repeated = ["roofTile", "roughStone", "brick", "plank", "fabricWeave"];
  const sheet = async (
    names: readonly string[],
    row: (source: Picture) => Promise<readonly Picture[]>,
  ): Promise<Uint8Array> => {
    const rows: (readonly Picture[])[] = [];
    for (const name of names) rows.push(await row(examPicture(name, EXAM_SEEDS[0])));
    return drawColumns(rows);
  };
  const repeat = async (source: Picture): Promise<Picture[]> => repeatedRow(autoencoder, rivals, source);
  await writeFile(`${folder}/repeated.jpg`, await sheet(repeated, repeat));
  await writeFile(
    `${folder}/failures.jpg`,
    await sheet(
      worst.map(({ name }) => name),
      repeat,
    ),
  );
  await writeFile(`${folder}/holes.jpg`, await sheet(repeated, (source) => holesRow(autoencoder, source)));
  await writeFile(`${folder}/README.md`, card({ net, bytes: bytes.length, birth, scores, worst }));
  autoencoder.dispose();
}

async function repeatedRow(
  autoencoder: NetAutoencoder,
  { pca, dct }: LinearRivals,
  source: Picture,
): Promise<Picture[]> {
  return [source, await autoencoder.reconstruct(source), pca.reconstruct(source), dct.reconstruct(source)];
}

async function holesRow(autoencoder: NetAutoencoder, source: Picture): Promise<Picture[]> {
  const [scratches, blot] = [drawHole("scratches", 1), drawHole("blot", 1)];
  return [
    blackened(source, scratches),
    await autoencoder.inpaint(source, scratches),
    blackened(source, blot),
    await autoencoder.regrow(source, blot, { seed: 1 }),
    await autoencoder.regrow(source, blot, { seed: 2 }),
  ];
}

function blackened(source: Picture, hole: Uint8Array): Picture {
  return { ...source, pixels: source.pixels.map((value, i) => (hole[Math.floor(i / 3)] === 1 ? 0 : value)) };
}

function gainOf({ autoencoder, pca }: AutoencoderScore): number {
  return autoencoder - pca;
}

interface Facts {
  readonly net: AutoencoderNet;
  readonly bytes: number;
  readonly birth: ReturnType<typeof decodeAutoencoder>["birth"];
  readonly scores: readonly AutoencoderScore[];
  readonly worst: readonly AutoencoderScore[];
}

function card({ net, bytes, birth, scores, worst }: Facts): string {
  const { code, widths, down, up } = net.spec;
  const { command = "", seed = 0, made = "", notes = {} } = birth;
  const groups = byTeaching(scores, gainOf);
  const guesses = byTeaching(scores, ({ guessed, pca }) => guessed - pca);
  const missed = groups.filter(({ value }) => value < AUTOENCODER_BAR);
  const verdict = missed.map(({ what, value }) => `${what} (${value.toFixed(2)} dB)`).join("; ");
  const row = (score: AutoencoderScore): string => {
    const { name, pca, dct, guessed, autoencoder, smooth, inpainted, smoothSwd, regrown } = score;
    const cells = [pca, dct, guessed, autoencoder].map((value) => value.toFixed(2));
    const holes = [smooth, inpainted, smoothSwd, regrown].map((value) => value.toFixed(2));
    return `| ${nameCell(name)} | ${cells.join(" | ")} | ${gainOf(score).toFixed(2)} | ${holes.join(" | ")} |`;
  };
  return `# Textures in a ${(192 / code).toFixed(0)}th of their numbers

A convolutional autoencoder with a spatial code: each cell of 8 × 8 pixels becomes ${code} numbers, which see some forty pixels around it. Both ways principal
components go straight through and are not taught; the convolutions learn what those can't do. It was taught on our own procedural materials, colours
alone and photographs, partly with holes, so that it can also repeat what it does not see.

\`\`\`ts
const autoencoder = await loadTextureAutoencoder("models/autoencoder/autoencoder.bnw", { backend: "wasm", wasmUrl });
const code = await autoencoder.encode(picture); // plain numbers, [rows, columns, ${code}]
const again = await autoencoder.decode(code);
const whole = await autoencoder.inpaint(picture, scratches);
const other = await autoencoder.regrow(picture, blot, { seed: 7 });
\`\`\`

![pictures; by the autoencoder; by principal components; by the cosine transform](repeated.jpg)

From left to right: the picture, what the autoencoder makes of its code, and what principal components and the discrete cosine transform of 8 × 8 blocks make of
as many numbers. The first two rows show classes that were never taught.

![scratches, inpainted; a blot, grown anew twice](holes.jpg)

Scratches and what \`inpaint\` makes of them; a blot and what \`regrow\` makes of it, with two seeds.

| | |
|---|---|
| file | autoencoder.bnw, ${(bytes / 1000).toFixed(0)} kB, 8 bits a weight with a scale for each filter |
| network | channels ${widths.join(", ")} at a half, a quarter and an eighth; residual blocks ${down.join(", ")} down, ${up.join(", ")} up; ${net.parameters.count.toLocaleString("en")} numbers |
| made by | \`${command}\` |
| seed | ${seed} |
${lessonRows(notes)}
| made on | ${made} |

## How good it is

By ${EXAM_SEEDS.length} pictures of 256 × 256 pixels of each class, seeds ${EXAM_SEEDS.join(", ")}, none of which was taught; classes in bold were never taught at all. Decibels (PSNR of the mean
squared error over all pictures): what comes back, beside linear codes of as many numbers, fitted to ${FITTED} taught pictures. The encoder's first guess at a
code is a little off everywhere, while the code of principal components is the best there is for them; so the code is refined by four gradients, as \`encode\`,
\`reconstruct\` and \`inpaint\` do unless told otherwise (\`refine: 0\`), and gains are those of refined codes. In scratches: what is filled in by
the means of what is around, and by \`inpaint\`. In a blot of 72 pixels: patch distance (SWD) to the picture as it was before, filled by means and grown anew; less is
nearer, and the true texture in other places would not be 0 either.

| class | block-PCA | DCT | first guess | refined | gain over PCA | scratches: means | inpainted | blot: means | grown |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|
${scores.map(row).join("\n")}

${groups.map(({ what, value }, i) => `- ${what}: ${value.toFixed(2)} dB over block-PCA, ${guesses[i].value.toFixed(2)} by the first guess`).join("\n")}

The bar, ${AUTOENCODER_BAR} dB, ${missed.length > 0 ? `is missed: ${verdict}` : "is met"}. \`npm run bench -- imagine-autoencoder\` measures the same and holds it against its bars; \`npm run paint -- autoencoder --only card\`
writes this card.

## Where it fails

![the classes with the least gain](failures.jpg)

The ${worst.length} classes with the least gain, in the columns of the first sheet: ${worst.map((score) => `${score.name} (${gainOf(score).toFixed(2)} dB)`).join(", ")}.

- Grain has no structure to be told in few numbers: it comes back smooth, by every method.
- Wide holes are inpainted softly, as the mean of all that could be there. \`regrow\` is for those.
- What grows is put together from cells of the same picture: where bricks or planks would have to end at a certain place, they end where it fits best.
- \`regrow\` knows the picture's cells cut in four ways only, so lines may be off by up to 2 pixels where it begins.
`;
}

/** How it was taught, as rows of a table. */
function lessonRows(notes: NonNullable<BirthCertificate["notes"]>): string {
  const steps = (which: string): string => Number(notes[which]).toLocaleString("en");
  const minutes = Number(notes["minutes"]);
  const first = `${steps("steps")} mini-batches of 8 crops of 48 × 48 pixels, half of them in other colours, 30 % with holes; all by the encoder's first guess`;
  if (notes["last steps"] === undefined) return `| lesson | ${first} |\n| minutes | ${minutes}, of one core |`;
  const last = Number(notes["last minutes"]);
  return `| first lesson | ${first}; ${(minutes - last).toFixed(1)} minutes of one core |
| last lesson | ${steps("last steps")} mini-batches of 6 crops of 80 × 80 pixels of ${notes["last pictures"]} pictures, in their own colours, 10 % with holes; codes refined by two gradients before the decoder sees them; ${last} minutes of one core |`;
}
