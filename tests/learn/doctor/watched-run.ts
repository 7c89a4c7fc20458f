import type { Environment } from "../../../plugin/core/environment.ts";
import type { Diagnosis } from "../../../plugin/learn/doctor/diagnosis.ts";
import type { LearnerFactories } from "../../../plugin/learn/learner-factories.ts";
import type { PpoSettings } from "../../../plugin/learn/ppo.ts";
import { teach } from "../../../plugin/learn/teach.ts";
import { localWorker } from "../local-worker.ts";

/** What the doctor said about one run. */
export interface WatchedRun {
  /** Everything that it ever said, the newest words of each. */
  readonly ever: readonly Diagnosis[];
  /** What held at the end. */
  readonly last: readonly Diagnosis[];
  readonly decisions: number;
}

export interface WatchOptions {
  /** Decisions after which it ends. */
  readonly until?: number;
  readonly learners?: LearnerFactories;
  /** A rule; the run ends as soon as it speaks. */
  readonly stopAt?: string;
}

/** Teaches on this thread, by the real protocol, and listens to the doctor. Runs that fail are told of as well. */
export async function watchRun(
  make: () => Environment | Promise<Environment>,
  settings: PpoSettings,
  { until = Infinity, learners = {}, stopAt }: WatchOptions = {},
): Promise<WatchedRun> {
  const ever = new Map<string, Diagnosis>();
  let decisions = 0;
  const run = teach(() => localWorker(make, learners), settings, { until });
  run.onDiagnosisObservable.add(({ kind, diagnosis }) => {
    if (diagnosis.rule === stopAt) void run.stop().catch(() => {});
    if (kind !== "gone") ever.set(`${diagnosis.rule} ${diagnosis.about}`, diagnosis);
  });
  run.onProgressObservable.add((progress) => (decisions = progress.decisions));
  await run.finished.catch(() => {});
  return { ever: [...ever.values()], last: run.diagnoses, decisions };
}
