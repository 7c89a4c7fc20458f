import type { Census } from "../pages/soak-probe.ts";

/** What was alive at one moment, after a collection of garbage. */
export interface Sample extends Census {
  /** Since the first sample. */
  readonly seconds: number;
  readonly workers: number;
  /** Bytes of WebAssembly memory: of the page, and of its largest worker. */
  readonly pageWasm: number;
  readonly workerWasm: number;
  /** Bytes of live JavaScript objects: of the page, and of its largest worker. */
  readonly pageHeap: number;
  readonly workerHeap: number;
  readonly domNodes: number;
  readonly listeners: number;
}

/** A key of a sample that must not grow. */
export type Counted = Exclude<keyof Sample, "seconds">;

/**
 * By how much the least of something grew from the first third of the samples to the last third.
 *
 * What comes and goes has its least in every third; what is never given back raises it.
 */
export function growthOf(samples: readonly Sample[], key: Counted): number {
  const third = Math.max(1, Math.floor(samples.length / 3));
  const least = (some: readonly Sample[]): number => Math.min(...some.map((sample) => sample[key]));
  return least(samples.slice(-third)) - least(samples.slice(0, third));
}

/** Least squares: how fast something grew, a minute. NaN for less than two samples. */
export function growthPerMinute(samples: readonly Sample[], key: Counted): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const time = mean(samples.map(({ seconds }) => seconds));
  const level = mean(samples.map((sample) => sample[key]));
  let above = 0;
  let below = 0;
  for (const sample of samples) {
    above += (sample.seconds - time) * (sample[key] - level);
    below += (sample.seconds - time) ** 2;
  }
  return (60 * above) / below;
}
