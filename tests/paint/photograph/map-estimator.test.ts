import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConfigurationError, PolicyFileError } from "../../../plugin/core/errors.ts";
import { linearFromSrgb } from "../../../plugin/paint/maps/srgb.ts";
import { proceduralMaterial } from "../../../plugin/paint/materials/procedural-material.ts";
import { equivarianceError } from "../../../plugin/paint/metrics/equivariance.ts";
import { encodeWeights } from "../../../plugin/nets/weights-file.ts";
import { loadMapEstimator, type MapEstimator } from "../../../plugin/paint/photograph/map-estimator.ts";
import { picture, type Picture } from "../../../plugin/paint/picture.ts";
import { srgbFromLinear } from "../../../plugin/paint/maps/srgb.ts";

const FILE = new Uint8Array(readFileSync(new URL("../../../models/photo-maps/estimator.bnw", import.meta.url)));

let estimator: MapEstimator;
let tensors = 0;
beforeAll(async () => {
  tf.enableProdMode();
  tensors = tf.memory().numTensors;
  estimator = await loadMapEstimator(FILE, { backend: "wasm" });
});
afterAll(() => {
  estimator.dispose();
  estimator.dispose();
  expect(tf.memory().numTensors).toBe(tensors);
});

/** A picture of a material without light and shade. */
function photo(height: number, width: number): Picture {
  const { albedo } = proceduralMaterial("cobble", { seed: 2, size: { height, width } });
  return picture(height, width, 3, albedo.map(srgbFromLinear));
}

describe("The shipped estimator", () => {
  it("gives maps of the picture's size, within their ranges", async () => {
    const maps = await estimator.estimate(photo(48, 80));
    expect([maps.height, maps.width]).toEqual([48, 80]);
    expect([maps.albedo, maps.heights, maps.roughness, maps.metallic].map(({ length }) => length)).toEqual([
      11520, 3840, 3840, 3840,
    ]);
    for (const map of [maps.albedo, maps.heights, maps.roughness]) {
      expect(map.every((value) => value >= 0 && value <= 1)).toBe(true);
    }
    expect(Math.min(...maps.heights)).toBe(0);
    expect(Math.max(...maps.heights)).toBe(1);
    expect(maps.metallic.every((value) => value === 0)).toBe(true);
    expect(maps.relief).toBeGreaterThan(0);
  });

  it("rolls its maps when a picture rolls by multiples of its stride", async () => {
    const estimate =
      (map: "albedo" | "heights" | "roughness") =>
      async ([input]: readonly Picture[]): Promise<Picture> => {
        const maps = await estimator.estimate(input, { light: { azimuth: 2 } });
        return picture(input.height, input.width, map === "albedo" ? 3 : 1, maps[map]);
      };
    for (const map of ["albedo", "heights", "roughness"] as const) {
      expect(await equivarianceError(estimate(map), [photo(64, 64)], { stride: 16, rolls: 2 })).toBeLessThan(1e-4);
    }
  });

  it("gives for the same picture the same numbers", async () => {
    expect(await estimator.estimate(photo(32, 32))).toEqual(await estimator.estimate(photo(32, 32)));
  });

  it.each([
    [8, 8],
    [33, 50],
    [100, 17],
  ])("takes pictures of any size: %i × %i, that tile or not", async (height, width) => {
    for (const edges of ["wrap", "cut"] as const) {
      const { heights } = await estimator.estimate(photo(height, width), { edges });
      expect(heights.every(Number.isFinite)).toBe(true);
    }
  });

  it("takes the relief that it is told, and the picture as albedo when light shall stay", async () => {
    const shown = photo(32, 32);
    const maps = await estimator.estimate(shown, { relief: 0.07, evenLight: false });
    expect(maps.relief).toBe(0.07);
    expect(maps.albedo).toEqual(shown.pixels.map(linearFromSrgb));
  });

  it("gives tensors with the same numbers, and keeps none of its own", async () => {
    const shown = photo(32, 32);
    const maps = await estimator.estimate(shown);
    const before = tf.memory().numTensors;
    const input = tf.tensor4d(shown.pixels, [1, 32, 32, 3]);
    const { albedo, heights, roughness, relief } = estimator.estimateTensors(input);
    expect(tf.memory().numTensors).toBe(before + 5);
    for (const [tensor, map] of [
      [albedo, maps.albedo],
      [heights, maps.heights],
      [roughness, maps.roughness],
      [relief, Float32Array.of(maps.relief)],
    ] as const) {
      const worst = tensor
        .dataSync<"float32">()
        .reduce((most, value, i) => Math.max(most, Math.abs(value - map[i])), 0);
      expect(worst).toBeLessThan(1e-5);
    }
    tf.dispose([input, albedo, heights, roughness, relief]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it("works through a large picture in tiles, and says how far it is", { timeout: 120_000 }, async () => {
    const side = 672;
    const tile = photo(96, 96);
    const pixels = new Float32Array(side * side * 3);
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column += 96) {
        pixels.set(tile.pixels.subarray((row % 96) * 288, (row % 96) * 288 + 288), (row * side + column) * 3);
      }
    }
    const before = tf.memory().numTensors;
    const told: number[] = [];
    const large = await estimator.estimate(picture(side, side, 3, pixels), {
      light: "shade",
      onProgress: (done) => told.push(done),
    });
    const small = await estimator.estimate(tile, { light: "shade" });
    expect(told[0]).toBe(0);
    expect(told.at(-1)).toBe(1);
    expect(told.length).toBeGreaterThan(8);
    expect(told.every((done, i) => i === 0 || done >= told[i - 1])).toBe(true);
    expect(tf.memory().numTensors).toBe(before);
    // The same tile over and over: its maps are those of one tile, but for what 64 pixels around do not show.
    let worst = 0;
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        const expected = small.roughness[(row % 96) * 96 + (column % 96)];
        worst = Math.max(worst, Math.abs(large.roughness[row * side + column] - expected));
      }
    }
    expect(worst).toBeLessThan(0.02);
  });

  it("ends when it is cancelled, and leaves nothing behind", { timeout: 60_000 }, async () => {
    const before = tf.memory().numTensors;
    const stop = new AbortController();
    const cancelled = estimator.estimate(picture(672, 672, 3), {
      signal: stop.signal,
      onProgress: (done) => (done > 0 ? stop.abort(new Error("enough")) : undefined),
    });
    await expect(cancelled).rejects.toThrow("enough");
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each([
    [
      picture(4, 20, 3),
      "Map estimator: needed a picture with sides of 8 to 4096 pixels and 3 channels, came 4×20×3. Change its size first.",
    ],
    [
      picture(20, 20, 1),
      "Map estimator: needed a picture with sides of 8 to 4096 pixels and 3 channels, came 20×20×1. Change its size first.",
    ],
    [
      picture(8, 8, 3, new Float32Array(192).fill(255)),
      "Map estimator: needed values in [0, 1], came 255 as number 0. Divide bytes by 255.",
    ],
  ])("refuses what is no photograph", async (bad, message) => {
    await expect(estimator.estimate(bad)).rejects.toThrow(new ConfigurationError(message));
  });

  it("refuses a relief that cannot be", async () => {
    await expect(estimator.estimate(photo(16, 16), { relief: 0 })).rejects.toThrow(
      new ConfigurationError(
        "Map estimator: needed a relief above 0, came 0. Leave it out to take what the picture shows.",
      ),
    );
  });

  it("cannot be used after it was disposed of", async () => {
    const short = await loadMapEstimator(FILE, { backend: "wasm" });
    short.dispose();
    await expect(short.estimate(photo(16, 16))).rejects.toThrow(
      new ConfigurationError("Map estimator: needed one in use, came one that was disposed. Load a new one."),
    );
  });

  it("gives on tfjs-cpu what it gives on wasm", { timeout: 60_000 }, async () => {
    const shown = photo(16, 16);
    const expected = await estimator.estimate(shown, { light: "shade" });
    const slow = await loadMapEstimator(FILE, { backend: "cpu" });
    const { roughness } = await slow.estimate(shown, { light: "shade" });
    slow.dispose();
    roughness.forEach((value, i) => expect(Math.abs(value - expected.roughness[i])).toBeLessThan(1e-4));
  });
});

describe("A file that is no estimator", () => {
  it("is refused when it is cut off", async () => {
    await expect(loadMapEstimator(FILE.subarray(0, FILE.length - 9), { backend: "wasm" })).rejects.toThrow(
      new PolicyFileError(
        `Estimator file: needed ${FILE.length} bytes, came ${FILE.length - 9}. The file is cut off. Copy or download it again, or teach anew.`,
      ),
    );
  });

  it("is refused when it finds the light by the gradients of a former kind", async () => {
    const spec = { inputs: 7, widths: [4, 4], blocks: [0, 1], light: [16] };
    const bytes = encodeWeights({ network: "photo-maps", spec, tensors: {}, birth: {} });
    await expect(loadMapEstimator(bytes, { backend: "wasm" })).rejects.toThrow(
      new PolicyFileError(
        "Estimator file: needed a network that finds the light by shapes, came one of a former kind that weighs gradients. Copy or download it again, or teach anew.",
      ),
    );
  });

  it("is refused when it is foreign", async () => {
    await expect(loadMapEstimator(new TextEncoder().encode("RIFF and so on"), { backend: "wasm" })).rejects.toThrow(
      new PolicyFileError(
        "Estimator file: needed a file of babylon-neural, came one that begins with 52 49 46 46 20 61 6e 64. Check the address; other kinds of files cannot be read.",
      ),
    );
  });
});
