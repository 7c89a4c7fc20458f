import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, test } from "vitest";
import { loadBothBackends } from "./both-backends.ts";

beforeAll(loadBothBackends);

const advice = 'Use webgpu or cpu, e.g. await tf.setBackend("cpu").';

test("gradients of conv3d are refused, since tfjs-wasm computes them wrongly", () => {
  const f = (x: tf.Tensor5D): tf.Tensor => tf.sum(tf.conv3d(x, tf.ones([1, 1, 1, 1, 1]), 1, "valid"));
  expect(() => tf.grad(f as (x: tf.Tensor) => tf.Tensor)(tf.ones([1, 2, 2, 2, 1]))).toThrow(
    `tfjs-wasm Conv3DBackpropInputV2: needed a gradient of tf.conv3d, came a backend that computes it wrongly. ${advice}`,
  );
});

test("gradients of dilation2d are refused, since tfjs-wasm computes them wrongly", () => {
  const f = (x: tf.Tensor4D): tf.Tensor => tf.sum(tf.dilation2d(x, tf.ones([2, 2, 1]), 1, "valid"));
  expect(() => tf.grad(f as (x: tf.Tensor) => tf.Tensor)(tf.ones([1, 4, 4, 1]))).toThrow(
    `tfjs-wasm Dilation2DBackpropInput: needed a gradient of tf.dilation2d, came a backend that computes it wrongly. ${advice}`,
  );
});
