import { expect, test } from "vitest";
import { ConfigurationError } from "../../../plugin/core/errors.ts";
import { fitDct, fitPca, linearBaselines } from "../../../plugin/paint/metrics/linear-code.ts";
import { meanSquaredError, psnr } from "../../../plugin/paint/metrics/signal-to-noise.ts";
import { mixed, noise, picturedBy, smoothNoise } from "./test-pictures.ts";

const training = Array.from({ length: 6 }, (_, seed) => smoothNoise(32, seed, 2));
const heldOut = [smoothNoise(32, 100, 2), smoothNoise(32, 101, 2)];

test("as many floats as a block has numbers lose nothing", () => {
  expect(psnr(heldOut[0], fitPca(training, { floats: 48, block: 4 }).reconstruct(heldOut[0]))).toBeGreaterThan(110);
  expect(psnr(heldOut[0], fitDct(training, { floats: 48, block: 4 }).reconstruct(heldOut[0]))).toBeGreaterThan(110);
});

test("one cosine coefficient of a grey block is its mean", () => {
  // one block of 0 and one of 2 in a picture of 2×4
  const steps = picturedBy(2, 4, 1, (_, x) => (x < 2 ? 0 : 2) + 0.1 * (x % 2));
  const { pixels } = fitDct([steps], { floats: 1, block: 2 }).reconstruct(steps);
  const expected = [0.05, 0.05, 2.05, 2.05];
  Array.from(pixels).forEach((value, i) => expect(value).toBeCloseTo(expected[i % 4], 6));
});

test("for colours the first coefficient is grey: a tint needs others", () => {
  const tinted = picturedBy(8, 8, 3, (_y, _x, c) => [0.9, 0.6, 0.3][c]);
  const grey = fitDct([tinted], { floats: 1, block: 8 }).reconstruct(tinted);
  for (const value of grey.pixels) expect(value).toBeCloseTo(0.6, 6);
  // 0.9 0.6 0.3 is grey plus the difference of red and blue
  expect(psnr(tinted, fitDct([tinted], { floats: 2, block: 8 }).reconstruct(tinted))).toBeGreaterThan(110);
});

test("on its training pictures, block PCA is never worse than the cosine transform", () => {
  for (const floats of [1, 4, 12, 30]) {
    const pca = fitPca(training, { floats, block: 4 });
    const dct = fitDct(training, { floats, block: 4 });
    const loss = (code: typeof pca) =>
      training.reduce((sum, source) => sum + meanSquaredError(source, code.reconstruct(source)), 0);
    expect(loss(pca)).toBeLessThanOrEqual(loss(dct) * 1.0001);
  }
});

test("PCA of whole pictures rebuilds mixtures of its training pictures", () => {
  const code = fitPca(training, { floats: 5 });
  const mixture = mixed(training[0], training[3], (a, b) => 0.3 * a + 0.7 * b);
  expect(psnr(mixture, code.reconstruct(mixture))).toBeGreaterThan(90);
  expect(psnr(heldOut[0], code.reconstruct(heldOut[0]))).toBeLessThan(30);
});

test("the baselines rank as expected on smooth pictures: blocks beat whole pictures, more floats beat fewer", () => {
  const few = linearBaselines(training, heldOut, { floats: 6 });
  const more = linearBaselines(training, heldOut, { floats: 24 });
  expect(few.blockPca).toBeGreaterThan(few.pca);
  expect(few.dct).toBeGreaterThan(few.pca);
  expect(more.blockPca).toBeGreaterThan(few.blockPca + 3);
  expect(more.dct).toBeGreaterThan(few.dct + 3);
});

test("a baseline's ratio is that of the error over all held-out pictures", () => {
  const code = fitPca(training, { floats: 6, block: 8 });
  const errors = heldOut.map((source) => meanSquaredError(source, code.reconstruct(source)));
  expect(linearBaselines(training, heldOut, { floats: 6 }).blockPca).toBeCloseTo(
    -10 * Math.log10((errors[0] + errors[1]) / 2),
    6,
  );
});

test.each<[string, () => unknown, string]>([
  [
    "blocks that do not fit",
    () => fitPca([noise(20, 1)], { floats: 4, block: 8 }),
    "fitPca: pictures must be cut into whole blocks of 8×8×3, got 20×20×3. Choose a block that divides both sides.",
  ],
  [
    "a picture that the code's blocks do not fit",
    () => fitDct([noise(16, 1)], { floats: 4, block: 8 }).reconstruct(noise(12, 1)),
    "fitDct: pictures must be cut into whole blocks of 8×8×3, got 12×12×3. Choose a block that divides both sides.",
  ],
  [
    "more coefficients than there are",
    () => fitDct([noise(16, 1)], { floats: 13, block: 2 }),
    "fitDct: a block of 2×2×3 has 1 to 12 coefficients, got 13. Ask for fewer.",
  ],
  [
    "held-out pictures of another size",
    () => linearBaselines(training, [noise(16, 1)], { floats: 4 }),
    "linearBaselines: all pictures must be of one size, got 32×32×3 and 16×16×3. Crop them to the same height, width and channels.",
  ],
])("%s: refused", (_, measure, message) => {
  expect(measure).toThrow(new ConfigurationError(message));
});
