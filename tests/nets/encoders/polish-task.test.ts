import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { AutoencoderNet } from "../../../plugin/nets/encoders/autoencoder-net.ts";
import { polishTask } from "../../../plugin/nets/encoders/polish-task.ts";
import type { CropShelf } from "../../../plugin/nets/encoders/take-crops.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";
import { train } from "../../../plugin/nets/training/train.ts";

const SPEC = { code: 1, widths: [4, 6, 6], down: [0, 0, 0], up: [0, 0, 1] } as const;
const LESSON = { side: 16, learningRate: 1e-2 };
const OPTIONS = { steps: 120, batchSize: 2, validationShare: 0, seed: 3 };

/** Grey waves. */
const waves: CropShelf = {
  count: 8,
  side: 64,
  picture: (index) =>
    Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => {
      const y = Math.floor(i / 192) / 64;
      return 128 + (60 + 5 * index) * Math.sin(4 * Math.PI * y);
    }),
};

let net: AutoencoderNet;
beforeAll(() => startBackend("wasm"));
beforeEach(() => {
  net = new AutoencoderNet(new Random(1), SPEC);
  // One number for how light a cell is.
  const components = new Float32Array(192).fill(1 / Math.sqrt(192));
  net.beginWith({ mean: [0.5, 0.5, 0.5], components, variances: [4] });
});
afterEach(() => net.dispose());

/** Of always the same crops: the loss, and how far refining leads from the encoder's guesses. */
async function lookAt(lesson: { readonly refine?: number } = {}): Promise<{ loss: number; change: number }> {
  const task = polishTask(net, waves, { ...LESSON, ...lesson });
  const batch = await task.take(Uint32Array.of(0, 3, 6), new Random(7));
  const [loss, change] = tf.tidy(() => [
    task.turns[0].loss(batch, 0).dataSync()[0],
    tf.norm(batch.change).dataSync()[0],
  ]);
  tf.dispose(Object.values(batch) as tf.Tensor[]);
  return { loss, change };
}

/** Makes all guesses wrong by as much. */
function mislead(by: number): void {
  const [biases] = net.parameters.named((name) => name === "code biases");
  tf.tidy(() => biases.assign(tf.fill(biases.shape, by)));
}

describe("A polished autoencoder", () => {
  it("draws refined codes better, with the linear code that it had", async () => {
    const before = await lookAt();
    const linear = await net.parameters.read();
    await train(polishTask(net, waves, LESSON), OPTIONS);
    // 0.3 dB are 7 % of the squared error.
    expect((await lookAt()).loss).toBeLessThan(before.loss - 0.3);
    const now = await net.parameters.read();
    expect(now["linear code weights"]).toEqual(linear["linear code weights"]);
    expect(now["linear picture weights"]).toEqual(linear["linear picture weights"]);
  });

  it("guesses better what refining would find", async () => {
    mislead(0.5);
    const before = await lookAt();
    await train(polishTask(net, waves, LESSON), OPTIONS);
    expect((await lookAt()).change).toBeLessThan(0.5 * before.change);
  });

  it("sees codes that are nearer with each gradient", async () => {
    mislead(0.5);
    expect((await lookAt({ refine: 3 })).change).toBeGreaterThan((await lookAt({ refine: 1 })).change);
  });

  it("leaves no tensor behind", async () => {
    await lookAt();
    const before = tf.memory().numTensors;
    await lookAt();
    expect(tf.memory().numTensors).toBe(before);
  });
});
