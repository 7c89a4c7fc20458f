import { expect } from "vitest";
import type { Environment } from "../../plugin/core/environment.ts";
import type { NetworkSpec } from "../../plugin/core/network-spec.ts";
import type { LearnerFactories } from "../../plugin/learn/learner-factories.ts";
import { ppo } from "../../plugin/learn/ppo.ts";
import { walk } from "../../plugin/learn/tasks/walk.ts";
import { teach, type TeachOptions } from "../../plugin/learn/teach.ts";
import type { TrainingRun } from "../../plugin/learn/training-run.ts";
import { localWorker, type LocalWorker } from "./local-worker.ts";

export const NETWORK: NetworkSpec = { hidden: [8], activation: "tanh", sharedTrunk: false };
/** 20 updates of 80 decisions. */
export const SETTINGS = ppo({ decisions: 1600, stepsPerRollout: 20, minibatchSize: 40, epochs: 2, network: NETWORK });
export const ENDLESS = { ...SETTINGS, decisions: 1e9 };
export const WALK = walk().groups.agent.role;

/** Four walkers; `before` is called ahead of each step with its number. */
export function walkers(before: (step: number) => void = () => {}): Environment {
  const environment = walk({ agents: 4 });
  let steps = 0;
  return {
    ...environment,
    step: () => {
      before(steps++);
      environment.step();
    },
  };
}

/** A factory of workers on this thread, and all that it made. */
export function crew(
  make: () => Environment = () => walkers(),
  learners: LearnerFactories = {},
): {
  made: LocalWorker[];
  makeWorker: () => LocalWorker;
} {
  const made: LocalWorker[] = [];
  const makeWorker = (): LocalWorker => {
    made.push(localWorker(make, learners));
    return made.at(-1)!;
  };
  return { made, makeWorker };
}

export function begin(options: TeachOptions = {}, settings = ENDLESS, make?: () => Environment): TrainingRun {
  return teach(crew(make).makeWorker, settings, options);
}

/** The weights at the end of a run of 20 updates. */
export async function weights(run: TrainingRun): Promise<number[]> {
  const { policies } = await run.finished;
  return [...policies["agent"].parameters];
}

/** Waits until a run has learned from so many decisions. */
export function reach(run: TrainingRun, decisions: number): Promise<void> {
  return new Promise((resolve, reject) => {
    run.finished.catch(reject);
    const observer = run.onProgressObservable.add((progress) => {
      if (progress.decisions < decisions) return;
      observer.remove();
      resolve();
    });
  });
}

/** Everything a run says, as it comes. */
export function notices(run: TrainingRun): string[] {
  const heard: string[] = [];
  run.onNoticeObservable.add((text) => heard.push(text));
  return heard;
}

export async function failure(run: TrainingRun): Promise<unknown> {
  return run.finished.then(
    () => expect.unreachable("it finished"),
    (error: unknown) => error,
  );
}
