import { expect, test } from "vitest";
import { resized } from "../../../plugin/paint/synthesis/resized.ts";
import { rolled } from "../../../plugin/paint/picture.ts";
import { noise, picturedBy } from "../metrics/test-pictures.ts";

test.each(["wrap", "cut"] as const)("a flat picture stays flat at every size, edges %s", (edges) => {
  const flat = picturedBy(11, 13, 2, (_y, _x, c) => [0.25, 0.75][c]);
  for (const [height, width] of [
    [7, 20],
    [20, 7],
    [11, 40],
  ]) {
    resized(flat, height, width, edges).pixels.forEach((value, i) => expect(value).toBeCloseTo([0.25, 0.75][i % 2], 6));
  }
});

test("the same size is a copy", () => {
  const source = noise(9, 1);
  const same = resized(source, 9, 9, "cut");
  expect(same.pixels).toEqual(source.pixels);
  expect(same.pixels).not.toBe(source.pixels);
});

test("halving keeps a slow wave where it was", () => {
  // new pixel i covers old pixels 2i and 2i + 1, so its centre is at 2i + 0.5
  const wave = (x: number) => 0.5 + 0.5 * Math.sin((2 * Math.PI * x) / 64);
  const half = resized(
    picturedBy(4, 64, 1, (_, x) => wave(x)),
    4,
    32,
    "wrap",
  );
  for (let x = 0; x < 32; x++) expect(half.pixels[x]).toBeCloseTo(wave(2 * x + 0.5), 2);
});

test("a wrapped picture rolled by whole new pixels gives the same, rolled", () => {
  const source = noise(24, 1);
  const expected = rolled(resized(source, 16, 16, "wrap"), 2, 4).pixels;
  resized(rolled(source, 3, 6), 16, 16, "wrap").pixels.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 5));
});

test("enlarged noise is equally rough everywhere, so no grid shows", () => {
  // the largest step between columns, over the mean; a sharp kernel gives 1.9 here
  const large = resized(noise(90, 1, 1), 128, 128, "wrap");
  const steps = Array.from({ length: 128 }, (_, x) => {
    let sum = 0;
    for (let y = 0; y < 128; y++) sum += Math.abs(large.pixels[y * 128 + ((x + 1) % 128)] - large.pixels[y * 128 + x]);
    return sum;
  });
  expect(Math.max(...steps) / (steps.reduce((a, b) => a + b) / 128)).toBeLessThan(1.5);
});
