import { describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import type { SurfaceMaps } from "../../../plugin/paint/maps/surface-maps.ts";
import { proceduralMaterial } from "../../../plugin/paint/materials/procedural-material.ts";
import { randomCamera, type Camera } from "../../../plugin/paint/photograph/camera.ts";
import { photograph } from "../../../plugin/paint/photograph/photograph.ts";

const SIDE = 16;

/** A grey, dull plane, with whatever differs. */
function plane(changes: Partial<SurfaceMaps> = {}): SurfaceMaps {
  const pixels = SIDE * SIDE;
  return {
    width: SIDE,
    height: SIDE,
    albedo: new Float32Array(3 * pixels).fill(0.5),
    heights: new Float32Array(pixels).fill(0.5),
    relief: 0.25,
    roughness: new Float32Array(pixels).fill(1),
    metallic: new Float32Array(pixels),
    ...changes,
  };
}

/** A camera without faults, and one light from the upper left. */
const CAMERA: Camera = {
  lights: [{ towards: [-0.6, 0.6, Math.sqrt(0.28)], colour: [1, 1, 1], hasShadow: true }],
  ambient: [0.2, 0.2, 0.2],
  skyTilt: [0, 0],
  exposure: 0.2,
  whiteBalance: [1, 1, 1],
  vignette: 0,
  readNoise: 0,
  shotNoise: 0,
  blur: 0,
  seed: 1,
};

/** A post of 4 × 4 pixels, 4 pixels high, in the middle. */
const POST = Float32Array.from({ length: SIDE * SIDE }, (_, i) => {
  const [column, row] = [i % SIDE, Math.floor(i / SIDE)];
  return column >= 6 && column < 10 && row >= 6 && row < 10 ? 1 : 0;
});

describe("A photograph", () => {
  it("of an even plane is even, and as bright as the exposure says", () => {
    // Linear 0.2 is 0.4845 in sRGB, 123.5 of 255.
    const { pixels } = photograph(plane(), CAMERA);
    expect(new Set(pixels).size).toBe(1);
    expect(Math.abs(255 * pixels[0] - 123.5)).toBeLessThan(1);
  });

  it("has values of bytes only", () => {
    const { pixels } = photograph(plane({ heights: POST }), randomCamera(new Random(5)));
    pixels.forEach((value) => expect(Math.abs(255 * value - Math.round(255 * value))).toBeLessThan(1e-4));
  });

  it("has shadows on the side away from the light", () => {
    const { pixels } = photograph(plane({ heights: POST }), CAMERA, {
      occlusion: new Float32Array(SIDE * SIDE).fill(1),
    });
    const at = (row: number, column: number): number => pixels[3 * (row * SIDE + column)];
    expect(at(11, 11)).toBeLessThan(0.8 * at(4, 4));
  });

  it("of a wrong white balance has wrong colours, but as much green", () => {
    const [red, green, blue] = photograph(plane(), { ...CAMERA, whiteBalance: [1.2, 1, 0.8] }).pixels;
    expect(green).toBeCloseTo(photograph(plane(), CAMERA).pixels[1], 2);
    expect(red).toBeGreaterThan(green);
    expect(blue).toBeLessThan(green);
  });

  it("with a vignette is darker in its corners", () => {
    const { pixels } = photograph(plane(), { ...CAMERA, vignette: 0.4 });
    expect(pixels[0]).toBeLessThan(0.85 * pixels[3 * (8 * SIDE + 8)]);
  });

  it("with noise differs from pixel to pixel, by the seed of the camera", () => {
    const noisy = (seed: number): Float32Array => photograph(plane(), { ...CAMERA, readNoise: 0.01, seed }).pixels;
    expect(new Set(noisy(1)).size).toBeGreaterThan(5);
    expect(noisy(1)).toEqual(noisy(1));
    expect(noisy(2)).not.toEqual(noisy(1));
  });

  it("tiles when the material does: rolling the material rolls the photograph", () => {
    const maps = proceduralMaterial("cobble", { seed: 3, size: 32 });
    const camera = { ...CAMERA, blur: 0.6 };
    const roll = (values: Float32Array, channels: number): Float32Array =>
      Float32Array.from({ length: values.length }, (_, i) => {
        const [channel, pixel] = [i % channels, Math.floor(i / channels)];
        const [column, row] = [pixel % 32, Math.floor(pixel / 32)];
        return values[(((row + 25) % 32) * 32 + ((column + 19) % 32)) * channels + channel];
      });
    const moved = {
      ...maps,
      albedo: roll(maps.albedo, 3),
      heights: roll(maps.heights, 1),
      roughness: roll(maps.roughness, 1),
      metallic: roll(maps.metallic, 1),
    };
    const expected = roll(photograph(maps, camera).pixels, 3);
    const most = photograph(moved, camera).pixels.reduce(
      (worst, v, i) => Math.max(worst, Math.abs(v - expected[i])),
      0,
    );
    expect(most).toBeLessThanOrEqual(1.01 / 255); // rounding of the exposure
  });

  it("of the same camera is the same, and cameras of other chance differ", () => {
    const maps = plane({ heights: POST });
    const shot = (seed: number): Float32Array => photograph(maps, randomCamera(new Random(seed))).pixels;
    expect(shot(1)).toEqual(shot(1));
    expect(shot(2)).not.toEqual(shot(1));
  });
});
