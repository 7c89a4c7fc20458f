import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { GRAIN, GRAIN_INPUTS, GrainNet } from "../../../plugin/nets/encoders/grain-net.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";

/** Small, and as it was drawn: what it tells is nonsense, but always the same. */
const SPEC = { widths: [4, 6, 8], blocks: 1 } as const;

beforeAll(async () => {
  await startBackend("wasm");
});

function cells(rows: number, columns: number): tf.Tensor4D {
  const random = new Random(5);
  const values = Float32Array.from({ length: rows * columns * GRAIN_INPUTS }, () => random.normal());
  return tf.tensor4d(values, [1, rows, columns, GRAIN_INPUTS]);
}

describe("A network that tells the noise of frames", () => {
  it("gives twelve numbers for each place of 2 × 2 pixels", () => {
    const net = new GrainNet(new Random(1), SPEC);
    // A frame of 24 × 40 pixels has 12 × 20 places.
    const noise = tf.tidy(() => net.noiseOf(cells(12, 20)));
    expect(noise.shape).toEqual([1, 12, 20, 12]);
    noise.dispose();
    net.dispose();
  });

  it("moves with a frame that moves by 8 pixels, where the frame's borders are too far away to be seen", async () => {
    const net = new GrainNet(new Random(1), SPEC);
    // 8 pixels are 4 places. A place sees, on each side: 1 by each of the three layers at half size, 2 by each of two at a quarter, 4 by each of two at
    // an eighth, and up to 1 + 2 by where its cells of a quarter and an eighth begin: 1·3 + 2·2 + 4·2 + 3 = 18.
    const wide = tf.tidy(() => {
      const whole = cells(48, 52);
      const [here, moved] = [0, 4].map((from) =>
        net.noiseOf(tf.slice(whole, [0, 0, from, 0], [1, 48, 48, GRAIN_INPUTS])),
      );
      const middle = (made: tf.Tensor4D, from: number): tf.Tensor => tf.slice(made, [0, 18, from, 0], [1, 12, 8, 12]);
      return tf.max(tf.abs(tf.sub(middle(here, 22), middle(moved, 18))));
    });
    expect((await wide.data())[0]).toBeLessThan(1e-5);
    wide.dispose();
    net.dispose();
  });

  it("takes nearly nothing away before it has learned", async () => {
    const net = new GrainNet(new Random(1), SPEC);
    const most = tf.tidy(() => tf.mean(tf.abs(net.noiseOf(cells(8, 8)))));
    expect((await most.data())[0]).toBeLessThan(0.2);
    most.dispose();
    net.dispose();
  });

  it("costs less than 20 thousand operations a pixel as it is shipped", () => {
    const net = new GrainNet(null, GRAIN);
    // Products a place of 2 × 2 pixels: 9·24·(15 + 24 + 12) + 24·48 = 12,168 at half size; (4·24·48 + 2·9·48² + 48·64) / 4 = 12,288 at a quarter;
    // (4·48·64 + 2·2·9·64²) / 16 = 9,984 at an eighth. Two operations each, four pixels: 34,440 · 2 / 4 = 17,220.
    expect(net.operations(8, 8) / 64).toBe(17_220);
    net.dispose();
  });

  it("leaves no tensor behind", () => {
    const before = tf.memory().numTensors;
    const net = new GrainNet(new Random(1), SPEC);
    tf.tidy(() => net.noiseOf(cells(4, 4))).dispose();
    net.dispose();
    net.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
