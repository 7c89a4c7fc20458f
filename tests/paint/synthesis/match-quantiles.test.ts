import { expect, test } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { matchingSpace, matchQuantiles } from "../../../plugin/paint/synthesis/match-quantiles.ts";

test("numbers that move as told are distributed as wanted", () => {
  // from uniform in [0, 1) to uniform in [10, 30): number u goes to 10 + 20u
  const random = new Random(1);
  const numbers = Float32Array.from({ length: 5000 }, (_, i) => (i + random.uniform()) / 5000);
  const quantiles = Float32Array.from({ length: 256 }, (_, q) => 10 + (20 * (q + 0.5)) / 256);
  const moves = numbers.slice();
  matchQuantiles(moves, quantiles, matchingSpace());
  for (let i = 0; i < 5000; i += 7) expect(numbers[i] + moves[i]).toBeCloseTo(10 + 20 * numbers[i], 0);
});

test("it is near to sorting, which is exact", () => {
  const random = new Random(2);
  const numbers = Float32Array.from({ length: 2000 }, () => random.normal());
  const wanted = Float32Array.from({ length: 2000 }, () => Math.abs(random.normal()) * 3).sort();
  const quantiles = Float32Array.from({ length: 256 }, (_, q) => wanted[Math.floor(((q + 0.5) / 256) * 2000)]);
  const moves = numbers.slice();
  matchQuantiles(moves, quantiles, matchingSpace());
  const order = Array.from(numbers.keys()).sort((a, b) => numbers[a] - numbers[b]);
  let error = 0;
  order.forEach((i, rank) => (error += Math.abs(numbers[i] + moves[i] - wanted[rank]) / 2000));
  expect(error).toBeLessThan(0.02);
});

test("equal numbers move equally, to the middle", () => {
  const numbers = Float32Array.of(5, 5, 5);
  matchQuantiles(numbers, Float32Array.of(0, 1, 2, 3), matchingSpace());
  // rank 1.5 of 4 lies at 2 · … half of 3 counts: 1.5 · 4 / 3 − 0.5 = 1.5
  expect(Array.from(numbers)).toEqual([-3.5, -3.5, -3.5]);
});
