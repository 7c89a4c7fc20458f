import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { DenoiserNet } from "../../../plugin/nets/encoders/denoiser-net.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";
import { encodeDenoiser } from "../../../plugin/paint/encoders/denoiser-file.ts";
import { loadDenoiser, type Denoiser } from "../../../plugin/paint/encoders/denoiser.ts";
import { picture, rolled, type Picture } from "../../../plugin/paint/picture.ts";

/** Small, and as it was drawn: what it makes of pictures is nonsense, but always the same. */
const SPEC = { widths: [4, 6, 8], blocks: [0, 1, 1] };

let bytes: Uint8Array;
beforeAll(async () => {
  await startBackend("wasm");
  const net = new DenoiserNet(new Random(3), SPEC);
  bytes = await encodeDenoiser(net, { seed: 3 }, "int8");
  net.dispose();
});

const load = (source: Uint8Array = bytes): Promise<Denoiser> => loadDenoiser(source, { backend: "wasm" });

function noisy(height: number, width: number, deviation = 0.1): Picture {
  const random = new Random(5);
  const pixels = Float32Array.from(
    { length: height * width * 3 },
    (_, i) => 0.5 + 0.2 * (i % 3) + deviation * random.normal(),
  );
  return picture(height, width, 3, pixels);
}

function furthest(a: Picture, b: Picture): number {
  expect([a.height, a.width]).toEqual([b.height, b.width]);
  return a.pixels.reduce((most, value, i) => Math.max(most, Math.abs(value - b.pixels[i])), 0);
}

describe("A denoiser", () => {
  it.each([
    [8, 8],
    [16, 12],
    [13, 21],
  ])("takes pictures of any sides: %s × %s", async (height, width) => {
    const denoiser = await load();
    const source = noisy(height, width);
    const before = source.pixels.slice();
    const cleaned = await denoiser.denoise(source);
    expect([cleaned.height, cleaned.width, cleaned.channels]).toEqual([height, width, 3]);
    expect(cleaned.pixels.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(source.pixels).toEqual(before);
    denoiser.dispose();
  });

  it("rolls with a picture that tiles, and not with another one", async () => {
    const denoiser = await load();
    const source = noisy(24, 16);
    const clean = (edges: "wrap" | "cut", from: Picture): Promise<Picture> =>
      denoiser.denoise(from, { edges, noise: 0.1 });
    const moved = rolled(source, 16, 8);
    expect(furthest(rolled(await clean("wrap", source), 16, 8), await clean("wrap", moved))).toBeLessThan(1e-5);
    expect(furthest(rolled(await clean("cut", source), 16, 8), await clean("cut", moved))).toBeGreaterThan(1e-4);
    denoiser.dispose();
  });

  it("gives the same in tiles as in one piece", { timeout: 120_000 }, async () => {
    const denoiser = await load();
    // Larger than 640 × 640 pixels: four tiles. It repeats 8 × 8 pixels, so a small picture of them in one piece must say the same.
    const stripe = noisy(8, 8);
    const repeat = (height: number, width: number): Picture =>
      picture(
        height,
        width,
        3,
        Float32Array.from({ length: height * width * 3 }, (_, i) => {
          const [y, x] = [Math.floor(i / 3 / width) % 8, (Math.floor(i / 3) % width) % 8];
          return stripe.pixels[(y * 8 + x) * 3 + (i % 3)];
        }),
      );
    const options = { noise: 0 }; // the network alone
    const large = await denoiser.denoise(repeat(640, 704), options);
    const small = await denoiser.denoise(repeat(64, 64), options);
    let most = 0;
    for (let y = 0; y < 640; y += 3) {
      for (let x = 0; x < 704; x++) {
        const [a, b] = [3 * (y * 704 + x), 3 * ((y % 64) * 64 + (x % 64))];
        most = Math.max(most, Math.abs(large.pixels[a] - small.pixels[b]));
      }
    }
    expect(most).toBeLessThan(1e-4);
    denoiser.dispose();
  });

  it("says how far it is, and stops when it is cancelled", async () => {
    const denoiser = await load();
    const shares: number[] = [];
    await denoiser.denoise(noisy(16, 16), { onProgress: (done) => shares.push(done) });
    expect(shares[0]).toBe(0);
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    const controller = new AbortController();
    const work = denoiser.denoise(noisy(16, 16), {
      signal: controller.signal,
      onProgress: (done) => done > 0.2 && controller.abort(new Error("enough")),
    });
    await expect(work).rejects.toThrow("enough");
    denoiser.dispose();
  });

  it("leaves no tensor behind", async () => {
    const before = tf.memory().numTensors;
    const denoiser = await load();
    await denoiser.denoise(noisy(16, 16));
    await denoiser.denoise(noisy(9, 16));
    denoiser.dispose();
    denoiser.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it("says what is wrong with what it is given", async () => {
    const denoiser = await load();
    await expect(denoiser.denoise(noisy(7, 16))).rejects.toThrow(
      "Denoiser: needed a picture with sides of 8 to 4096 pixels and 3 channels, came 7×16×3. Change its size first.",
    );
    await expect(denoiser.denoise(picture(8, 8, 3, new Float32Array(192).fill(255)))).rejects.toThrow(
      "Denoiser: needed values in [-2, 3], came 255 as number 0. Divide bytes by 255.",
    );
    await expect(denoiser.denoise(noisy(8, 8), { noise: 38 })).rejects.toThrow(
      'Denoiser: needed noise of 0 to 0.5 or "find", came 38. Give its standard deviation, or leave it out.',
    );
    denoiser.dispose();
    await expect(denoiser.denoise(noisy(8, 8))).rejects.toThrow(
      "Denoiser: needed one in use, came one that was disposed. Load a new one.",
    );
  });

  it("refuses files that are cut off or of another network", async () => {
    await expect(load(bytes.subarray(0, 900))).rejects.toThrow(/^Denoiser file: /);
    const net = new DenoiserNet(new Random(1), { widths: [4], blocks: [0] });
    const flat = await encodeDenoiser(net, {}, "float32");
    net.dispose();
    await expect(load(flat)).rejects.toThrow(
      "Denoiser file: needed 2 to 6 levels with their channels and blocks, came [4] and [0]. Copy or download it again, or teach anew.",
    );
  });
});
