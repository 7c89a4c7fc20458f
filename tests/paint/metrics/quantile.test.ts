import { expect, test } from "vitest";
import { median, quantile } from "../../../plugin/paint/metrics/quantile.ts";

test("quantiles lie between neighbours as numpy's do", () => {
  // numpy.quantile([3, 1, 2, 10], q) for q = 0, 0.25, 0.95, 1
  expect([0, 0.25, 0.95, 1].map((share) => quantile([3, 1, 2, 10], share))).toEqual([
    1,
    1.75,
    expect.closeTo(8.95, 12),
    10,
  ]);
});

test("the median of an even count is the mean of the middle two", () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
});
