import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { decodeSpriteModel, type SpriteModel } from "../../../plugin/paint/sprites/sprite-model.ts";
import { drawPreviews } from "./draw-previews.ts";
import type { ImaginedScore } from "./judge-pictures.ts";
import { FULL_SEEDS, FULL_SIZES, meanOf, scoreModels, type SpriteScores } from "./score-models.ts";

interface Shipped {
  readonly model: SpriteModel;
  readonly bytes: number;
}

/** Judges the models of a folder, and writes their card and previews. */
export async function writeCard(folder: string): Promise<void> {
  const read = async (name: string): Promise<Shipped> => {
    const bytes = await readFile(`${folder}/${name}.bnw`);
    return { model: decodeSpriteModel(bytes, `${name}.bnw`), bytes: bytes.length };
  };
  const vae = await read("vae");
  const gan = existsSync(`${folder}/gan.bnw`) ? await read("gan") : null;
  const models = { vae: vae.model, gan: gan?.model ?? null };
  for (const [name, png] of Object.entries(drawPreviews(models))) await writeFile(`${folder}/${name}.png`, png);
  const scores = await scoreModels(models, { seeds: FULL_SEEDS, sizes: FULL_SIZES, log: console.log });
  console.log(JSON.stringify(scores, null, 1));
  await writeFile(`${folder}/README.md`, cardOf(vae, gan, scores));
}

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

function cardOf(
  vae: Shipped,
  gan: Shipped | null,
  { seeds, sizes, probe, arithmetic, decibels, imagined }: SpriteScores,
): string {
  const changes = arithmetic.map(
    ({ kind, changed, kept, coloursKept }) =>
      `| ${kind} | ${percent(changed)} | ${percent(kept)} | ${percent(coloursKept)} |`,
  );
  const mean = (of: (score: (typeof arithmetic)[number]) => number): string => percent(meanOf(arithmetic.map(of)));
  const { code, widths } = vae.model.spec;
  const isBelow = decibels.vae < decibels.pca;
  const made = (shipped: Shipped): string => shipped.model.birth.made ?? "";
  const beginner = gan && made(gan) < made(vae) ? "the decoder of an earlier autoencoder" : "the autoencoder's decoder";
  const withGan = (text: string): string => (gan ? text : "");
  return `# Sprites that nobody has drawn

Networks that have learned what shields look like: 32 × 32 pixels with opacity, drawn by \`plugin/paint/sprites/draw-shield.ts\` with an outline, a
division, a charge, a border, two tinctures, metal and wear, each by chance. One picture takes some ten milliseconds of plain JavaScript, without
TensorFlow.js:

\`\`\`ts
const model = await loadSpriteModel("models/sprites/vae.bnw");
const sprite = imagineSprite(model, { seed: 7 });
\`\`\`

| file | what | numbers | size, float16 | command | seed | mini-batches | made on |
|---|---|---:|---:|---|---:|---:|---|
${[row("vae.bnw", vae), ...(gan ? [row("gan.bnw", gan)] : [])].join("\n")}

Codes have ${code} numbers. Pictures are made by a dense layer to 4 × 4 pixels, and three times enlarging by repeating and a convolution of 3 × 3, channels
${widths.join(", ")}; the autoencoder reads them by three convolutions of 4 × 4 with stride 2. Its codes' mean and covariance are in the file: codes by chance are drawn
by them.${withGan(` The adversarial network began as ${beginner}, and was taught against a critic of the same widths, with the log-loss that does not\nsaturate and a penalty on the critic's steepness.`)}

## What they make

![real shields; imagined ones](imagined.png)

From above: two rows of real shields that nobody has learned from, three rows that the autoencoder imagines (seeds 0 to 47)${withGan(", three by the adversarial network (the\nsame seeds)")}.

![held-out shields and the same by the autoencoder](repeated.png)

In pairs of rows: shields that nobody has learned from, and what the autoencoder makes of their codes.

![walks from code to code](walks.png)

Walks between two codes: by the autoencoder in a straight line from one held-out shield to another${withGan("; by the adversarial network on an arc")}.

![arithmetic](arithmetic.png)

Arithmetic with codes of held-out shields. In each row the shield itself, and as the autoencoder repeats it; then with each outline, each division, each charge, and
without and with a border. What is added to the code is told from the codes of taught shields: the mean of those that have it less that of those that have what it
has now; for divisions, which mean nothing without their tinctures, a least-squares fit by division and tinctures.

## How good they are

By ${seeds.length} × ${sizes.shields} held-out shields, seeds ${seeds.join(", ")}. A probe, a classifier taught on other real shields, says what it sees; it tells ${percent(probe.real)} of the attributes of real
held-out shields rightly, and ${percent(probe.repeated)} of those of the same shields as the autoencoder repeats them. Each attribute was changed to another value, drawn by chance:

| attribute | changed | others kept | both tinctures kept |
|---|---:|---:|---:|
${changes.join("\n")}
| mean | ${mean((score) => score.changed)} | ${mean((score) => score.kept)} | ${mean((score) => score.coloursKept)} |

Held-out shields are repeated at ${decibels.vae.toFixed(2)} dB by the autoencoder; at ${decibels.pca.toFixed(2)} dB by as many principal components, fitted to ${sizes.pca} taught shields.

| imagined by | patch SWD to held-out shields ÷ that between such | MS-SSIM of pairs less that of real pairs | nearer to a taught shield than 99 of 100 real ones are |
|---|---:|---:|---:|
${imaginedRow("autoencoder", imagined.vae)}${withGan(`\n${imaginedRow("adversarial network", imagined.gan)}`)}

\`npm run bench -- imagine-sprites\` measures the same and holds it against its bars; \`npm run paint -- sprites --only card\` writes this card.

## Where they fail

![failures](failures.png)

Above, of 96 held-out shields, those that the autoencoder repeats worst: the shield, and what comes back. Below, of 160 imagined shields (seeds 1000 to 1159), those that
are furthest from 600 taught ones${withGan(", by the autoencoder and by the adversarial network")}.

- Lines between tinctures come back soft, quarters as blotches. So a division is often not seen in what arithmetic made.
- Where a charge has nearly the colour of what is under it, another charge comes back.
- Imagined shields have clouds of colour where real ones have parts with an edge, and outlines and charges between two kinds: chance also falls between the
  codes of real shields.
- Stains and small differences of the light are gone.
${withGan("- The adversarial network's outlines, borders and charges are sharp, but colours are speckled where real ones are even: its distance is the lower, and many will like the\n  autoencoder's shields better.\n")}${isBelow ? "- It repeats shields less exactly than as many principal components do.\n" : ""}`;
}

function row(file: string, { model, bytes }: Shipped): string {
  const { command = "", seed = 0, made = "", notes = {}, algorithm = "" } = model.birth;
  const count = Object.values(model.tensors).reduce((sum, { values }) => sum + values.length, 0);
  const size = `${(bytes / 1000).toFixed(0)} kB`;
  return `| ${file} | ${algorithm} | ${count.toLocaleString("en")} | ${size} | \`${command}\` | ${seed} | ${notes["steps"]} | ${made} |`;
}

function imaginedRow(name: string, scores: readonly ImaginedScore[]): string {
  const mean = (of: (score: ImaginedScore) => number): number => meanOf(scores.map(of));
  const [swd, sameness] = [mean((score) => score.swdOverFloor), mean((score) => score.sameness)];
  return `| ${name} | ${swd.toFixed(2)} | ${sameness.toFixed(2)} | ${percent(mean((score) => score.copies))} |`;
}
