import { choiceCount, type ActionSpec } from "../../../plugin/core/action-spec.ts";
import type { PpoBatch } from "../../../plugin/core/learner.ts";
import { layOutNetwork, type LayerLayout, type NetworkSpec } from "../../../plugin/core/network-spec.ts";
import { imageSize, observationSize, vectorObservation } from "../../../plugin/core/observation-spec.ts";
import { Random } from "../../../plugin/core/random.ts";
import type { RoleSpec } from "../../../plugin/core/role-spec.ts";

/** A role with nameless parts: so many observations, so many continuous actions, one branch per number of choices. */
export function syntheticRole(observations: number, continuous: number, branches: readonly number[] = []): RoleSpec {
  const names = (what: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${what} ${i}`);
  const action: ActionSpec = {
    continuous: names("number", continuous),
    discrete: branches.map((choices, i) => ({ label: `branch ${i}`, choices: names("choice", choices) })),
  };
  return { observation: vectorObservation(names("observation", observations)), action };
}

/** Weights of standard deviation 1/√inputs, small biases, log standard deviations around −0.5. */
export function randomParameters(role: RoleSpec, network: NetworkSpec, seed: number): Float32Array {
  const random = new Random(seed);
  const layout = layOutNetwork(role, network);
  const parameters = new Float32Array(layout.size);
  const fill = ({ inputs, outputs, weights, biases }: LayerLayout): void => {
    for (let i = weights; i < biases; i++) parameters[i] = random.normal() / Math.sqrt(inputs);
    for (let i = biases; i < biases + outputs; i++) parameters[i] = 0.1 * random.normal();
  };
  layout.actor.forEach(fill);
  layout.critic.forEach(fill);
  for (const { channels, filters, size, weights, biases } of layout.encoders.flatMap(({ layers }) => layers)) {
    const taps = size * size * channels;
    for (let i = weights; i < biases; i++) parameters[i] = random.normal() * Math.sqrt(2 / taps);
    for (let i = biases; i < biases + filters; i++) parameters[i] = 0.1 * random.normal();
  }
  for (let i = 0; i < role.action.continuous.length; i++) parameters[layout.logStd + i] = -0.5 + 0.1 * random.normal();
  return parameters;
}

/**
 * A batch of made-up decisions. `logProbabilities` and `values` are noise: overwrite them with what a network says where
 * ratios near 1 matter.
 *
 * @param maskedShare - How many alternatives may not be taken, in [0, 1); each branch keeps the taken one.
 */
export function randomBatch(role: RoleSpec, count: number, seed: number, maskedShare = 0): PpoBatch {
  const random = new Random(seed);
  const normals = (length: number): Float32Array => Float32Array.from({ length }, () => random.normal());
  const branches = role.action.discrete;
  const discrete = new Int32Array(count * branches.length);
  const masks = new Uint8Array(count * choiceCount(role.action)).fill(1);
  let at = 0;
  for (let row = 0; row < count; row++) {
    branches.forEach(({ choices }, index) => {
      const taken = random.integer(choices.length);
      discrete[row * branches.length + index] = taken;
      for (let i = 0; i < choices.length; i++) {
        if (i !== taken && random.uniform() < maskedShare) masks[at + i] = 0;
      }
      at += choices.length;
    });
  }
  return {
    count,
    observations: normals(count * observationSize(role.observation)),
    images: Uint8Array.from({ length: count * imageSize(role.observation) }, () => random.integer(256)),
    continuous: normals(count * role.action.continuous.length),
    discrete,
    masks,
    logProbabilities: normals(count),
    values: normals(count),
    advantages: normals(count),
    returns: normals(count),
  };
}
