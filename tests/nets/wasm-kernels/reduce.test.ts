import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { differenceFromCpu, loadBothBackends } from "./both-backends.ts";

beforeAll(loadBothBackends);

test("sums and means over any axes agree with tfjs-cpu", async () => {
  const shape = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });
  const property = fc.asyncProperty(fc.nat(), shape, fc.nat(15), fc.boolean(), async (seed, sizes, mask, keep) => {
    const axes = sizes.map((_, i) => i).filter((i) => (mask >> i) & 1);
    const difference = await differenceFromCpu(seed, (draw) => {
      const x = draw(sizes);
      return [tf.sum(x, axes, keep), tf.mean(x, axes, keep)];
    });
    expect(difference).toBeLessThan(3e-6);
  });
  await fc.assert(property, { numRuns: 200, seed: 1 });
});

test("the gradient of a bias sums many rows exactly enough", async () => {
  // 30,000 numbers in [-1, 1): their sum is about 100, one float32 rounding of it 4e-6 of 1.
  const difference = await differenceFromCpu(2, (draw) => [tf.sum(draw([10, 50, 60, 3]), [0, 1, 2])]);
  expect(difference).toBeLessThan(1e-5);
});

test("whole numbers are left to tfjs-wasm", async () => {
  await tf.setBackend("wasm");
  const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2], "int32");
  expect([...tf.sum(x, 0).dataSync()]).toEqual([9, 12]); // 1 + 3 + 5, 2 + 4 + 6
});
