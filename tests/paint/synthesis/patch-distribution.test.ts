import { expect, test } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import type { Picture } from "../../../plugin/paint/picture.ts";
import {
  describePatches,
  QUANTILES,
  type PatchDistribution,
} from "../../../plugin/paint/synthesis/patch-distribution.ts";
import { noise, picturedBy, smoothNoise } from "../metrics/test-pictures.ts";
import { newArena, sourceOf } from "./flow-target.ts";

async function described(source: Picture, patches: number, mask?: Uint8Array): Promise<PatchDistribution> {
  const factors = new Array<number>(source.channels).fill(1);
  const options = { size: 5, factors, patches, rest: async () => {} };
  return describePatches(await newArena(), [sourceOf(source, mask)], options, new Random(1));
}

test("the directions of a group have length 1 and are orthogonal", async () => {
  const { groups, dimensions } = await described(smoothNoise(32, 1, 2), 1024);
  expect(dimensions).toBe(75);
  for (const { directions } of groups) {
    const direction = (k: number) => directions.subarray(k * 75, (k + 1) * 75);
    for (const [a, b] of [
      [0, 0],
      [63, 63],
      [0, 1],
      [5, 62],
    ]) {
      const product = direction(a).reduce((sum, value, i) => sum + value * direction(b)[i], 0);
      expect(product).toBeCloseTo(a === b ? 1 : 0, 4);
    }
  }
});

test("the quantiles of a direction are those of the sorted patches", async () => {
  const source = noise(24, 1, 1);
  // a patch from each of the 400 places
  const { groups } = await described(source, 400);
  const along = groups[3].directions.subarray(17 * 25, 18 * 25);
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
  const first = groups[3].quantiles[17 * QUANTILES];
  const middle = groups[3].quantiles[17 * QUANTILES + 128];
  expect(first).toBeCloseTo(products[0] + 0.28125 * (products[1] - products[0]), 4);
  expect(middle).toBeCloseTo(products[200] + 0.28125 * (products[201] - products[200]), 4);
});

test("a flat picture has no direction that is not a number", async () => {
  const { groups } = await described(
    picturedBy(16, 16, 1, () => 0.5),
    256,
  );
  for (const { directions, quantiles } of groups) {
    expect(directions.every(Number.isFinite)).toBe(true);
    expect(quantiles[0]).toBeCloseTo(quantiles[QUANTILES - 1], 5);
  }
});

test("patches that reach into the mask do not count", async () => {
  const half = picturedBy(24, 24, 1, (_y, x) => (x < 12 ? 0.25 : 0.75));
  const mask = Uint8Array.from(half.pixels, (value) => (value < 0.5 ? 1 : 0));
  const { groups } = await described(half, 256, mask);
  for (const { quantiles } of groups) expect(quantiles[0]).toBeCloseTo(quantiles[QUANTILES - 1], 5);
});
