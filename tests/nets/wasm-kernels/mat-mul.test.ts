import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { differenceFromCpu, loadBothBackends } from "./both-backends.ts";

const ROUNDING = 3e-6;

beforeAll(loadBothBackends);

test("products of matrices, transposed or not, agree with tfjs-cpu", async () => {
  const edge = fc.integer({ min: 1, max: 40 });
  const batch = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 });
  const flags = fc.tuple(fc.boolean(), fc.boolean());
  const property = fc.asyncProperty(fc.nat(), batch, edge, edge, edge, flags, async (seed, outer, m, k, n, flag) => {
    const difference = await differenceFromCpu(seed, (draw) => {
      const a = draw([...outer, ...(flag[0] ? [k, m] : [m, k])]);
      const b = draw([...outer, ...(flag[1] ? [n, k] : [k, n])]);
      return [tf.matMul(a, b, flag[0], flag[1])];
    });
    expect(difference).toBeLessThan(ROUNDING);
  });
  await fc.assert(property, { numRuns: 150, seed: 1 });
});

test("long products with one transposed matrix are summed in parts that fit together", async () => {
  const difference = await differenceFromCpu(2, (draw) => {
    const [a, b] = [draw([1000, 13]), draw([1000, 17])];
    return [tf.matMul(a, b, true, false), tf.matMul(draw([700, 31]), draw([9, 31]), false, true)];
  });
  expect(difference).toBeLessThan(ROUNDING);
});

test("a matrix that several others are multiplied with is left to tfjs-wasm", async () => {
  const difference = await differenceFromCpu(3, (draw) => [tf.matMul(draw([3, 4, 5]), draw([1, 6, 5]), false, true)]);
  expect(difference).toBeLessThan(ROUNDING);
});
