import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { CODE, ImaginerNet } from "../../../plugin/nets/imaginer/imaginer-net.ts";
import { depthOf, drawLayout } from "../../../plugin/nets/imaginer/pieces/layout.ts";
import { spatialInputs } from "../../../plugin/nets/imaginer/spatial-inputs.ts";
import { StackCritic } from "../../../plugin/nets/imaginer/stack-critic.ts";
import { CodeTeller } from "../../../plugin/nets/imaginer/code-teller.ts";
import type { TaughtStack } from "../../../plugin/nets/imaginer/taught-stack.ts";
import { imaginerTask, seeingTask } from "../../../plugin/nets/imaginer/teach-imaginer.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";
import { train } from "../../../plugin/nets/training/train.ts";
import { picture, rolled } from "../../../plugin/paint/picture.ts";

beforeAll(() => startBackend("wasm"));

const SHELF_SIDE = 32;
const CHANCE = { batchSize: 2, seed: 7, validationShare: 0 };

/** Stripes of chance colours with heights that follow them. */
function stripes(seed: number): TaughtStack {
  const random = new Random(seed);
  const colours = Array.from({ length: 4 }, () => 255 * random.uniform());
  const stack = Uint8Array.from({ length: SHELF_SIDE * SHELF_SIDE * 6 }, (_, i) => {
    return colours[Math.floor((i / 6) % SHELF_SIDE) % 4];
  });
  const ids = Uint16Array.from({ length: SHELF_SIDE * SHELF_SIDE }, (_, i) => (i % 4 === 0 ? 0 : 1 + ((i % 32) >> 2)));
  const plan = { kind: "bond", across: 8, down: 1, gap: 0.25 } as const;
  const layout = seed === 1 ? null : { plan, ids, numbers: null, depths: depthOf(ids, SHELF_SIDE, SHELF_SIDE) };
  return { stack, layout, kind: seed % 2, attributes: Float32Array.of(seed / 4) };
}

describe("The imaginer's network", () => {
  it("is small", () => {
    const net = new ImaginerNet(null);
    expect(net.parameters.count).toBeLessThanOrEqual(150_000);
    net.dispose();
  });

  it("rolls its maps with what they are drawn from", () => {
    const net = new ImaginerNet(new Random(1));
    const size = { height: 64, width: 48 };
    const layout = drawLayout({ kind: "cells", across: 10, down: 8, gap: 0.2 }, size, new Random(3));
    const draw = (roll: [number, number]): Float32Array =>
      tf.tidy(() => {
        const code = tf.ones<tf.Rank.R2>([1, CODE]);
        return net
          .decode(code, spatialInputs(1, new Random(2), { ...size, layouts: [layout], roll }))
          .dataSync<"float32">();
      });
    const still = picture(64, 48, 6, draw([0, 0]));
    const expected = rolled(still, 16, 32).pixels;
    draw([16, 32]).forEach((value, i) => expect(value).toBeCloseTo(expected[i], 4));
    net.dispose();
  });

  it("draws with at most 640 bytes a pixel at once, so that 2048 × 2048 fit into WASM's memory", async () => {
    const net = new ImaginerNet(new Random(1));
    const size = { height: 128, width: 128 };
    const { peakBytes } = await tf.profile(() =>
      tf.tidy(() => net.decode(tf.ones<tf.Rank.R2>([1, CODE]), spatialInputs(1, new Random(2), size))),
    );
    // 2048² pixels × 640 bytes = 2.7 GB, of 4.
    expect(peakBytes / 128 ** 2).toBeLessThan(640);
    net.dispose();
  });

  it("gives the same code wherever the parts of a picture lie", () => {
    const net = new ImaginerNet(new Random(1));
    const random = new Random(4);
    const still = picture(
      40,
      32,
      3,
      Float32Array.from({ length: 40 * 32 * 3 }, () => random.uniform()),
    );
    const codeOf = ({ height, width, pixels }: typeof still): Float32Array =>
      tf.tidy(() => net.encode(tf.tensor4d(pixels.slice(), [1, height, width, 3])).dataSync<"float32">());
    const moved = codeOf(rolled(still, 8, 24));
    codeOf(still).forEach((value, i) => expect(value).toBeCloseTo(moved[i], 4));
    net.dispose();
  });

  it("learns, the same with the same seed, and leaves nothing behind", { timeout: 180_000 }, async () => {
    const before = tf.memory().numTensors;
    const shelf = [1, 2, 3].map(stripes);
    const losses: number[] = [];
    const teach = async (steps: number): Promise<Float32Array> => {
      const net = new ImaginerNet(new Random(5));
      const teller = new CodeTeller(shelf);
      await train(seeingTask(net, teller, shelf, { shelfSide: SHELF_SIDE }), { ...CHANCE, steps: 2 });
      const critic = new StackCritic(new Random(6));
      const { task, dispose } = imaginerTask(net, teller, shelf, { shelfSide: SHELF_SIDE, side: SHELF_SIDE, critic });
      const watch = {
        onProgress: ({ losses: all }: { losses: Record<string, number> }) => void losses.push(all["likeness"]),
      };
      await train(task, { ...CHANCE, steps }, watch);
      const { values } = (await net.parameters.read())["draw maps weights"];
      dispose();
      critic.dispose();
      teller.dispose();
      net.dispose();
      return values;
    };
    expect(await teach(3)).toEqual(await teach(3));
    losses.length = 0;
    await teach(60);
    expect(losses.at(-1)).toBeLessThan(0.6 * losses[0]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
