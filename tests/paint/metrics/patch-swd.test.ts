import { expect, test } from "vitest";
import { ConfigurationError } from "../../../plugin/core/errors.ts";
import { expanded, reduced } from "../../../plugin/paint/metrics/laplacian-pyramid.ts";
import { patchSwd, patchSwdOverFloor } from "../../../plugin/paint/metrics/patch-swd.ts";
import { rolled, type Picture } from "../../../plugin/paint/picture.ts";
import { mixed, noise, picturedBy, smoothNoise } from "./test-pictures.ts";

/** Takes half of the contrast of the finest details away. */
function blurred(source: Picture): Picture {
  const soft = expanded(reduced(source, "wrap"), source.height, source.width, "wrap");
  return mixed(source, soft, (a, b) => (a + b) / 2);
}

test("equal sets have distance 0 at every scale", () => {
  const real = [noise(64, 1), noise(64, 2)];
  expect(patchSwd(real, real)).toEqual({ distance: 0, levels: [0, 0, 0] });
});

test("a change of brightness shows at the coarsest scale only, by its size in deviations", () => {
  // one pixel of a level is one patch of size 1; a shift by t deviations in one channel is t apart, as the only direction is ±1
  const real = smoothNoise(64, 1, 3, 1);
  const brighter = mixed(real, real, (a) => a + 0.1);
  const options = { size: 1, patches: 4096, edges: "wrap" } as const;
  const { levels } = patchSwd([real], [brighter], options);
  const coarse = reduced(reduced(real, "wrap"), "wrap").pixels;
  const mean = coarse.reduce((sum, value) => sum + value) / coarse.length;
  const deviation = Math.sqrt(coarse.reduce((sum, value) => sum + (value - mean) ** 2, 0) / coarse.length);
  expect(levels[0]).toBeLessThan(1e-4);
  expect(levels[1]).toBeLessThan(1e-4);
  expect(levels[2]).toBeCloseTo(0.1 / deviation, 4);
});

test("blur shows at the finest scale, although it keeps the shape of the distribution", () => {
  // with each set normalised by its own deviation, half the contrast would be no difference at all
  const real = [1, 2, 3, 4].map((seed) => noise(64, seed));
  const other = [5, 6, 7, 8].map((seed) => noise(64, seed));
  const floor = patchSwd(real, other).levels[0];
  const level = patchSwd(real, other.map(blurred)).levels[0];
  expect(level).toBeGreaterThan(5 * floor);
});

test("half the contrast of the finest level is half of E|z| apart", () => {
  // projections of the real level are near normal with deviation 1, of the other 0.5: W₁ = 0.5 · √(2/π) = 0.40
  const real = Array.from({ length: 8 }, (_, seed) => noise(64, seed, 1));
  const half = Array.from({ length: 8 }, (_, seed) =>
    mixed(noise(64, 100 + seed, 1), noise(64, 100 + seed, 1), (a) => a / 2),
  );
  expect(patchSwd(real, half, { patches: 4096, directions: 64 }).levels[0]).toBeCloseTo(
    0.5 * Math.sqrt(2 / Math.PI),
    1,
  );
});

test("other samples of a texture are at the floor, another texture is not", () => {
  const draw = (first: number, octaves: number) => [0, 1, 2, 3].map((i) => smoothNoise(64, first + i, octaves));
  const same = patchSwdOverFloor(draw(1, 3), draw(11, 3), draw(21, 3), { directions: 128 });
  const other = patchSwdOverFloor(draw(1, 3), draw(11, 3), draw(21, 2), { directions: 128 });
  expect(same.ratio).toBeGreaterThan(0.6);
  expect(same.ratio).toBeLessThan(1.6);
  expect(other.ratio).toBeGreaterThan(3);
  expect(other.ratio).toBe(other.generated / other.floor);
});

test("a rolled tile has the same patches, if edges wrap and all are taken", () => {
  const tile = noise(32, 1);
  const { distance } = patchSwd([tile], [rolled(tile, 6, 10)], { edges: "wrap", patches: 1024 });
  expect(distance).toBeLessThan(1e-6);
});

test("noise in a channel that is constant in the real set does not drown the others", () => {
  // 0.001 of noise against a constant counts as 0.001 / (1/255) deviations, not as infinitely many
  const real = picturedBy(32, 32, 1, () => 0.5);
  const other = mixed(noise(32, 1, 1), real, (a, b) => b + 0.001 * (a - 0.5));
  expect(patchSwd([real], [other]).distance).toBeLessThan(0.3);
});

test("the same seed gives the same number, another one nearly the same", () => {
  const a = [smoothNoise(64, 1, 2)];
  const b = [smoothNoise(64, 2, 3)];
  const first = patchSwd(a, b, { seed: 3 }).distance;
  expect(patchSwd(a, b, { seed: 3 }).distance).toBe(first);
  const second = patchSwd(a, b, { seed: 4 }).distance;
  expect(second).not.toBe(first);
  expect(second / first).toBeCloseTo(1, 0);
});

test.each<[string, () => unknown, string]>([
  [
    "sets of different numbers",
    () => patchSwd([noise(16, 1)], [noise(16, 2), noise(16, 3)]),
    "patchSwd: both sets must hold the same number of pictures, got 1 real and 2 generated. Leave some out.",
  ],
  [
    "sets of different sizes",
    () => patchSwd([noise(16, 1)], [noise(32, 2)]),
    "patchSwd: all pictures must be of one size, got 16×16×3 and 32×32×3. Crop them to the same height, width and channels.",
  ],
  [
    "different sizes within a set",
    () => patchSwd([noise(16, 1), noise(16, 1, 1)], [noise(16, 2), noise(16, 3)]),
    "patchSwd, real: all pictures must be of one size, got 16×16×3 and 16×16×1. Crop them to the same height, width and channels.",
  ],
  ["an empty set", () => patchSwd([], []), "patchSwd, real: at least 1 picture is needed, got 0. Give more."],
  [
    "pictures smaller than a patch",
    () => patchSwd([noise(6, 1)], [noise(6, 2)]),
    "patchSwd: both sides must have at least 7 pixels, got 6×6. Give larger pictures.",
  ],
  [
    "half a direction",
    () => patchSwd([noise(16, 1)], [noise(16, 2)], { directions: 0.5 }),
    "patchSwd: directions must be a positive whole number, got 0.5. Leave it out for the usual one.",
  ],
])("%s are refused", (_, measure, message) => {
  expect(measure).toThrow(new ConfigurationError(message));
});
