import { mkdir, readFile, writeFile } from "node:fs/promises";
import type { CodeTeller } from "../../../plugin/nets/imaginer/code-teller.ts";
import { CODE, type ImaginerNet } from "../../../plugin/nets/imaginer/imaginer-net.ts";
import { decoderOperations } from "../../../plugin/nets/imaginer/stack-decoder.ts";
import { encodeImaginer } from "../../../plugin/paint/imaginer/imaginer-file.ts";
import { loadImaginer } from "../../../plugin/paint/imaginer/imaginer.ts";
import { HELD_OUT_CLASSES } from "../../../plugin/paint/materials/material-classes.ts";
import { mapCodes } from "./code-map.ts";
import { drawGlance } from "./draw-glance.ts";
import { judgeImaginer, type ImaginerScore } from "./judge-imaginer.ts";
import { SHOWN_CLASSES, type ShelfMaterial } from "./stack-shelf.ts";

/** How a model came to be. */
export interface ImaginerBirth {
  readonly command: string;
  readonly seed: number;
  /** Of each lesson. */
  readonly steps: readonly number[];
  /** Of one core; null where nobody has counted them. */
  readonly minutes: number | null;
  /** The backend that it was taught on. */
  readonly device: string;
}

/** Seeds of the card; the bench's gates take five. */
const CARD_SEEDS = [901];
const LARGE = 256;

/** Writes the weights, a sheet to look at, and the card with scores. */
export async function writeModel(
  { net, teller }: { readonly net: ImaginerNet; readonly teller: CodeTeller },
  shelf: readonly ShelfMaterial[],
  birth: ImaginerBirth,
  out: string,
): Promise<void> {
  const { command, seed, steps, minutes, device } = birth;
  await mkdir(out, { recursive: true });
  const map = await mapCodes(net, teller, shelf);
  const certificate = {
    lesson: `procedural materials of ${SHOWN_CLASSES.length} classes, 128 × 128`,
    algorithm:
      "first to tell class, attributes, ranges and pieces; then joint sliced Wasserstein, spectrum and a patch discriminator",
    seed,
    command,
    made: new Date().toISOString().slice(0, 10),
    device,
    notes: { steps: steps.join(", "), ...(minutes === null ? {} : { minutes: Math.round(minutes) }) },
  };
  await writeFile(`${out}/imaginer.bnw`, await encodeImaginer(net, map, certificate, "float16"));
  await writeFile(`${out}/preview.jpg`, await drawGlance(net));
  const bytes = await readFile(`${out}/imaginer.bnw`);
  const imaginer = await loadImaginer(bytes, { backend: "wasm" });
  const scores: ImaginerScore[] = [];
  for (const name of [...SHOWN_CLASSES, ...HELD_OUT_CLASSES]) {
    scores.push(await judgeImaginer(imaginer, name, { seeds: CARD_SEEDS }));
    console.log(`${name}  ${scores.at(-1)!.ratio.toFixed(2)}`);
  }
  imaginer.dispose();
  await writeFile(`${out}/README.md`, cardOf(net, bytes.length, birth, scores));
}

function cardOf(net: ImaginerNet, bytes: number, birth: ImaginerBirth, scores: readonly ImaginerScore[]): string {
  const { command, seed, steps, minutes } = birth;
  const row = (score: ImaginerScore): string => {
    const {
      name,
      ratio,
      ownRatio,
      ownColourRatio,
      spectrum,
      spectrumFloor,
      similarity,
      realSimilarity,
      copied,
      realCopied,
      taughtCopied,
      realTaughtCopied,
    } = score;
    const isHeldOut = HELD_OUT_CLASSES.includes(name);
    const pair = (one: number, other: number): string => `${one.toFixed(2)} (${other.toFixed(2)})`;
    const cells = [ratio.toFixed(2), ownRatio.toFixed(2), ownColourRatio.toFixed(2), pair(spectrum, spectrumFloor)];
    const rest = [pair(similarity, realSimilarity), pair(copied, realCopied), pair(taughtCopied, realTaughtCopied)];
    return `| ${isHeldOut ? `**${name}**` : name} | ${[...cells, ...rest].join(" | ")} |`;
  };
  const far = scores.filter(({ name, ratio }) => ratio > 2 && SHOWN_CLASSES.includes(name));
  return `# Imaginer

A network that imagines whole materials (colours, height, roughness, metallic) from a code of ${CODE} numbers. Its encoder makes a code of any
picture; classes and attributes are places and directions among the codes; codes can be mixed, added and taken away. From the code it first plans how
parts lie (bricks, stones, boards, riveted plates, threads, rings of wood, veins), chance draws them, and the decoder paints them; or somebody
draws them. Everything it draws tiles, at any size whose sides are multiples of 16 pixels.

![material, and what is imagined from the code of its colours](preview.jpg)

A row for each class, on materials that it has not seen: colours, height, roughness and metallic of the material, then of what is imagined
from the code of its colours. The last two classes were never shown to it. Nothing was picked.

| | |
|---|---|
| file | imaginer.bnw, ${(bytes / 1e6).toFixed(2)} MB, float16 |
| network | ${net.parameters.count.toLocaleString("en")} numbers: encoder by means and deviations at four scales, decoder of five levels steered by the code |
| cost | ${(decoderOperations(LARGE, LARGE) / 1e9).toFixed(1)} GFLOP for ${LARGE} × ${LARGE} pixels |
| made by | \`${command}\`; \`--resume\` goes on from the last checkpoint, or from this model |
| seed, steps | ${seed}; ${steps[0]} mini-batches of 12 pictures to see, ${steps[1]} of 4 parts of 64 × 64 pixels to draw, ${steps[2]} of whole ones |
| learned by | joint sliced Wasserstein distance of the whole stack, spectrum, means and deviations of joints, rings and threads, and a patch discriminator that knows the code; half of the codes moved to the attributes that are known of the material |
| minutes | ${minutes === null ? "not counted" : `${minutes.toFixed(0)} of one core`} |

## How good it is

Four materials a class with seed ${CARD_SEEDS.join(", ")}, 128 × 128. *Stack* is the patch distance (\`patchSwd\`) of all six channels from
what is imagined to four other materials of the class ÷ that from the materials, whose codes were taken, to the same four: 1 is as near as
real ones. *Own* holds it against those very materials, whose height, roughness and metallic nobody told it: ÷ what they differ from
themselves when their parts lie elsewhere; *own colours* the same of the colours. *Spectrum* is \`spectrumDistance\`, in brackets that between real ones. *Alike* is the MS-SSIM of pairs from one code, in brackets of
real pairs; *copied* the share of patches that are nearly some of the material's, in brackets of other real ones; *memorised* the
share that is nearly some of six materials of the class that were taught, in brackets of the real ones. Classes in bold were never shown. \`npm run bench -- imagine-generator\` takes five other seeds.

| class | stack | own | own colours | spectrum | alike | copied | memorised |
|---|---:|---:|---:|---:|---:|---:|---:|
${scores.map(row).join("\n")}

## Where it fails

${far.length > 0 ? `- Above a stack distance of 2.0 ${far.length === 1 ? "lies" : "lie"} ${far.map(({ name, ratio }) => `${name} (${ratio.toFixed(2)})`).join(", ")}, of ${SHOWN_CLASSES.length} shown classes.\n` : ""}- Parts lie as the code plans them, or not at all. Things that lie otherwise (tiles that lap over each other, cracks, tufts of moss) are drawn as
  texture, without their shape.
- The preview shows failures, too: roof tiles come back as cobbles (last row but one), veins of marble break up, plates of metal lose their rivets and get spots, and
  cracks and moss of plaster become one pattern.
- Nobody can see in colours alone how rough something is, or how its height varies: *own* shows how far the guess is off.
- Materials unlike all that it was shown are drawn in the manner of the nearest.
- Fine detail is softer than in the materials, and slants; single pixels stray in colour, most in mortar and cloth, and sparkle where wet places
  mirror the light. Rivets, knots and nails are told to the network and hardly drawn.
- By eye fewer classes are good enough than by these distances; sheets and what reviewers said: \`docs/imagined/README.md\`.
`;
}
