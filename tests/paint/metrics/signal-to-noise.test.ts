import { expect, test } from "vitest";
import { ConfigurationError } from "../../../plugin/core/errors.ts";
import { meanSquaredError, psnr } from "../../../plugin/paint/metrics/signal-to-noise.ts";
import { mixed, noise, picturedBy } from "./test-pictures.ts";

test("a picture that is 0.1 too bright everywhere has 20 dB", () => {
  // 10 · log10(1 / 0.1²) = 20
  const grey = picturedBy(4, 4, 3, () => 0.5);
  expect(
    psnr(
      grey,
      mixed(grey, grey, (a) => a + 0.1),
    ),
  ).toBeCloseTo(20, 4);
});

test("the ratio equals scikit-image's peak_signal_noise_ratio", () => {
  // scikit-image 0.26.0, data_range=1.0, on the same formulas, rounded to float32
  const ramp = (k: number) => picturedBy(40, 52, 3, (y, x, c) => ((7 * y + 13 * x + 5 * c + x * y * k) % 32) / 31);
  expect(
    psnr(
      ramp(1),
      mixed(ramp(1), ramp(2), (a, b) => 0.7 * a + 0.3 * b),
    ),
  ).toBeCloseTo(18.325138563779348, 6);
});

test("equal pictures have an infinite ratio", () => {
  expect(psnr(noise(4, 1), noise(4, 1))).toBe(Infinity);
});

test("the mean squared error is over all channels", () => {
  // one of three channels is off by 3: 9 / 3
  const black = picturedBy(2, 2, 3, () => 0);
  expect(
    meanSquaredError(
      black,
      picturedBy(2, 2, 3, (_y, _x, c) => (c === 1 ? 3 : 0)),
    ),
  ).toBe(3);
});

test("pictures of different channels are refused", () => {
  expect(() => psnr(noise(4, 1, 3), noise(4, 1, 1))).toThrow(
    new ConfigurationError(
      "meanSquaredError: all pictures must be of one size, got 4×4×3 and 4×4×1. Crop them to the same height, width and channels.",
    ),
  );
});
