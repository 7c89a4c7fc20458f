import { expect, test } from "vitest";
import { ConfigurationError } from "../../../plugin/core/errors.ts";
import { equivarianceError } from "../../../plugin/paint/metrics/equivariance.ts";
import { expanded, reduced } from "../../../plugin/paint/metrics/laplacian-pyramid.ts";
import { cropped, picture } from "../../../plugin/paint/picture.ts";
import { mixed, noise } from "./test-pictures.ts";

test("a blur that wraps moves along with its input", async () => {
  const blur = await equivarianceError(([input]) => expanded(reduced(input, "wrap"), 32, 32, "wrap"), [noise(32, 1)], {
    stride: 2,
  });
  expect(blur).toBeLessThan(1e-6);
});

test("a blur that mirrors at the edges does not", async () => {
  const blur = await equivarianceError(([input]) => expanded(reduced(input, "cut"), 32, 32, "cut"), [noise(32, 1)], {
    stride: 2,
  });
  expect(blur).toBeGreaterThan(0.01);
});

test("rolling by less than the stride shows", async () => {
  const decimate = ([input]: readonly ReturnType<typeof noise>[]) => expanded(reduced(input, "wrap"), 32, 32, "wrap");
  expect(await equivarianceError(decimate, [noise(32, 1)], { stride: 1, rolls: 12 })).toBeGreaterThan(0.01);
});

test("inputs of several resolutions are rolled by the same share", async () => {
  const sum = await equivarianceError(
    ([coarse, fine]) => mixed(expanded(coarse, 32, 32, "wrap"), fine, (a, b) => a + b),
    [noise(16, 1), noise(32, 2)],
  );
  expect(sum).toBeLessThan(1e-6);
});

test("the largest difference of a single value counts", async () => {
  // adds 0.75 to one pixel, wherever the input has been rolled
  const spot = await equivarianceError(
    ([input]) => {
      const pixels = Float32Array.from(input.pixels);
      pixels[5] += 0.75;
      return picture(8, 8, 1, pixels);
    },
    [picture(8, 8, 1)],
  );
  expect(spot).toBe(0.75);
});

test("inputs that fit no roll are refused", async () => {
  await expect(equivarianceError(() => picture(8, 8, 1), [picture(3, 3, 1)])).rejects.toThrow(
    new ConfigurationError(
      "equivarianceError: some multiple of the stride 1 below 8 rows must be a whole number of rows in every input, " +
        "got inputs of 3. Give inputs whose sizes divide the output's.",
    ),
  );
});

test("a generator that changes its size is refused", async () => {
  let calls = 0;
  const shrinking = () => cropped(picture(8, 8, 1), 0, 0, 8 - calls++, 8);
  await expect(equivarianceError(shrinking, [picture(8, 8, 1)])).rejects.toThrow(
    new ConfigurationError(
      "equivarianceError: the generator must keep its output's size, got 8×8×1 and then 7×8×1. Fix the size that it makes.",
    ),
  );
});
