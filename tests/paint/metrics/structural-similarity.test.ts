import { expect, test } from "vitest";
import { ConfigurationError } from "../../../plugin/core/errors.ts";
import { msSsim, ssim } from "../../../plugin/paint/metrics/structural-similarity.ts";
import { mixed, noise, picturedBy } from "./test-pictures.ts";

// The expected numbers come from scikit-image 0.26.0, structural_similarity(a, b, gaussian_weights=True, sigma=1.5,
// use_sample_covariance=False, data_range=1.0, channel_axis=2), on the same formulas, rounded to float32.
const ramp = (k: number) => picturedBy(40, 52, 3, (y, x, c) => ((7 * y + 13 * x + 5 * c + x * y * k) % 32) / 31);
const waves = (side: number, channels: number, k: number) =>
  picturedBy(side, side, channels, (y, x, c) => (((y * y + 3 * x * k + c * 11) % 64) + ((x * x + y * k) % 48)) / 110);

test("SSIM of a picture and its mixture with another equals scikit-image's", () => {
  expect(
    ssim(
      ramp(1),
      mixed(ramp(1), ramp(2), (a, b) => 0.7 * a + 0.3 * b),
    ),
  ).toBeCloseTo(0.8877436554879602, 6);
});

test("SSIM of unrelated pictures equals scikit-image's", () => {
  expect(ssim(ramp(1), ramp(2))).toBeCloseTo(0.05117668524797151, 6);
});

test("SSIM of a picture and itself at half contrast equals scikit-image's", () => {
  expect(
    ssim(
      ramp(1),
      mixed(ramp(1), ramp(1), (a) => 0.5 * a + 0.25),
    ),
  ).toBeCloseTo(0.8003732984490703, 6);
});

// Multi-scale numbers: the same function at each scale, with K1 = 1e6 (so that luminance counts as 1) at all but the coarsest,
// means of 2×2 pixels between scales, and the paper's weights, computed with numpy.
test("MS-SSIM below 176 pixels uses three scales and equals the reference", () => {
  const mixture = mixed(waves(64, 3, 1), waves(64, 3, 5), (a, b) => 0.6 * a + 0.4 * b);
  expect(msSsim(waves(64, 3, 1), mixture)).toBeCloseTo(0.8461451649932318, 6);
});

test("MS-SSIM from 176 pixels uses five scales and equals the reference", () => {
  const mixture = mixed(waves(176, 1, 1), waves(176, 1, 5), (a, b) => 0.6 * a + 0.4 * b);
  expect(msSsim(waves(176, 1, 1), mixture)).toBeCloseTo(0.8808694863865334, 6);
});

test("equal pictures have similarity 1 in both", () => {
  expect(ssim(noise(48, 1), noise(48, 1))).toBeCloseTo(1, 12);
  expect(msSsim(noise(48, 1), noise(48, 1))).toBeCloseTo(1, 12);
});

test("one scale of MS-SSIM is SSIM", () => {
  const mixture = mixed(noise(32, 1, 1), noise(32, 2, 1), (a, b) => 0.8 * a + 0.2 * b);
  expect(msSsim(noise(32, 1, 1), mixture, { scales: 1 })).toBeCloseTo(ssim(noise(32, 1, 1), mixture), 12);
});

test("a hundred times the range with a hundred times the values changes nothing", () => {
  const mixture = mixed(noise(32, 1), noise(32, 2), (a, b) => (a + b) / 2);
  const larger = [noise(32, 1), mixture].map((source) => mixed(source, source, (a) => 100 * a));
  expect(ssim(larger[0], larger[1], { range: 100 })).toBeCloseTo(ssim(noise(32, 1), mixture), 5);
});

test("a picture and its negative have MS-SSIM 0, although its structure is negative", () => {
  expect(
    msSsim(
      noise(44, 1),
      mixed(noise(44, 1), noise(44, 1), (a) => 1 - a),
    ),
  ).toBe(0);
});

test("pictures of different sizes are refused", () => {
  expect(() => ssim(noise(16, 1), noise(17, 1))).toThrow(
    new ConfigurationError(
      "ssim: all pictures must be of one size, got 16×16×3 and 17×17×3. Crop them to the same height, width and channels.",
    ),
  );
});

test("pictures smaller than three scales are refused", () => {
  expect(() => msSsim(noise(43, 1), noise(43, 2))).toThrow(
    new ConfigurationError("msSsim: both sides must have at least 44 pixels, got 43×43. Give larger pictures."),
  );
});

test("six scales are refused", () => {
  expect(() => msSsim(noise(64, 1), noise(64, 2), { scales: 6 })).toThrow(
    new ConfigurationError("msSsim: scales must be 1, 2, 3, 4 or 5, got 6. Leave it out for the usual number."),
  );
});
