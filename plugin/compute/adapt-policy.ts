import { assertNetworkSpec, layOutNetwork, type EncoderLayout, type NetworkLayout } from "../core/network-spec.ts";
import { observationLabels, unboundedFlags } from "../core/observation-spec.ts";
import { createNormaliser, type NormaliserState, type PolicyData } from "../core/policy.ts";
import { assertRoleSpec, type RoleSpec } from "../core/role-spec.ts";
import { assertSameActions } from "../core/same-role.ts";
import { initialParameters } from "./initial-parameters.ts";

/**
 * So many observations a normaliser counts at most after it has got a new label, so that the new one's mean and variance are
 * found in time. Chosen as a few rollouts: 5 of 2,048.
 */
const MOST_COUNTED = 10_240;

/**
 * Carries a policy over to an agent whose sensors have changed, so that nothing is thrown away that was learned.
 *
 * Weights follow their labels, whatever place these have now. A new input starts at weight zero: until it is taught on, the
 * policy acts as before, whatever the input says. What is gone is dropped, and what it stood for is missing. A label whose
 * values have lost or gained a known range counts as new, since its numbers mean something else. Pictures follow their label as
 * long as they keep their size. Mean and variance of the normaliser follow their labels too.
 *
 * @param data - Not changed, and not shared.
 * @param role - What the agent senses now, and does, which must be the same as before: `controller.role`.
 * @throws PolicyMismatchError for other actions; ConfigurationError for a role that cannot be, or pictures that the policy's
 * convolutions do not fit.
 */
export function adaptPolicy(data: PolicyData, role: RoleSpec): PolicyData {
  const who = "adaptPolicy";
  assertRoleSpec(role, who);
  assertNetworkSpec(data.network, who, role);
  assertSameActions(data.role.action, role.action, who);
  const before = layOutNetwork(data.role, data.network);
  const after = layOutNetwork(role, data.network);
  const sources = inputSources(data.role, role, before, after);
  const parameters = initialParameters(role, data.network, data.birth.seed ?? 0);

  // Step 1. What reads the inputs: columns follow their labels.
  const trunks = [[before.actor[0], after.actor[0]] as const];
  if (!data.network.sharedTrunk) trunks.push([before.critic[0], after.critic[0]]);
  for (const [from, to] of trunks) {
    for (let row = 0; row < to.outputs; row++) {
      sources.forEach((source, column) => {
        parameters[to.weights + row * to.inputs + column] =
          source < 0 ? 0 : data.parameters[from.weights + row * from.inputs + source];
      });
    }
    parameters.set(data.parameters.subarray(from.biases, from.biases + from.outputs), to.biases);
  }

  // Step 2. What lies behind it stays as it is.
  const copy = (from: number, to: number, count: number): void => {
    parameters.set(data.parameters.subarray(from, from + count), to);
  };
  const behind = [
    ...before.actor.slice(1).map((from, i) => [from, after.actor[i + 1]] as const),
    ...before.critic.slice(trunks.length - 1).map((from, i) => [from, after.critic[i + trunks.length - 1]] as const),
  ];
  for (const [from, to] of behind) copy(from.weights, to.weights, from.inputs * from.outputs + from.outputs);
  copy(before.logStd, after.logStd, data.role.action.continuous.length);

  // Step 3. Convolutions follow their pictures; those of a new picture begin at random, since zeros could never learn.
  for (const to of after.encoders) {
    const from = samePicture(before.encoders, to);
    from?.layers.forEach((layer, i) => {
      copy(layer.weights, to.layers[i].weights, layer.size ** 2 * layer.channels * layer.filters + layer.filters);
    });
  }
  const normaliser = adaptNormaliser(data, role, sources);
  return { role, network: data.network, normaliser, parameters, birth: data.birth };
}

/** For each input of the new network the one that it was before, or -1, [inputs]. */
function inputSources(was: RoleSpec, is: RoleSpec, before: NetworkLayout, after: NetworkLayout): Int32Array {
  const labels = observationLabels(was.observation);
  const places = new Map(labels.map((label, index) => [label, index]));
  const wasUnbounded = unboundedFlags(was.observation);
  const isUnbounded = unboundedFlags(is.observation);
  const sources = new Int32Array(after.inputs).fill(-1);
  observationLabels(is.observation).forEach((label, index) => {
    const place = places.get(label);
    if (place !== undefined && wasUnbounded[place] === isUnbounded[index]) sources[index] = place;
  });
  for (const to of after.encoders) {
    const from = samePicture(before.encoders, to);
    for (let i = 0; from && i < to.features; i++) sources[to.from + i] = from.from + i;
  }
  return sources;
}

function samePicture(encoders: readonly EncoderLayout[], { part }: EncoderLayout): EncoderLayout | undefined {
  return encoders.find(
    ({ part: { label, height, width, channels } }) =>
      label === part.label && height === part.height && width === part.width && channels === part.channels,
  );
}

function adaptNormaliser({ normaliser: was }: PolicyData, role: RoleSpec, sources: Int32Array): NormaliserState {
  const { mean, variance, scaled } = createNormaliser(unboundedFlags(role.observation), was.clip);
  let isNewScaled = false;
  scaled.forEach((flag, index) => {
    const source = sources[index];
    if (source < 0) {
      isNewScaled ||= flag === 1;
      return;
    }
    mean[index] = was.mean[source];
    variance[index] = was.variance[source];
    scaled[index] = was.scaled[source];
  });
  return {
    count: isNewScaled ? Math.min(was.count, MOST_COUNTED) : was.count,
    mean,
    variance,
    clip: was.clip,
    scaled,
  };
}
