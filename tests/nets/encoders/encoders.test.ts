import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { AutoencoderNet, type LinearCode } from "../../../plugin/nets/encoders/autoencoder-net.ts";
import { autoencoderTask } from "../../../plugin/nets/encoders/autoencoder-task.ts";
import { DenoiserNet } from "../../../plugin/nets/encoders/denoiser-net.ts";
import { denoiserTask } from "../../../plugin/nets/encoders/denoiser-task.ts";
import { noisyPicture } from "../../../plugin/nets/encoders/noisy-picture.ts";
import { takeCrops, type CropShelf } from "../../../plugin/nets/encoders/take-crops.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";
import { train } from "../../../plugin/nets/training/train.ts";
import type { TrainingTask } from "../../../plugin/nets/training/training-task.ts";

beforeAll(() => startBackend("wasm"));

/** Checks of 8 × 8 pixels in two colours, each picture in others. */
const shelf: CropShelf = {
  count: 8,
  side: 64,
  picture: (index) =>
    Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => {
      const [pixel, c] = [Math.floor(i / 3), i % 3];
      const isDark = ((pixel >> 3) + (pixel >> 9)) % 2 === 0;
      return isDark ? 20 + 20 * ((index + c) % 4) : 200 - 15 * ((index + 2 * c) % 4);
    }),
};

/** Losses of one and the same mini-batch, before a task is taught for some steps and after that. */
async function lossesOf<Batch extends object>(
  task: TrainingTask<Batch>,
  steps: number,
): Promise<[before: number, after: number]> {
  const lossNow = async (): Promise<number> => {
    const batch = await task.take(Uint32Array.of(0, 3, 6), new Random(7));
    const loss = tf.tidy(() => task.turns[0].loss(batch, 0).dataSync()[0]);
    tf.dispose(Object.values(batch) as tf.Tensor[]);
    return loss;
  };
  const before = await lossNow();
  await train(task, { steps, batchSize: 2, validationShare: 0, seed: 3 });
  return [before, await lossNow()];
}

/** Four even colours of a cell: all, red, green against blue, left against right. */
const LINEAR: LinearCode = {
  mean: [0.5, 0.5, 0.5],
  components: Float32Array.from({ length: 4 * 192 }, (_, i) => {
    const [which, c, x] = [Math.floor(i / 192), i % 3, Math.floor(i / 3) % 8];
    const all = 1 / Math.sqrt(192);
    if (which === 0) return all;
    if (which === 1) return [2, -1, -1][c] / Math.sqrt(64 * 6);
    return which === 2 ? [0, 1, -1][c] / Math.sqrt(128) : x < 4 ? all : -all;
  }),
  variances: [4, 1, 1, 1],
};

const SPEC = { code: 4, widths: [4, 6, 6], down: [0, 0, 0], up: [0, 0, 1] } as const;

/** Grey waves, of which the linear code makes stairs. */
const waves: CropShelf = {
  ...shelf,
  picture: (index) =>
    Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => {
      const y = Math.floor(i / 192) / 64;
      return 128 + (60 + 5 * index) * Math.sin(4 * Math.PI * y);
    }),
};

describe("A crop", () => {
  it("is cut out of its picture, in any way and in any colours", () => {
    const crops = takeCrops(shelf, Uint32Array.of(0, 5), { side: 16 }, new Random(1));
    expect(crops).toHaveLength(2 * 16 * 16 * 3);
    // Checks of 8 × 8 have at most 3 × 3 fields in a crop, all of the two colours: at most six numbers.
    expect(new Set(crops.subarray(0, 16 * 16 * 3)).size).toBeLessThanOrEqual(6);
    expect(takeCrops(shelf, Uint32Array.of(0, 5), { side: 16 }, new Random(1))).toEqual(crops);
    expect(takeCrops(shelf, Uint32Array.of(0, 5), { side: 16 }, new Random(2))).not.toEqual(crops);
  });

  it("keeps its picture's colours where it is told to", () => {
    const sunset: CropShelf = {
      ...shelf,
      picture: () => Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => 200 - 90 * (i % 3)),
    };
    const crops = takeCrops(sunset, new Uint32Array(20), { side: 8, otherColours: 0 }, new Random(1));
    // More red than green, and more green than blue; lighter or darker as a whole.
    for (let i = 0; i < crops.length; i += 3) {
      expect(crops[i]).toBeGreaterThan(crops[i + 1]);
      expect(crops[i + 1]).toBeGreaterThan(crops[i + 2]);
    }
  });
});

describe("A denoiser", () => {
  it("learns to leave less noise than the filter, of what is grey", async () => {
    const net = new DenoiserNet(new Random(1), { widths: [6, 8], blocks: [0, 1] });
    const noisy = Array.from({ length: waves.count }, (_, index) =>
      noisyPicture(waves.picture(index), waves.side, [0.2, 0.3], new Random(index)),
    );
    const noisyWaves = { ...waves, picture: (index: number) => noisy[index] };
    const [first, last] = await lossesOf(denoiserTask(net, noisyWaves, { side: 16, learningRate: 5e-3 }), 80);
    expect(last).toBeLessThan(0.95 * first);
    net.dispose();
  });
});

describe("An autoencoder", () => {
  it("begins with the linear code that it is given", () => {
    const net = new AutoencoderNet(new Random(1), SPEC);
    net.beginWith(LINEAR);
    // Left half 0.8, right half 0.4 in all colours, which the linear code holds exactly; the rest hardly says anything yet.
    const halves = Float32Array.from({ length: 16 * 16 * 3 }, (_, i) => (Math.floor(i / 3) % 8 < 4 ? 0.8 : 0.4));
    const [codes, made] = tf.tidy(() => {
      const pictures = tf.tensor4d(halves, [1, 16, 16, 3]);
      const code = net.encode(pictures, tf.ones([1, 16, 16, 1]), "wrap");
      return [code.dataSync<"float32">(), net.decode(code, "wrap").dataSync<"float32">()];
    });
    // 0.1 above the mean everywhere: 0.1 · √192 = 1.386, over a deviation of 2.
    expect(codes[0]).toBeCloseTo(0.693, 1);
    expect(codes[3]).toBeCloseTo(0.2 * Math.sqrt(192), 0);
    const furthest = made.reduce((most, value, i) => Math.max(most, Math.abs(value - halves[i])), 0);
    expect(furthest).toBeLessThan(0.05);
    net.dispose();
  });

  it("learns to repeat pictures, and never changes its linear code", async () => {
    const net = new AutoencoderNet(new Random(1), SPEC);
    net.beginWith(LINEAR);
    const linear = await net.parameters.read();
    const [first, last] = await lossesOf(autoencoderTask(net, waves, { side: 16, learningRate: 1e-2 }), 120);
    expect(last).toBeLessThan(0.9 * first);
    const now = await net.parameters.read();
    expect(now["linear code weights"]).toEqual(linear["linear code weights"]);
    expect(now["linear picture weights"]).toEqual(linear["linear picture weights"]);
    expect(now["code weights"]).not.toEqual(linear["code weights"]);
    net.dispose();
  });

  it("says how far each number reaches", async () => {
    const net = new AutoencoderNet(null, SPEC);
    net.beginWith(LINEAR);
    const reach = await net.reach();
    // Components have the length 1, times the deviation of their number.
    [2, 1, 1, 1].forEach((deviation, i) => expect(reach[i]).toBeCloseTo(deviation, 5));
    net.dispose();
  });
});
