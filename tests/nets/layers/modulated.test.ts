import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { modulated } from "../../../plugin/nets/layers/modulated.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";

beforeAll(() => startBackend("wasm"));

const random = new Random(2);
const drawn = (shape: number[]): tf.Tensor =>
  tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.normal()),
    shape,
  );

describe("A modulated convolution", () => {
  it("is a convolution whose weights were scaled for each picture and brought back to length 1", () => {
    const [x, weights] = [drawn([2, 8, 8, 3]) as tf.Tensor4D, drawn([3, 3, 3, 5]) as tf.Tensor4D];
    const [codes, steering] = [drawn([2, 4]) as tf.Tensor2D, drawn([3, 4]) as tf.Tensor2D];
    const parameters = { weights, biases: tf.zeros<tf.Rank.R1>([5]) };
    const came = modulated(x, codes, { weights: steering, biases: tf.zeros<tf.Rank.R1>([3]) }, parameters);
    for (const picture of [0, 1]) {
      const scales = tf.add(tf.matMul(steering, tf.slice(codes, [picture, 0], [1, 4]), false, true), 1); // [3, 1]
      const scaled = tf.mul<tf.Tensor4D>(weights, scales);
      const own = tf.div<tf.Tensor4D>(scaled, tf.sqrt(tf.sum(tf.square(scaled), [0, 1, 2])));
      const inner = tf.conv2d(tf.slice(x, [picture, 0, 0, 0], [1, 8, 8, 3]), own, 1, "valid").dataSync();
      const outer = tf.slice(came, [picture, 1, 1, 0], [1, 6, 6, 5]).dataSync();
      outer.forEach((value, i) => expect(value).toBeCloseTo(inner[i], 3));
    }
  });
});
