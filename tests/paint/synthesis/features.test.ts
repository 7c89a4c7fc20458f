import { expect, test } from "vitest";
import { meanSquaredError } from "../../../plugin/paint/metrics/signal-to-noise.ts";
import { picture, type Picture } from "../../../plugin/paint/picture.ts";
import { synthesise } from "../../../plugin/paint/synthesis/synthesise.ts";
import { noise, picturedBy, smoothNoise } from "../metrics/test-pictures.ts";

/** Two textures that one pixel tells apart: below and above a half. */
const rough = smoothNoise(48, 1, 1, 1);
const dark = picturedBy(48, 48, 1, (y, x) => 0.1 + 0.3 * rough.pixels[y * 48 + x]);
const light = picturedBy(48, 48, 1, (y, x) => 0.6 + 0.3 * rough.pixels[x * 48 + y]);

function shareOf(source: Picture, has: (value: number, pixel: number) => boolean): number {
  return source.pixels.filter((value, pixel) => has(value, pixel)).length / source.pixels.length;
}

function plane(side: number, valueAt: (y: number, x: number) => number): Picture {
  return picturedBy(side, side, 1, valueAt);
}

test("a mix has of each picture its share", async () => {
  for (const weight of [1, 3]) {
    const mix = await synthesise([{ picture: dark }, { picture: light, weight }], {
      size: { height: 64, width: 64 },
      quality: "fast",
    });
    const share = shareOf(mix, (value) => value > 0.5);
    expect(Math.abs(share - weight / (1 + weight))).toBeLessThan(0.12);
  }
});

test("a picture without weight gives nothing", async () => {
  const only = await synthesise([{ picture: dark }, { picture: light, weight: 0 }], { quality: "fast" });
  expect(shareOf(only, (value) => value > 0.5)).toBe(0);
});

test("a guide says what goes where, from one picture with both or from two", async () => {
  // left half dark, right half light
  const both = plane(48, (y, x) => (x < 24 ? dark : light).pixels[y * 48 + x]);
  const halves = plane(48, (_y, x) => (x < 24 ? 0 : 1));
  const wanted = plane(64, (y, x) => ((y - 32) ** 2 + (x - 32) ** 2 < 20 ** 2 ? 1 : 0));
  const ordered = { guide: wanted, size: { height: 64, width: 64 }, quality: "fast" } as const;
  const ones = plane(48, () => 1);
  const zeros = plane(48, () => 0);
  for (const examples of [
    [{ picture: both, guide: halves }],
    [
      { picture: dark, guide: zeros },
      { picture: light, guide: ones },
    ],
  ]) {
    const result = await synthesise(examples, ordered);
    const right = shareOf(result, (value, pixel) => value > 0.5 === wanted.pixels[pixel] > 0.5);
    expect(right).toBeGreaterThan(0.95);
  }
});

test("masked places of a picture never appear, in a new layout and in a kept one", async () => {
  // a light disc in the middle, masked with a margin
  const spotted = plane(48, (y, x) => (Math.hypot(y - 24, x - 24) < 8 ? 1 : dark.pixels[y * 48 + x]));
  const sampleMask = plane(48, (y, x) => (Math.hypot(y - 24, x - 24) < 11 ? 0 : 1));
  for (const layout of ["new", "kept"] as const) {
    const free = await synthesise(spotted, { layout, quality: "fast" });
    expect(shareOf(free, (value) => value > 0.7)).toBeGreaterThan(0.02);
    const masked = await synthesise([{ picture: spotted, sampleMask }], { layout, quality: "fast" });
    expect(shareOf(masked, (value) => value > 0.7)).toBe(0);
  }
});

test("a mask that leaves a few pixels is enough", async () => {
  const sampleMask = plane(48, (y, x) => (y >= 20 && y < 26 && x >= 20 && x < 26 ? 1 : 0));
  const result = await synthesise([{ picture: dark, sampleMask }], { quality: "fast" });
  const left = new Set<string>();
  for (let y = 20; y < 26; y++) for (let x = 20; x < 26; x++) left.add(dark.pixels[y * 48 + x].toFixed(2));
  const values = [...left].map(Number);
  const [least, most] = [Math.min(...values) - 0.01, Math.max(...values) + 0.01];
  for (const value of result.pixels) expect(value >= least && value <= most).toBe(true);
});

test("a region is made anew and fits, and everything else stays bit for bit", async () => {
  const hole = (y: number, x: number): boolean => Math.abs(y - 24) < 9 && Math.abs(x - 20) < 9;
  const torn = plane(48, (y, x) => (hole(y, x) ? 1 : dark.pixels[y * 48 + x]));
  const region = plane(48, (y, x) => (hole(y, x) ? 1 : 0));
  const mended = await synthesise(torn, { region, quality: "fast" });
  torn.pixels.forEach((value, pixel) => {
    if (region.pixels[pixel] === 0) expect(mended.pixels[pixel]).toBe(value);
    else expect(mended.pixels[pixel]).toBeLessThan(0.5);
  });
  // steps across the border of the hole are as large as those elsewhere
  let across = 0;
  let usual = 0;
  for (let y = 16; y <= 32; y++) {
    across += Math.abs(mended.pixels[y * 48 + 11] - mended.pixels[y * 48 + 12]);
    usual += Math.abs(dark.pixels[y * 48 + 5] - dark.pixels[y * 48 + 6]);
  }
  expect(across).toBeLessThan(usual * 2);
});

test("a region that is the whole picture, or none of it, is no trouble", async () => {
  const none = await synthesise(dark, { region: plane(48, () => 0), quality: "fast" });
  expect(none.pixels).toEqual(dark.pixels);
  const all = await synthesise(dark, { region: plane(48, () => 1), quality: "fast" });
  expect(meanSquaredError(all, dark)).toBeLessThan(0.05);
});

test("pictures of different sizes can be mixed", async () => {
  const small = picture(16, 24, 1, noise(24, 1, 1).pixels.slice(0, 16 * 24));
  const result = await synthesise([{ picture: dark }, { picture: small }], { quality: "fast" });
  expect([result.height, result.width]).toEqual([48, 48]);
});
