import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, it } from "vitest";
import { createEncoderView } from "../../plugin/compute/encoder-view.ts";
import { createPolicy } from "../../plugin/compute/wasm-policy.ts";
import {
  layOutNetwork,
  NATURE_ENCODER,
  SIMPLE_ENCODER,
  SMALL_ENCODER,
  type Convolution,
  type LayerLayout,
} from "../../plugin/core/network-spec.ts";
import { imageSize, observationSpec } from "../../plugin/core/observation-spec.ts";
import type { PolicyData } from "../../plugin/core/policy.ts";
import { Random } from "../../plugin/core/random.ts";
import { decide } from "./decide.ts";
import { largestDifference } from "./oracle/agreement.ts";
import { syntheticRole } from "./oracle/random-batch.ts";
import { loadTfjs } from "./oracle/tfjs.ts";
import { randomPolicy } from "./plain-network.ts";

const AGENTS = 5;

beforeAll(async () => {
  await loadTfjs("cpu");
});

/** What tfjs makes of a batch of pictures, convolution by convolution, [agents, outHeight, outWidth, filters]. */
function encode({ role, network, parameters }: PolicyData, images: Uint8Array): tf.Tensor4D[] {
  const [{ part, layers }] = layOutNetwork(role, network).encoders;
  let x = tf.div<tf.Tensor4D>(tf.tensor4d(images, [AGENTS, part.height, part.width, part.channels], "float32"), 255);
  return layers.map(({ size, channels, filters, stride, weights, biases }) => {
    const kernel = tf.tensor4d(parameters.slice(weights, biases), [size, size, channels, filters]);
    const sum = tf.add<tf.Tensor4D>(
      tf.conv2d(x, kernel, stride, "valid"),
      tf.tensor1d(parameters.slice(biases, biases + filters)),
    );
    x = tf.relu<tf.Tensor4D>(sum);
    return x;
  });
}

function affine(
  x: tf.Tensor2D,
  { inputs, outputs, weights, biases }: LayerLayout,
  parameters: Float32Array,
): tf.Tensor2D {
  const rows = tf.tensor2d(parameters.slice(weights, biases), [outputs, inputs]);
  return tf.add(tf.matMul(x, rows, false, true), tf.tensor1d(parameters.slice(biases, biases + outputs)));
}

it.each<[string, number, number, readonly Convolution[]]>([
  ["a small encoder", 11, 3, SMALL_ENCODER],
  ["a simple encoder", 20, 3, SIMPLE_ENCODER],
  ["Nature's encoder", 44, 2, NATURE_ENCODER],
  [
    "sizes that do not fit vectors",
    13,
    5,
    [
      { filters: 7, size: 4, stride: 3 },
      { filters: 3, size: 2, stride: 1 },
    ],
  ],
])("Decisions and activations agree with tfjs-cpu: %s", async (_what, side, channels, convolutions) => {
  const images = [{ label: "eye", height: side, width: side + 1, channels }];
  const observation = observationSpec({ labels: ["speed", "height"], images });
  const role = { ...syntheticRole(1, 4), observation };
  const data = randomPolicy(role, { hidden: [33, 17], activation: "tanh", sharedTrunk: false, convolutions }, 5);
  const random = new Random(6);
  const numbers = Float32Array.from({ length: AGENTS * 2 }, () => random.normal());
  const pixels = Uint8Array.from({ length: AGENTS * imageSize(observation) }, () => random.integer(256));

  const policy = await createPolicy(data);
  const { continuous } = decide(policy, numbers, { greedy: true, images: pixels });
  const view = await createEncoderView(data);
  tf.tidy(() => {
    const encoded = encode(data, pixels);
    const [trunk, second, head] = layOutNetwork(role, data.network).actor;
    const row = tf.concat2d([tf.tensor2d(numbers, [AGENTS, 2]), tf.reshape(encoded.at(-1)!, [AGENTS, -1])], 1);
    const first = tf.tanh(affine(row, trunk, data.parameters));
    const means = affine(tf.tanh(affine(first, second, data.parameters)), head, data.parameters);
    expect(largestDifference(continuous, means.dataSync())).toBeLessThan(1e-5);
    expect(Math.max(...continuous.map(Math.abs))).toBeGreaterThan(0.1);
    view.look(pixels).forEach(({ activations }, i) => {
      const expected = encoded[i].dataSync().slice(0, activations.length);
      expect(largestDifference(activations, expected)).toBeLessThan(1e-5);
      expect(Math.max(...activations)).toBeGreaterThan(0.1);
    });
  });
});
