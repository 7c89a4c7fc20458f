import type { TrainingProgress } from "../../../plugin/learn/messages.ts";
import { ppo } from "../../../plugin/learn/ppo.ts";
import { teach } from "../../../plugin/learn/teach.ts";
import { yard } from "../../../scripts/recipes/yard.ts";
import { startWorker } from "../../../scripts/start-worker.ts";
import { median } from "../report.ts";

/** How long to teach, and how often. */
export interface RateOptions {
  /** How often each number of workers has a turn. */
  readonly rounds: number;
  /** Seconds of each run that count. */
  readonly seconds: number;
  /** Seconds of each run that do not count yet: workers start, engines compile. */
  readonly warmUp: number;
  readonly log: (line: string) => void;
}

/** How fast one number of workers taught. */
export interface TeachingRate {
  readonly workers: number;
  /** Learned from in a second, median of the rounds. */
  readonly decisionsPerSecond: number;
  readonly rounds: readonly number[];
  /**
   * Learned from in a second of processor time, all threads together, median of the rounds: bears other programs beside
   * it. With one worker on a quiet machine about the same as `decisionsPerSecond`.
   */
  readonly decisionsPerProcessorSecond: number;
}

/**
 * Teaches the Yard as `npm run teach -- yard` does, with Havok and the updates, by whole runs of `teach` that are stopped
 * when their time is over. Numbers of workers take turns, so that whatever slows the machine down hits all alike.
 */
export async function measureTeaching(workers: readonly number[], options: RateOptions): Promise<TeachingRate[]> {
  const turns = workers.map((count) => ({ count, rates: [] as number[], processorRates: [] as number[] }));
  for (let round = 0; round < options.rounds; round++) {
    for (let i = 0; i < turns.length; i++) {
      const turn = turns[(i + round) % turns.length];
      const { rate, processorRate } = await timeRun(turn.count, round + 1, options);
      options.log(`${turn.count} workers, round ${round + 1}: ${Math.round(rate)} decisions a second`);
      turn.rates.push(rate);
      turn.processorRates.push(processorRate);
    }
  }
  return turns.map(({ count, rates, processorRates }) => ({
    workers: count,
    decisionsPerSecond: median(rates),
    rounds: rates.map(Math.round),
    decisionsPerProcessorSecond: Math.round(median(processorRates)),
  }));
}

interface Moment {
  readonly decisions: number;
  readonly seconds: number;
  readonly processorSeconds: number;
}

/** One run, timed from one of its updates to another. */
async function timeRun(
  workers: number,
  seed: number,
  { seconds, warmUp }: RateOptions,
): Promise<{ rate: number; processorRate: number }> {
  const run = teach(() => startWorker(yard.worker), ppo({ ...yard.options, seed }), { ...yard.environment, workers });
  let first: Moment | null = null;
  let last: Moment | null = null;
  run.onProgressObservable.add((progress) => {
    if (progress.elapsedSeconds < warmUp) return;
    const moment = momentOf(progress);
    first ??= moment;
    last = moment;
    if (moment.seconds - first.seconds >= seconds) void run.stop();
  });
  await run.finished;
  return rateBetween(first, last);
}

function momentOf({ decisions, elapsedSeconds }: TrainingProgress): Moment {
  const { user, system } = process.cpuUsage();
  return { decisions, seconds: elapsedSeconds, processorSeconds: (user + system) / 1e6 };
}

function rateBetween(first: Moment | null, last: Moment | null): { rate: number; processorRate: number } {
  if (!first || !last) return { rate: NaN, processorRate: NaN };
  const decisions = last.decisions - first.decisions;
  return {
    rate: decisions / (last.seconds - first.seconds),
    processorRate: decisions / (last.processorSeconds - first.processorSeconds),
  };
}
