import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { momentDistance } from "../../../plugin/nets/likeness/moment-likeness.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";

const SIDE = 16;

beforeAll(() => startBackend("wasm"));

/** Every fourth column is a joint. */
const isJoint = (i: number): boolean => i % 4 === 0;
const places = (): tf.Tensor4D => {
  const kinds = Int32Array.from({ length: SIDE * SIDE }, (_, i) => Number(isJoint(i)));
  return tf.oneHot(tf.tensor3d(kinds, [1, SIDE, SIDE], "int32"), 2) as tf.Tensor4D;
};

/** Noise of one deviation; joints are darker by `depth`. */
function surface(seed: number, { depth = 1, roll = 0, deviation = 0.1 } = {}): tf.Tensor4D {
  const random = new Random(seed);
  const values = Float32Array.from({ length: SIDE * SIDE }, (_, i) => {
    return deviation * random.normal() - (isJoint(i + roll) ? depth : 0);
  });
  return tf.tensor4d(values, [1, SIDE, SIDE, 1]);
}

const distance = (made: tf.Tensor4D, real: tf.Tensor4D): number => momentDistance(made, real, places()).dataSync()[0];

describe("Likeness of places of a kind", () => {
  it("is perfect for the same, and nearly so for other chance of the same kind", () => {
    const real = surface(1);
    expect(distance(real, real)).toBe(0);
    expect(distance(surface(2), real)).toBeLessThan(0.01);
  });

  it("sees joints where none should be, which the whole picture's moments do not", () => {
    expect(distance(surface(1, { roll: 2 }), surface(1))).toBeGreaterThan(1);
  });

  it("sees that one kind of place varies too much", () => {
    expect(distance(surface(2, { deviation: 0.3 }), surface(1))).toBeGreaterThan(0.1);
  });

  it("falls along its gradient by as much as that says", () => {
    const real = surface(1);
    const made = surface(2, { depth: 0.4, deviation: 0.2 });
    const gradient = tf.grad((maps) => momentDistance(maps as tf.Tensor4D, real, places()))(made);
    const length = Math.sqrt(tf.sum(tf.square(gradient)).dataSync()[0]);
    const rate = 1e-3;
    const moved = tf.sub<tf.Tensor4D>(made, tf.mul(gradient, rate / length));
    expect((distance(made, real) - distance(moved, real)) / (rate * length)).toBeCloseTo(1, 1);
  });
});
