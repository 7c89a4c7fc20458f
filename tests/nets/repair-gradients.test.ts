import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, test } from "vitest";
import { repairGradients } from "../../plugin/nets/repair-gradients.ts";
import { loadBothBackends } from "./wasm-kernels/both-backends.ts";

beforeAll(loadBothBackends);

const gradientOf = (run: (x: tf.Tensor4D) => tf.Tensor, x: tf.Tensor4D): number[] => {
  const gradient = tf.grad(run as (x: tf.Tensor) => tf.Tensor)(x);
  expect(gradient.shape).toEqual(x.shape);
  return [...gradient.dataSync()];
};

test.each(["cpu", "wasm"])("a mean at a padded edge is shared out among the pixels within, on %s", async (backend) => {
  await tf.setBackend(backend);
  // Windows of two with a stride of two over three pixels: (0, 1) and (2, nothing).
  const x = tf.zeros<tf.Rank.R4>([1, 1, 3, 1]);
  expect(gradientOf((x) => tf.avgPool(x, [1, 2], [1, 2], "same"), x)).toEqual([0.5, 0.5, 1]);
});

test.each(["cpu", "wasm"])("pixels that were doubled get both gradients, in every picture, on %s", async (backend) => {
  await tf.setBackend(backend);
  const x = tf.zeros<tf.Rank.R4>([2, 1, 2, 1]);
  const weights = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8], [2, 1, 4, 1]);
  const run = (x: tf.Tensor4D): tf.Tensor => tf.mul(tf.image.resizeNearestNeighbor(x, [1, 4]), weights);
  expect(gradientOf(run, x)).toEqual([3, 7, 11, 15]); // 1 + 2, 3 + 4, 5 + 6, 7 + 8
});

test.each(["cpu", "wasm"])("pictures that are not square keep their shape when resized, on %s", async (backend) => {
  await tf.setBackend(backend);
  const x = tf.zeros<tf.Rank.R4>([1, 1, 2, 1]);
  // At 0, ½, 1 and 1½ of two pixels, the last beyond the end: 1 + ½, ½ + 1 + 1
  expect(gradientOf((x) => tf.image.resizeBilinear(x, [1, 4]), x)).toEqual([1.5, 2.5]);
});

test("repairing again changes nothing", () => {
  const [gradient, kernel] = [tf.getGradient("AvgPool"), tf.getKernel("ResizeBilinearGrad", "cpu")];
  repairGradients();
  expect(tf.getGradient("AvgPool")).toBe(gradient);
  expect(tf.getKernel("ResizeBilinearGrad", "cpu")).toBe(kernel);
});
