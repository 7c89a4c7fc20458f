import { expect, test } from "vitest";
import { patchCopyRate } from "../../../plugin/paint/metrics/copy-rate.ts";
import { patchSwdOverFloor } from "../../../plugin/paint/metrics/patch-swd.ts";
import { seamScore } from "../../../plugin/paint/metrics/seam-score.ts";
import { meanSquaredError } from "../../../plugin/paint/metrics/signal-to-noise.ts";
import { cropped, type Picture } from "../../../plugin/paint/picture.ts";
import { synthesise } from "../../../plugin/paint/synthesis/synthesise.ts";
import { picturedBy, smoothNoise } from "../metrics/test-pictures.ts";

/** A texture that does not tile, and another crop of it. */
const texture = smoothNoise(128, 1, 2, 1);
const example = cropped(texture, 3, 5, 48, 48);
const otherCrop = cropped(texture, 60, 70, 48, 48);

function worstSeam(source: Picture): number {
  const { sideBySide, oneAboveOther } = seamScore(source);
  return Math.max(sideBySide, oneAboveOther);
}

test("the result looks like the picture: its patches are as near as another crop's", async () => {
  const ratios: number[] = [];
  for (const seed of [1, 2, 3]) {
    const result = await synthesise(example, { seed, quality: seed === 3 ? "good" : "fast" });
    ratios.push(patchSwdOverFloor([example], [otherCrop], [result], { directions: 64 }).ratio);
  }
  expect(ratios.sort((a, b) => a - b)[1]).toBeLessThan(1.2);
});

test("the result tiles although the picture does not", async () => {
  const { sideBySide, oneAboveOther } = seamScore(example);
  expect(Math.min(sideBySide, oneAboveOther)).toBeGreaterThan(2);
  expect(worstSeam(await synthesise(example, { quality: "fast" }))).toBeLessThan(1.5);
});

test("a kept layout is the picture itself inside, and its seams are mended", async () => {
  const kept = await synthesise(example, { layout: "kept", quality: "fast" });
  // the band along the edges is 12% of 48 pixels wide
  const inside = (source: Picture) => cropped(source, 6, 6, 36, 36);
  expect(meanSquaredError(inside(kept), inside(example))).toBeLessThan(1e-8);
  expect(worstSeam(kept)).toBeLessThan(1.5);
});

test("a kept layout that is larger repeats the picture", async () => {
  const kept = await synthesise(example, { layout: "kept", quality: "fast", size: { height: 48, width: 96 } });
  const inside = cropped(example, 10, 10, 28, 28);
  expect(meanSquaredError(cropped(kept, 10, 10, 28, 28), inside)).toBeLessThan(1e-8);
  expect(meanSquaredError(cropped(kept, 10, 58, 28, 28), inside)).toBeLessThan(1e-8);
  expect(worstSeam(kept)).toBeLessThan(1.5);
});

test("the same seed gives the same pixels, another one another layout", async () => {
  const once = await synthesise(example, { seed: 7, quality: "fast" });
  expect((await synthesise(example, { seed: 7, quality: "fast" })).pixels).toEqual(once.pixels);
  const other = await synthesise(example, { seed: 8, quality: "fast" });
  let sum = 0;
  for (const value of once.pixels) sum += (value - 0.5) ** 2;
  // unrelated pictures differ by twice their variance
  expect(meanSquaredError(once, other)).toBeGreaterThan(sum / once.pixels.length);
});

test("a new layout is made of parts of the picture, not of the whole", async () => {
  const result = await synthesise(example, { quality: "good" });
  expect(patchCopyRate([example], [result], { size: 32, patches: 32 })).toBeLessThan(0.3);
});

test("any size is possible, smaller and larger than the picture, and values stay within 0 and 1", async () => {
  for (const [height, width] of [
    [33, 58],
    [16, 17],
    [130, 96],
  ]) {
    const result = await synthesise(cropped(example, 0, 0, 20, 31), { size: { height, width }, quality: "fast" });
    expect([result.height, result.width, result.channels]).toEqual([height, width, 1]);
    for (const value of result.pixels) expect(value >= 0 && value <= 1).toBe(true);
  }
});

test("a larger result shows no copies side by side", async () => {
  const large = await synthesise(example, { size: { height: 96, width: 96 }, quality: "fast" });
  const quarter = (top: number, left: number) => cropped(large, top, left, 48, 48);
  const spread = meanSquaredError(
    example,
    picturedBy(48, 48, 1, () => 0.5),
  );
  expect(meanSquaredError(quarter(0, 0), quarter(0, 48))).toBeGreaterThan(spread);
  expect(meanSquaredError(quarter(0, 0), quarter(48, 0))).toBeGreaterThan(spread);
});

test("a flat picture gives a flat picture", async () => {
  const flat = picturedBy(16, 16, 3, (_y, _x, c) => [0.2, 0.5, 0.8][c]);
  for (const quality of ["fast", "good"] as const) {
    const { pixels } = await synthesise(flat, { size: { height: 20, width: 20 }, quality });
    pixels.forEach((value, i) => expect(value).toBeCloseTo([0.2, 0.5, 0.8][i % 3], 4));
  }
});

test("channels stay registered, seven of them: what is equal in the picture is equal in the result", async () => {
  const stack = picturedBy(32, 32, 7, (y, x, c) => {
    const value = example.pixels[y * 48 + x];
    return c % 2 === 0 ? value : 1 - value;
  });
  const { pixels } = await synthesise(stack, { quality: "good" });
  let apart = 0;
  let spread = 0;
  for (let i = 0; i < pixels.length; i += 7) {
    apart += (pixels[i] - pixels[i + 6]) ** 2 + (pixels[i] + pixels[i + 5] - 1) ** 2;
    spread += (pixels[i] - 0.5) ** 2;
  }
  expect(apart).toBeLessThan(spread / 50);
});

test("a whole number of a regular picture's periods fits the result, so no stripe is torn", async () => {
  // 48 pixels hold 3.4 periods of 14; a result of 48 should hold 3 of 16
  const striped = picturedBy(
    48,
    48,
    1,
    (y, x) => (y % 14 < 7 ? 0.25 : 0.75) + 0.02 * (example.pixels[y * 48 + x] - 0.5),
  );
  const lengths = async (regularity?: number): Promise<number[]> => {
    const options = { quality: "fast" as const, ...(regularity === undefined ? {} : { regularity }) };
    const { pixels } = await synthesise(striped, options);
    const column = Array.from({ length: 48 }, (_, y) => pixels[y * 48 + 24] > 0.5);
    const edges = column.flatMap((light, y) => (light !== column[(y + 47) % 48] ? [y] : []));
    return edges.map((edge, e) => (edges[(e + 1) % edges.length] - edge + 48) % 48);
  };
  for (const length of await lengths()) expect(Math.abs(length - 8)).toBeLessThanOrEqual(1);
});
