import { buildTestPagesIfStale } from "../../../scripts/build-game.ts";
import { ppo, type PpoOptions } from "../../../plugin/learn/ppo.ts";
import { walk } from "../../../plugin/learn/tasks/walk.ts";
import { createTfjsPpoLearner } from "../../../plugin/nets/ppo/tfjs-ppo-learner.ts";
import { gate, type GateGroup } from "../../bench/report.ts";
import { trainTask } from "../train-task.ts";

/** The settings of Unity ML-Agents' own smoke test of cameras (test_simple_rl.py, `test_visual_ppo`). */
const OPTIONS: PpoOptions = {
  decisions: 3000,
  stepsPerRollout: 64,
  minibatchSize: 16,
  epochs: 3,
  learningRate: 3e-4,
  entropyCoefficient: { from: 5e-3, to: 0 },
  network: { hidden: [32], activation: "silu", sharedTrunk: false },
};

/** The walk whose goal is seen only by cameras of 20 × 20 × 3: the last 5 episodes must be worth more than 0.9. */
export default {
  name: "visual",
  describe:
    "walks whose goal is seen by one or two cameras, by PPO on tfjs: mean of the last 5 returns above 0.9 within 3,000 steps",
  async run({ seeds = 5, smoke, log }) {
    const count = smoke ? 1 : seeds;
    const gates = [];
    const scores: Record<string, number[]> = {};
    for (const cameras of [1, 2] as const) {
      const lasts: number[] = [];
      for (let seed = 0; seed < count; seed++) {
        const { returns } = await trainTask(
          walk({ cameras }),
          ppo({ ...OPTIONS, seed }),
          undefined,
          createTfjsPpoLearner,
        );
        lasts.push(meanOfLast(returns));
      }
      const name = `tfjs-wasm, ${cameras} camera${cameras > 1 ? "s" : ""}`;
      log(`${name}: ${lasts.map((value) => value.toFixed(2)).join(" ")}`);
      scores[name] = lasts;
      const passed = lasts.filter((value) => value > 0.9).length;
      gates.push(gate(`${name}: share of seeds above 0.9`, passed / count, "of seeds", ">=", 0.8));
    }

    await buildTestPagesIfStale(log);
    const { openTfjsPage } = await import("../../browser/tfjs-page.ts");
    const page = await openTfjsPage();
    try {
      const options = smoke ? { ...OPTIONS, decisions: 128 } : OPTIONS;
      const { returns = [], uncaught } = await page.ask({ kind: "walk", cameras: 1, options });
      const last = meanOfLast(returns);
      log(`tfjs-webgpu in Chromium, 1 camera: ${last.toFixed(2)}`);
      scores["tfjs-webgpu, 1 camera"] = [last];
      if (!smoke) gates.push(gate("tfjs-webgpu in Chromium, 1 camera, one seed: return", last, "return", ">=", 0.9));
      gates.push(gate("errors of the GPU that nobody caught", uncaught.length, "", "<=", 0));
    } finally {
      await page.close();
    }
    return { gates, seeds: Array.from({ length: count }, (_, seed) => seed), scores, settings: ppo(OPTIONS) };
  },
} satisfies GateGroup;

function meanOfLast(returns: readonly number[]): number {
  const last = returns.slice(-5);
  return last.reduce((sum, value) => sum + value, 0) / Math.max(1, last.length);
}
