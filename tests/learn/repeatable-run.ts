import type { WorkerLike } from "../../plugin/core/worker-port.ts";
import { ppo } from "../../plugin/learn/ppo.ts";
import { resumeTeaching, teach, type TeachOptions } from "../../plugin/learn/teach.ts";

/** A run that must give the same weights whenever and wherever it is made. Plain data: it travels into browsers. */
export interface RepeatableRun {
  readonly task: "walk" | "cartpole" | "pendulum";
  readonly decisions: number;
  readonly workers: number;
  /** Whether it is stopped halfway and resumed from its checkpoint. */
  readonly inHalves?: boolean;
}

/** Agents in each worker, and steps between two updates. */
const ARENAS = 8;
const STEPS = 32;

/** Makes a run and returns its weights. Nothing in here is of Node or of browsers. */
export async function makeRun(makeWorker: () => WorkerLike, run: RepeatableRun): Promise<Float32Array> {
  const { task, decisions, workers, inHalves = false } = run;
  const settings = ppo({ seed: 7, decisions, stepsPerRollout: STEPS });
  const options: TeachOptions = { workers, arenas: ARENAS, settings: { task } };
  if (!inHalves) return weightsOf(teach(makeWorker, settings, options));
  const half = teach(makeWorker, settings, { ...options, until: decisions / 2 });
  const { stopped } = await half.finished;
  if (!stopped)
    throw new Error("makeRun: needed a run that stops at half, came one that finished. Mend teach's until.");
  return weightsOf(await resumeTeaching(makeWorker, half.checkpoint!));
}

async function weightsOf(run: ReturnType<typeof teach>): Promise<Float32Array> {
  return (await run.finished).policies["agent"].parameters;
}

/** How many weights differ in any bit. */
export function differingWeights(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Math.max(a.length, b.length);
  let count = 0;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) count += 1;
  return count;
}
