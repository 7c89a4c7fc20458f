import { expect, test } from "vitest";
import { ConfigurationError } from "../../../plugin/core/errors.ts";
import { patchSwdOverFloor } from "../../../plugin/paint/metrics/patch-swd.ts";
import { seamScore } from "../../../plugin/paint/metrics/seam-score.ts";
import { meanSquaredError } from "../../../plugin/paint/metrics/signal-to-noise.ts";
import { cropped, picture } from "../../../plugin/paint/picture.ts";
import { synthesise } from "../../../plugin/paint/synthesis/synthesise.ts";
import { noise, picturedBy, smoothNoise } from "../metrics/test-pictures.ts";

/** A texture that does not tile, and another crop of it. */
const texture = smoothNoise(128, 1, 2, 1);
const example = cropped(texture, 3, 5, 48, 48);
const otherCrop = cropped(texture, 60, 70, 48, 48);

test("the result looks like the picture: its patches are as near as another crop's", async () => {
  const ratios: number[] = [];
  for (const seed of [1, 2, 3]) {
    const result = await synthesise(example, { seed });
    ratios.push(patchSwdOverFloor([example], [otherCrop], [result], { directions: 64 }).ratio);
  }
  expect(ratios.sort((a, b) => a - b)[1]).toBeLessThan(1.2);
});

test("the result tiles although the picture does not", async () => {
  const before = seamScore(example);
  expect(Math.min(before.sideBySide, before.oneAboveOther)).toBeGreaterThan(2);
  const after = seamScore(await synthesise(example, { quality: "fast" }));
  expect(Math.max(after.sideBySide, after.oneAboveOther)).toBeLessThan(1.5);
});

test("a kept layout stays near the picture inside, and its seams are mended", async () => {
  const kept = await synthesise(example, { layout: "kept" });
  const fresh = await synthesise(example, { layout: "new" });
  const inside = (source: typeof kept) => cropped(source, 12, 12, 24, 24);
  const near = meanSquaredError(inside(kept), inside(example));
  expect(near).toBeLessThan(meanSquaredError(inside(fresh), inside(example)) / 4);
  const { sideBySide, oneAboveOther } = seamScore(kept);
  expect(Math.max(sideBySide, oneAboveOther)).toBeLessThan(1.5);
});

test("the same seed gives the same pixels, another one others", async () => {
  const small = cropped(example, 0, 0, 20, 24);
  const once = await synthesise(small, { seed: 7, quality: "fast" });
  expect((await synthesise(small, { seed: 7, quality: "fast" })).pixels).toEqual(once.pixels);
  expect(meanSquaredError(once, await synthesise(small, { seed: 8, quality: "fast" }))).toBeGreaterThan(1e-3);
});

test("any size is possible, and values stay within 0 and 1", async () => {
  const wide = await synthesise(cropped(example, 0, 0, 20, 20), { size: { height: 33, width: 58 }, quality: "fast" });
  expect([wide.height, wide.width, wide.channels]).toEqual([33, 58, 1]);
  for (const value of wide.pixels) expect(value >= 0 && value <= 1).toBe(true);
});

test("a flat picture gives a flat picture", async () => {
  const flat = picturedBy(16, 16, 3, (_y, _x, c) => [0.2, 0.5, 0.8][c]);
  const { pixels } = await synthesise(flat, { size: { height: 20, width: 20 }, quality: "fast" });
  pixels.forEach((value, i) => expect(value).toBeCloseTo([0.2, 0.5, 0.8][i % 3], 4));
});

test("channels stay registered: what is equal in the picture is equal in the result", async () => {
  const twice = picturedBy(24, 24, 2, (y, x) => example.pixels[y * 48 + x]);
  const { pixels } = await synthesise(twice, { quality: "fast" });
  let apart = 0;
  let spread = 0;
  for (let i = 0; i < pixels.length; i += 2) {
    apart += (pixels[i] - pixels[i + 1]) ** 2;
    spread += (pixels[i] - 0.5) ** 2;
  }
  expect(apart).toBeLessThan(spread / 50);
});

test("a signal that is already aborted ends it before any work", async () => {
  await expect(synthesise(example, { signal: AbortSignal.abort(new Error("changed my mind")) })).rejects.toThrow(
    new Error("changed my mind"),
  );
});

test("cancelling from a progress report ends it, and nothing is reported afterwards", async () => {
  const controller = new AbortController();
  const shares: number[] = [];
  const work = synthesise(noise(96, 1), {
    signal: controller.signal,
    onProgress: ({ done }) => {
      shares.push(done);
      if (shares.length === 2) controller.abort(new Error("enough"));
    },
  });
  await expect(work).rejects.toThrow(new Error("enough"));
  expect(shares.length).toBe(2);
});

test("progress grows towards 1, with previews of the final size", async () => {
  const shares: number[] = [];
  const size = { height: 40, width: 56 };
  await synthesise(cropped(noise(48, 1), 0, 0, 40, 48), {
    size,
    quality: "fast",
    onProgress: ({ done, preview }) => {
      shares.push(done);
      const { height, width, pixels } = preview();
      expect({ height, width }).toEqual(size);
      expect(pixels.every((value) => value >= 0 && value <= 1)).toBe(true);
    },
  });
  expect(shares.length).toBeGreaterThan(0);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares[0]).toBeGreaterThan(0);
  expect(shares.at(-1)).toBeLessThanOrEqual(1.000001);
});

test("time to react comes while it works", async () => {
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 1);
  await synthesise(noise(48, 1), { quality: "fast" });
  clearInterval(timer);
  expect(turns).toBeGreaterThan(2);
});

test.each<[string, () => Promise<unknown>, string]>([
  [
    "a picture of one pixel",
    () => synthesise(picture(1, 1, 3)),
    "synthesise: the picture's height must be 16 to 4096 whole pixels, got 1. Choose another size.",
  ],
  [
    "an endless result",
    () => synthesise(example, { size: { height: 64, width: 10_000 } }),
    "synthesise: size.width must be 16 to 4096 whole pixels, got 10000. Choose another size.",
  ],
])("%s: refused", async (_, work, message) => {
  await expect(work()).rejects.toThrow(new ConfigurationError(message));
});
