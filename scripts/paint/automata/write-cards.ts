import { readdir, readFile, writeFile } from "node:fs/promises";
import { decodeSpecies, type Species } from "../../../plugin/paint/automata/species.ts";
import type { Picture } from "../../../plugin/paint/picture.ts";
import { encodePng } from "../../../plugin/paint/png.ts";
import { judgeSpecies, type SpeciesScore } from "./judge-species.ts";
import { materialPicture } from "./material-picture.ts";

const AGES = [200, 2000];
const SEEDS = [1, 2, 3, 4, 5];
/** As the bench does. */
const SIDE = 128;
/** Pixels on each side that the preview shows of a picture, and pixels of the preview for each of them. */
const SHOWN = 64;
const SCALE = 2;
const BAR = 1.3;
const DRIFT = 0.1;

/** What eyes see that no figure tells, by species. */
const SEEN: Readonly<Record<string, string>> = {
  grass: "grass's straws are missing or softer than in the picture.",
  soil: "soil's straws are missing or softer than in the picture.",
  woodGrain:
    "wood grain comes as waves that wind and break; long straight lines need cells that know more than their neighbours.",
  sand: "sand has none of its dark and light grains, and looks as much like cork.",
  plaster: "plaster's bare patches come back as bright flakes with a shadow, and never as large.",
};

/** When species were made that were taught before states that had run away began anew. */
const RUNAWAYS_KEPT: Readonly<Record<string, string>> = { grass: "2026-11-28", sand: "2026-11-28" };

interface Row {
  readonly species: Species;
  readonly bytes: number;
  readonly score: SpeciesScore;
}

/** Judges all species of a folder and writes their card and previews: the picture, 200 steps, 2,000 steps. */
export async function writeCards(folder: string): Promise<void> {
  const rows: Row[] = [];
  for (const file of (await readdir(folder)).filter((name) => name.endsWith(".bnw")).sort()) {
    const bytes = await readFile(`${folder}/${file}`);
    const species = decodeSpecies(bytes, file);
    const score = await judgeSpecies(species, { ages: AGES, seeds: SEEDS, side: SIDE });
    rows.push({ species, bytes: bytes.length, score });
    const strip = stripOf([materialPicture(species.name, 0), ...score.pictures]);
    await writeFile(`${folder}/${species.name}.png`, encodePng(strip));
    console.log(
      `${species.name}  ${score.ratios.map(({ steps, ratio }) => `${steps}: ${ratio.toFixed(2)}`).join("  ")}`,
    );
  }
  await writeFile(`${folder}/README.md`, cardOf(rows));
}

/** Pictures side by side, each pixel a square. */
function stripOf(pictures: readonly Picture[]): Parameters<typeof encodePng>[0] & { pixels: Uint8Array } {
  const side = SHOWN * SCALE;
  const width = pictures.length * side;
  const pixels = new Uint8Array(width * side * 3);
  pictures.forEach((shown, place) => {
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        const from = (Math.floor(row / SCALE) * shown.width + Math.floor(column / SCALE)) * 3;
        for (let c = 0; c < 3; c++) {
          pixels[(row * width + place * side + column) * 3 + c] = Math.round(255 * shown.pixels[from + c]);
        }
      }
    }
  });
  return { width, height: side, channels: 3, pixels };
}

function cardOf(rows: readonly Row[]): string {
  const table = rows.map(({ species, bytes, score }) => {
    const { notes = {}, command = "", made = "", seed = 0 } = species.birth;
    const ratios = score.ratios.map(({ ratio }) => (ratio <= BAR ? ratio.toFixed(2) : `**${ratio.toFixed(2)}**`));
    return `| ${species.name} | ${(bytes / 1000).toFixed(1)} kB | \`${command}\` | ${seed} | ${notes["steps"]} | ${notes["minutes"]} | ${made} | ${ratios.join(" | ")} |`;
  });
  const pictures = rows.map(
    ({ species: { name } }) => `### ${name}\n\n![${name}: picture, 200 steps, 2,000 steps](${name}.png)`,
  );
  return `# Species of living textures

Neural cellular automata: each cell sees itself and its eight neighbours, and all follow the same small rule. Each was taught from one
picture, a procedural material of 128 × 128 pixels with its class's default attributes and seed 0. Classes that no shipped model may see, roofTile
and roughStone, are not among them.

Network: 12 numbers a cell within [-1, 1], 4 senses, one hidden layer of 64, 3,916 numbers in float16, and the palette of the picture.

| species | file | command | seed | mini-batches | minutes of one core | made on | 200 steps | 2,000 steps |
|---|---:|---|---:|---:|---:|---|---:|---:|
${table.join("\n")}

The last two columns are the patch distance (\`patchSwd\`) to a picture of the class that it has not seen ÷ that between two such pictures, on
${SIDE} × ${SIDE} pixels, both as means over the seeds ${SEEDS.join(", ")}. The bar is ${BAR}; what misses it is bold. \`npm run bench -- imagine-automata\` measures the
same. This card is made by \`npm run paint -- automata --only cards\`.
${earlierOf(rows)}
## What it looks like

From left to right: a part of the picture, what has grown after 200 steps, and after 2,000.

${pictures.join("\n\n")}

## Where it fails

${failuresOf(rows).join("\n")}
- It grows colours only; heights and roughness are estimated when it is baked, or flat.
- marble, which was here before, ran away and was taken out; it has not been taught anew.
`;
}

/** Which commands give other numbers now. */
function earlierOf(rows: readonly Row[]): string {
  const earlier = rows.map(({ species }) => species).filter(({ name, birth }) => birth.made === RUNAWAYS_KEPT[name]);
  if (earlier.length === 0) return "";
  return `
Taught shortly before a state that has run away to its bounds began anew, which teaching does since: ${earlier.map(({ name }) => name).join(", ")}. So their
commands give other numbers now. No command has been run a second time to compare.
`;
}

function failuresOf(rows: readonly Row[]): string[] {
  const far = rows.flatMap(({ species: { name }, score: { ratios } }) =>
    ratios
      .filter(({ ratio }) => !(ratio <= BAR))
      .map(({ steps, ratio }) => `- ${name} after ${steps} steps: ${ratio.toFixed(2)}, beyond the bar.`),
  );
  const drifted = rows.flatMap(({ species: { name }, score: { ratios } }) => {
    const drift = ratios[1].ratio - ratios[0].ratio;
    return drift <= DRIFT
      ? []
      : [`- ${name} has drifted by ${drift.toFixed(2)} from 200 steps to 2,000; no more than ${DRIFT} is wished for.`];
  });
  const bars = far.length > 0 ? far : ["- No species misses the bar."];
  const seen = rows.flatMap(({ species: { name } }) => (name in SEEN ? [`- ${SEEN[name]}`] : []));
  return [...bars, ...drifted, ...seen];
}
