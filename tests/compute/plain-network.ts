import {
  layOutNetwork,
  type Activation,
  type EncoderLayout,
  type LayerLayout,
} from "../../plugin/core/network-spec.ts";
import { createNormaliser, type PolicyData } from "../../plugin/core/policy.ts";
import { observationSize, unboundedFlags } from "../../plugin/core/observation-spec.ts";
import type { NetworkSpec } from "../../plugin/core/network-spec.ts";
import type { RoleSpec } from "../../plugin/core/role-spec.ts";
import { randomParameters } from "./oracle/random-batch.ts";

/** What a network says about one observation, in float64. */
export interface PlainResult {
  /** Means, then logits. */
  readonly heads: readonly number[];
  readonly value: number;
}

const ACTIVATE: Readonly<Record<Activation, (x: number) => number>> = {
  linear: (x) => x,
  relu: (x) => Math.max(0, x),
  leakyRelu: (x) => (x > 0 ? x : 0.01 * x),
  tanh: (x) => Math.tanh(x),
  silu: (x) => x / (1 + Math.exp(-x)),
};

/**
 * What each convolution of a picture makes of it, in float64, [outHeight, outWidth, filters] each.
 *
 * @param images - One agent's row of images, [imageSize].
 */
export function plainEncode(
  { parameters }: PolicyData,
  encoder: EncoderLayout,
  images: ArrayLike<number>,
): readonly (readonly number[])[] {
  const { height, width, channels: depth } = encoder.part;
  let x = Array.from({ length: height * width * depth }, (_, i) => images[encoder.pixels + i] / 255);
  return encoder.layers.map((layer) => {
    const { size, stride, channels, filters, inWidth } = layer;
    const y: number[] = [];
    for (let row = 0; row < layer.outHeight; row++) {
      for (let column = 0; column < layer.outWidth; column++) {
        for (let filter = 0; filter < filters; filter++) {
          let sum = parameters[layer.biases + filter];
          for (let v = 0; v < size; v++) {
            for (let u = 0; u < size; u++) {
              for (let c = 0; c < channels; c++) {
                const pixel = x[((row * stride + v) * inWidth + column * stride + u) * channels + c];
                sum += pixel * parameters[layer.weights + ((v * size + u) * channels + c) * filters + filter];
              }
            }
          }
          y.push(Math.max(0, sum));
        }
      }
    }
    x = y;
    return y;
  });
}

/**
 * The forward pass in the plainest words, to hold the kernels against.
 *
 * @param images - One agent's row of images, [imageSize].
 */
export function plainForward(
  data: PolicyData,
  observation: ArrayLike<number>,
  images: ArrayLike<number> = [],
): PlainResult {
  const { role, network, normaliser, parameters } = data;
  const layout = layOutNetwork(role, network);
  const activate = ACTIVATE[network.activation];
  const dense = (x: readonly number[], { weights, biases, inputs, outputs }: LayerLayout): number[] =>
    Array.from({ length: outputs }, (_, o) => {
      let sum = parameters[biases + o];
      for (let i = 0; i < inputs; i++) sum += parameters[weights + o * inputs + i] * x[i];
      return sum;
    });
  const hidden = (x: readonly number[], layers: readonly LayerLayout[]): readonly number[] =>
    layers.slice(0, -1).reduce((y, layer) => dense(y, layer).map(activate), x);
  const scaledObservation = Array.from(observation, (raw, i) => {
    if (normaliser.scaled[i] === 0) return raw;
    const scaled = (raw - normaliser.mean[i]) / Math.sqrt(normaliser.variance[i] + 1e-8);
    return Math.max(-normaliser.clip, Math.min(normaliser.clip, scaled));
  });
  const input = [
    ...scaledObservation,
    ...layout.encoders.flatMap((encoder) => plainEncode(data, encoder, images).at(-1)!),
  ];
  const trunk = hidden(input, layout.actor);
  return {
    heads: dense(trunk, layout.actor.at(-1)!),
    value: dense(network.sharedTrunk ? trunk : hidden(input, layout.critic), layout.critic.at(-1)!)[0],
  };
}

/** What each hidden layer makes of one observation of numbers that are not normalised: the actor's, then the critic's. */
export function plainHidden(
  { role, network, parameters }: PolicyData,
  observation: ArrayLike<number>,
): { readonly name: string; readonly activations: readonly number[] }[] {
  const { actor, critic } = layOutNetwork(role, network);
  const activate = ACTIVATE[network.activation];
  return [actor, critic].flatMap((layers) => {
    let x = Array.from(observation);
    return layers.slice(0, -1).map(({ name, weights, biases, inputs, outputs }) => {
      x = Array.from({ length: outputs }, (_, o) => {
        let sum = parameters[biases + o];
        for (let i = 0; i < inputs; i++) sum += parameters[weights + o * inputs + i] * x[i];
        return activate(sum);
      });
      return { name, activations: x };
    });
  });
}

/** The log probability (density) of an action, in float64. */
export function plainLogProbability(
  data: PolicyData,
  heads: readonly number[],
  action: { readonly continuous: ArrayLike<number>; readonly discrete: ArrayLike<number> },
  mask: ArrayLike<number>,
): number {
  const { continuous, discrete } = data.role.action;
  const { logStd } = layOutNetwork(data.role, data.network);
  let sum = 0;
  continuous.forEach((_, d) => {
    const ls = data.parameters[logStd + d];
    const z = (action.continuous[d] - heads[d]) / Math.exp(ls);
    sum -= 0.5 * z * z + ls + 0.5 * Math.log(2 * Math.PI);
  });
  let at = 0;
  discrete.forEach(({ choices }, b) => {
    const first = continuous.length + at;
    let total = 0;
    for (let j = 0; j < choices.length; j++) if (mask[at + j] === 1) total += Math.exp(heads[first + j]);
    sum += heads[first + action.discrete[b]] - Math.log(total);
    at += choices.length;
  });
  return sum;
}

/** A policy of random weights; every part can be replaced. */
export function randomPolicy(
  role: RoleSpec,
  network: NetworkSpec,
  seed = 1,
  changes: Partial<PolicyData> = {},
): PolicyData {
  const normaliser = createNormaliser(unboundedFlags(role.observation));
  return { role, network, normaliser, parameters: randomParameters(role, network, seed), birth: {}, ...changes };
}

/** A policy whose weights and biases are all zero but for those that `set` writes. */
export function blankPolicy(
  role: RoleSpec,
  set: (parameters: Float32Array, layout: ReturnType<typeof layOutNetwork>) => void,
  network: NetworkSpec = { hidden: [1], activation: "linear", sharedTrunk: false },
): PolicyData {
  const layout = layOutNetwork(role, network);
  const parameters = new Float32Array(layout.size);
  set(parameters, layout);
  const normaliser = createNormaliser(new Uint8Array(observationSize(role.observation)));
  return { role, network, normaliser, parameters, birth: {} };
}
