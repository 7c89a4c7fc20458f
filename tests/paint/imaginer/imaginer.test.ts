import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { CODE } from "../../../plugin/nets/imaginer/imaginer-net.ts";
import { loadImaginer, type Imaginer } from "../../../plugin/paint/imaginer/imaginer.ts";
import { codeArithmetic, codePath, mixCodes } from "../../../plugin/paint/imaginer/texture-code.ts";
import { picture } from "../../../plugin/paint/picture.ts";
import { untaughtImaginer } from "./untaught-imaginer.ts";

let bytes: Uint8Array;
beforeAll(async () => {
  bytes = await untaughtImaginer(3);
});

const load = (source: Uint8Array = bytes): Promise<Imaginer> => loadImaginer(source, { backend: "wasm" });
const noise = picture(
  32,
  24,
  3,
  Float32Array.from({ length: 32 * 24 * 3 }, (_, i) => ((i * 37) % 101) / 100),
);

describe("An imaginer", () => {
  it("draws the same maps from the same code and seed, and others from another seed", async () => {
    const imaginer = await load();
    const code = await imaginer.encode(noise);
    const draw = (seed: number): ReturnType<Imaginer["imagine"]> => imaginer.imagine(code, { seed, size: 32 });
    const maps = await draw(1);
    expect(await draw(1)).toEqual(maps);
    expect((await draw(2)).heights).not.toEqual(maps.heights);
    imaginer.dispose();
  });

  it("gives maps in their ranges, of any sides that are multiples of 16", async () => {
    const imaginer = await load();
    const maps = await imaginer.imagine(imaginer.codeOf("sand"), { size: { width: 48, height: 16 }, relief: 0.1 });
    expect(maps).toMatchObject({ width: 48, height: 16, relief: 0.1 });
    expect(maps.albedo).toHaveLength(48 * 16 * 3);
    for (const map of [maps.albedo, maps.heights, maps.roughness, maps.metallic]) {
      expect(Math.min(...map)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...map)).toBeLessThanOrEqual(1);
    }
    imaginer.dispose();
  });

  it("moves codes along the directions of attributes", async () => {
    const imaginer = await load();
    const still = imaginer.codeOf("brick");
    expect(Array.from(still)).toEqual(new Array(CODE).fill(0.5));
    // Moss is the ninth attribute; the class's middle is 0.25: 0.75 more, nine times.
    expect(imaginer.codeOf("brick", { moss: 1 })[8]).toBeCloseTo(0.5 + 0.75 * 9, 5);
    const moved = imaginer.moved(still, { dirt: -0.5 });
    expect(moved[11]).toBeCloseTo(0.5 - 0.5 * 12, 5);
    expect(moved[0]).toBe(0.5);
    imaginer.dispose();
  });

  it("leaves no tensor behind", async () => {
    const before = tf.memory().numTensors;
    const imaginer = await load();
    await imaginer.imagine(await imaginer.encode(noise), { size: 16 });
    imaginer.dispose();
    imaginer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it("says what is wrong with what it is given", async () => {
    const imaginer = await load();
    const code = imaginer.codeOf("sand");
    await expect(imaginer.imagine(code, { size: 40 })).rejects.toThrow(
      "Imaginer: needed sides of 16 to 2048 pixels that are multiples of 16, came 40 × 40. Choose such ones.",
    );
    await expect(imaginer.imagine(code, { size: 32, layout: new Float32Array(9) })).rejects.toThrow(
      "Imaginer: needed a layout of 1024 numbers, came 9. Draw it in the size of the maps.",
    );
    await expect(imaginer.imagine(code.slice(1))).rejects.toThrow(
      "Imaginer: needed a code of 41 finite numbers, came 40. Take one of the same imaginer.",
    );
    await expect(imaginer.encode(picture(8, 400, 3))).rejects.toThrow(
      "Imaginer: needed a picture of 3 channels and 16 to 2048 pixels on each side, came 400 × 8 with 3. Scale or convert it first.",
    );
    expect(() => imaginer.codeOf("cheese")).toThrow(
      'Imaginer: needed one of brick, sand, came "cheese". Choose a name of these, or encode a picture.',
    );
    imaginer.dispose();
    await expect(imaginer.encode(noise)).rejects.toThrow(
      "Imaginer: needed a living one, came one after dispose(). Load it again.",
    );
  });

  it("refuses a file that was cut off", async () => {
    await expect(load(bytes.subarray(0, 5000))).rejects.toThrow(/^Imaginer file: /);
  });
});

describe("Arithmetic with codes", () => {
  const [a, b, c] = [
    [1, 2],
    [3, 5],
    [10, 20],
  ].map((numbers) => Float32Array.from(numbers));

  it("takes one away and adds another", () => {
    expect(Array.from(codeArithmetic(a, b, c))).toEqual([8, 17]);
  });

  it("mixes by weight", () => {
    expect(Array.from(mixCodes([a, b], [3, 1]))).toEqual([1.5, 2.75]);
    expect(() => mixCodes([a, b], [1, -1])).toThrow(
      "mixCodes: needed 2 weights that add up to more than 0, came [1,-1]. Give one for each code.",
    );
  });

  it("walks from one to another", () => {
    expect(codePath(a, b, 3).map((code) => Array.from(code))).toEqual([
      [1, 2],
      [2, 3.5],
      [3, 5],
    ]);
    expect(() => mixCodes([a, Float32Array.of(1)])).toThrow(
      "mixCodes: needed codes of one length, came lengths [2,1]. Take codes of the same imaginer.",
    );
  });
});
