import { assertNetworkSpec, DEFAULT_NETWORK, type NetworkSpec } from "../core/network-spec.ts";
import { unboundedFlags } from "../core/observation-spec.ts";
import { createNormaliser, type PolicyData } from "../core/policy.ts";
import { assertRoleSpec, type RoleSpec } from "../core/role-spec.ts";
import { initialParameters } from "./initial-parameters.ts";

/**
 * A policy that nobody has taught yet: what a run with the same seed starts from.
 *
 * @throws ConfigurationError for a role or a network that cannot be.
 */
export function untaughtPolicy(role: RoleSpec, network: NetworkSpec = DEFAULT_NETWORK, seed = 0): PolicyData {
  assertRoleSpec(role, "untaughtPolicy");
  assertNetworkSpec(network, "untaughtPolicy", role);
  return {
    role,
    network,
    normaliser: createNormaliser(unboundedFlags(role.observation)),
    parameters: initialParameters(role, network, seed),
    birth: { seed, decisions: 0 },
  };
}
