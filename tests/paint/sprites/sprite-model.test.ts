import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import type { Vae } from "../../../plugin/nets/generative/vae.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";
import { encodeWeights } from "../../../plugin/nets/weights-file.ts";
import { shieldOfSet } from "../../../plugin/paint/sprites/draw-shield.ts";
import { decodeSpriteModel, encodeSpriteModel, SpriteModel } from "../../../plugin/paint/sprites/sprite-model.ts";
import { CODE, untaughtGan, untaughtVae, WIDTHS } from "./untaught-model.ts";

let vae: Vae;
let model: SpriteModel;
let gan: SpriteModel;

beforeAll(async () => {
  await startBackend("cpu");
  ({ vae, model } = await untaughtVae());
  gan = await untaughtGan();
});
afterAll(() => vae.dispose());

const { sprite } = shieldOfSet(new Random(1), 1);
const code = (): Float32Array => Float32Array.from({ length: CODE }, (_, i) => Math.sin(i));
const furthest = (one: Float32Array, other: Float32Array): number =>
  one.reduce((most, value, i) => Math.max(most, Math.abs(value - other[i])), 0);

describe("SpriteModel", () => {
  it("makes the same sprite of a code as the network on TensorFlow.js, no colour above its opacity", () => {
    const expected = tf.tidy(() =>
      vae.decoder
        .decode(tf.tensor2d(code(), [1, CODE]))
        .dataSync<"float32">()
        .slice(),
    );
    const lowered = expected.map((value, i) => Math.min(value, expected[i - (i % 4) + 3]));
    expect(furthest(model.decode(code()).pixels, lowered)).toBeLessThan(1e-5);
  });

  it("tells the same code of a sprite as the network on TensorFlow.js", () => {
    const expected = tf.tidy(() =>
      vae.encoder
        .encode(tf.tensor4d(sprite.pixels.slice(), [1, 32, 32, 4]))
        .means.dataSync<"float32">()
        .slice(),
    );
    expect(model.encode(sprite)).toHaveLength(CODE);
    expect(furthest(model.encode(sprite), expected)).toBeLessThan(1e-5);
  });

  it("makes codes by chance of where the codes of its pictures lie", () => {
    // Mean ½, factor 2.
    expect([...model.codeOf(Float32Array.of(1, 0, -1, 0, 0, 0.25))]).toEqual([2.5, 0.5, -1.5, 0.5, 0.5, 1]);
  });

  it("takes noise itself for a code where it is a generator", () => {
    expect([...gan.codeOf(code())]).toEqual([...code()]);
  });

  it("cannot tell a code from a sprite where it is a generator", () => {
    expect(() => gan.encode(sprite)).toThrow(
      'SpriteModel: needed a variational autoencoder to tell a code from a sprite, came a "gan". Load models/sprites/vae.bnw.',
    );
  });

  it("says which codes it takes", () => {
    expect(() => model.decode(new Float32Array(4))).toThrow(
      "SpriteModel: needed a code of 6 finite numbers, came 4 numbers. Take one of `encode` or `codeOf`.",
    );
    expect(() => model.decode(new Float32Array(6).fill(NaN))).toThrow(
      "SpriteModel: needed a code of 6 finite numbers, came NaN as number 0. Take one of `encode` or `codeOf`.",
    );
  });

  it("says which pictures it takes", () => {
    expect(() => model.encode({ ...sprite, width: 16, height: 64 })).toThrow(
      "SpriteModel: needed a sprite of 32×32×4, came 64×16×4. Scale it, and give it an opacity.",
    );
    expect(() => model.encode({ ...sprite, pixels: sprite.pixels.map((value) => 2 * value) })).toThrow(
      /^SpriteModel: needed values in \[0, 1\], came 1\.\d+ as number \d+\. Divide bytes by 255\.$/,
    );
  });

  it("refuses tensors of another network", () => {
    const { "decoder 2 weights": _, ...others } = gan.tensors;
    expect(() => new SpriteModel({ kind: "gan", code: CODE, widths: WIDTHS }, others)).toThrow(
      'Sprite model: needed "decoder 2 weights" of shape [3, 3, 6, 5], came nothing. Use a model of this release, or teach anew.',
    );
    expect(() => new SpriteModel({ kind: "vae", code: CODE, widths: WIDTHS }, gan.tensors)).toThrow(
      'Sprite model: needed "encoder 1 weights" of shape [4, 4, 4, 5], came nothing. Use a model of this release, or teach anew.',
    );
  });
});

describe("a model's file", () => {
  it("gives back what was written, at full precision exactly", () => {
    for (const one of [model, gan]) {
      const again = decodeSpriteModel(encodeSpriteModel(one, "float32"), "a.bnw");
      expect(again.spec).toEqual(one.spec);
      expect(again.decode(code())).toEqual(one.decode(code()));
    }
  });

  it("changes no number of a sprite by more than 1/100 at half precision", () => {
    const again = decodeSpriteModel(encodeSpriteModel(model), "a.bnw");
    expect(furthest(again.decode(code()).pixels, model.decode(code()).pixels)).toBeLessThan(0.01);
  });

  it("is refused when its sizes cannot be", () => {
    const spec = { kind: "gan", code: 1e9, widths: [...WIDTHS] };
    const wild = encodeWeights({ network: "sprites", spec, tensors: {}, birth: {} });
    expect(() => decodeSpriteModel(wild, "wild.bnw")).toThrow(
      'Sprite model "wild.bnw": needed "vae" or "gan", a code of up to 512 numbers and 4 widths of up to 512, came "gan", 1000000000 and [8, 6, 5, 4]. Copy or download it again, or teach anew.',
    );
  });
});
