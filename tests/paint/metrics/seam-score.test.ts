import fc from "fast-check";
import { expect, test } from "vitest";
import { ConfigurationError } from "../../../plugin/core/errors.ts";
import { seamScore, seamSummary } from "../../../plugin/paint/metrics/seam-score.ts";
import { cropped, rolled } from "../../../plugin/paint/picture.ts";
import { noise, picturedBy, smoothNoise } from "./test-pictures.ts";

test("a ramp across the picture has a seam as many times as large as its steps, and none the other way", () => {
  // columns 0, 1 … 9: every step is 1, the seam 9; rows are all equal
  const ramp = picturedBy(8, 10, 1, (_, x) => x);
  expect(seamScore(ramp)).toEqual({ sideBySide: 9, oneAboveOther: 0 });
  const turned = picturedBy(10, 8, 1, (y) => y);
  expect(seamScore(turned)).toEqual({ sideBySide: 0, oneAboveOther: 9 });
});

test("the seam is compared with the largest of both neighbours and the median", () => {
  // values 0 4 5 6 7 9: steps 4 1 1 1 2, seam 9; max(g−1 = 2, g+1 = 4, median = 1) = 4
  const row = [0, 4, 5, 6, 7, 9];
  expect(seamScore(picturedBy(4, 6, 1, (_, x) => row[x])).sideBySide).toBe(9 / 4);
});

test("a crop of a smooth texture shows its seams, the whole tile does not", () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const tile = smoothNoise(128, seed, 4);
    const whole = seamScore(tile);
    const crop = seamScore(cropped(tile, 0, 0, 80, 80));
    expect(Math.max(whole.sideBySide, whole.oneAboveOther)).toBeLessThan(1.5);
    expect(Math.min(crop.sideBySide, crop.oneAboveOther)).toBeGreaterThan(3);
  }
});

test("a tile's score hardly depends on where it is cut", () => {
  const tile = smoothNoise(64, 7, 3);
  fc.assert(
    fc.property(fc.nat(63), fc.nat(63), (down, right) => {
      const { sideBySide, oneAboveOther } = seamScore(rolled(tile, down, right));
      expect(Math.max(sideBySide, oneAboveOther)).toBeLessThan(1.6);
    }),
    { seed: 1, numRuns: 30 },
  );
});

test("the summary covers every map on both axes", () => {
  // scores 9, 0 and 0, 9: mean 4.5; sorted 0 0 9 9, the 95th percentile lies between the last two
  const right = picturedBy(10, 10, 1, (_, x) => x);
  const down = picturedBy(10, 10, 3, (y) => y);
  expect(seamSummary({ height: right, albedo: down })).toEqual({
    scores: { height: { sideBySide: 9, oneAboveOther: 0 }, albedo: { sideBySide: 0, oneAboveOther: 9 } },
    mean: 4.5,
    p95: 9,
  });
});

test("a flat picture has no seam", () => {
  expect(seamScore(picturedBy(4, 4, 3, () => 0.3))).toEqual({ sideBySide: 0, oneAboveOther: 0 });
});

test("too small a picture is refused", () => {
  expect(() => seamScore(noise(3, 1))).toThrow(
    new ConfigurationError("seamScore: both sides must have at least 4 pixels, got 3×3. Give larger pictures."),
  );
});

test("a summary of nothing is refused", () => {
  expect(() => seamSummary({})).toThrow(
    new ConfigurationError("seamSummary: at least one map is needed, got none. Give maps by name."),
  );
});
