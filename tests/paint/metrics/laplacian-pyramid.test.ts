import fc from "fast-check";
import { expect, test } from "vitest";
import { expanded, laplacianPyramid, reduced } from "../../../plugin/paint/metrics/laplacian-pyramid.ts";
import { rolled } from "../../../plugin/paint/picture.ts";
import { mixed, noise, picturedBy } from "./test-pictures.ts";

test("a single bright pixel is reduced by the binomial weights", () => {
  // at an even place: 6/16 · 6/16 in its own, 1/16 · 6/16 beside, 1/16² at the corners
  const dot = picturedBy(8, 8, 1, (y, x) => Number(y === 4 && x === 4));
  const { pixels } = reduced(dot, "wrap");
  expect([pixels[2 * 4 + 2], pixels[2 * 4 + 1], pixels[1 * 4 + 1]]).toEqual([36 / 256, 6 / 256, 1 / 256]);
});

test("a flat picture stays flat, whatever its edges and size", () => {
  for (const edges of ["wrap", "cut"] as const) {
    const flat = picturedBy(9, 14, 3, () => 0.5);
    const small = reduced(flat, edges);
    expect([small.height, small.width]).toEqual([5, 7]);
    expect(Array.from(small.pixels).every((value) => value === 0.5)).toBe(true);
    expect(Array.from(expanded(small, 9, 14, edges).pixels).every((value) => value === 0.5)).toBe(true);
  }
});

test("expanding and adding up the levels gives the picture back", () => {
  fc.assert(
    fc.property(fc.integer({ min: 32, max: 90 }), fc.constantFrom("wrap" as const, "cut" as const), (side, edges) => {
      const source = noise(side, side);
      const levels = laplacianPyramid(source, edges, 8);
      expect(levels.length).toBeGreaterThan(2);
      const sum = levels.reduceRight((coarse, level) =>
        mixed(expanded(coarse, level.height, level.width, edges), level, (a, b) => a + b),
      );
      sum.pixels.forEach((value, i) => expect(Math.abs(value - source.pixels[i])).toBeLessThan(1e-6));
    }),
    { seed: 1, numRuns: 8 },
  );
});

test("levels stop before they are smaller than asked", () => {
  expect(laplacianPyramid(noise(100, 1), "cut").map(({ height }) => height)).toEqual([100, 50, 25]);
});

test("with edges that wrap, all levels of a rolled tile are rolled", () => {
  const tile = noise(64, 1);
  const levels = laplacianPyramid(tile, "wrap");
  laplacianPyramid(rolled(tile, 8, 20), "wrap").forEach((level, i) => {
    const expected = rolled(levels[i], 8 >> i, 20 >> i);
    level.pixels.forEach((value, k) => expect(Math.abs(value - expected.pixels[k])).toBeLessThan(1e-6));
  });
});
