import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import type { CodeShape } from "../../../plugin/nets/generative/code-shape.ts";
import { Critic } from "../../../plugin/nets/generative/critic.ts";
import { ganTask } from "../../../plugin/nets/generative/gan-task.ts";
import { Generator } from "../../../plugin/nets/generative/generator.ts";
import { normalRows, type PictureSource } from "../../../plugin/nets/generative/picture-source.ts";
import { vaeTask } from "../../../plugin/nets/generative/vae-task.ts";
import { Vae } from "../../../plugin/nets/generative/vae.ts";
import { train } from "../../../plugin/nets/training/train.ts";
import { useWasmBackend } from "../../../plugin/nets/wasm-backend.ts";

beforeAll(() => useWasmBackend());

const SHAPE: CodeShape = { side: 8, channels: 1, code: 3, widths: [12, 8] };

/** Bright bars on a dark ground, upright or lying, at one of eight places. */
const bars: PictureSource = {
  count: 64,
  picture(index) {
    const place = index % 8;
    const isUpright = index % 16 < 8;
    return Float32Array.from({ length: 64 }, (_, pixel) =>
      (isUpright ? pixel % 8 : Math.floor(pixel / 8)) === place ? 0.9 : 0.1,
    );
  },
};

const numbersOf = async (made: Vae | Generator): Promise<number[]> =>
  Object.values(await made.parameters.read()).flatMap(({ values }) => [...values]);

async function teachVae(seed: number, extra: object = {}): Promise<{ numbers: number[]; best: number }> {
  const vae = new Vae(SHAPE, new Random(seed, 1));
  const task = vaeTask(vae, bars, { beta: 0.01, warmUpSteps: 20, learningRate: 0.01, horizon: 300 });
  const { best } = await train(task, { steps: 300, batchSize: 16, seed, interval: 20, ...extra });
  const numbers = await numbersOf(vae);
  vae.dispose();
  return { numbers, best: best!.loss };
}

describe("vaeTask", () => {
  it("learns to repeat pictures and leaves no tensor behind", { timeout: 60_000 }, async () => {
    const before = tf.memory().numTensors;
    const { best } = await teachVae(1);
    // An even picture of the mean, 0.2, has the squared error 8 · 0.7² + 56 · 0.1² ≈ 4.5.
    expect(best).toBeLessThan(2);
    expect(tf.memory().numTensors).toBe(before);
  });

  it("the same seed gives the same weights", { timeout: 60_000 }, async () => {
    const [one, two] = [await teachVae(3, { steps: 20 }), await teachVae(3, { steps: 20 })];
    expect(one.numbers).toEqual(two.numbers);
  });

  it("begins with the picture alone and lets the price of codes rise", () => {
    const vae = new Vae(SHAPE, new Random(1, 1));
    const task = vaeTask(vae, bars, { beta: 1, warmUpSteps: 10 });
    const [first, middle, full, judged] = tf.tidy(() => {
      const batch = {
        pictures: tf.tensor4d(bars.picture(0), [1, 8, 8, 1]),
        noise: tf.fill<tf.Rank.R2>([1, 3], 2),
      };
      const [{ loss }] = task.turns;
      return [loss(batch, 0), loss(batch, 4), loss(batch, 100), task.judge!(batch)].map(
        (scalar) => scalar.dataSync<"float32">()[0],
      );
    });
    vae.dispose();
    // Shares of 0.1, 0.5 and 1 of one and the same divergence.
    expect((middle - first) / (full - first)).toBeCloseTo(4 / 9, 3);
    expect(judged).toBe(full);
  });
});

describe("ganTask", () => {
  const makePair = (seed: number): { generator: Generator; critic: Critic } => ({
    generator: new Generator(SHAPE, new Random(seed, 1)),
    critic: new Critic(SHAPE, new Random(seed, 2)),
  });

  it("a generator learns to make pictures as bright as real ones, that differ", { timeout: 120_000 }, async () => {
    const before = tf.memory().numTensors;
    const pair = makePair(2);
    await train(ganTask(pair, bars, { penalty: 0.1, learningRate: 3e-3, horizon: 300 }), {
      steps: 300,
      batchSize: 16,
      validationShare: 0,
      averageDecay: 0.98,
      seed: 2,
    });
    const [mean, deviation] = tf.tidy(() => {
      const made = pair.generator.decoder.decode(normalRows(new Random(5), 64, SHAPE.code));
      const { variance } = tf.moments(made, 0);
      return [tf.mean(made), tf.mean(tf.sqrt(variance))].map((scalar) => scalar.dataSync<"float32">()[0]);
    });
    // Real ones: the mean is 0.2, a pixel's deviation √(7 / 64) · 0.8 ≈ 0.26.
    expect(Math.abs(mean - 0.2)).toBeLessThan(0.06);
    expect(deviation).toBeGreaterThan(0.13);
    pair.generator.dispose();
    pair.critic.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it("goes on from a checkpoint as if it had never ended", { timeout: 60_000 }, async () => {
    const options = { batchSize: 16, validationShare: 0, averageDecay: 0.9, seed: 4, interval: 6 };
    const teach = async (extra: object, watch: object = {}): Promise<number[]> => {
      const pair = makePair(4);
      await train(ganTask(pair, bars, { learningRate: 1e-3 }), { ...options, steps: 12, ...extra }, watch);
      const numbers = await numbersOf(pair.generator);
      pair.generator.dispose();
      pair.critic.dispose();
      return numbers;
    };
    const kept: Uint8Array[] = [];
    const whole = await teach({}, { onCheckpoint: (bytes: Uint8Array) => void kept.push(bytes) });
    const resumed = await teach({ checkpoint: kept[0] });
    expect(kept).toHaveLength(2);
    expect(resumed).toEqual(whole);
  });

  it("looks at the steepness at every fourth mini-batch only", () => {
    const pair = makePair(1);
    const task = ganTask(pair, bars, { penalty: 1000 });
    const [at0, at1, at4] = tf.tidy(() => {
      const pictures = tf.tensor4d(bars.picture(0), [1, 8, 8, 1]);
      const noise = tf.ones<tf.Rank.R2>([1, 3]);
      const batch = { pictures, noise, secondNoise: noise, shake: tf.fill<tf.Rank.R4>([1, 8, 8, 1], 0.02) };
      return [0, 1, 4].map((step) => task.turns[0].loss(batch, step).dataSync<"float32">()[0]);
    });
    pair.generator.dispose();
    pair.critic.dispose();
    expect(at0).toBe(at4);
    expect(at0).toBeGreaterThan(at1);
  });
});

it("a critic sees how much its batch varies", () => {
  const critic = new Critic(SHAPE, new Random(6, 2));
  const [alone, amongOthers] = tf.tidy(() => {
    const one = tf.tensor4d(bars.picture(0), [1, 8, 8, 1]);
    const other = tf.tensor4d(bars.picture(9), [1, 8, 8, 1]);
    return [tf.concat([one, one]), tf.concat([one, other])].map(
      (pictures) => critic.score(pictures).dataSync<"float32">()[0],
    );
  });
  critic.dispose();
  expect(Math.abs(alone - amongOthers)).toBeGreaterThan(1e-4);
});

it("says which shapes can be", () => {
  expect(() => new Vae({ side: 12, channels: 4, code: 8, widths: [8, 8, 8, 8] }, null)).toThrow(
    "CodeShape: needed a side that can be halved for each of at least 2 widths, and whole sizes above 0, came side 12, channels 4, code 8 and widths [8, 8, 8, 8]. Take e.g. 32, 4, 48 and [96, 48, 32, 16].",
  );
});
