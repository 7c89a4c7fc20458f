import { readFile } from "node:fs/promises";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { GrainNet } from "../../../plugin/nets/encoders/grain-net.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";
import { train } from "../../../plugin/nets/training/train.ts";
import { loadFrameCleaner, type FrameCleaner } from "../../../plugin/paint/grain/frame-cleaner.ts";
import { encodeGrain } from "../../../plugin/paint/grain/grain-file.ts";
import { grainTask } from "../../../plugin/paint/grain/grain-task.ts";
import { NetFrameCleaner } from "../../../plugin/paint/grain/net-frame-cleaner.ts";
import { sceneCrops } from "../../../plugin/paint/grain/scene-crops.ts";
import { withSensorNoise } from "../../../plugin/paint/grain/sensor-noise.ts";
import { psnr } from "../../../plugin/paint/metrics/signal-to-noise.ts";
import { picture, type Picture } from "../../../plugin/paint/picture.ts";

const SPEC = { widths: [4, 6, 8], blocks: 1 } as const;
const NOISE = { electrons: 40 };

let bytes: Uint8Array;
beforeAll(async () => {
  await startBackend("wasm");
  const net = new GrainNet(new Random(3), SPEC);
  bytes = await encodeGrain(net, { seed: 3 }, "float32");
  net.dispose();
});

const load = (source: Uint8Array = bytes): Promise<FrameCleaner> => loadFrameCleaner(source, { backend: "wasm" });

function frame(height: number, width: number): Picture {
  const random = new Random(5);
  return picture(
    height,
    width,
    3,
    Float32Array.from({ length: height * width * 3 }, () => random.uniform()),
  );
}

/** A shelf of two pictures: one grey that grows from left to right, and one of squares. */
const SHELF = {
  count: 2,
  side: 64,
  picture: (index: number): Uint8Array =>
    Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => {
      const [y, x] = [Math.floor(i / 192), Math.floor(i / 3) % 64];
      return index % 2 === 0 ? 3 * x + 20 : ((y >> 4) + (x >> 4)) % 2 ? 200 : 60;
    }),
};

describe("A cleaner of frames", () => {
  it.each([
    [8, 8],
    [16, 24],
    [13, 21],
  ])("takes frames of any sides: %s × %s", async (height, width) => {
    const cleaner = await load();
    const source = frame(height, width);
    const before = source.pixels.slice();
    const cleaned = await cleaner.clean(source, NOISE);
    expect([cleaned.height, cleaned.width, cleaned.channels]).toEqual([height, width, 3]);
    expect(cleaned.pixels.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(source.pixels).toEqual(before);
    cleaner.dispose();
  });

  it("gives the same in tiles as in one piece", { timeout: 120_000 }, async () => {
    const net = new GrainNet(new Random(3), SPEC);
    const cleaner = new NetFrameCleaner(net, "wasm");
    // Larger than 640 × 640 pixels, so it is worked through in tiles of 384. The strip around column 384, cut out with 96 pixels to each side and cleaned
    // in one piece, must say the same in its middle.
    const large = frame(640, 704);
    const strip = picture(
      640,
      192,
      3,
      Float32Array.from({ length: 640 * 192 * 3 }, (_, i) => {
        const [y, x] = [Math.floor(i / 576), 288 + (Math.floor(i / 3) % 192)];
        return large.pixels[3 * (704 * y + x) + (i % 3)];
      }),
    );
    const [whole, part] = [await cleaner.clean(large, NOISE), await cleaner.clean(strip, NOISE)];
    let most = 0;
    for (let y = 0; y < 640; y++) {
      for (let x = 376; x < 392; x++) {
        const [a, b] = [3 * (704 * y + x), 3 * (192 * y + x - 288)];
        most = Math.max(most, Math.abs(whole.pixels[a] - part.pixels[b]));
      }
    }
    expect(most).toBeLessThan(1e-5);
    cleaner.dispose();
  });

  it("comes back from its file as it was, but for the last bits of eight", async () => {
    const net = new GrainNet(new Random(3), SPEC);
    const [exact, packed] = [await load(), await load(await encodeGrain(net, { seed: 3 }, "int8"))];
    const own = new NetFrameCleaner(net, "wasm");
    const source = frame(16, 16);
    const [a, b, c] = [
      await own.clean(source, NOISE),
      await exact.clean(source, NOISE),
      await packed.clean(source, NOISE),
    ];
    expect(b.pixels).toEqual(a.pixels);
    expect(c.pixels).not.toEqual(a.pixels);
    expect(c.pixels.reduce((most, value, i) => Math.max(most, Math.abs(value - a.pixels[i])), 0)).toBeLessThan(0.02);
    for (const cleaner of [exact, packed, own]) cleaner.dispose();
  });

  it("learns within 150 steps to bring noisy frames nearer to clean ones", { timeout: 120_000 }, async () => {
    const net = new GrainNet(new Random(1), { widths: [8, 12, 12], blocks: 1 });
    const cleaner = new NetFrameCleaner(net, "wasm");
    const noise = { electrons: 12 };
    const clean = picture(64, 64, 3, sceneCrops(SHELF, Uint32Array.of(1), 64, new Random(7)));
    const random = new Random(8);
    const noisy = picture(
      64,
      64,
      3,
      withSensorNoise(clean.pixels, noise, () => random.normal()),
    );
    const gain = async (): Promise<number> => psnr(clean, await cleaner.clean(noisy, noise)) - psnr(clean, noisy);
    const before = await gain();
    const task = grainTask(net, { ...SHELF, count: 4 }, { side: 64, learningRate: 4e-3 });
    await train(task, { steps: 150, batchSize: 4, seed: 1, validationShare: 0 });
    expect(await gain()).toBeGreaterThan(before + 0.5);
    cleaner.dispose();
  });

  it("of the shipped weights takes out more than half of the noise's power", async () => {
    const cleaner = await load(await readFile(new URL("../../../models/grain/grain.bnw", import.meta.url)));
    const clean = picture(64, 64, 3, sceneCrops(SHELF, Uint32Array.of(1), 64, new Random(7)));
    const random = new Random(8);
    const noisy = picture(
      64,
      64,
      3,
      withSensorNoise(clean.pixels, NOISE, () => random.normal()),
    );
    // Half of the power are 3 decibels.
    expect(psnr(clean, await cleaner.clean(noisy, NOISE)) - psnr(clean, noisy)).toBeGreaterThan(3);
    cleaner.dispose();
  });

  it("says how far it is, and stops when it is cancelled", async () => {
    const cleaner = await load();
    const shares: number[] = [];
    await cleaner.clean(frame(16, 16), { ...NOISE, onProgress: (done) => shares.push(done) });
    expect(shares).toEqual([0, 1]);
    const controller = new AbortController();
    const work = cleaner.clean(frame(16, 16), {
      ...NOISE,
      signal: controller.signal,
      onProgress: () => controller.abort(new Error("enough")),
    });
    await expect(work).rejects.toThrow("enough");
    cleaner.dispose();
  });

  it("leaves no tensor behind", async () => {
    const before = tf.memory().numTensors;
    const cleaner = await load();
    await cleaner.clean(frame(16, 16), NOISE);
    await cleaner.clean(frame(9, 16), NOISE);
    cleaner.dispose();
    cleaner.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it("says what is wrong with what it is given", async () => {
    const cleaner = await load();
    await expect(cleaner.clean(frame(7, 16), NOISE)).rejects.toThrow(
      "Frame cleaner: needed a picture with sides of 8 to 4096 pixels and 3 channels, came 7×16×3. Change its size first.",
    );
    await expect(cleaner.clean(frame(16, 16), { electrons: 0 })).rejects.toThrow(
      "Frame cleaner: needed electrons of 4 to 100000, came 0. Say how many white sets free in a pixel, e.g. 50 at night.",
    );
    cleaner.dispose();
    await expect(cleaner.clean(frame(16, 16), NOISE)).rejects.toThrow(
      "Frame cleaner: needed one in use, came one that was disposed. Load a new one.",
    );
  });

  it("is not made of a foreign file", async () => {
    await expect(load(Uint8Array.of(1, 2, 3))).rejects.toThrow("Frame cleaner file");
  });
});
