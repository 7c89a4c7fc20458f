import fc from "fast-check";
import { expect, test } from "vitest";
import { cropped, picture, rolled } from "../../plugin/paint/picture.ts";
import { ConfigurationError } from "../../plugin/core/errors.ts";

const counted = picture(
  2,
  3,
  2,
  Float32Array.from({ length: 12 }, (_, i) => i),
);

test("a roll by one row and one column brings the last row and column to the front", () => {
  // rows [01 23 45] and [67 89 1011] in pairs of channels
  expect(Array.from(rolled(counted, 1, 1).pixels)).toEqual([10, 11, 6, 7, 8, 9, 4, 5, 0, 1, 2, 3]);
});

test("rolls add up, and whole turns do nothing", () => {
  fc.assert(
    fc.property(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 }), (down, right) => {
      const there = rolled(counted, down, right);
      expect(rolled(there, -down, -right).pixels).toEqual(counted.pixels);
      expect(rolled(there, 2, 3).pixels).toEqual(there.pixels);
    }),
  );
});

test("a crop holds the rectangle's pixels and leaves the picture alone", () => {
  const crop = cropped(counted, 1, 1, 1, 2);
  crop.pixels[0] = 99;
  expect(Array.from(crop.pixels)).toEqual([99, 9, 10, 11]);
  expect(counted.pixels[8]).toBe(8);
});

test("a crop that sticks out is refused", () => {
  expect(() => cropped(counted, 1, 0, 2, 3)).toThrow(
    new ConfigurationError(
      "cropped: the rectangle must lie inside the 2×3 picture, got 2×3 at row 1, column 0. Take a smaller one.",
    ),
  );
});

test("a picture of half a pixel is refused", () => {
  expect(() => picture(1, 0.5, 3)).toThrow(
    new ConfigurationError(
      "picture: width must be a positive whole number, got 0.5. Give height, width and channels in this order.",
    ),
  );
});

test("pixels that do not fill the picture are refused", () => {
  expect(() => picture(2, 2, 3, new Float32Array(11))).toThrow(
    new ConfigurationError("picture: 2×2×3 needs 12 values, got 11. Give height, width and channels in this order."),
  );
});
