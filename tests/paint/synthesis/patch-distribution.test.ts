import { expect, test } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { describePatches } from "../../../plugin/paint/synthesis/patch-distribution.ts";
import { noise, picturedBy, smoothNoise } from "../metrics/test-pictures.ts";

/** Direction `k` of a group, out of its fours. */
function direction(fours: readonly Float32Array[], k: number): number[] {
  const four = fours[Math.floor(k / 4)];
  return Array.from({ length: four.length / 4 }, (_, i) => four[i * 4 + (k % 4)]);
}

test("the directions of a group have length 1 and are orthogonal", () => {
  const { groups, dimensions } = describePatches(smoothNoise(32, 1, 2), 5, 4096, new Random(1));
  expect(dimensions).toBe(75);
  for (const { fours } of groups) {
    for (const [a, b] of [
      [0, 0],
      [63, 63],
      [0, 1],
      [5, 62],
    ]) {
      const other = direction(fours, b);
      const product = direction(fours, a).reduce((sum, value, i) => sum + value * other[i], 0);
      expect(product).toBeCloseTo(a === b ? 1 : 0, 4);
    }
  }
});

test("the quantiles of a direction are those of the sorted patches", () => {
  const source = noise(24, 1, 1);
  const { groups } = describePatches(source, 5, 4096, new Random(1));
  const along = direction(groups[3].fours, 17);
  const products: number[] = [];
  for (let y = 0; y < 20; y++) {
    for (let x = 0; x < 20; x++) {
      products.push(
        along.reduce((sum, value, i) => sum + value * source.pixels[(y + Math.floor(i / 5)) * 24 + x + (i % 5)], 0),
      );
    }
  }
  products.sort((a, b) => a - b);
  // quantile q of 256 lies at rank (q + 0.5) / 256 · 400 − 0.5
  const { 0: first, 128: middle } = groups[3].quantiles[17];
  expect(first).toBeCloseTo(products[0] + 0.28125 * (products[1] - products[0]), 4);
  expect(middle).toBeCloseTo(products[200] + 0.28125 * (products[201] - products[200]), 4);
});

test("a flat picture has no direction that is not a number", () => {
  const { groups } = describePatches(
    picturedBy(16, 16, 1, () => 0.5),
    7,
    4096,
    new Random(1),
  );
  for (const { fours, quantiles } of groups) {
    expect(fours.every((four) => four.every(Number.isFinite))).toBe(true);
    for (const line of quantiles) expect(line[0]).toBeCloseTo(line[255], 5);
  }
});
