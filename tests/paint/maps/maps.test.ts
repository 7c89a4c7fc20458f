import { describe, expect, it } from "vitest";
import { ambientOcclusion } from "../../../plugin/paint/maps/ambient-occlusion.ts";
import { type HeightMap, normalBytes, normalVectors } from "../../../plugin/paint/maps/normal-map.ts";
import { packOrm } from "../../../plugin/paint/maps/pack-orm.ts";
import {
  linearFromSrgb,
  linearFromSrgbBytes,
  rgbFromHex,
  srgbBytes,
  srgbFromLinear,
} from "../../../plugin/paint/maps/srgb.ts";
import { fbm } from "../../../plugin/paint/noise/fbm.ts";
import { createGrid, wrap } from "../../../plugin/paint/noise/grid.ts";

const flat: HeightMap = { width: 6, height: 4, heights: new Float32Array(24).fill(0.3), relief: 0.1 };
const hills: HeightMap = {
  width: 24,
  height: 16,
  heights: fbm(createGrid(24, 16), { seed: 1, frequency: 4 }),
  relief: 0.2,
};

function roll(values: Float32Array, channels: number, columns: number, rows: number): Float32Array {
  return Float32Array.from(values, (_, i) => {
    const pixel = Math.floor(i / channels);
    const column = wrap((pixel % hills.width) - columns, hills.width);
    const row = wrap(Math.floor(pixel / hills.width) - rows, hills.height);
    return values[(row * hills.width + column) * channels + (i % channels)];
  });
}

describe("sRGB", () => {
  it("has the standard's values: 0, its straight part, the middle and 1", () => {
    expect(linearFromSrgb(0)).toBe(0);
    expect(linearFromSrgb(0.04)).toBeCloseTo(0.04 / 12.92, 12);
    expect(linearFromSrgb(0.5)).toBeCloseTo(0.21404114, 8);
    expect(linearFromSrgb(1)).toBe(1);
    expect(srgbFromLinear(0.18)).toBeCloseTo(0.46135613, 8);
  });

  it("takes every byte to linear light and back", () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    expect(srgbBytes(linearFromSrgbBytes(bytes))).toEqual(bytes);
  });

  it("rounds as the exact curve does, and holds what lies outside", () => {
    const linear = Float32Array.from({ length: 2003 }, (_, i) => (i - 1) / 2000);
    const exact = Uint8Array.from(linear, (value) => Math.round(srgbFromLinear(value) * 255));
    expect(srgbBytes(linear)).toEqual(exact);
  });

  it("reads hex numbers", () => {
    const [red, green, blue] = rgbFromHex(0xff8000);
    expect([red, green, blue]).toEqual([1, Math.fround(linearFromSrgb(128 / 255)), 0]);
  });
});

describe("A normal map", () => {
  it("of flat heights points out of the surface", () => {
    expect([...normalVectors(flat).subarray(0, 3)].map(Math.abs)).toEqual([0, 0, 1]);
    expect([...normalBytes(normalVectors(flat)).subarray(0, 3)]).toEqual([128, 128, 255]);
  });

  it("leans away from what rises", () => {
    // One bump of height 1 in the middle of 8 × 8 pixels, relief ⅛: one pixel high. Left of it the filter sees
    // 10 / 32 · 2 · … : (10 · 1) / 32 pixels of rise a pixel, so the normal is (−10/32, 0, 1), normalised.
    const heights = new Float32Array(64);
    heights[4 * 8 + 4] = 1;
    const normals = normalVectors({ width: 8, height: 8, heights, relief: 1 / 8 });
    const length = Math.sqrt((10 / 32) ** 2 + 1);
    const left = 3 * (4 * 8 + 3);
    expect(normals[left]).toBeCloseTo(-10 / 32 / length, 6);
    expect(normals[left + 1]).toBeCloseTo(0, 6);
    expect(normals[left + 2]).toBeCloseTo(1 / length, 6);
    // Above the bump the ground rises downwards, so the normal leans up: green is positive with y up.
    expect(normals[3 * (3 * 8 + 4) + 1]).toBeCloseTo(10 / 32 / length, 6);
  });

  it("for DirectX has green turned round, and nothing else", () => {
    const [openGl, directX] = [normalVectors(hills), normalVectors(hills, "directx")];
    expect(directX.map((value, i) => (i % 3 === 1 ? -value : value))).toEqual(openGl);
  });

  it("tiles: rolled heights give rolled normals, exactly", () => {
    const rolled = normalVectors({ ...hills, heights: roll(hills.heights, 1, 7, 5) });
    expect(rolled).toEqual(roll(normalVectors(hills), 3, 7, 5));
  });

  it("does not change with the picture's size", () => {
    // A slope of height 1 over the tile, times a relief of ½: ½, whether it has 8 or 32 pixels.
    for (const size of [8, 32]) {
      const heights = Float32Array.from({ length: size * size }, (_, i) => (i % size) / size);
      const normals = normalVectors({ width: size, height: size, heights, relief: 0.5 });
      const middle = 3 * ((size / 2) * size + size / 2);
      expect(normals[middle] / normals[middle + 2]).toBeCloseTo(-0.5, 6);
    }
  });
});

describe("Ambient occlusion", () => {
  it("of flat heights is 1", () => {
    expect([...ambientOcclusion(flat)]).toEqual(Array<number>(24).fill(1));
  });

  it("is darker in a pit than on its rim, and darker in a deeper one", () => {
    const heights = new Float32Array(256).fill(1);
    for (const pixel of [7 * 16 + 7, 7 * 16 + 8, 8 * 16 + 7, 8 * 16 + 8]) heights[pixel] = 0;
    const pit = { width: 16, height: 16, heights };
    const shallow = ambientOcclusion({ ...pit, relief: 0.1 });
    const deep = ambientOcclusion({ ...pit, relief: 0.3 });
    expect(shallow[0]).toBe(1);
    expect(shallow[8 * 16 + 8]).toBeLessThan(0.75);
    expect(deep[8 * 16 + 8]).toBeLessThan(shallow[8 * 16 + 8]);
  });

  it("of a wall one pixel high, beside it, is ½ towards the wall", () => {
    // 4 directions at 45° steps: two look at the wall, one column away in x and row, at 45°: (1, ±1) is √2 away.
    // Slope 1/√2 leaves 1 / (1 + ½) = ⅔ of the sky; the other two are open: (⅔ + ⅔ + 1 + 1) / 4.
    const heights = Float32Array.from({ length: 256 }, (_, i) => (i % 16 === 8 ? 1 : 0));
    const options = { directions: 4, steps: 1, reach: 1 / 16 };
    const result = ambientOcclusion({ width: 16, height: 16, heights, relief: 1 / 16 }, options);
    expect(result[7 * 16 + 7]).toBeCloseTo((2 / 3 + 2 / 3 + 2) / 4, 6);
  });

  it("tiles: rolled heights give rolled occlusion, exactly", () => {
    const rolled = ambientOcclusion({ ...hills, heights: roll(hills.heights, 1, 7, 5) });
    expect(rolled).toEqual(roll(ambientOcclusion(hills), 1, 7, 5));
  });
});

it("Occlusion, roughness and metallic are packed as red, green and blue", () => {
  const orm = packOrm(Float32Array.of(1, 0.5), Float32Array.of(0.2, 2), Float32Array.of(0, -1));
  expect([...orm]).toEqual([255, 51, 0, 128, 255, 0]);
});
