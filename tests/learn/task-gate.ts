import type { Environment } from "../../plugin/core/environment.ts";
import { evaluate } from "../../plugin/learn/evaluate.ts";
import { ppo, type PpoOptions } from "../../plugin/learn/ppo.ts";
import { gate, type GateGroup } from "../bench/report.ts";
import { trainTask } from "./train-task.ts";

/** A reference task, how to teach it, and what published results ask of it. */
export interface TaskGate {
  readonly name: string;
  readonly describe: string;
  readonly make: (agents: number) => Environment;
  /** Environments stepped together while learning. */
  readonly agents: number;
  readonly options: PpoOptions;
  /** Mean return over 100 greedy episodes that a seed must reach. */
  readonly bar: number;
  /** Share of the seeds that must reach it. */
  readonly share: number;
}

/** Teaches a reference task from several seeds and scores each over 100 greedy episodes of unseen seeds. */
export function taskGate(task: TaskGate): GateGroup {
  return {
    name: task.name,
    describe: task.describe,
    async run({ seeds = 10, smoke, log }) {
      const count = smoke ? 1 : seeds;
      const scores: number[] = [];
      for (let seed = 0; seed < count; seed++) {
        const began = performance.now();
        const { policy } = await trainTask(task.make(task.agents), ppo({ ...task.options, seed }));
        const seconds = (performance.now() - began) / 1000;
        const { meanReturn } = await evaluate(policy, () => task.make(10), { episodes: 100, seed: 1000 + seed });
        scores.push(meanReturn);
        log(`seed ${seed}: ${meanReturn.toFixed(1)} after ${seconds.toFixed(1)} s`);
      }
      const passed = scores.filter((score) => score >= task.bar).length;
      const what = `share of seeds with a greedy mean return of at least ${task.bar} after ${task.options.decisions} steps`;
      return {
        gates: [gate(what, passed / count, "of seeds", ">=", task.share)],
        seeds: Array.from({ length: count }, (_, seed) => seed),
        scores,
        settings: ppo(task.options),
      };
    },
  };
}
