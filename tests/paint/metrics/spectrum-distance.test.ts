import fc from "fast-check";
import { expect, test } from "vitest";
import { ConfigurationError } from "../../../plugin/core/errors.ts";
import { powerSpectrum } from "../../../plugin/paint/metrics/power-spectrum.ts";
import { spectrumDistance } from "../../../plugin/paint/metrics/spectrum-distance.ts";
import { cropped, rolled } from "../../../plugin/paint/picture.ts";
import { mixed, noise, picturedBy, smoothNoise } from "./test-pictures.ts";

test("rolled tiles have distance 0", () => {
  const tile = smoothNoise(64, 1, 2);
  fc.assert(
    fc.property(fc.nat(63), fc.nat(63), (down, right) => {
      expect(spectrumDistance([tile], [rolled(tile, down, right)], { edges: "wrap" }).distance).toBeLessThan(1e-4);
    }),
    { seed: 1, numRuns: 20 },
  );
});

test("white noise of variance v has power v at every frequency on average, with either kind of edge", () => {
  // uniform in [0, 1): 1/12; 40 pictures of 32² leave an error of about 1 / √40960 = 0.5 %
  const pictures = Array.from({ length: 40 }, (_, seed) => noise(32, seed, 1));
  for (const edges of ["wrap", "cut"] as const) {
    const power = powerSpectrum(pictures, 0, edges);
    const mean = power.reduce((sum, value) => sum + value) / power.length;
    expect(mean * 12).toBeGreaterThan(0.97);
    expect(mean * 12).toBeLessThan(1.03);
  }
});

test("half the contrast is ln 4 everywhere", () => {
  // a quarter of the power; the power of rounding, 1e-6, hardly counts beside 1/12
  const tile = noise(64, 1);
  const half = mixed(tile, tile, (a) => a / 2);
  const { distance, radial } = spectrumDistance([tile], [half], { edges: "wrap" });
  expect(distance).toBeCloseTo(Math.log(4), 3);
  expect(radial).toBeCloseTo(Math.log(4), 3);
});

test("a quarter turn of stripes shows by direction only", () => {
  const stripes = mixed(noise(64, 1, 1), noise(64, 1, 1), (a) => a * 0.01);
  const along = mixed(
    stripes,
    picturedBy(64, 64, 1, (_, x) => Math.sin((2 * Math.PI * 8 * x) / 64)),
    (a, b) => a + b,
  );
  const across = mixed(
    stripes,
    picturedBy(64, 64, 1, (y) => Math.sin((2 * Math.PI * 8 * y) / 64)),
    (a, b) => a + b,
  );
  const { distance, radial } = spectrumDistance([along], [across], { edges: "wrap" });
  expect(radial).toBeLessThan(0.01);
  expect(distance).toBeGreaterThan(0.2);
});

test("a period that patches cannot see shows at its frequency", () => {
  const tile = noise(64, 1, 1);
  const waved = mixed(
    tile,
    picturedBy(64, 64, 1, (y, x) => 0.2 * Math.sin((2 * Math.PI * 4 * (x + y)) / 64)),
    (a, b) => a + b,
  );
  const { rings } = spectrumDistance([tile], [waved], { edges: "wrap" });
  // √(4² + 4²) / 64 = 0.088 cycles a pixel
  const strongest = rings.reduce((best, ring) => (ring.radial > best.radial ? ring : best));
  expect(strongest.frequency).toBeGreaterThan(0.0883);
  expect(strongest.frequency).toBeLessThan(0.0884 * Math.SQRT2);
});

test("samples of one texture are nearer than a blurred one, in every ring that the blur takes", () => {
  const real = [1, 2, 3, 4].map((seed) => smoothNoise(64, seed, 2));
  const other = [5, 6, 7, 8].map((seed) => smoothNoise(64, seed, 2));
  const blurred = [5, 6, 7, 8].map((seed) => smoothNoise(64, seed, 3));
  const near = spectrumDistance(real, other);
  const far = spectrumDistance(real, blurred);
  expect(far.distance).toBeGreaterThan(3 * near.distance);
});

test("a narrow picture works too", () => {
  const narrow = (seed: number) => cropped(noise(200, seed, 2), 0, 0, 16, 200);
  const { distance } = spectrumDistance([narrow(1)], [narrow(2)]);
  expect(distance).toBeGreaterThan(0);
  expect(distance).toBeLessThan(1.5);
});

test("sets of different sizes are refused", () => {
  expect(() => spectrumDistance([noise(16, 1)], [noise(32, 1)])).toThrow(
    new ConfigurationError(
      "spectrumDistance: all pictures must be of one size, got 16×16×3 and 32×32×3. Crop them to the same height, width and channels.",
    ),
  );
});

test("an empty set is refused", () => {
  expect(() => spectrumDistance([noise(16, 1)], [])).toThrow(
    new ConfigurationError("spectrumDistance, generated: at least 1 picture is needed, got 0. Give more."),
  );
});

test("tiny pictures are refused", () => {
  expect(() => spectrumDistance([noise(15, 1)], [noise(15, 2)])).toThrow(
    new ConfigurationError(
      "spectrumDistance: both sides must have at least 16 pixels, got 15×15. Give larger pictures.",
    ),
  );
});
