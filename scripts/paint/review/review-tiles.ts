import { Random } from "../../../plugin/core/random.ts";
import type { Picture } from "../../../plugin/paint/picture.ts";
import { blankSheet, place, writeNumber, type Sheet } from "../draw-sheet.ts";

/** What shall be told apart: real pictures of something, and generated ones. */
export interface ReviewSubject {
  readonly name: string;
  /** A picture that no generated one was made from. */
  real(seed: number): Picture | Promise<Picture>;
  generated(seed: number): Picture | Promise<Picture>;
}

/** One tile of a blind review, as the key tells it. */
export interface ReviewEntry {
  /** As on the page. */
  readonly number: number;
  /** What it shows. */
  readonly texture: string;
  readonly kind: "real" | "generated";
  readonly seed: number;
}

/** A tile with its picture. */
export interface ReviewTile extends ReviewEntry {
  readonly picture: Picture;
}

const FIRST_SEED = 401;
const EACH = 2;
const COLUMNS = 4;
const ROWS = 4;
const ZOOM = 2;
const GAP = 8;

/** Real and generated pictures of every subject, two of each, in an order by chance. */
export async function reviewTiles(
  subjects: readonly ReviewSubject[],
  onTile: (done: number, of: number) => void,
): Promise<ReviewTile[]> {
  const tiles: Omit<ReviewTile, "number">[] = [];
  const all = subjects.length * EACH * 2;
  for (const subject of subjects) {
    for (let seed = FIRST_SEED; seed < FIRST_SEED + EACH; seed++) {
      for (const kind of ["real", "generated"] as const) {
        tiles.push({ texture: subject.name, kind, seed, picture: await subject[kind](seed) });
      }
      onTile(tiles.length, all);
    }
  }
  new Random(FIRST_SEED).shuffle(tiles);
  return tiles.map((tile, i) => ({ number: i + 1, ...tile }));
}

/** The tiles on pages of sixteen, twice as large as they are, each with its number. */
export function reviewPages(tiles: readonly ReviewTile[], side: number): Sheet[] {
  const step = ZOOM * side + GAP;
  const pages: Sheet[] = [];
  for (let first = 0; first < tiles.length; first += COLUMNS * ROWS) {
    const page = blankSheet(COLUMNS * step + GAP, ROWS * step + GAP);
    for (const [i, { picture, number }] of tiles.slice(first, first + COLUMNS * ROWS).entries()) {
      const placing = { top: GAP + Math.floor(i / COLUMNS) * step, left: GAP + (i % COLUMNS) * step };
      place(page, picture, { ...placing, zoom: ZOOM });
      writeNumber(page, number, placing);
    }
    pages.push(page);
  }
  return pages;
}
