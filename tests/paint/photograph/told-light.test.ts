import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConfigurationError } from "../../../plugin/core/errors.ts";
import { Random } from "../../../plugin/core/random.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";
import { encodeEstimator } from "../../../plugin/paint/photograph/estimator-file.ts";
import { findLight } from "../../../plugin/paint/photograph/find-light.ts";
import type { LightDirection } from "../../../plugin/paint/photograph/light-vector.ts";
import { loadMapEstimator, type MapEstimator } from "../../../plugin/paint/photograph/map-estimator.ts";
import { PhotoNet } from "../../../plugin/paint/photograph/photo-net.ts";
import { picture, type Picture } from "../../../plugin/paint/picture.ts";

/**
 * An untaught network of two levels.
 *
 * @param inputs - 7: it is told the light; 3: it is not.
 * @param light - Channels by which it finds the light; none: it finds none.
 */
function untaughtNet(inputs: 3 | 7, light: readonly number[]): PhotoNet {
  return new PhotoNet(new Random(5), {
    inputs,
    widths: [4, 4],
    blocks: [0, 1],
    finish: 1,
    light,
  });
}

/** Such one from its own file. */
async function untaught(inputs: 3 | 7, light: readonly number[] = []): Promise<MapEstimator> {
  const net = untaughtNet(inputs, light);
  const bytes = await encodeEstimator(net, {}, "float16");
  net.dispose();
  return loadMapEstimator(bytes, { backend: "wasm" });
}

let told: MapEstimator;
let blind: MapEstimator;
let older: MapEstimator;
let tensors = 0;
beforeAll(async () => {
  await startBackend("wasm");
  tensors = tf.memory().numTensors;
  [told, blind, older] = [await untaught(7, [4, 8]), await untaught(7), await untaught(3)];
});
afterAll(() => {
  told.dispose();
  blind.dispose();
  older.dispose();
  expect(tf.memory().numTensors).toBe(tensors);
});

function speckled(height: number, width: number): Picture {
  const random = new Random(3);
  return picture(
    height,
    width,
    3,
    Float32Array.from({ length: height * width * 3 }, () => random.uniform()),
  );
}

/** Left and right change places. */
function mirrored(values: Float32Array, width: number, channels: number): Float32Array {
  return Float32Array.from(values, (_, i) => {
    const [channel, pixel] = [i % channels, Math.floor(i / channels)];
    const [row, column] = [Math.floor(pixel / width), pixel % width];
    return values[(row * width + width - 1 - column) * channels + channel];
  });
}

const shown = speckled(32, 48);

describe("An estimator that is told the light", () => {
  it("gives other maps in the light that it finds than in the shade", async () => {
    const found = await told.estimate(shown);
    const inShade = await told.estimate(shown, { light: "shade" });
    expect(found.heights).not.toEqual(inShade.heights);
    expect(found.relief).toBeGreaterThan(0);
  });

  it("gives of a mirrored picture in mirrored light the mirrored maps", async () => {
    const other = picture(32, 48, 3, mirrored(shown.pixels, 48, 3));
    const one = await told.estimate(shown, { light: { azimuth: 0.4 } });
    const two = await told.estimate(other, { light: { azimuth: Math.PI - 0.4 } });
    expect(mirrored(two.heights, 48, 1)).toEqual(one.heights);
    expect(mirrored(two.albedo, 48, 3)).toEqual(one.albedo);
  });

  it("gives as tensors what it gives as numbers, for any light", async () => {
    for (const light of ["find", "shade", { azimuth: 4 }] as const) {
      const { heights } = await told.estimate(shown, { light });
      const before = tf.memory().numTensors;
      const input = tf.tensor4d(shown.pixels, [1, 32, 48, 3]);
      const maps = told.estimateTensors(input, { light });
      const values = maps.heights.dataSync<"float32">();
      tf.dispose([input, maps.albedo, maps.heights, maps.roughness, maps.relief]);
      expect(tf.memory().numTensors).toBe(before);
      heights.forEach((height, i) => expect(Math.abs(height - values[i])).toBeLessThan(1e-5));
    }
  });

  it("reads the same tile in the same light, however often the picture shows it", async () => {
    // 640 × 640 fits in one piece; the light is looked for in the middle 256 × 256, which are 8 × 8 of these tiles.
    const tile = speckled(32, 32);
    const many = picture(
      640,
      640,
      3,
      Float32Array.from({ length: 640 * 640 * 3 }, (_, i) => {
        const [row, column] = [Math.floor(i / 1920) % 32, Math.floor(i / 3) % 32];
        return tile.pixels[(row * 32 + column) * 3 + (i % 3)];
      }),
    );
    const one = await told.estimate(tile);
    const all = await told.estimate(many);
    const worst = one.roughness.reduce((most, value, i) => {
      const [row, column] = [Math.floor(i / 32) + 96, (i % 32) + 96];
      return Math.max(most, Math.abs(value - all.roughness[row * 640 + column]));
    }, 0);
    expect(worst).toBeLessThan(0.01);
  });

  it("says how far it is once it has the light, and ends when it is cancelled meanwhile", async () => {
    const before = tf.memory().numTensors;
    const shares: number[] = [];
    await told.estimate(shown, { onProgress: (done) => shares.push(done) });
    // Before anything, after the light, after the only tile, and at the end.
    expect(shares).toEqual([0, 1 / 3, 2 / 3, 1]);
    const stop = new AbortController();
    const cancelled = told.estimate(shown, {
      signal: stop.signal,
      onProgress: (done) => (done > 0.2 ? stop.abort(new Error("enough")) : undefined),
    });
    await expect(cancelled).rejects.toThrow("enough");
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each<[LightDirection, string]>([
    [{ azimuth: NaN }, "the azimuth NaN"],
    ["left" as "shade", '"left"'],
  ])("refuses light from nowhere: %j", async (light, came) => {
    await expect(told.estimate(shown, { light })).rejects.toThrow(
      new ConfigurationError(
        `Map estimator: needed a light of "find", "shade" or a finite azimuth in radians, came ${came}. Leave it out to have it found.`,
      ),
    );
  });
});

describe("The light that is found", () => {
  /** Right and up, of a picture that its network sees as tiling. */
  function found(pixels: Float32Array, height: number, width: number): readonly number[] {
    const net = untaughtNet(7, [4, 8]);
    const light = tf.tidy(() => [
      ...findLight(net, tf.tensor4d(pixels, [1, height, width, 3]), "wrap").dataSync<"float32">(),
    ]);
    net.dispose();
    return light;
  }

  it("is mirrored with the picture", () => {
    const [right, up] = found(shown.pixels, 32, 48);
    const [left, stillUp] = found(mirrored(shown.pixels, 48, 3), 32, 48);
    expect(Math.abs(right)).toBeGreaterThan(1e-4);
    expect(left).toBeCloseTo(-right, 5);
    expect(stillUp).toBeCloseTo(up, 5);
  });

  it("comes from nowhere where a picture shows nothing", () => {
    const [right, up] = found(new Float32Array(32 * 48 * 3).fill(0.4), 32, 48);
    expect(Math.hypot(right, up)).toBeLessThan(1e-6);
  });

  it("goes from the right to below where rows become columns", () => {
    const turned = shown.pixels.slice();
    for (let i = 0; i < turned.length; i++) {
      const [channel, row, column] = [i % 3, Math.floor(i / 96), Math.floor(i / 3) % 32];
      turned[i] = shown.pixels[(column * 48 + row) * 3 + channel];
    }
    const [right, up] = found(shown.pixels, 32, 48);
    const [newRight, newUp] = found(turned, 48, 32);
    expect(newUp).toBeCloseTo(-right, 5);
    expect(newRight).toBeCloseTo(-up, 5);
  });
});

describe("An estimator from before the light was found", () => {
  it("takes it for shade", async () => {
    expect(await blind.estimate(shown)).toEqual(await blind.estimate(shown, { light: "shade" }));
  });

  it("can still be told", async () => {
    const lit = await blind.estimate(shown, { light: { azimuth: 1 } });
    expect(lit.heights).not.toEqual((await blind.estimate(shown)).heights);
  });
});

describe("An estimator from before the light was told", () => {
  it("estimates as ever", async () => {
    const { heights } = await older.estimate(shown);
    expect(new Set(heights).size).toBeGreaterThan(100);
  });

  it("refuses to be told", async () => {
    await expect(older.estimate(shown, { light: { azimuth: 1 } })).rejects.toThrow(
      new ConfigurationError(
        "Map estimator: needed a network that can be told the light, came an older one and the azimuth 1. Leave the light out, or load a newer estimator.",
      ),
    );
  });
});
