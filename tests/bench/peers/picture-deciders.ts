import * as tf from "@tensorflow/tfjs";
import { createPolicy } from "../../../plugin/compute/wasm-policy.ts";
import { createAgentGroup } from "../../../plugin/core/environment.ts";
import {
  layOutNetwork,
  type Convolution,
  type EncoderLayout,
  type NetworkSpec,
} from "../../../plugin/core/network-spec.ts";
import { observationSpec } from "../../../plugin/core/observation-spec.ts";
import { createNormaliser } from "../../../plugin/core/policy.ts";
import { Random } from "../../../plugin/core/random.ts";
import { largestDifference } from "../../compute/oracle/agreement.ts";
import { OracleNetwork } from "../../compute/oracle/oracle-network.ts";
import { randomParameters, syntheticRole } from "../../compute/oracle/random-batch.ts";
import { loadTfjs } from "../../compute/oracle/tfjs.ts";
import type { Deciders } from "./deciders.ts";
import { writeOnnxActor } from "./onnx-model.ts";
import { loadOnnxModel } from "./onnxruntime.ts";

const ACTIONS = 4;
const CHANNELS = 3;

/** What the agents see. */
export interface PictureCase {
  readonly name: string;
  readonly agents: number;
  /** Pixels along each side, of 3 channels. */
  readonly side: number;
  readonly convolutions: readonly Convolution[];
}

/**
 * The same convolutional actor with the same weights on our kernels, tfjs-wasm and onnxruntime-web. Ours gets bytes; the
 * others get floats from 0 to 1, in the order that each likes best, for nothing.
 */
export async function makePictureDeciders({ agents, side, convolutions }: PictureCase): Promise<Deciders> {
  const observation = observationSpec({ images: [{ label: "eye", height: side, width: side, channels: CHANNELS }] });
  const role = { ...syntheticRole(1, ACTIONS), observation };
  const network: NetworkSpec = { hidden: [64, 64], activation: "tanh", sharedTrunk: false, convolutions };
  const parameters = randomParameters(role, network, 1);
  const { actor, encoders } = layOutNetwork(role, network);
  const group = createAgentGroup(role, agents);
  const random = new Random(2);
  for (let i = 0; i < group.images.length; i++) group.images[i] = random.integer(256);
  const values = Float32Array.from(group.images, (byte) => byte / 255);
  const values4d = [agents, side, side, CHANNELS] as [number, number, number, number];

  const policy = await createPolicy({
    role,
    network,
    normaliser: createNormaliser(new Uint8Array(0)),
    parameters,
    birth: {},
  });
  const greedy = { greedy: true };
  const decide = (): Float32Array => {
    policy.decide(group, greedy);
    return group.actions.continuous;
  };

  await loadTfjs("wasm");
  const encode = tfjsEncoder(encoders[0], parameters);
  const dense = new OracleNetwork(role, network, parameters);
  const decideByTfjs = (): Float32Array =>
    tf.tidy(() => dense.decide(encode.run(tf.tensor4d(values, values4d))).dataSync<"float32">());

  const onnx = await loadOnnxModel(writeOnnxActor(encoders[0], actor, parameters));
  const byChannel = channelsOutermost(values, side * side);
  const decideByOnnx = (): Promise<Float32Array> => onnx.decide(byChannel, agents);
  return {
    all: [
      { name: "ours", run: decide },
      { name: "tfjs-wasm", run: decideByTfjs },
      { name: "onnxruntime-web", run: decideByOnnx },
    ],
    async proveEqual() {
      const ours = decide().slice();
      return Math.max(largestDifference(ours, decideByTfjs()), largestDifference(ours, await decideByOnnx()));
    },
    async dispose() {
      policy.dispose();
      encode.dispose();
      dense.dispose();
      await onnx.dispose();
    },
  };
}

/** The convolutions on tfjs, with everything fused that tfjs can fuse. */
function tfjsEncoder(
  { layers, features }: EncoderLayout,
  parameters: Float32Array,
): { run(pictures: tf.Tensor4D): tf.Tensor2D; dispose(): void } {
  const convolutions = layers.map(({ size, channels, filters, stride, weights, biases }) => ({
    filter: tf.tensor4d(parameters.slice(weights, biases), [size, size, channels, filters]),
    bias: tf.tensor1d(parameters.slice(biases, biases + filters)),
    strides: stride,
  }));
  return {
    run(pictures) {
      const fuse = (x: tf.Tensor4D, one: (typeof convolutions)[number]): tf.Tensor4D =>
        tf.fused.conv2d({ ...one, x, pad: "valid", activation: "relu" });
      return tf.reshape(convolutions.reduce(fuse, pictures), [-1, features]);
    },
    dispose() {
      tf.dispose(convolutions.flatMap(({ filter, bias }) => [filter, bias]));
    },
  };
}

/** [pictures, pixels, channels] to [pictures, channels, pixels]. */
function channelsOutermost(values: Float32Array, pixels: number): Float32Array {
  const turned = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const [picture, within] = [Math.floor(i / (pixels * CHANNELS)), i % (pixels * CHANNELS)];
    turned[(picture * CHANNELS + (within % CHANNELS)) * pixels + Math.floor(within / CHANNELS)] = values[i];
  }
  return turned;
}
