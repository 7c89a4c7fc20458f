import { createWebGpuPpoLearner } from "../../../plugin/compute/webgpu/webgpu-ppo-learner.ts";
import { createPolicy } from "../../../plugin/compute/wasm-policy.ts";
import { Collector } from "../../../plugin/learn/collector.ts";
import { evaluate } from "../../../plugin/learn/evaluate.ts";
import { Ppo, ppo, type PpoOptions } from "../../../plugin/learn/ppo.ts";
import { createRollout } from "../../../plugin/learn/rollout.ts";
import { cartPole } from "../../../plugin/learn/tasks/cartpole.ts";

/** How to teach. */
export interface CartPoleRequest {
  readonly agents: number;
  readonly options: PpoOptions;
}

/** What came of it. */
export interface CartPoleFigures {
  readonly device: string;
  readonly decisions: number;
  /** Greedy, over 100 episodes of seeds that were not learned from; before and after learning. */
  readonly before: number;
  readonly after: number;
  readonly seconds: number;
}

/** Teaches CartPole in a worker, by the WebGPU learner on a device of its own. */
globalThis.onmessage = async ({ data }: MessageEvent<CartPoleRequest>) => {
  const { agents, options } = data;
  const start = performance.now();
  const settings = ppo(options);
  const environment = cartPole({ agents });
  const { role } = environment.groups.agent;
  const algorithm = await Ppo.create(
    await createWebGpuPpoLearner(role, settings.network, { seed: settings.seed }),
    settings,
  );
  const policy = await createPolicy(algorithm.policyData());
  const score = async (): Promise<number> =>
    (await evaluate(policy, () => cartPole({ agents: 10 }), { episodes: 100, seed: 1000 })).meanReturn;
  const before = await score();
  const collector = new Collector(environment, "agent", policy, settings.seed);
  const rollout = createRollout(role, settings.stepsPerRollout, agents);
  while (algorithm.decisions < settings.decisions) {
    collector.collect(rollout, algorithm.updates);
    await algorithm.learn([rollout]);
    policy.assign(algorithm.policyData());
  }
  const after = await score();
  const figures: CartPoleFigures = {
    device: algorithm.learner.device,
    decisions: algorithm.decisions,
    before,
    after,
    seconds: (performance.now() - start) / 1000,
  };
  algorithm.learner.dispose();
  globalThis.postMessage(figures);
};
