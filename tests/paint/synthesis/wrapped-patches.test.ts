import fc from "fast-check";
import { expect, test } from "vitest";
import { picture } from "../../../plugin/paint/picture.ts";
import { gatherPatches, scatterPatches } from "../../../plugin/paint/synthesis/wrapped-patches.ts";
import { noise, picturedBy } from "../metrics/test-pictures.ts";

test("a patch at the last corner goes on at the first", () => {
  const source = picturedBy(4, 4, 1, (y, x) => 10 * y + x);
  const patch = new Float32Array(4);
  const grid = { size: 2, stride: 1, rows: 4, columns: 4 };
  gatherPatches(source, grid, { down: 0, right: 0 }, { first: 15, count: 1, into: patch });
  expect(Array.from(patch)).toEqual([33, 30, 3, 0]);
});

test("patches that are taken out and laid back give the picture, as often as they cover it", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 8, max: 15 }),
      fc.integer({ min: 8, max: 15 }),
      fc.integer({ min: 1, max: 3 }),
      fc.nat(2),
      (height, width, stride, shift) => {
        const source = picture(height, width, 2, noise(15, 1, 2).pixels.slice(0, height * width * 2));
        const grid = { size: 5, stride, rows: Math.ceil(height / stride), columns: Math.ceil(width / stride) };
        const at = { down: shift % stride, right: (shift + 1) % stride };
        const count = grid.rows * grid.columns;
        const patches = new Float32Array(count * 50);
        const onto = picture(height, width, 2);
        const cover = new Float32Array(height * width);
        gatherPatches(source, grid, at, { first: 0, count, into: patches });
        scatterPatches(onto, cover, grid, at, { first: 0, count, from: patches });
        expect(Math.min(...cover)).toBeGreaterThanOrEqual(1);
        onto.pixels.forEach((sum, i) => expect(sum / cover[i >> 1]).toBeCloseTo(source.pixels[i], 5));
      },
    ),
    { seed: 1, numRuns: 40 },
  );
});
