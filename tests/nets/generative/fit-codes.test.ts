import { expect, it } from "vitest";
import { fitCodes } from "../../../plugin/nets/generative/fit-codes.ts";

it("the factor times its transpose is the covariance", () => {
  // Points (±1, ±1) · along the diagonal: covariance [[1, 1], [1, 1]], plus variances of 3 on the diagonal: [[4, 1], [1, 4]].
  const { mean, factor } = fitCodes(Float32Array.of(3, 1, 1, -1), new Float32Array(4).fill(3), 2);
  expect([...mean]).toEqual([2, 0]);
  // L = [[2, 0], [½, √(4 − ¼)]].
  expect([...factor]).toEqual([2, 0, 0.5, Math.fround(Math.sqrt(3.75))]);
});

it("a number that never varies gives a factor that is finite", () => {
  const { factor } = fitCodes(Float32Array.of(1, 1), new Float32Array(2), 1);
  expect(factor[0]).toBeGreaterThan(0);
  expect(factor[0]).toBeLessThan(0.01);
});
