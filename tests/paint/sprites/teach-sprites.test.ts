import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { useWasmBackend } from "../../../plugin/nets/wasm-backend.ts";
import { shieldOfSet } from "../../../plugin/paint/sprites/draw-shield.ts";
import { imagineSprite } from "../../../plugin/paint/sprites/imagine-sprite.ts";
import type { SpriteModel } from "../../../plugin/paint/sprites/sprite-model.ts";
import {
  teachSprites,
  type TeachSpritesOptions,
  type TeachSpritesWatch,
} from "../../../plugin/paint/sprites/teach-sprites.ts";
import { CODE, WIDTHS } from "./untaught-model.ts";

beforeAll(() => useWasmBackend());

const set = new Random(1);
const shields = Array.from({ length: 64 }, (_, index) => shieldOfSet(set, index).sprite);

const teach = (
  kind: "vae" | "gan",
  options: Partial<TeachSpritesOptions> = {},
  watch: TeachSpritesWatch = {},
): Promise<SpriteModel> =>
  teachSprites(shields, { kind, steps: 4, code: CODE, widths: WIDTHS, interval: 2, ...options }, watch);

describe.each(["vae", "gan"] as const)("teaching a %s", (kind) => {
  it("gives a model that imagines, and leaves no tensor behind", async () => {
    const before = tf.memory().numTensors;
    const model = await teach(kind);
    expect(imagineSprite(model, { seed: 1 }).pixels.every((value) => value >= 0 && value <= 1)).toBe(true);
    expect(tf.memory().numTensors).toBe(before);
  });

  it("gives the same model for the same seed, also when it goes on from a checkpoint", async () => {
    const kept: Uint8Array[] = [];
    const whole = await teach(kind, { seed: 5 }, { onCheckpoint: (bytes) => void kept.push(bytes) });
    const resumed = await teach(kind, { seed: 5, checkpoint: kept[0] });
    expect(kept).toHaveLength(2);
    expect(resumed.tensors).toEqual(whole.tensors);
    expect((await teach(kind, { seed: 6 })).tensors).not.toEqual(whole.tensors);
  });

  it("shows models on the way", async () => {
    const steps: number[] = [];
    const seen: SpriteModel[] = [];
    const last = await teach(kind, {}, { onSample: (model, step) => void (steps.push(step), seen.push(model)) });
    expect(steps).toEqual([2, 4]);
    expect(seen[0].tensors).not.toEqual(last.tensors);
  });

  it("ends when it is told to", async () => {
    const signal = AbortSignal.abort(new Error("Enough."));
    await expect(teach(kind, { signal })).rejects.toThrow("Enough.");
  });
});

it("an autoencoder keeps where the codes of its pictures lie", async () => {
  const model = await teach("vae");
  const { values } = model.tensors["code mean"];
  const codes = shields.map((sprite) => model.encode(sprite));
  values.forEach((value, i) => {
    expect(value).toBeCloseTo(codes.reduce((sum, code) => sum + code[i], 0) / codes.length, 4);
  });
});

it("a generator begins as the decoder of an autoencoder, and takes noise for its codes", async () => {
  const begin = await teach("vae");
  const still = await teach("gan", { begin, steps: 1 });
  const noise = Float32Array.from({ length: CODE }, (_, i) => Math.sin(i));
  const [made, decoded] = [still.decode(noise), begin.decode(begin.codeOf(noise))];
  // One step at a fiftieth of the rate of 4e-4 moves each weight by at most 8e-6.
  made.pixels.forEach((value, i) => expect(Math.abs(value - decoded.pixels[i])).toBeLessThan(1e-3));
  await expect(teach("vae", { begin })).rejects.toThrow(
    `teachSprites: needed a "vae" of ${CODE} numbers and [${WIDTHS.join(", ")}] to begin a "gan" with, came one to begin a "vae" with. Leave it out.`,
  );
});

it("says which sprites it takes", async () => {
  await expect(teachSprites(shields.slice(0, 3), { kind: "gan" })).rejects.toThrow(
    "teachSprites: needed at least 64 sprites, came 3. Give more, also mirrored or in other colours.",
  );
  const odd = { count: 64, sprite: () => ({ ...shields[0], channels: 3 }) };
  await expect(teachSprites(odd, { kind: "gan", code: CODE, widths: WIDTHS })).rejects.toThrow(
    /^teachSprites: needed sprites of 32×32×4, came 32×32×3 as number \d+\. Scale it, and give it an opacity\.$/,
  );
});
