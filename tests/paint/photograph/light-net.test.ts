import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../../plugin/core/random.ts";
import { Parameters } from "../../../plugin/nets/layers/parameters.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";
import { LightNet, evened, leanOf, logarithmOf, tonesOf } from "../../../plugin/paint/photograph/light-net.ts";

const SIDE = 16;
const random = new Random(4);
const VALUES = Float32Array.from({ length: 2 * SIDE * SIDE * 3 }, () => random.uniform());

let parameters: Parameters;
let net: LightNet;
let pictures: tf.Tensor4D;
beforeAll(async () => {
  await startBackend("wasm");
  parameters = new Parameters(new Random(1));
  net = new LightNet(parameters, [4, 6]);
  pictures = tf.tensor4d(VALUES, [2, SIDE, SIDE, 3]);
});
afterAll(() => {
  parameters.dispose();
  pictures.dispose();
});

describe("What finds the light", () => {
  it("sees brightness with a mean of 0 and a spread of 1", () => {
    const brightness = tf.tidy(() => [...tf.slice(tonesOf(pictures), [0, 0, 0, 0], [1, -1, -1, 1]).dataSync()]);
    const mean = brightness.reduce((sum, value) => sum + value, 0) / brightness.length;
    const square = brightness.reduce((sum, value) => sum + value * value, 0) / brightness.length;
    expect(mean).toBeCloseTo(0, 2);
    expect(square).toBeCloseTo(1, 1); // a few of the darkest are cut off at 4 spreads
  });

  it("sees the same in logarithms that somebody else has taken", () => {
    const [own, other] = tf.tidy(() => [
      tonesOf(pictures).dataSync(),
      evened(tf.tensor4d(VALUES.map(logarithmOf), [2, SIDE, SIDE, 3])).dataSync(),
    ]);
    own.forEach((value, i) => expect(value).toBeCloseTo(other[i], 4));
  });

  it("says of each picture of several what it says of it alone", () => {
    const [both, second] = tf.tidy(() => [
      net.guess(pictures, "wrap").dataSync(),
      net.guess(tf.slice(pictures, [1, 0, 0, 0], [1, SIDE, SIDE, 3]), "wrap").dataSync(),
    ]);
    expect(both[2]).toBeCloseTo(second[0], 5);
    expect(both[3]).toBeCloseTo(second[1], 5);
    expect(Math.hypot(both[0] - both[2], both[1] - both[3])).toBeGreaterThan(1e-5);
  });

  it("leans less than 1, whatever it has seen", () => {
    // 3 and 4 make 5: 3 / √26 and 4 / √26.
    const [right, up] = tf.tidy(() => leanOf(tf.tensor2d([[3, 4]])).dataSync());
    expect(right).toBeCloseTo(3 / Math.sqrt(26), 6);
    expect(up).toBeCloseTo(4 / Math.sqrt(26), 6);
  });

  it("keeps nothing of its own", () => {
    const before = tf.memory().numTensors;
    tf.tidy(() => net.guess(pictures, "mirror")).dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
