/**
 * A program: prints how many bytes of JavaScript memory deciding and collecting allocate. Run it with `--expose-gc` and a
 * young generation so large that nothing is collected meanwhile (`--min-semi-space-size` and `--max-semi-space-size`), so
 * that used memory grows by exactly what was allocated.
 */
import { createPolicy } from "../../plugin/compute/wasm-policy.ts";
import { createAgentGroup } from "../../plugin/core/environment.ts";
import { SMALL_ENCODER } from "../../plugin/core/network-spec.ts";
import { observationSpec } from "../../plugin/core/observation-spec.ts";
import { CaseHistory } from "../../plugin/learn/doctor/case-history.ts";
import { Collector } from "../../plugin/learn/collector.ts";
import { createRollout } from "../../plugin/learn/rollout.ts";
import { walk } from "../../plugin/learn/tasks/walk.ts";
import { randomPolicy } from "../compute/plain-network.ts";

const AGENTS = 16;
const STEPS = 128;
const environment = walk({ agents: AGENTS, actions: "both", normalise: true, stepLimit: 7 });
const group = environment.groups.agent;
const policy = await createPolicy(
  randomPolicy(group.role, { hidden: [16, 16], activation: "tanh", sharedTrunk: false }),
);
const options = { logProbabilities: new Float32Array(AGENTS), values: new Float32Array(AGENTS) };
const seeing = createAgentGroup(
  {
    observation: observationSpec({ labels: ["speed"], images: [{ label: "eye", height: 5, width: 5, channels: 2 }] }),
    action: group.role.action,
  },
  AGENTS,
);
const seeingPolicy = await createPolicy(
  randomPolicy(seeing.role, { hidden: [16], activation: "tanh", sharedTrunk: true, convolutions: SMALL_ENCODER }),
);
const ended = { ...seeing, images: seeing.finalImages };
const collector = new Collector(environment, "agent", policy, 1);
const rollout = createRollout(group.role, STEPS, AGENTS);

/**
 * Bytes that one call allocates, once the engine has compiled everything: the least of several turns, since on a busy
 * machine the compiler comes late.
 */
function bytesPerCall(calls: number, call: (number: number) => void): number {
  for (let i = 0; i < calls; i++) call(i);
  globalThis.gc!();
  let least = Infinity;
  for (let turn = 0; turn < 3; turn++) {
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < calls; i++) call(i);
    least = Math.min(least, (process.memoryUsage().heapUsed - before) / calls);
  }
  return least;
}

const decide = bytesPerCall(20_000, () => policy.decide(group, options));
const collect = bytesPerCall(300, (number) => collector.collect(rollout, number)) / STEPS;
const history = new CaseHistory(group.role);
const diagnose = bytesPerCall(2_000, () => history.note([rollout])) / STEPS;
const see = bytesPerCall(20_000, (call) => {
  // As a collector does at the ends of episodes.
  seeingPolicy.decide(call % 4 === 0 ? ended : seeing, options);
});
const allocate = bytesPerCall(20_000, () => new Float32Array(AGENTS)); // what the smallest slip would cost
process.stdout.write(JSON.stringify({ decide, see, collect, diagnose, allocate }));
