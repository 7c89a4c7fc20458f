import { createNetworkView, type NetworkView } from "../../compute/network-view.ts";
import { createPolicy } from "../../compute/wasm-policy.ts";
import type { Policy, PolicyData } from "../../core/policy.ts";
import type { DecisionOrigin } from "../decision-scheduler.ts";

/** A policy as it was when it decided: later changes of the policy do not change it. */
export interface PolicyVersion {
  readonly policy: Policy;
  readonly revision: number;
  /** A copy that nobody writes to; all decisions of this version share it. */
  readonly data: PolicyData;
  readonly fastMath: boolean;
}

/** A network that can be set to any version of one policy. */
export interface VersionReplayer {
  readonly policy: Policy;
  readonly view: NetworkView;
}

const newest = new WeakMap<Policy, PolicyVersion>();
const replayers = new WeakMap<Policy, Promise<VersionReplayer>>();

/**
 * Which version of its policy made a decision. Copies the parameters once for each version, otherwise allocates nothing.
 *
 * @returns null for a policy that cannot decide again bit for bit, and for one that was changed since it decided.
 */
export function versionOf({ policy, revision }: DecisionOrigin): PolicyVersion | null {
  const known = newest.get(policy);
  if (known?.revision === revision) return known;
  const { trace } = policy;
  if (trace?.revision !== revision) return null;
  const version = { policy, revision, data: policy.toData(), fastMath: trace.fastMath };
  newest.set(policy, version);
  return version;
}

/** A network of that version, on kernels of its own; the live policy is left alone. Valid until another version is asked for. */
export async function replayerOf({ policy, data, fastMath }: PolicyVersion): Promise<VersionReplayer> {
  let made = replayers.get(policy);
  if (!made) {
    made = Promise.all([createPolicy(data, { fastMath }), createNetworkView(data, { fastMath })]).then(
      ([copy, view]) => ({ policy: copy, view }),
    );
    replayers.set(policy, made);
  }
  return made;
}
