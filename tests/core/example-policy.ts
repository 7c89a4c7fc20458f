import type { ActionSpec } from "../../plugin/core/action-spec.ts";
import { layOutNetwork, type NetworkSpec } from "../../plugin/core/network-spec.ts";
import { vectorObservation } from "../../plugin/core/observation-spec.ts";
import type { PolicyData } from "../../plugin/core/policy.ts";
import { Random } from "../../plugin/core/random.ts";

/** A small policy with numbers, a choice and one scaled observation; every part can be replaced. */
export function examplePolicy(changes: Partial<PolicyData> = {}): PolicyData {
  const action: ActionSpec = { continuous: ["drive"], discrete: [{ label: "gear", choices: ["low", "high"] }] };
  const role = changes.role ?? { observation: vectorObservation(["ray 0°", "speed"], ["speed"]), action };
  const network: NetworkSpec = changes.network ?? { hidden: [3], activation: "silu", sharedTrunk: true };
  const random = new Random(7);
  return {
    role,
    network,
    normaliser: {
      count: 12,
      mean: Float32Array.of(0, 2.5),
      variance: Float32Array.of(1, 0.5),
      clip: 10,
      scaled: Uint8Array.of(0, 1),
    },
    parameters: Float32Array.from({ length: layOutNetwork(role, network).size }, () => random.normal()),
    birth: { lesson: "yard", algorithm: "ppo", seed: 7, decisions: 1000, notes: { minutes: 1.5, judge: "greedy" } },
    ...changes,
  };
}
