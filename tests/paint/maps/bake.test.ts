import { describe, expect, it } from "vitest";
import { ambientOcclusion } from "../../../plugin/paint/maps/ambient-occlusion.ts";
import { bakeImages, normalsFor } from "../../../plugin/paint/maps/bake.ts";
import { linearColours } from "../../../plugin/paint/maps/linear-colours.ts";
import { normalBytes, normalVectors } from "../../../plugin/paint/maps/normal-map.ts";
import { packOrm } from "../../../plugin/paint/maps/pack-orm.ts";
import { linearFromSrgb, srgbBytes } from "../../../plugin/paint/maps/srgb.ts";
import { sample } from "../materials/sample.ts";

const maps = sample("metalPlate", { wear: 0.6 });
const images = bakeImages(maps);
const colours = (pixels: Uint8Array): Uint8Array => pixels.filter((_, i) => i % 4 < 3);
const alphas = (pixels: Uint8Array): Set<number> => new Set(pixels.filter((_, i) => i % 4 === 3));

describe("Baked images", () => {
  it("hold what the maps say, opaque", () => {
    const orm = packOrm(ambientOcclusion(maps), maps.roughness, maps.metallic);
    expect([images.width, images.height, images.relief]).toEqual([64, 64, maps.relief]);
    expect(colours(images.albedo)).toEqual(srgbBytes(maps.albedo));
    expect(colours(images.normal)).toEqual(normalBytes(normalVectors(maps)));
    expect(colours(images.orm)).toEqual(orm);
    expect([alphas(images.albedo), alphas(images.normal), alphas(images.orm)]).toEqual(Array(3).fill(new Set([255])));
  });

  it("hold heights in 16 bits", () => {
    expect(images.heights).toEqual(Uint16Array.from(maps.heights, (height) => Math.round(height * 65535)));
  });

  it("are clipped where a map leaves its range", () => {
    const wild = {
      ...sample("sand"),
      heights: new Float32Array(64 * 64).fill(2),
      roughness: new Float32Array(64 * 64).fill(-1),
    };
    const { heights, orm } = bakeImages(wild);
    expect([heights[7], orm[29]]).toEqual([65535, 0]); // pixel 7's roughness is byte 4 · 7 + 1
  });

  it("share no memory with the maps or with each other", () => {
    const { albedo, normal, orm, heights } = images;
    expect(new Set([albedo.buffer, normal.buffer, orm.buffer, heights.buffer, maps.heights.buffer]).size).toBe(5);
  });
});

it("Normals for the other convention have green turned over, and come back", () => {
  const down = normalsFor(images.normal, "directx");
  expect([down[0], down[1], down[2], down[3]]).toEqual([
    images.normal[0],
    255 - images.normal[1],
    images.normal[2],
    images.normal[3],
  ]);
  expect(normalsFor(down, "directx")).toEqual(normalsFor(images.normal, "opengl"));
});

it("Many sRGB values become linear as one does, within 2e-7", () => {
  const srgb = Float32Array.from({ length: 1001 }, (_, i) => i / 1000);
  const linear = linearColours(srgb);
  let worst = 0;
  for (let i = 0; i < srgb.length; i++) worst = Math.max(worst, Math.abs(linear[i] - linearFromSrgb(srgb[i])));
  expect(worst).toBeLessThan(2e-7);
  expect([...linearColours(Float32Array.of(-1, 2))]).toEqual([0, 1]);
});
