import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { differenceFromCpu, loadBothBackends } from "./both-backends.ts";
import { convolutionCases, outputOf } from "./convolution-cases.ts";

beforeAll(loadBothBackends);

test("pooling by the largest number agrees with tfjs-cpu, and so does its gradient", async () => {
  // Explicit padding is refused by maxPool's gradient in TensorFlow.js itself.
  const cases = convolutionCases(1, 9).filter(({ pad }) => typeof pad === "string");
  const property = fc.asyncProperty(cases, async ({ seed, input, filter, strides, pad, ...one }) => {
    const size: [number, number] = [filter[0], filter[1]];
    const shape = outputOf({ ...one, seed, input, filter, strides, pad, dilations: [1, 1] }, true);
    const difference = await differenceFromCpu(seed, (draw) => {
      const pool = (x: tf.Tensor): tf.Tensor => tf.maxPool(x as tf.Tensor4D, size, strides, pad);
      const x = draw(input);
      return [pool(x), tf.grad(pool)(x, draw(shape))];
    });
    expect(difference).toBeLessThan(1e-6);
  });
  await fc.assert(property, { numRuns: 100, seed: 1 });
});

test("of equal numbers the first gets the gradient", async () => {
  await tf.setBackend("wasm");
  const pool = (x: tf.Tensor): tf.Tensor => tf.maxPool(x as tf.Tensor4D, 2, 2, "valid");
  expect([
    ...tf
      .grad(pool)(tf.ones([1, 2, 2, 1]))
      .dataSync(),
  ]).toEqual([1, 0, 0, 0]);
});
