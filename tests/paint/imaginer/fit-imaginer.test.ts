import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { ConfigurationError, PolicyFileError } from "../../../plugin/core/errors.ts";
import { encodeWeights } from "../../../plugin/nets/weights-file.ts";
import { fitImaginer } from "../../../plugin/paint/imaginer/fit-imaginer.ts";
import type { FitImaginerProgress } from "../../../plugin/paint/imaginer/fit-lesson.ts";
import { decodeImaginerFit, encodeImaginerFit } from "../../../plugin/paint/imaginer/imaginer-fit.ts";
import { loadImaginer, type Imaginer } from "../../../plugin/paint/imaginer/imaginer.ts";
import type { SurfaceMaps } from "../../../plugin/paint/maps/surface-maps.ts";
import { paintHere, requestOf } from "../../../plugin/paint/painter/paint-here.ts";
import { picture } from "../../../plugin/paint/picture.ts";
import { readRecipe } from "../../../plugin/paint/recipes/read-recipe.ts";
import { stripes } from "../stripes.ts";
import { untaughtImaginer } from "./untaught-imaginer.ts";

const bark = stripes(80, 96);
let base: Uint8Array;
let other: Uint8Array;
let fit: Uint8Array;
beforeAll(async () => {
  [base, other] = [await untaughtImaginer(3), await untaughtImaginer(4)];
  ({ fit } = await fitImaginer("bark", base, bark, { steps: 3 }));
}, 180_000);

const flatMaps = (side: number): SurfaceMaps => {
  const plane = (value: number, channels = 1): Float32Array => new Float32Array(channels * side * side).fill(value);
  return {
    ...{ width: side, height: side, relief: 0.02 },
    ...{ albedo: plane(0.4, 3), heights: plane(0.5), roughness: plane(0.8), metallic: plane(0) },
  };
};

const load = (withFit: Uint8Array = fit, source: Uint8Array = base): Promise<Imaginer> =>
  loadImaginer(source, { backend: "wasm", fit: withFit });

describe("Fitting an imaginer to a picture", { timeout: 180_000 }, () => {
  it("makes a small file of its own, which the imaginer draws from", async () => {
    const [fitted, plain] = [await load(), await loadImaginer(base, { backend: "wasm" })];
    expect(fitted.classes).toEqual(["bark", "brick", "sand"]);
    expect([fitted.fileHash, plain.fitHash]).toEqual([plain.fileHash, null]);
    expect(fitted.fitHash).toMatch(/^[0-9a-f]{64}$/);
    expect(fit.length).toBeLessThan(base.length / 2);
    const code = fitted.codeOf("bark");
    const maps = await fitted.imagine(code, { size: 32 });
    expect(await fitted.imagine(code, { size: 32 })).toEqual(maps);
    expect((await plain.imagine(code, { size: 32 })).albedo).not.toEqual(maps.albedo);
    fitted.dispose();
    plain.dispose();
  });

  it("is smaller where less is learned", async () => {
    const sizes: number[] = [];
    for (const depth of ["code", "few"] as const) {
      sizes.push((await fitImaginer("bark", base, bark, { steps: 3, depth })).fit.length);
    }
    expect(sizes[0]).toBeLessThan(2_000);
    expect(sizes[1]).toBeLessThan(20_000);
    expect(fit.length).toBeLessThan(130_000);
  });

  it("tells how it goes, with pictures, and goes on from where it ended", async () => {
    const seen: FitImaginerProgress[] = [];
    const taught = await fitImaginer(
      "bark",
      base,
      bark,
      { steps: 2, from: fit },
      { onProgress: (far) => seen.push(far) },
    );
    expect(taught.steps).toBe(5);
    expect(seen.map(({ stage, step, done }) => [stage, step, done])).toEqual([
      ["all", 2, 1],
      ["all", 2, 1],
    ]);
    expect(seen.map(({ preview }) => preview?.width)).toEqual([undefined, 128]);
    expect(decodeImaginerFit(taught.fit, "bark").birth.notes).toEqual({ steps: 5 });
    expect(taught.loss).toBe(seen[1].loss);
  });

  it("learns whole stacks of maps, too", async () => {
    const imaginer = await loadImaginer(base, { backend: "wasm" });
    const maps = await imaginer.imagine(imaginer.codeOf("sand"), { size: 64 });
    imaginer.dispose();
    const taught = await fitImaginer("my sand", base, maps, { steps: 2 });
    expect((await load(taught.fit)).classes[0]).toBe("my sand");
  });

  it("learns several pictures together, of different sizes and in a list of one as well", async () => {
    const alone = await fitImaginer("bark", base, [bark], { steps: 3 });
    expect(alone.fit).toEqual(fit);
    const both = await fitImaginer("bark", base, [bark, stripes(160, 130)], { steps: 3 });
    expect(decodeImaginerFit(both.fit, "bark").code).not.toEqual(decodeImaginerFit(fit, "bark").code);
    expect((await load(both.fit)).classes[0]).toBe("bark");
  });

  it("leaves no tensor behind", async () => {
    const before = tf.memory().numTensors;
    await fitImaginer("bark", base, bark, { steps: 1 });
    await fitImaginer("bark", base, [bark, bark], { steps: 1 });
    (await load()).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each<[string, Parameters<typeof fitImaginer>[2], string]>([
    [
      " bark",
      bark,
      'Imaginer fit " bark": needed a name of 1 to 40 characters without blanks around it, came 5. Choose such a name.',
    ],
    [
      "sand",
      bark,
      'Imaginer fit "sand": needed a name of its own, came that of a class of the imaginer. Choose another one.',
    ],
    [
      "bark",
      picture(64, 64, 1),
      "Imaginer fit: needed a picture of 3 channels, or maps, of at least 16 pixels on each side, came 64 × 64 with 4096 numbers. Read it with readPicture.",
    ],
    ["bark", [], "Imaginer fit: needed 1 to 50 pictures or stacks of maps, came 0. Give one at least."],
    [
      "bark",
      Array.from({ length: 51 }, () => bark),
      "Imaginer fit: needed 1 to 50 pictures or stacks of maps, came 51. Leave some out.",
    ],
    [
      "bark",
      [bark, bark, flatMaps(64)],
      "Imaginer fit: needed sources of one kind, came a picture as source 1 and maps as source 3. Give pictures only, or maps only.",
    ],
    [
      "bark",
      [bark, stripes(12, 40), bark],
      "Imaginer fit: needed as source 2 of 3 a picture of 3 channels, or maps, of at least 16 pixels on each side, came 40 × 12 with 1440 numbers. Read it with readPicture.",
    ],
  ])("says what is wrong with %j", async (name, source, message) => {
    await expect(fitImaginer(name, base, source)).rejects.toEqual(new ConfigurationError(message));
  });
});

describe("The file of a fit", { timeout: 180_000 }, () => {
  it("refuses to go with another imaginer, or with attributes", async () => {
    await expect(load(fit, other)).rejects.toThrow(
      /^Imaginer fit "bark": needed the imaginer with the SHA-256 [0-9a-f]{12}…, came [0-9a-f]{12}…\. Serve the file/,
    );
    const imaginer = await load();
    expect(() => imaginer.codeOf("bark", { moss: 1 })).toThrow(
      'Imaginer "bark": needed no attributes of what was fitted to one example, came "moss". Move its code by changes.',
    );
    imaginer.dispose();
  });

  it("says what is wrong with bytes that are none", async () => {
    expect(() => decodeImaginerFit(fit.subarray(0, 900), "bark.bnw")).toThrow(/^Imaginer fit "bark.bnw": .*cut off/);
    expect(() => decodeImaginerFit(base, "bark.bnw")).toThrow(
      new PolicyFileError(
        'Imaginer fit "bark.bnw": needed a network "imaginer fit", came "imaginer". Open it as what it is.',
      ),
    );
    const newer = encodeWeights({ network: "imaginer fit", spec: { name: "bark", base: "?" }, tensors: {}, birth: {} });
    expect(() => decodeImaginerFit(newer, "bark.bnw")).toThrow(
      new PolicyFileError(
        'Imaginer fit "bark.bnw": needed a code and the SHA-256 of its imaginer, came no code and "?". Copy or download it again.',
      ),
    );
    const whole = decodeImaginerFit(fit, "bark.bnw");
    const strange = { ...whole, changes: { "draw 9 weights": { shape: [1, 1], values: Float32Array.of(1) } } };
    await expect(load(encodeImaginerFit(strange))).rejects.toThrow(
      'Imaginer fit "bark": needed changes of the imaginer\'s own numbers, came "draw 9 weights" of shape [1, 1]. Use a fit of this release.',
    );
  });

  it("is named by recipes, so that the same pixels come again", async () => {
    const networks = {
      findImaginer: (wanted?: Uint8Array) =>
        loadImaginer(base, { backend: "wasm", ...(wanted ? { fit: wanted } : {}) }),
    };
    const order = {
      generator: "imagined",
      seed: 7,
      size: 32,
      settings: { material: "bark", change: { moss: 0.1 } },
      fit,
    };
    const painted = await paintHere(order, {}, networks);
    const recipe = readRecipe(JSON.stringify(painted.recipe));
    const fitted = await load();
    expect([recipe.imaginer, recipe.imaginerFit]).toEqual([fitted.fileHash, fitted.fitHash]);
    expect(await paintHere(await requestOf(recipe, [], fit), {}, networks)).toEqual(painted);
    await expect(requestOf(recipe)).rejects.toThrow(
      /^Recipe: needed what the imaginer had learned, with the SHA-256 [0-9a-f]{12}…, came nothing\. Give the file of that fit\.$/,
    );
  });
});
