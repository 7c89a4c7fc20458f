import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, test } from "vitest";
import { registerDilatedGradients } from "../../plugin/nets/dilated-gradients.ts";
import { differenceFromCpu, loadBothBackends } from "./wasm-kernels/both-backends.ts";

beforeAll(loadBothBackends);

type Convolve = (x: tf.Tensor4D, filter: tf.Tensor4D) => tf.Tensor;
type Of = (x: tf.Tensor, filter: tf.Tensor) => tf.Tensor;

/** Gradients with respect to the picture and the filter. */
const gradientsOf = (convolve: Convolve, inputs: tf.Tensor[], dy: tf.Tensor): tf.Tensor[] =>
  tf.grads(convolve as Of)(inputs, dy);

test("gradients with dilations are those of a filter with zeros between its taps", async () => {
  await tf.setBackend("cpu");
  const x = tf.tensor4d([1, 2, 3, 4, 5], [1, 1, 5, 1]);
  const filter = tf.tensor4d([10, 100], [1, 2, 1, 1]);
  const [dx, dFilter] = gradientsOf(
    (x, f) => tf.conv2d(x, f, 1, "valid", "NHWC", [1, 3]),
    [x, filter],
    tf.ones([1, 1, 2, 1]),
  );
  expect([...dx.dataSync()]).toEqual([10, 10, 0, 100, 100]); // y = 10 x[i] + 100 x[i + 3] for i = 0, 1
  expect([...dFilter.dataSync()]).toEqual([3, 9]); // 1 + 2, 4 + 5
});

test("gradients with dilations are the same on tfjs-cpu, by zeros, and on tfjs-wasm, by kernels", async () => {
  const difference = await differenceFromCpu(1, (draw) => [
    ...gradientsOf(
      (x, f) => tf.conv2d(x, f, 1, "same", "NHWC", [2, 3]),
      [draw([2, 9, 11, 3]), draw([3, 2, 3, 5])],
      draw([2, 9, 11, 5]),
    ),
    ...gradientsOf(
      (x, f) => tf.depthwiseConv2d(x, f, 1, "valid", "NHWC", [3, 1]),
      [draw([2, 9, 11, 3]), draw([3, 3, 3, 2])],
      draw([2, 3, 9, 6]),
    ),
  ]);
  expect(difference).toBeLessThan(3e-6);
});

test("gradients without dilations stay TensorFlow.js's own, and registering again changes nothing", () => {
  const gradient = tf.getGradient("Conv2D");
  registerDilatedGradients();
  expect(tf.getGradient("Conv2D")).toBe(gradient);
});
