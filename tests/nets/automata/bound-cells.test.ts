import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { boundCells } from "../../../plugin/nets/automata/bound-cells.ts";
import { startBackend } from "../../../plugin/nets/start-backend.ts";

const numbers = [-3, -1, -0.5, 0, 0.5, 3];

/** The gradient of the sum of the bounded numbers, each times `slope`. */
function gradient(slope: number): number[] {
  return tf.tidy(() => {
    const slopeOf = tf.grad((x: tf.Tensor) => tf.sum(tf.mul(boundCells(x as tf.Tensor4D), slope)));
    return [...slopeOf(tf.tensor4d(numbers, [1, 1, 1, 6])).dataSync()];
  });
}

describe("Bounding cells", () => {
  beforeAll(() => startBackend("wasm"));

  it("cuts numbers off at -1 and 1", () => {
    const values = tf.tidy(() => [...boundCells(tf.tensor4d(numbers, [1, 1, 1, 6])).dataSync()]);
    expect(values).toEqual([-1, -1, -0.5, 0, 0.5, 1]);
  });

  it("passes the gradient inside, and at a bound only where going down it leads back inside", () => {
    // A loss that rises with the numbers wants them smaller: those at 1 may follow, those at -1 may not.
    expect(gradient(2).map(Math.abs)).toEqual([0, 0, 2, 2, 2, 2]);
    expect(gradient(-2).map(Math.abs)).toEqual([2, 2, 2, 2, 2, 0]);
  });
});
