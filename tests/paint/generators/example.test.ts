import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../../../plugin/core/errors.ts";
import { exampleGenerator } from "../../../plugin/paint/generators/example.ts";
import { linearColours } from "../../../plugin/paint/maps/linear-colours.ts";
import type { Picture } from "../../../plugin/paint/picture.ts";
import type { OrderPicture, PaintOrder, PaintProgress } from "../../../plugin/paint/texture-generator.ts";
import { plain, stripes } from "../stripes.ts";
import { pretendedEstimator } from "./pretended-estimator.ts";

const as = (role: string, picture: Picture): OrderPicture => ({ role, name: `${role}.png`, picture });

function order(pictures: readonly OrderPicture[], settings: PaintOrder["settings"] = {}, side = 16): PaintOrder {
  return { seed: 1, width: side, height: side, settings: { quality: "fast", ...settings }, pictures };
}

const EXAMPLE = as("example", stripes(24, 24));
const flat = exampleGenerator(null);

describe('The generator "example"', () => {
  it("without an estimator gives flat maps, and says so", async () => {
    const stages: string[] = [];
    const maps = await flat.paint(order([EXAMPLE]), { onProgress: ({ stage }) => stages.push(stage) });
    expect([maps.width, maps.height, maps.relief]).toEqual([16, 16, 0.05]);
    expect(new Set(maps.heights)).toEqual(new Set([0.5]));
    expect(new Set(maps.roughness)).toEqual(new Set([Math.fround(0.8)]));
    expect(new Set(maps.metallic)).toEqual(new Set([0]));
    expect([stages[0], stages.at(-1)]).toEqual(["Getting ready", "Done: flat, since only its colours are known"]);
  });

  it("with an estimator asks it about the finished picture, whose edges wrap", async () => {
    const estimator = pretendedEstimator();
    const generator = exampleGenerator(() => Promise.resolve(estimator));
    const seen: PaintProgress[] = [];
    const asked = order([EXAMPLE], { relief: 0.2, evenLight: false, light: "shade" });
    const maps = await generator.paint(asked, { onProgress: (progress) => seen.push(progress) });
    const { edges, evenLight, light, relief } = estimator.asked[0];
    expect([edges, evenLight, light, relief, maps.relief]).toEqual(["wrap", false, "shade", 0.2, 0.2]);
    expect(maps.albedo.slice(0, 3)[0]).toBeCloseTo(linearColours(maps.heights.slice(0, 1))[0], 6);
    const shares = seen.map(({ done }) => done);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(seen.map(({ stage }) => stage)).toContain("Estimating the surface");
  });

  it("makes the maps that come with an example together with it", async () => {
    // Heights are the red of the picture, roughness its blue: if the maps stay registered, they still are.
    const { height, width, pixels } = EXAMPLE.picture;
    const channel = (first: number): Picture => ({
      height,
      width,
      channels: 1,
      pixels: pixels.filter((_, i) => i % 3 === first),
    });
    const pictures = [EXAMPLE, as("exampleHeights", channel(0)), as("exampleRoughness", channel(2))];
    const maps = await flat.paint(order(pictures, { relief: 0.3 }));
    const red = linearColours(maps.heights);
    const blue = linearColours(maps.roughness);
    let worst = 0;
    for (let i = 0; i < maps.heights.length; i++) {
      worst = Math.max(worst, Math.abs(maps.albedo[3 * i] - red[i]), Math.abs(maps.albedo[3 * i + 2] - blue[i]));
    }
    expect(worst).toBeLessThan(0.02);
    expect([maps.relief, new Set(maps.metallic)]).toEqual([0.3, new Set([0])]);
  });

  it("keeps what lies outside of a region", async () => {
    const region = plain(24, 24, 1, 0);
    for (let row = 8; row < 16; row++) region.pixels.fill(1, row * 24 + 8, row * 24 + 16);
    const maps = await flat.paint(order([EXAMPLE, as("region", region)], {}, 24));
    const before = linearColours(EXAMPLE.picture.pixels);
    for (let pixel = 0; pixel < 24 * 24; pixel++) {
      if (region.pixels[pixel] === 1) continue;
      expect(maps.albedo[3 * pixel]).toBe(before[3 * pixel]);
    }
  });

  it("takes a larger picture smaller, so that the result shows as much of it", async () => {
    // Stripes of 16 pixels on 64 are stripes of 4 on 16: if the picture were taken as it is, a tile of 16 would show one.
    const maps = await flat.paint(order([as("example", stripes(64, 64, 16))]));
    const row = Array.from({ length: 16 }, (_, column) => maps.albedo[3 * column + 2] > 0.3);
    const changes = row.filter((isBright, column) => isBright !== row[(column + 1) % 16]).length;
    expect(changes).toBeGreaterThanOrEqual(4);
  });

  it("fills in what its settings leave out, so that a recipe says it", () => {
    const generator = exampleGenerator(() => Promise.resolve(pretendedEstimator()));
    const bare = { ...order([EXAMPLE]), settings: {} };
    expect(generator.check(bare).settings).toEqual({
      layout: "new",
      quality: "good",
      maps: "estimated",
      evenLight: true,
      light: "find",
    });
    expect(flat.check(bare).settings).toMatchObject({ maps: "flat", relief: 0.05 });
  });

  it("stops when it is cancelled, with the signal's reason", async () => {
    const signal = AbortSignal.abort("enough");
    await expect(flat.paint(order([EXAMPLE]), { signal })).rejects.toBe("enough");
    const controller = new AbortController();
    const promise = flat.paint(order([EXAMPLE]), {
      signal: controller.signal,
      onProgress: () => controller.abort("in the middle"),
    });
    await expect(promise).rejects.toBe("in the middle");
  });
});

const WHO = 'Generator "example"';
const mask = as("sampleMask", plain(24, 24, 1, 1));
const region = as("region", plain(24, 24, 1, 1));

describe('An order for "example"', () => {
  it.each<[string, PaintOrder, string]>([
    ["no picture", order([]), 'needed a picture as "example", came none. Give one to several.'],
    [
      "a picture of a strange part",
      order([EXAMPLE, as("photograph", stripes(24, 24))]),
      'needed pictures as "example", "guide", "exampleGuide", "sampleMask", "region", "exampleHeights", "exampleRoughness", "exampleMetallic", came "photograph.png" as "photograph". Leave it out.',
    ],
    [
      "a tiny picture",
      order([as("example", stripes(1, 1))]),
      'needed at least 16 × 16 pixels of the picture "example.png", came 1 × 1. Give a larger one.',
    ],
    [
      "a grey picture",
      order([as("example", plain(24, 24, 1, 0))]),
      'needed 3 channels of the picture "example.png", came 1. Read it with readPicture.',
    ],
    [
      "a picture with numbers beyond 1",
      order([as("example", plain(24, 24, 3, 2))]),
      'needed pixels from 0 to 1 of the picture "example.png", came others. Read it with readPicture.',
    ],
    [
      "a picture with missing pixels",
      order([as("example", { height: 24, width: 24, channels: 3, pixels: new Float32Array(3) })]),
      'needed 24 × 24 × 3 numbers of the picture "example.png", came 3. Read it with readPicture.',
    ],
    [
      "one mask for two examples",
      order([EXAMPLE, EXAMPLE, mask]),
      'needed one "sampleMask" for each of the examples, 2 in all, came 1. Give them in the examples\' order.',
    ],
    [
      "a mask of another shape",
      order([EXAMPLE, as("sampleMask", plain(12, 24, 1, 1))]),
      'needed "sampleMask.png" in its example\'s shape of 24 × 24, came 24 × 12. Give it the same shape.',
    ],
    [
      "a guide for the result only",
      order([EXAMPLE, as("guide", plain(16, 16, 3, 1))]),
      'needed one "exampleGuide" for each of the examples, 1 in all, came 0. Give them in the examples\' order.',
    ],
    [
      "a guide for the examples only",
      order([EXAMPLE, as("exampleGuide", plain(24, 24, 3, 1))]),
      'needed a "guide" beside those of the examples, came none. Say what goes where.',
    ],
    [
      "a region with two examples",
      order([EXAMPLE, EXAMPLE, region], {}, 24),
      'needed one "example" with a region, came 2. Leave out the others.',
    ],
    [
      "a region with a result of another shape",
      { ...order([EXAMPLE, region]), width: 48 },
      "needed the result in the example's shape of 24 × 24, came 48 × 16. Give it the same shape.",
    ],
    [
      "a region with a new layout",
      order([EXAMPLE, region], { layout: "new" }, 24),
      'the setting "layout" needed "kept" with a region, came "new". Correct it or leave it out.',
    ],
    [
      "an unknown setting",
      order([EXAMPLE], { steps: 7 }),
      'needed settings named layout, weights, quality, regularity, relief, maps, evenLight, light, came "steps". Correct the name or leave it out.',
    ],
    [
      "an unknown quality",
      order([EXAMPLE], { quality: "perfect" }),
      'the setting "quality" needed "fast" or "good" or "best", came "perfect". Correct it or leave it out.',
    ],
    [
      "a regularity beyond 1",
      order([EXAMPLE], { regularity: 2 }),
      'the setting "regularity" needed a number from 0 to 1, came 2. Correct it or leave it out.',
    ],
    [
      "light from nowhere",
      order([EXAMPLE], { light: { azimuth: "left" } }),
      'the setting "light" needed "find" or "shade" or { "azimuth": radians }, came {"azimuth":"left"}. Correct it or leave it out.',
    ],
    [
      "too few weights",
      order([EXAMPLE, EXAMPLE], { weights: [1] }),
      'the setting "weights" needed 2 numbers from 0 to 1000, not all of them 0, came [1]. Correct it or leave it out.',
    ],
    [
      "estimated maps where nothing estimates",
      order([EXAMPLE], { maps: "estimated" }),
      'needed a network to estimate maps with, came none. Give servePainting an estimatorUrl, or set maps to "flat".',
    ],
    [
      "flat maps beside maps of its own",
      order([EXAMPLE, as("exampleHeights", plain(24, 24, 1, 0))], { maps: "flat" }),
      'the setting "maps" needed to be left out with maps of the example\'s own, came "flat". Correct it or leave it out.',
    ],
    ["half a seed", { ...order([EXAMPLE]), seed: 0.5 }, "needed a whole number as seed, came 0.5. Round it."],
    [
      "a result that is too small",
      order([EXAMPLE], {}, 8),
      "needed a width of 16 to 4096 whole pixels, came 8. Choose such a size.",
    ],
  ])("with %s is refused", (_what, wrong, message) => {
    expect(() => flat.check(wrong)).toThrow(new ConfigurationError(`${WHO}: ${message}`));
  });
});
