import { choiceCount } from "../../plugin/core/action-spec.ts";
import { imageSize, observationSize } from "../../plugin/core/observation-spec.ts";
import type { DecideOptions, Policy } from "../../plugin/core/policy.ts";

/** Everything that came of one call of `decide`. */
export interface Decided {
  readonly continuous: Float32Array;
  readonly discrete: Int32Array;
  readonly logProbabilities: Float32Array;
  readonly values: Float32Array;
}

/** Lets a policy decide for rows of observations, with fresh arrays and everything written down. */
export function decide(
  policy: Policy,
  observations: Float32Array,
  options: DecideOptions & { readonly masks?: Uint8Array; readonly images?: Uint8Array } = {},
): Decided {
  const { action } = policy.role;
  const { images } = options;
  const agents = images
    ? images.length / imageSize(policy.role.observation)
    : observations.length / observationSize(policy.role.observation);
  const decided: Decided = {
    continuous: new Float32Array(agents * action.continuous.length),
    discrete: new Int32Array(agents * action.discrete.length),
    logProbabilities: new Float32Array(agents),
    values: new Float32Array(agents),
  };
  const masks = options.masks ?? new Uint8Array(agents * choiceCount(action)).fill(1);
  const { logProbabilities, values } = decided;
  const seen = images ? { observations, images } : { observations };
  policy.decide({ agents, ...seen, masks, actions: decided }, { ...options, logProbabilities, values });
  return decided;
}
