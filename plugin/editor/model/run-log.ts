import type { TrainingProgress } from "../../index.ts";

/** What can be drawn of a run. */
export type CurveName =
  "meanReturn" | "successRate" | "meanLength" | "entropy" | "valueLoss" | "approximateKl" | "decisionsPerSecond";

/** A curve in words. */
export interface CurveWords {
  readonly title: string;
  /** What it means, and how it should look. */
  readonly hint: string;
}

/** All curves, in the order in which they are offered. */
export const CURVES: Readonly<Record<CurveName, CurveWords>> = {
  meanReturn: { title: "Return", hint: "Mean sum of rewards of an episode. It should rise." },
  successRate: { title: "Success", hint: "Share of episodes that ended well, from 0 to 1." },
  meanLength: { title: "Length", hint: "Mean decisions of an episode. It falls where the goal is to be quick." },
  entropy: {
    title: "Entropy",
    hint: "How undecided the policy is. It should fall slowly; a cliff means it stopped trying.",
  },
  valueLoss: { title: "Value error", hint: "How wrong the critic's estimates are. It should not explode." },
  approximateKl: { title: "KL", hint: "How far one update moves the policy. Steadily above 0.03: learn more slowly." },
  decisionsPerSecond: { title: "Speed", hint: "Decisions learned from in a second." },
};

const NAMES = Object.keys(CURVES) as CurveName[];

/** More samples than this are thinned: a curve is some hundred pixels wide. */
const MOST_SAMPLES = 2400;

/** What a run has told so far, ready to be drawn or exported; old samples are thinned, so that it never grows large. */
export class RunLog {
  readonly name: string;
  /** Where in a palette of colours it is. */
  readonly colour: number;
  readonly decisions: number[] = [];
  readonly values: Readonly<Record<CurveName, number[]>>;
  /** What each term of the reward gave in an episode, by its name. */
  readonly terms: Readonly<Record<string, readonly number[]>>;
  /** The last thing it told, or null. */
  last: TrainingProgress | null = null;
  /** Whether it is drawn. */
  shown = true;
  readonly #terms: Record<string, number[]> = {};
  #stride = 1;
  #skipped = 0;

  constructor(name: string, colour: number) {
    this.name = name;
    this.colour = colour;
    this.terms = this.#terms;
    this.values = Object.fromEntries(NAMES.map((curve) => [curve, [] as number[]])) as unknown as Record<
      CurveName,
      number[]
    >;
  }

  /** Takes down what a run tells. */
  add(progress: TrainingProgress): void {
    this.last = progress;
    if (progress.decisions === this.decisions.at(-1)) return;
    this.#skipped += 1;
    if (this.#skipped < this.#stride) return;
    this.#skipped = 0;
    this.decisions.push(progress.decisions);
    for (const name of NAMES) {
      const source = name in progress.statistics ? progress.statistics : progress;
      this.values[name].push((source as unknown as Record<CurveName, number>)[name]);
    }
    for (const [name, sum] of Object.entries(progress.meanTerms)) {
      this.#terms[name] ??= new Array<number>(this.decisions.length - 1).fill(NaN);
      this.#terms[name].push(sum);
    }
    if (this.decisions.length >= MOST_SAMPLES) this.#thin();
  }

  /** Keeps every second sample, and from now on takes half as many. */
  #thin(): void {
    for (const column of [this.decisions, ...Object.values(this.values), ...Object.values(this.#terms)]) {
      const kept = column.filter((_, index) => index % 2 === 1);
      column.length = 0;
      column.push(...kept);
    }
    this.#stride *= 2;
  }
}

/**
 * Smooths a curve as a running mean that forgets, started without bias. What is not a number is left out of the mean.
 *
 * @param strength - 0 leaves it as it is, towards 1 it gets flatter.
 * @returns As many values; NaN before the first number.
 */
export function smoothCurve(values: readonly number[], strength: number): number[] {
  let mean = 0;
  let weight = 0;
  return values.map((value) => {
    if (Number.isFinite(value)) {
      mean = strength * mean + (1 - strength) * value;
      weight = strength * weight + (1 - strength);
    }
    return weight === 0 ? NaN : mean / weight;
  });
}

/** Runs as a table for spreadsheets: one row for each sample, comma-separated, with a line of names; terms of the reward come last. */
export function toCsv(runs: readonly RunLog[]): string {
  const terms = [...new Set(runs.flatMap((run) => Object.keys(run.terms)))];
  const head = ["run", "decisions", ...NAMES, ...terms.map(quote)].join(",");
  const rows = runs.flatMap((run) =>
    run.decisions.map((decisions, row) =>
      [
        quote(run.name),
        decisions,
        ...NAMES.map((name) => cell(run.values[name][row])),
        ...terms.map((term) => cell(run.terms[term]?.[row] ?? NaN)),
      ].join(","),
    ),
  );
  return `${[head, ...rows].join("\n")}\n`;
}

function cell(value: number): string {
  return Number.isFinite(value) ? String(value) : "";
}

/** A cell that begins with a sign of calculation would be run by spreadsheets. */
function quote(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
