import { quantile } from "../../../plugin/paint/metrics/quantile.ts";
import { gate, type Gate } from "../report.ts";
import { rounded } from "./summarise-pictures.ts";
import type { SurfaceSeams } from "./surface-seams.ts";

/** A material that was measured. */
export interface DoneSeams {
  /** What made it, and of which texture. */
  readonly job: { readonly generator: string; readonly texture: string };
  readonly outcome: SurfaceSeams;
}

/** What is published of one generator. */
export interface SeamFigures {
  readonly materials: number;
  readonly mean: number;
  readonly p95: number;
  readonly worst: number;
  /** The same scores on lines that are no seam. */
  readonly insideMean: number;
  readonly insideP95: number;
  /** Mean by map. */
  readonly maps: Readonly<Record<string, number>>;
}

const MOST_MEAN = 1.2;
const MOST_P95 = 1.5;

/** Mean and 95th percentile of each generator over all its maps, both axes, all textures and seeds. */
export function seamGates(done: readonly DoneSeams[]): Gate[] {
  return Object.entries(seamFigures(done)).flatMap(([generator, { mean, p95 }]) => [
    gate(`${generator}: seam score, mean`, mean, "", "<=", MOST_MEAN),
    gate(`${generator}: seam score, 95th percentile`, p95, "", "<=", MOST_P95),
  ]);
}

/** By generator, in the order in which they first come. */
export function seamFigures(done: readonly DoneSeams[]): Record<string, SeamFigures> {
  const figures: Record<string, SeamFigures> = {};
  for (const [generator, own] of groupedBy(done, ({ generator }) => generator)) {
    const all = own.flatMap(({ outcome }) => Object.values(outcome.seams).flatMap(bothAxes));
    const inside = own.flatMap(({ outcome }) => outcome.inside);
    const names = new Set(own.flatMap(({ outcome }) => Object.keys(outcome.seams)));
    figures[generator] = {
      materials: own.length,
      mean: rounded(meanOf(all)),
      p95: rounded(quantile(all, 0.95)),
      worst: rounded(Math.max(...all)),
      insideMean: rounded(meanOf(inside)),
      insideP95: rounded(quantile(inside, 0.95)),
      maps: Object.fromEntries([...names].map((name) => [name, rounded(meanOf(scoresOf(own, name)))])),
    };
  }
  return figures;
}

/** Every map of every texture whose own mean or 95th percentile over the seeds is above the bar, with both numbers. */
export function seamMisses(done: readonly DoneSeams[]): string[] {
  const misses: string[] = [];
  for (const [what, own] of groupedBy(done, ({ generator, texture }) => `${generator} ${texture}`)) {
    for (const name of new Set(own.flatMap(({ outcome }) => Object.keys(outcome.seams)))) {
      const scores = scoresOf(own, name);
      const mean = meanOf(scores);
      const p95 = quantile(scores, 0.95);
      if (mean > MOST_MEAN || p95 > MOST_P95)
        misses.push(`${what}, ${name}: mean ${mean.toFixed(2)}, p95 ${p95.toFixed(2)}`);
    }
  }
  return misses;
}

function groupedBy(done: readonly DoneSeams[], keyOf: (job: DoneSeams["job"]) => string): Map<string, DoneSeams[]> {
  const groups = new Map<string, DoneSeams[]>();
  for (const one of done) {
    const key = keyOf(one.job);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return groups;
}

function scoresOf(done: readonly DoneSeams[], name: string): number[] {
  return done.flatMap(({ outcome }) => (outcome.seams[name] ? bothAxes(outcome.seams[name]) : []));
}

function bothAxes({ sideBySide, oneAboveOther }: SurfaceSeams["seams"][string]): number[] {
  return [sideBySide, oneAboveOther];
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
