import type { ReviewEntry } from "./review-tiles.ts";

/** What one reviewer said, by number of the tile: 1 to 5. */
export type ReviewScores = ReadonlyMap<number, number>;

/** A texture's scores over all reviewers. */
export interface ReviewRow {
  readonly texture: string;
  /** Median over reviewers and tiles. */
  readonly generated: number;
  readonly real: number;
  /** Each reviewer's own medians of the generated tiles. */
  readonly reviewers: readonly number[];
}

/** From this median on, a texture is good enough. */
export const GOOD_ENOUGH = 3;

/**
 * Reads `number,score` lines; a head line, blank lines and spaces do not matter.
 *
 * @throws Error when a score is no whole number of 1 to 5, a tile has two or a tile of the key has none.
 */
export function readScores(who: string, text: string, key: readonly ReviewEntry[]): ReviewScores {
  const scores = new Map<number, number>();
  for (const line of text.split("\n").map((one) => one.trim())) {
    if (line === "" || /^number/i.test(line)) continue;
    const [number, score] = line.split(/[,;\t ]+/).map(Number);
    if (!(Number.isInteger(score) && score >= 1 && score <= 5 && Number.isInteger(number)) || scores.has(number)) {
      throw new Error(`${who}: needed each number once, with a score of 1 to 5, came "${line}". Correct the line.`);
    }
    scores.set(number, score);
  }
  const missing = key.find(({ number }) => !scores.has(number));
  if (missing) throw new Error(`${who}: needed a score for every tile, came none for ${missing.number}. Add it.`);
  return scores;
}

/** The scores by texture, in alphabetical order. */
export function reviewRows(key: readonly ReviewEntry[], reviewers: readonly ReviewScores[]): ReviewRow[] {
  const names = [...new Set(key.map(({ texture }) => texture))].sort();
  return names.map((texture) => {
    const scoresOf = (kind: ReviewEntry["kind"], from: readonly ReviewScores[]): number[] =>
      key
        .filter((entry) => entry.texture === texture && entry.kind === kind)
        .flatMap(({ number }) => from.map((scores) => scores.get(number)!));
    return {
      texture,
      generated: middle(scoresOf("generated", reviewers)),
      real: middle(scoresOf("real", reviewers)),
      reviewers: reviewers.map((scores) => middle(scoresOf("generated", [scores]))),
    };
  });
}

/** The rows as a table for a README, and how many textures are good enough. */
export function describeRows(rows: readonly ReviewRow[], names: readonly string[]): string {
  const good = rows.filter(({ generated }) => generated >= GOOD_ENOUGH).length;
  const head = ["texture", "generated, median", "real, median", ...names.map((name) => `generated, ${name}`)];
  const lines = rows.map(({ texture, generated, real, reviewers }) => [texture, generated, real, ...reviewers]);
  const table = [head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`);
  return `${table.join("\n")}\n\n${good} of ${rows.length} textures have a generated median of ${GOOD_ENOUGH} or more.`;
}

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
