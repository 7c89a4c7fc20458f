import { createPolicy } from "../../plugin/compute/wasm-policy.ts";
import { createWasmPpoLearner } from "../../plugin/compute/wasm-ppo-learner.ts";
import type { Environment } from "../../plugin/core/environment.ts";
import type { Policy } from "../../plugin/core/policy.ts";
import { Collector } from "../../plugin/learn/collector.ts";
import { firstRole } from "../../plugin/learn/first-role.ts";
import type { MakeLearner } from "../../plugin/learn/learner-factories.ts";
import { Ppo, type PpoSettings } from "../../plugin/learn/ppo.ts";
import { createRollout } from "../../plugin/learn/rollout.ts";

/** What came of teaching a task on this thread. */
export interface TaughtTask {
  readonly ppo: Ppo;
  readonly policy: Policy;
  readonly collector: Collector;
  /** Returns of all episodes that ended while learning, in order. */
  readonly returns: readonly number[];
}

/**
 * Teaches a plain environment on this thread until all decisions are used up, or until `stop` says so.
 *
 * @param makeLearner - Default: the fused kernels on WASM.
 */
export async function trainTask(
  environment: Environment,
  settings: PpoSettings,
  stop: (soFar: { readonly returns: readonly number[]; readonly decisions: number }) => boolean = () => false,
  makeLearner: MakeLearner = createWasmPpoLearner,
): Promise<TaughtTask> {
  const role = firstRole(environment);
  const group = environment.groups[role];
  const options = { seed: settings.seed, fastMath: settings.fastMath, longestSubmitMilliseconds: Infinity };
  const learner = await makeLearner(group.role, settings.network, options);
  const ppo = await Ppo.create(learner, settings);
  const policy = await createPolicy(ppo.policyData(), settings);
  const collector = new Collector(environment, role, policy, settings.seed);
  const rollout = createRollout(group.role, settings.stepsPerRollout, group.agents);
  const returns: number[] = [];
  while (ppo.decisions < settings.decisions && !stop({ returns, decisions: ppo.decisions })) {
    collector.collect(rollout, ppo.updates);
    await ppo.learn([rollout]);
    policy.assign(ppo.policyData());
    for (let i = 0; i < rollout.episodes.count[0]; i++) returns.push(rollout.episodes.returns[i]);
  }
  return { ppo, policy, collector, returns };
}
