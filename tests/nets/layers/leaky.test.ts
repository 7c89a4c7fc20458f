import * as tf from "@tensorflow/tfjs";
import { expect, it } from "vitest";
import { leaky } from "../../../plugin/nets/layers/leaky.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";

it.each(["cpu", "wasm"] as const)(
  "a fifth of what is below 0, and of its gradient, comes through on %s",
  async (backend) => {
    await startBackend(backend);
    const [values, slopes] = tf.tidy(() => {
      const x = tf.tensor1d([-2, 3]);
      const weighted = tf.grad((given: tf.Tensor) => tf.sum(tf.mul(leaky(given), tf.tensor1d([10, 100]))));
      return [leaky(x).dataSync<"float32">().slice(), weighted(x).dataSync<"float32">().slice()];
    });
    expect(values[0]).toBeCloseTo(-0.4, 6);
    expect(values[1]).toBe(3);
    expect(slopes[0]).toBeCloseTo(2, 6);
    expect(slopes[1]).toBe(100);
  },
);
