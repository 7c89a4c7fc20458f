import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ConfigurationError } from "../../../plugin/core/errors.ts";
import { Random } from "../../../plugin/core/random.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";
import type { SurfaceMaps } from "../../../plugin/paint/maps/surface-maps.ts";
import { encodeEstimator } from "../../../plugin/paint/photograph/estimator-file.ts";
import { bestLight, TRIED_LIGHTS } from "../../../plugin/paint/photograph/find-light.ts";
import { lightVector, type LightDirection } from "../../../plugin/paint/photograph/light-vector.ts";
import { loadMapEstimator, type MapEstimator } from "../../../plugin/paint/photograph/map-estimator.ts";
import { PhotoNet } from "../../../plugin/paint/photograph/photo-net.ts";
import { cropped, picture, type Picture } from "../../../plugin/paint/picture.ts";

/** An untaught network of two levels, from its own file. @param inputs - 7: it is told the light; 3: it is not. */
async function untaught(inputs: 3 | 7): Promise<MapEstimator> {
  const net = new PhotoNet(new Random(5), { inputs, widths: [4, 4], blocks: [0, 1] });
  const bytes = await encodeEstimator(net, {}, "float16");
  net.dispose();
  return loadMapEstimator(bytes, { backend: "wasm" });
}

let told: MapEstimator;
let older: MapEstimator;
let tensors = 0;
beforeAll(async () => {
  await startBackend("wasm");
  tensors = tf.memory().numTensors;
  [told, older] = [await untaught(7), await untaught(3)];
});
afterAll(() => {
  told.dispose();
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
  it("takes the light that fits best", () => {
    const fits = TRIED_LIGHTS.map((_, i) => tf.scalar(i === 3 ? 0.9 : 0.1 * i));
    const found = tf.tidy(() => [...bestLight(fits).dataSync<"float32">()]);
    tf.dispose(fits);
    expect(found).toEqual(lightVector(TRIED_LIGHTS[3]).map(Math.fround));
  });

  it("finds one of the lights that it tries, and gives the maps of that", async () => {
    const found = await told.estimate(shown);
    const maps: SurfaceMaps[] = [];
    for (const light of TRIED_LIGHTS) maps.push(await told.estimate(shown, { light }));
    expect(maps.filter(({ heights }) => heights.every((height, i) => height === found.heights[i]))).toHaveLength(1);
    expect(maps).toContainEqual(found);
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

  it("finds in the middle of a large picture one light for all its tiles", { timeout: 240_000 }, async () => {
    const large = speckled(648, 640); // more than fits in one piece
    const middle = cropped(large, 244, 240, 160, 160);
    const { heights } = await told.estimate(middle, { edges: "cut" });
    let found: LightDirection | undefined;
    for (const light of TRIED_LIGHTS) {
      const other = await told.estimate(middle, { edges: "cut", light });
      if (other.heights.every((height, i) => height === heights[i])) found = light;
    }
    const own = await told.estimate(large, { edges: "cut" });
    const given = await told.estimate(large, { edges: "cut", light: found! });
    expect(own.heights.every((height, i) => height === given.heights[i])).toBe(true);
  });

  it("says how far it is while it tries lights, and ends when it is cancelled meanwhile", async () => {
    const before = tf.memory().numTensors;
    const shares: number[] = [];
    await told.estimate(shown, { onProgress: (done) => shares.push(done) });
    // Before anything, after each of eight lights, after the only tile, and at the end.
    expect(shares).toEqual([...Array.from({ length: 10 }, (_, i) => i / 10), 1]);
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
