import type { Environment } from "../../../plugin/core/environment.ts";
import { ppo, type PpoOptions } from "../../../plugin/learn/ppo.ts";
import { walk } from "../../../plugin/learn/tasks/walk.ts";
import { gate, type GateGroup } from "../../bench/report.ts";
import { trainTask } from "../train-task.ts";

/** The settings of Unity ML-Agents' own smoke tests (tests/yamato and test_simple_rl.py). */
const SMALL: PpoOptions = {
  decisions: 3000,
  stepsPerRollout: 64,
  minibatchSize: 16,
  epochs: 3,
  learningRate: 5e-3,
  entropyCoefficient: 5e-3,
  network: { hidden: [32], activation: "silu", sharedTrunk: false },
};
const LARGE: PpoOptions = { ...SMALL, decisions: 10_000, stepsPerRollout: 640, minibatchSize: 64 };

const CASES: readonly { name: string; make: () => Environment; options: PpoOptions }[] = [
  { name: "one dimension, discrete", make: () => walk({ actions: "discrete" }), options: SMALL },
  { name: "one dimension, continuous", make: () => walk({ actions: "continuous" }), options: SMALL },
  {
    name: "two dimensions, discrete",
    make: () => walk({ actions: "discrete", dimensions: 2, stepSize: 0.8 }),
    options: LARGE,
  },
  {
    name: "two dimensions, continuous",
    make: () => walk({ actions: "continuous", dimensions: 2, stepSize: 0.8 }),
    options: LARGE,
  },
];

/** The smallest tasks that catch a broken algorithm: the last 5 episodes of a walk must be worth more than 0.9. */
export default {
  name: "simple",
  describe: "one- and two-dimensional walks by PPO: mean of the last 5 returns above 0.9 within 3,000 or 10,000 steps",
  async run({ seeds = 10, smoke, log }) {
    const count = smoke ? 2 : seeds;
    const gates = [];
    const scores: Record<string, number[]> = {};
    for (const { name, make, options } of CASES) {
      const lasts: number[] = [];
      for (let seed = 0; seed < count; seed++) {
        const { returns } = await trainTask(make(), ppo({ ...options, seed }));
        const last = returns.slice(-5);
        lasts.push(last.reduce((sum, value) => sum + value, 0) / Math.max(1, last.length));
      }
      log(`${name}: ${lasts.map((value) => value.toFixed(2)).join(" ")}`);
      scores[name] = lasts;
      const passed = lasts.filter((value) => value > 0.9).length;
      gates.push(gate(`${name}: share of seeds above 0.9`, passed / count, "of seeds", ">=", 0.9));
    }
    return { gates, seeds: Array.from({ length: count }, (_, seed) => seed), scores };
  },
} satisfies GateGroup;
