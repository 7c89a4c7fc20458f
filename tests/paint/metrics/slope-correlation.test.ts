import { expect, test } from "vitest";
import { ConfigurationError } from "../../../plugin/core/errors.ts";
import { Random } from "../../../plugin/core/random.ts";
import { slopeCorrelation } from "../../../plugin/paint/metrics/slope-correlation.ts";
import { picture, rolled, type Picture } from "../../../plugin/paint/picture.ts";

function noise(seed: number): Picture {
  const random = new Random(seed);
  return picture(
    16,
    12,
    1,
    Float32Array.from({ length: 192 }, () => random.uniform()),
  );
}

function changed(source: Picture, change: (value: number) => number): Picture {
  return picture(source.height, source.width, 1, source.pixels.map(change));
}

test("a shape has the correlation 1 with itself, whatever its zero and scale", () => {
  expect(
    slopeCorrelation(
      noise(1),
      changed(noise(1), (height) => 3 * height - 2),
    ),
  ).toBeCloseTo(1, 5);
});

test("a shape turned inside out has -1", () => {
  expect(
    slopeCorrelation(
      noise(1),
      changed(noise(1), (height) => -height),
    ),
  ).toBeCloseTo(-1, 5);
});

test("unrelated shapes have about 0", () => {
  expect(Math.abs(slopeCorrelation(noise(1), noise(2)))).toBeLessThan(0.2);
});

test("a flat shape has 0 with any other", () => {
  expect(
    slopeCorrelation(
      noise(1),
      changed(noise(1), () => 0.5),
    ),
  ).toBe(0);
});

test("slopes across the borders count", () => {
  // Rolling both moves the border elsewhere, and changes nothing.
  const moved = slopeCorrelation(rolled(noise(1), 5, 7), rolled(noise(3), 5, 7));
  expect(moved).toBeCloseTo(slopeCorrelation(noise(1), noise(3)), 6);
});

test("half of the slopes by hand", () => {
  // Heights 0 1 and 0 0 of one row: slopes across 1, -1 and 0, 0; down, of one row, 0.
  // With 0 1 over a slope-doubling 0 2: all products are 2, squares 1 and 4: 4 / √(2 · 8) = 1.
  expect(slopeCorrelation(picture(1, 2, 1, Float32Array.of(0, 1)), picture(1, 2, 1, Float32Array.of(0, 2)))).toBe(1);
});

test("pictures of different sizes are refused", () => {
  expect(() => slopeCorrelation(noise(1), picture(4, 4, 1))).toThrow(
    new ConfigurationError(
      "slopeCorrelation: all pictures must be of one size, got 16×12×1 and 4×4×1. Crop them to the same height, width and channels.",
    ),
  );
});
