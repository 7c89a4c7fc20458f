import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { AutoencoderNet } from "../../../plugin/nets/encoders/autoencoder-net.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";
import { encodeAutoencoder } from "../../../plugin/paint/encoders/autoencoder-file.ts";
import { loadTextureAutoencoder, type TextureAutoencoder } from "../../../plugin/paint/encoders/texture-autoencoder.ts";
import { meanSquaredError } from "../../../plugin/paint/metrics/signal-to-noise.ts";
import { cropped, picture, rolled, type Picture } from "../../../plugin/paint/picture.ts";

/** Small, and as it was drawn: what it makes of pictures is nonsense, but always the same. */
const SPEC = { code: 3, widths: [4, 6, 6], down: [0, 0, 1], up: [0, 0, 1] } as const;

let bytes: Uint8Array;
beforeAll(async () => {
  await startBackend("wasm");
  const net = new AutoencoderNet(new Random(3), SPEC);
  bytes = await encodeAutoencoder(net, { seed: 3 }, "int8");
  net.dispose();
});

const load = (source: Uint8Array = bytes): Promise<TextureAutoencoder> =>
  loadTextureAutoencoder(source, { backend: "wasm" });

/** Colours by chance. */
function speckled(height: number, width: number): Picture {
  const random = new Random(5);
  return picture(
    height,
    width,
    3,
    Float32Array.from({ length: height * width * 3 }, () => random.uniform()),
  );
}

function furthest(a: Picture, b: Picture): number {
  expect([a.height, a.width]).toEqual([b.height, b.width]);
  return a.pixels.reduce((most, value, i) => Math.max(most, Math.abs(value - b.pixels[i])), 0);
}

/** A square of 8 × 8 pixels, its corner at (12, 20). */
function square({ height, width }: Picture): Uint8Array {
  return Uint8Array.from({ length: height * width }, (_, i) => {
    const [y, x] = [Math.floor(i / width) - 12, (i % width) - 20];
    return y >= 0 && y < 8 && x >= 0 && x < 8 ? 1 : 0;
  });
}

describe("An autoencoder of textures", () => {
  it("gives a code with a cell for each 8 × 8 pixels", async () => {
    const autoencoder = await load();
    const code = await autoencoder.encode(speckled(32, 48));
    expect(code).toMatchObject({ rows: 4, columns: 6, channels: 3, frame: { top: 0, left: 0, height: 32, width: 48 } });
    expect(code.values).toHaveLength(4 * 6 * 3);
    autoencoder.dispose();
  });

  it.each([
    [8, 8, "wrap"],
    [24, 16, "cut"],
    [13, 21, "wrap"],
    [13, 21, "cut"],
  ] as const)("repeats pictures of any sides: %s × %s, %s", async (height, width, edges) => {
    const autoencoder = await load();
    const source = speckled(height, width);
    const whole = await autoencoder.reconstruct(source, { edges });
    expect([whole.height, whole.width, whole.channels]).toEqual([height, width, 3]);
    expect(whole.pixels.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(await autoencoder.decode(await autoencoder.encode(source, { edges }))).toEqual(whole);
    autoencoder.dispose();
  });

  it("comes nearer to the picture the more often it looks again", async () => {
    // What it makes must lie in [0, 1], since what is beyond is cut off afterwards: so it begins with each cell's mean colour.
    const net = new AutoencoderNet(new Random(3), SPEC);
    const components = Float32Array.from({ length: 3 * 192 }, (_, i) => (i % 3 === Math.floor(i / 192) ? 1 / 8 : 0));
    net.beginWith({ mean: [0.5, 0.5, 0.5], components, variances: [1, 1, 1] });
    const autoencoder = await load(await encodeAutoencoder(net, {}, "float32"));
    net.dispose();
    const source = speckled(32, 48);
    const errors: number[] = [];
    for (const refine of [0, 1, 8]) {
      errors.push(meanSquaredError(source, await autoencoder.reconstruct(source, { refine })));
    }
    expect(errors[1]).toBeLessThan(errors[0]);
    expect(errors[2]).toBeLessThan(errors[1]);
    expect(await autoencoder.reconstruct(source)).toEqual(await autoencoder.reconstruct(source, { refine: 4 }));
    autoencoder.dispose();
  });

  it("rolls with a picture that tiles", async () => {
    const autoencoder = await load();
    const source = speckled(32, 48);
    const still = await autoencoder.reconstruct(source);
    expect(furthest(rolled(still, 16, 24), await autoencoder.reconstruct(rolled(source, 16, 24)))).toBeLessThan(1e-5);
    autoencoder.dispose();
  });

  it("gives pictures that tile without a seam, also where cells don't fit", async () => {
    const autoencoder = await load();
    // 12 pixels are one cell and a half: two tiles side by side are three whole ones, and must say the same.
    const tile = speckled(12, 12);
    const four = picture(
      24,
      24,
      3,
      Float32Array.from({ length: 24 * 24 * 3 }, (_, i) => {
        const [y, x] = [Math.floor(i / 72) % 12, (Math.floor(i / 3) % 24) % 12];
        return tile.pixels[(y * 12 + x) * 3 + (i % 3)];
      }),
    );
    const whole = cropped(await autoencoder.reconstruct(four), 0, 0, 12, 12);
    expect(furthest(await autoencoder.reconstruct(tile), whole)).toBeLessThan(1e-5);
    autoencoder.dispose();
  });

  it("gives the same in tiles as in one piece", { timeout: 120_000 }, async () => {
    const autoencoder = await load();
    const stripe = speckled(64, 64);
    const large = picture(
      640,
      704,
      3,
      Float32Array.from({ length: 640 * 704 * 3 }, (_, i) => {
        const [y, x] = [Math.floor(i / 3 / 704) % 64, (Math.floor(i / 3) % 704) % 64];
        return stripe.pixels[(y * 64 + x) * 3 + (i % 3)];
      }),
    );
    const made = await autoencoder.reconstruct(large);
    const small = await autoencoder.reconstruct(stripe);
    // Tiles meet at 384 pixels: the last and the first 64 of two of them.
    expect(furthest(cropped(made, 320, 320, 64, 64), small)).toBeLessThan(1e-4);
    expect(furthest(cropped(made, 384, 384, 64, 64), small)).toBeLessThan(1e-4);
    autoencoder.dispose();
  });

  it("changes nothing but the hole, and fills that, whatever was in it", async () => {
    const autoencoder = await load();
    const source = speckled(64, 64);
    const hole = square(source);
    const other = { ...source, pixels: source.pixels.map((value, i) => (hole[Math.floor(i / 3)] ? 1 - value : value)) };
    for (const made of [await autoencoder.inpaint(source, hole), await autoencoder.regrow(source, hole)]) {
      const changed = made.pixels.map((value, i) => (value === source.pixels[i] ? 0 : 1));
      changed.forEach((isChanged, i) => expect(isChanged).toBeLessThanOrEqual(hole[Math.floor(i / 3)]));
      expect(changed.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(150);
    }
    expect(await autoencoder.inpaint(other, hole)).toMatchObject({ height: 64 });
    const [a, b] = [await autoencoder.inpaint(source, hole), await autoencoder.inpaint(other, hole)];
    expect(furthest(a, b)).toBe(0);
    autoencoder.dispose();
  });

  it("grows the same from the same seed, and otherwise from another", async () => {
    const autoencoder = await load();
    const source = speckled(96, 96);
    const grow = (seed: number): Promise<Picture> => autoencoder.regrow(source, square(source), { seed });
    const made = await grow(1);
    expect(await grow(1)).toEqual(made);
    const others = [await grow(2), await grow(3), await grow(4)];
    expect(others.some((other) => furthest(made, other) > 0)).toBe(true);
    autoencoder.dispose();
  });

  it("leaves no tensor behind", async () => {
    const before = tf.memory().numTensors;
    const autoencoder = await load();
    await autoencoder.regrow(speckled(64, 64), square(speckled(64, 64)));
    await autoencoder.reconstruct(speckled(9, 20));
    autoencoder.dispose();
    autoencoder.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it("stops when it is cancelled, and says how far it is", async () => {
    const autoencoder = await load();
    const shares: number[] = [];
    await autoencoder.reconstruct(speckled(16, 16), { onProgress: (done) => shares.push(done) });
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    const controller = new AbortController();
    controller.abort(new Error("enough"));
    await expect(autoencoder.encode(speckled(16, 16), { signal: controller.signal })).rejects.toThrow("enough");
    autoencoder.dispose();
  });

  it("stops while it looks again, and leaves no tensor of it", async () => {
    const autoencoder = await load();
    const before = tf.memory().numTensors;
    const controller = new AbortController();
    const onProgress = (done: number): void => {
      if (done > 0.5) controller.abort(new Error("enough"));
    };
    const looking = autoencoder.encode(speckled(16, 16), { signal: controller.signal, onProgress, refine: 100 });
    await expect(looking).rejects.toThrow("enough");
    expect(tf.memory().numTensors).toBe(before);
    autoencoder.dispose();
  });

  it("says what is wrong with what it is given", async () => {
    const autoencoder = await load();
    const source = speckled(16, 16);
    await expect(autoencoder.encode(picture(7, 16, 3))).rejects.toThrow(
      "Autoencoder: needed a picture with sides of 8 to 4096 pixels and 3 channels, came 7×16×3. Change its size first.",
    );
    await expect(autoencoder.inpaint(source, [1, 0])).rejects.toThrow(
      "Autoencoder: needed a hole of 256 numbers, one for each pixel, came 2. Draw it in the picture's size.",
    );
    await expect(autoencoder.inpaint(source, new Uint8Array(256).fill(1))).rejects.toThrow(
      "Autoencoder: needed a hole that leaves some of the picture, came one that is all. Draw less.",
    );
    await expect(autoencoder.regrow(source, new Uint8Array(256).fill(1, 100, 120), { edges: "cut" })).rejects.toThrow(
      "Autoencoder: needed 40 × 40 pixels without a hole to grow from, came none. Scratch out less.",
    );
    await expect(autoencoder.reconstruct(source, { refine: 1.5 })).rejects.toThrow(
      "Autoencoder: needed to refine 0 to 100 times, whole, came 1.5. Leave it out for 4.",
    );
    const code = await autoencoder.encode(source);
    await expect(autoencoder.decode({ ...code, values: code.values.slice(1) })).rejects.toThrow(
      "Autoencoder: needed a code of 2 × 2 cells with 3 numbers each, came 11 numbers for 3 channels. Take one of the same autoencoder.",
    );
    await expect(autoencoder.decode({ ...code, values: code.values.fill(NaN, 5, 6) })).rejects.toThrow(
      "Autoencoder: needed finite numbers in a code, came NaN as number 5. Look for where it was changed.",
    );
    autoencoder.dispose();
    await expect(autoencoder.encode(source)).rejects.toThrow(
      "Autoencoder: needed one in use, came one that was disposed. Load a new one.",
    );
  });

  it("refuses a file that was cut off", async () => {
    await expect(load(bytes.subarray(0, 900))).rejects.toThrow(/^Autoencoder file: /);
  });
});
