import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { encodeJpeg } from "./draw-sheet.ts";
import type { PaintRecipe } from "./recipe.ts";
import { describeRows, readScores, reviewRows } from "./review/review-scores.ts";
import { imaginedSubjects, synthesisSubjects } from "./review/review-subjects.ts";
import { reviewPages, reviewTiles, type ReviewEntry, type ReviewSubject } from "./review/review-tiles.ts";
import { SIDE } from "./imaginer/stack-shelf.ts";

const FOLDER = ".cache/review";
const KEY = "key.json";
const PAGE_QUALITY = 92;

/** Pages of real and generated tiles for people who score them without knowing which is which. */
export const reviewKit: PaintRecipe = {
  name: "review-kit",
  describe:
    "Shuffled real tiles and such that were synthesised from one picture, on numbered pages, to be scored blind.",
  async run({ tile = 128, only, out = FOLDER, pictures }) {
    await writeKit(await synthesisSubjects(tile, pictures), { tile, only, out });
  },
};

/** The same of materials that are imagined from codes. */
export const imaginedReviewKit: PaintRecipe = {
  name: "review-kit-imagined",
  describe: "The same with materials under one light, procedural ones and such that were imagined from a code.",
  async run({ only, out = FOLDER }) {
    await writeKit(await imaginedSubjects(), { tile: SIDE, only, out });
  },
};

interface KitOptions {
  /** Pixels on each side of a tile. */
  readonly tile: number;
  readonly only: string | undefined;
  readonly out: string;
}

/** The pages, and the key in a file of its own. */
async function writeKit(subjects: readonly ReviewSubject[], { tile, only, out }: KitOptions): Promise<void> {
  const chosen = subjects.filter(({ name }) => only === undefined || name === only);
  const tiles = await reviewTiles(chosen, (done, of) => console.log(`${done} of ${of} tiles`));
  const forReviewers = join(out, "pages");
  await mkdir(forReviewers, { recursive: true });
  for (const [i, page] of reviewPages(tiles, tile).entries()) {
    await writeFile(join(forReviewers, `page-${i + 1}.jpg`), encodeJpeg(page, PAGE_QUALITY));
  }
  await writeFile(join(forReviewers, "README.md"), instructions(tiles));
  const key: ReviewEntry[] = tiles.map(({ number, texture, kind, seed }) => ({ number, texture, kind, seed }));
  await writeFile(join(out, KEY), `${JSON.stringify(key, null, 1)}\n`);
  console.log(
    `${forReviewers} is for reviewers; ${join(out, KEY)} is not. Put their scores beside it as scores-NAME.csv.`,
  );
}

/** What reviewers said, by texture. */
export const reviewTable: PaintRecipe = {
  name: "review-table",
  describe: "The scores of a blind review by texture: reads key.json and scores-NAME.csv from --out.",
  async run({ out = FOLDER }) {
    const key = JSON.parse(await readFile(join(out, KEY), "utf8")) as ReviewEntry[];
    const files = (await readdir(out)).filter((file) => /^scores-.+\.csv$/.test(file)).sort();
    if (files.length === 0) {
      throw new Error(`review-table: needed ${join(out, "scores-NAME.csv")}, came none. Let somebody score the pages.`);
    }
    const names = files.map((file) => file.slice("scores-".length, -".csv".length));
    const texts = await Promise.all(files.map((file) => readFile(join(out, file), "utf8")));
    const scores = texts.map((text, i) => readScores(names[i], text, key));
    console.log(describeRows(reviewRows(key, scores), names));
  },
};

function instructions(tiles: readonly ReviewEntry[]): string {
  return `# Blind review of textures

Each page shows numbered tiles, enlarged twice: some are real pictures of a material, others were generated. Score
every tile for itself, without looking at any other file: how believable is it as a picture of what it shows?

| score | meaning |
|---|---|
| 5 | could be a real picture; nothing is wrong |
| 4 | small flaws that one has to look for |
| 3 | usable: visible flaws, but plainly that material |
| 2 | flaws that one sees at once: smeared, broken or repeated shapes |
| 1 | not that material |

Write one line a tile, \`number,score\`, into \`scores-YOURNAME.csv\`.

| number | shows |
|---|---|
${tiles.map(({ number, texture }) => `| ${number} | ${texture} |`).join("\n")}
`;
}
