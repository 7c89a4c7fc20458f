import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { convolve } from "../../../plugin/nets/layers/convolve.ts";
import { dense } from "../../../plugin/nets/layers/dense.ts";
import { useWasmBackend } from "../../../plugin/nets/wasm-backend.ts";
import { largestDifference } from "../../compute/oracle/agreement.ts";
import { loadTfjs } from "../../compute/oracle/tfjs.ts";

const random = new Random(3);

function numbers(...shape: number[]): tf.Tensor {
  const size = shape.reduce((product, side) => product * side, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, () => random.normal()),
    shape,
  );
}

type Layer = (...tensors: tf.Tensor[]) => tf.Tensor;

/** Values and gradients by all inputs, weighted so that each result counts differently. */
function slopes(layer: Layer, inputs: tf.Tensor[]): Float32Array[] {
  return tf.tidy(() => {
    const value = layer(...inputs);
    const weights = tf.reshape(tf.cos(tf.range(0, value.size)), value.shape);
    const gradients = tf.grads((...tensors) => tf.sum(tf.mul(layer(...tensors), weights)))(inputs);
    return [value, ...gradients].map((tensor) => tensor.dataSync<"float32">().slice());
  });
}

function expectSame(ours: Layer, theirs: Layer, inputs: tf.Tensor[]): void {
  const before = tf.memory().numTensors;
  const [one, other] = [slopes(ours, inputs), slopes(theirs, inputs)];
  one.forEach((values, i) => expect(largestDifference(values, other[i])).toBeLessThan(1e-4));
  expect(one.slice(1).every((gradient) => gradient.some((value) => Math.abs(value) > 0.1))).toBe(true);
  expect(tf.memory().numTensors).toBe(before);
  tf.dispose(inputs);
}

describe.each(["cpu", "wasm"] as const)("On %s", (backend) => {
  beforeAll(async () => {
    await (backend === "wasm" ? useWasmBackend() : loadTfjs("cpu"));
  });

  it.each([1, 2, 3])("a convolution in steps of %i is conv2d, biases and ReLU, slopes included", (stride) => {
    expectSame(
      (x, weights, biases) =>
        convolve(x as tf.Tensor4D, { weights: weights as tf.Tensor4D, biases: biases as tf.Tensor1D }, { stride }),
      (x, weights, biases) =>
        tf.relu(tf.add(tf.conv2d(x as tf.Tensor4D, weights as tf.Tensor4D, stride, "valid"), biases)),
      [numbers(3, 8, 7, 2), numbers(3, 3, 2, 5), numbers(5)],
    );
  });

  it("a convolution with zeros beyond the borders keeps a picture's size, slopes included", () => {
    const layer = (x: tf.Tensor, weights: tf.Tensor, biases: tf.Tensor): tf.Tensor4D =>
      convolve(
        x as tf.Tensor4D,
        { weights: weights as tf.Tensor4D, biases: biases as tf.Tensor1D },
        { padding: "zeros" },
      );
    const inputs = [numbers(2, 5, 6, 2), numbers(3, 3, 2, 4), numbers(4)];
    expect(tf.tidy(() => layer(inputs[0], inputs[1], inputs[2]).shape)).toEqual([2, 5, 6, 4]);
    expectSame(
      layer,
      (x, weights, biases) => tf.relu(tf.add(tf.conv2d(x as tf.Tensor4D, weights as tf.Tensor4D, 1, "same"), biases)),
      inputs,
    );
  });

  it("a convolution of pictures that do not learn has the same slopes by its parameters", () => {
    const pictures = numbers(2, 6, 6, 3) as tf.Tensor4D;
    expectSame(
      (weights, biases) =>
        convolve(
          pictures,
          { weights: weights as tf.Tensor4D, biases: biases as tf.Tensor1D },
          { wantsInputGradient: false },
        ),
      (weights, biases) => tf.relu(tf.add(tf.conv2d(pictures, weights as tf.Tensor4D, 1, "valid"), biases)),
      [numbers(4, 4, 3, 2), numbers(2)],
    );
    pictures.dispose();
  });

  it.each(["relu", "linear"] as const)(
    "a %s convolution that does not learn has the same slopes by its pictures",
    (activation) => {
      const [weights, biases] = [numbers(4, 4, 3, 2) as tf.Tensor4D, numbers(2) as tf.Tensor1D];
      const follow = (y: tf.Tensor): tf.Tensor => (activation === "relu" ? tf.relu(y) : y);
      expectSame(
        (pictures) => convolve(pictures as tf.Tensor4D, { weights, biases }, { activation, learns: false }),
        (pictures) => follow(tf.add(tf.conv2d(pictures as tf.Tensor4D, weights, 1, "valid"), biases)),
        [numbers(2, 6, 6, 3)],
      );
      tf.dispose([weights, biases]);
    },
  );

  it("a dense layer multiplies rows by weights and adds biases", () => {
    expectSame(
      (x, weights, biases) =>
        dense(x as tf.Tensor2D, { weights: weights as tf.Tensor2D, biases: biases as tf.Tensor1D }),
      (x, weights, biases) => tf.add(tf.matMul(x, tf.transpose(weights)), biases),
      [numbers(5, 7), numbers(3, 7), numbers(3)],
    );
  });
});
