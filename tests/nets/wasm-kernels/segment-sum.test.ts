import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { differenceFromCpu, loadBothBackends } from "./both-backends.ts";

beforeAll(loadBothBackends);

test("sums by segment agree with tfjs-cpu", async () => {
  const ids = fc.array(fc.nat(6), { minLength: 1, maxLength: 30 });
  const row = fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 2 });
  const property = fc.asyncProperty(fc.nat(), ids, row, async (seed, segments, sizes) => {
    const difference = await differenceFromCpu(seed, (draw) => [
      tf.unsortedSegmentSum(draw([segments.length, ...sizes]), tf.tensor1d(segments, "int32"), 6),
    ]);
    expect(difference).toBeLessThan(1e-6);
  });
  await fc.assert(property, { numRuns: 100, seed: 1 });
});

test("ids outside the segments are left out", async () => {
  await tf.setBackend("wasm");
  const sums = tf.unsortedSegmentSum(tf.tensor1d([1, 2, 4, 8]), tf.tensor1d([0, -1, 2, 0], "int32"), 2);
  expect([...sums.dataSync()]).toEqual([9, 0]); // 1 + 8; the ids -1 and 2 are none of 0 and 1
});

test("the gradient of gather adds up what was taken more than once", async () => {
  await tf.setBackend("wasm");
  const taken = (x: tf.Tensor): tf.Scalar => tf.sum(tf.mul(tf.gather(x, [2, 0, 2]), [[1], [10], [100]]));
  expect([
    ...tf
      .grad(taken)(tf.zeros([3, 1]))
      .dataSync(),
  ]).toEqual([10, 0, 101]);
});

test("whole numbers are refused", async () => {
  await tf.setBackend("wasm");
  const x = tf.tensor1d([1, 2], "int32");
  expect(() => tf.unsortedSegmentSum(x, tf.tensor1d([0, 1], "int32"), 2)).toThrow(
    "tfjs-wasm UnsortedSegmentSum: needed float32 rows and ids of shape [rows], came int32 and ids [2]. Cast the values, and flatten the ids.",
  );
});
