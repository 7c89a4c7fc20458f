import fc from "fast-check";
import { expect, test } from "vitest";
import { ConfigurationError } from "../../../plugin/core/errors.ts";
import { patchCopyRate } from "../../../plugin/paint/metrics/copy-rate.ts";
import { rolled } from "../../../plugin/paint/picture.ts";
import { mixed, noise, picturedBy, smoothNoise } from "./test-pictures.ts";

test("a copy is all copied, however it is rolled and whichever example it is of", () => {
  const examples = [noise(48, 1), noise(40, 2)];
  fc.assert(
    fc.property(fc.nat(47), fc.nat(47), fc.nat(1), (down, right, i) => {
      expect(patchCopyRate(examples, [rolled(examples[i], down, right)], { patches: 8 })).toBe(1);
    }),
    { seed: 1, numRuns: 10 },
  );
});

test("independent noise is not copied, rough or smooth", () => {
  expect(patchCopyRate([noise(64, 1)], [noise(64, 2)])).toBe(0);
  expect(patchCopyRate([smoothNoise(64, 1, 3)], [smoothNoise(64, 2, 3)])).toBeLessThan(0.05);
});

test("a slightly noisy copy is a copy, a noisier one is not", () => {
  // deviation of noise: 0.289; noise of the same kind times 0.2 differs by 0.2 deviations, times 0.4 by 0.4, tolerance 0.25
  const example = noise(48, 1);
  const worn = (strength: number) => mixed(example, noise(48, 2), (a, b) => a + strength * (b - 0.5));
  expect(patchCopyRate([example], [worn(0.2)])).toBe(1);
  expect(patchCopyRate([example], [worn(0.4)])).toBe(0);
  expect(patchCopyRate([example], [worn(0.4)], { tolerance: 0.5 })).toBe(1);
});

test("a picture that is copied in its left half is copied there", () => {
  // of 64 columns, patches of 16 lie wholly left at 17 places: about 17 / 64 = 0.27
  const example = noise(64, 1);
  const fresh = noise(64, 2);
  const half = picturedBy(64, 64, 3, (y, x, c) => (x < 32 ? example : fresh).pixels[(y * 64 + x) * 3 + c]);
  const rate = patchCopyRate([example], [half], { patches: 400 });
  expect(rate).toBeGreaterThan(0.2);
  expect(rate).toBeLessThan(0.34);
});

test("the same seed looks for the same patches", () => {
  const measure = (seed: number) =>
    patchCopyRate([smoothNoise(64, 1, 4)], [smoothNoise(64, 2, 4)], { seed, patches: 100, size: 8, tolerance: 0.6 });
  expect(measure(1)).toBe(measure(1));
  expect(measure(1)).not.toBe(measure(2));
});

test.each<[string, () => unknown, string]>([
  [
    "a map and colours",
    () => patchCopyRate([noise(32, 1, 3)], [noise(32, 1, 1)]),
    "patchCopyRate: all pictures must have the same number of channels, got 3 and 1. Compare colours with colours.",
  ],
  [
    "no examples",
    () => patchCopyRate([], [noise(32, 1)]),
    "patchCopyRate, examples: at least 1 picture is needed, got 0. Give more.",
  ],
  [
    "a picture smaller than a patch",
    () => patchCopyRate([noise(32, 1)], [noise(12, 1)]),
    "patchCopyRate: both sides must have at least 16 pixels, got 12×12. Give larger pictures.",
  ],
  [
    "no patches",
    () => patchCopyRate([noise(32, 1)], [noise(32, 1)], { patches: 0 }),
    "patchCopyRate: patches must be a positive whole number, got 0. Leave it out for the usual one.",
  ],
  [
    "a negative tolerance",
    () => patchCopyRate([noise(32, 1)], [noise(32, 1)], { tolerance: -1 }),
    "patchCopyRate: tolerance must be 0 or more, got -1. Leave it out for a quarter of the deviation.",
  ],
])("%s: refused", (_, measure, message) => {
  expect(measure).toThrow(new ConfigurationError(message));
});
