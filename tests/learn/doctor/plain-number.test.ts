import { expect, it } from "vitest";
import { plainNumber, plainShare } from "../../../plugin/learn/doctor/plain-number.ts";

it.each([
  [0, "0"],
  [12_345_678, "12,345,678"],
  [-1234.5, "-1,230"],
  [0.001_234_5, "0.00123"],
  [0.000_012_34, "1.23e-5"],
  [2.5e12, "2.5e+12"],
  [Number.NaN, "NaN"],
])("%d is told as %s", (value, text) => {
  expect(plainNumber(value)).toBe(text);
});

it.each([
  [0.834, "83%"],
  [0.1, "10%"],
  [0.0123, "1.23%"],
  [1, "100%"],
])("a share of %d is told as %s", (share, text) => {
  expect(plainShare(share)).toBe(text);
});
