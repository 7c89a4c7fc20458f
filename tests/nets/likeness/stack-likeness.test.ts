import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { SpectrumLikeness } from "../../../plugin/nets/likeness/spectrum-likeness.ts";
import { StackLikeness } from "../../../plugin/nets/likeness/stack-likeness.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";

const SIDE = 32;

beforeAll(() => startBackend("wasm"));

/** Noise as two maps; the second is the first, or the first rolled, so that each map alone is as before. */
function twoMaps(seed: number, roll: number): tf.Tensor4D {
  const random = new Random(seed);
  const noise = Float32Array.from({ length: SIDE * SIDE }, () => random.normal());
  const values = new Float32Array(SIDE * SIDE * 2);
  for (let i = 0; i < noise.length; i++) {
    values[2 * i] = noise[i];
    values[2 * i + 1] = noise[(i + roll) % noise.length];
  }
  return tf.tensor4d(values, [1, SIDE, SIDE, 2]);
}

const number = (scalar: tf.Scalar): number => scalar.dataSync()[0];

describe("Likeness of stacks", () => {
  it("is perfect for the same maps", () => {
    const likeness = new StackLikeness({ channels: 2 });
    const maps = twoMaps(1, 0);
    expect(number(likeness.distance(maps, maps, new Random(3)))).toBe(0);
  });

  it("sees maps that do not fit each other, though each is as it was", () => {
    const likeness = new StackLikeness({ channels: 2 });
    // Stripes of 8 pixels in both maps, begun anywhere; the second map begins `apart` pixels later.
    const stripes = (start: number, apart: number): tf.Tensor4D =>
      tf.tensor4d(
        Float32Array.from({ length: SIDE * SIDE * 2 }, (_, i) => {
          return (Math.floor(i / 2) + start + (i % 2) * apart) % 8 < 3 ? 1 : 0;
        }),
        [1, SIDE, SIDE, 2],
      );
    const real = stripes(0, 0);
    expect(number(likeness.distance(stripes(2, 0), real, new Random(3)))).toBeLessThan(1e-3);
    expect(number(likeness.distance(stripes(2, 4), real, new Random(3)))).toBeGreaterThan(0.1);
  });

  it("falls along its gradient by as much as that says", () => {
    const likeness = new StackLikeness({ channels: 2 });
    const real = twoMaps(1, 0);
    const distance = (maps: tf.Tensor4D): tf.Scalar => likeness.distance(maps, real, new Random(3));
    const made = twoMaps(2, 9);
    const gradient = tf.grad(distance as (maps: tf.Tensor) => tf.Tensor)(made);
    const square = number(tf.sum<tf.Scalar>(tf.square(gradient)));
    const rate = 1e-3;
    const moved = tf.sub<tf.Tensor4D>(made, tf.mul(gradient, rate / Math.sqrt(square)));
    const fall = number(distance(made)) - number(distance(moved));
    expect(fall / (rate * Math.sqrt(square))).toBeCloseTo(1, 1);
  });

  it("holds small pictures against larger ones of the same kind", () => {
    const likeness = new StackLikeness({ channels: 1 });
    const noise = (seed: number, side: number, deviation: number): tf.Tensor4D => {
      const random = new Random(seed);
      const values = Float32Array.from({ length: side * side }, () => deviation * random.normal());
      return tf.tensor4d(values, [1, side, side, 1]);
    };
    const real = noise(1, 64, 1);
    const same = number(likeness.distance(noise(2, 32, 1), real, new Random(1)));
    const fainter = number(likeness.distance(noise(2, 32, 0.6), real, new Random(1)));
    // Numbers that are 0.4 deviations too small: 0.16.
    expect(same).toBeLessThan(0.05);
    expect(fainter).toBeCloseTo(0.16, 1);
  });
});

describe("Likeness of spectra", () => {
  const stripes = (period: number, shift: number, side = SIDE): tf.Tensor3D =>
    tf.tensor3d(
      Float32Array.from({ length: side * side }, (_, i) => Math.sin((2 * Math.PI * ((i % side) + shift)) / period)),
      [1, side, side],
    );

  it("does not mind where things lie", () => {
    expect(number(new SpectrumLikeness(SIDE).distance(stripes(8, 0), stripes(8, 3)))).toBeLessThan(0.05);
  });

  it("sees another period, and another direction", () => {
    const spectrum = new SpectrumLikeness(SIDE);
    const across = stripes(4, 0);
    expect(number(spectrum.distance(stripes(8, 0), across))).toBeGreaterThan(1);
    expect(number(spectrum.distance(tf.transpose(across, [0, 2, 1]), across))).toBeGreaterThan(1);
  });

  it("holds small pictures against larger ones", () => {
    const spectrum = new SpectrumLikeness(SIDE);
    const noise = (seed: number, side: number): tf.Tensor3D => {
      const random = new Random(seed);
      return tf.tensor3d(
        Float32Array.from({ length: side * side }, () => random.normal()),
        [1, side, side],
      );
    };
    // Rings of few frequencies are uncertain.
    expect(number(spectrum.distance(noise(1, 32), noise(2, 64)))).toBeLessThan(0.5);
  });
});
