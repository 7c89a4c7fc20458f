import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ConfigurationError } from "../../../plugin/core/errors.ts";
import { Random } from "../../../plugin/core/random.ts";
import { convolveAround } from "../../../plugin/nets/layers/convolve-around.ts";
import { film } from "../../../plugin/nets/layers/film.ts";
import { groupNorm, instanceNorm } from "../../../plugin/nets/layers/normalise.ts";
import { padEdges } from "../../../plugin/nets/layers/pad-edges.ts";
import { Parameters } from "../../../plugin/nets/layers/parameters.ts";
import {
  enlargeByConvolution,
  enlargeByRepeating,
  enlargeSmoothly,
  shrinkByMean,
} from "../../../plugin/nets/layers/resample.ts";
import { createResidualBlock, residualBlock } from "../../../plugin/nets/layers/residual-block.ts";
import { useWasmBackend } from "../../../plugin/nets/wasm-backend.ts";
import { loadTfjs } from "../../compute/oracle/tfjs.ts";
import { differencesOf, numbersFrom, slopesOf, type Layer } from "./slopes.ts";

type T1 = tf.Tensor1D;
type T2 = tf.Tensor2D;
type T4 = tf.Tensor4D;

const numbers = numbersFrom(5);

/** Every layer with small inputs, all of which it must be differentiable by. */
const LAYERS: readonly { name: string; layer: Layer; inputs: () => tf.Tensor[] }[] = [
  {
    name: "wrap padding, more after than before",
    layer: (x) => padEdges(x as T4, 1, 2, "wrap"),
    inputs: () => [numbers(2, 4, 3, 2)],
  },
  {
    name: "mirror padding of two lines",
    layer: (x) => padEdges(x as T4, 2, 1, "mirror"),
    inputs: () => [numbers(2, 3, 4, 2)],
  },
  {
    name: "padding before only",
    layer: (x) => padEdges(x as T4, 2, 0, "wrap"),
    inputs: () => [numbers(1, 3, 5, 3)],
  },
  {
    name: "circular convolution",
    layer: (x, weights, biases) =>
      convolveAround(x as T4, { weights: weights as T4, biases: biases as T1 }, { activation: "linear" }),
    inputs: () => [numbers(2, 4, 5, 2), numbers(3, 3, 2, 3), numbers(3)],
  },
  {
    name: "circular convolution in steps of 2, ReLU",
    layer: (x, weights, biases) =>
      convolveAround(x as T4, { weights: weights as T4, biases: biases as T1 }, { stride: 2 }),
    inputs: () => [numbers(1, 6, 4, 2), numbers(4, 4, 2, 3), numbers(3)],
  },
  {
    name: "transposed convolution",
    layer: (x, weights, biases) => enlargeByConvolution(x as T4, { weights: weights as T4, biases: biases as T1 }),
    inputs: () => [numbers(2, 2, 3, 4), numbers(2, 2, 3, 4), numbers(3)],
  },
  {
    name: "enlarging by repeating",
    layer: (x) => enlargeByRepeating(x as T4),
    inputs: () => [numbers(2, 2, 3, 2)],
  },
  {
    name: "smooth enlarging",
    layer: (x) => enlargeSmoothly(x as T4, "wrap"),
    inputs: () => [numbers(2, 3, 4, 1)],
  },
  { name: "halving", layer: (x) => shrinkByMean(x as T4), inputs: () => [numbers(2, 4, 6, 2)] },
  {
    name: "instance norm",
    layer: (x, scale, shift) => instanceNorm(x as T4, scale as T1, shift as T1),
    inputs: () => [numbers(2, 4, 3, 2), numbers(2), numbers(2)],
  },
  {
    name: "group norm",
    layer: (x, scale, shift) => groupNorm(x as T4, 2, { scale: scale as T1, shift: shift as T1 }),
    inputs: () => [numbers(2, 3, 3, 4), numbers(4), numbers(4)],
  },
  {
    name: "FiLM",
    layer: (x, condition, weights, biases) =>
      film(x as T4, condition as T2, { weights: weights as T2, biases: biases as T1 }),
    inputs: () => [numbers(2, 3, 2, 3), numbers(2, 4), numbers(6, 4), numbers(6)],
  },
];

let tensors = 0;
beforeEach(() => {
  tensors = tf.memory().numTensors;
});
afterEach(() => expect(tf.memory().numTensors).toBe(tensors));

describe.each(["cpu", "wasm"] as const)("On %s", (backend) => {
  beforeAll(async () => {
    await (backend === "wasm" ? useWasmBackend() : loadTfjs("cpu"));
  });

  it.each(LAYERS)("$name has the slopes that central differences find", ({ layer, inputs }) => {
    const given = inputs();
    const [, ...slopes] = slopesOf(layer, given);
    differencesOf(layer, given).forEach((expected, i) => expectClose(slopes[i], expected, 2e-2));
    tf.dispose(given);
  });
});

describe("On wasm", () => {
  it.each(LAYERS)("$name gives what tfjs-cpu gives, slopes included", async ({ layer, inputs }) => {
    await loadTfjs("cpu");
    const given = inputs();
    const expected = slopesOf(layer, given);
    await useWasmBackend();
    slopesOf(layer, given).forEach((values, i) => expectClose(values, expected[i], 1e-5));
    tf.dispose(given);
  });
});

describe("Padding", () => {
  beforeAll(() => useWasmBackend());

  const padded = (edges: "wrap" | "mirror"): number[] =>
    tf.tidy(() => [...padEdges(tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]), 1, 1, edges).dataSync()]);

  it("that wraps shows the other side", () => {
    // 1 2      row above: 4 3 4 3
    // 3 4      first row: 2 1 2 1
    expect(padded("wrap")).toEqual([4, 3, 4, 3, 2, 1, 2, 1, 4, 3, 4, 3, 2, 1, 2, 1]);
  });

  it("that mirrors shows the border twice", () => {
    expect(padded("mirror")).toEqual([1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4]);
  });

  it("of nothing is the picture itself", () => {
    const x = tf.zeros<tf.Rank.R4>([1, 2, 2, 1]);
    expect(padEdges(x, 0, 0, "wrap")).toBe(x);
    x.dispose();
  });

  it("of more than the picture is refused", () => {
    const x = tf.zeros<tf.Rank.R4>([1, 2, 5, 1]);
    expect(() => padEdges(x, 3, 0, "wrap")).toThrow(
      new ConfigurationError(
        "padEdges: needed pictures of at least 3 pixels on each side, came 2 × 5. Use larger ones.",
      ),
    );
    x.dispose();
  });
});

describe("Layers of pictures that tile", () => {
  beforeAll(() => useWasmBackend());

  it("roll their results when the picture rolls by a multiple of the stride", () => {
    tf.tidy(() => {
      const [weights, biases] = [numbers(4, 4, 1, 2) as T4, numbers(2) as T1];
      const roll = (x: T4, rows: number): T4 =>
        tf.concat(
          [tf.slice(x, [0, x.shape[1] - rows, 0, 0]), tf.slice(x, [0, 0, 0, 0], [-1, x.shape[1] - rows, -1, -1])],
          1,
        );
      const x = numbers(1, 8, 8, 1) as T4;
      const still = convolveAround(x, { weights, biases }, { stride: 2 });
      const moved = convolveAround(roll(x, 2), { weights, biases }, { stride: 2 });
      expectClose(moved.dataSync<"float32">(), roll(still, 1).dataSync<"float32">(), 1e-6);
    });
  });

  it("are enlarged smoothly by quarters: old pixels 0 and 4 give 1, 3, 3 and 1", () => {
    // Of one row [0, 4] that wraps, each new pixel takes ¾ of its own and ¼ of the nearest other.
    const row = tf.tidy(() => [...enlargeSmoothly(tf.tensor4d([0, 4], [1, 1, 2, 1]), "wrap").dataSync()]);
    expect(row).toEqual([1, 1, 3, 3, 1, 1, 3, 3]);
  });
});

describe("Norms", () => {
  beforeAll(() => useWasmBackend());

  it("give each channel of each picture mean 0 and variance 1", () => {
    tf.tidy(() => {
      const x = tf.add<tf.Tensor4D>(tf.mul(numbers(2, 8, 8, 3), 5), 7);
      const y = instanceNorm(x, tf.ones([3]), tf.zeros([3]));
      const { mean, variance } = tf.moments(y, [1, 2]);
      mean.dataSync().forEach((value) => expect(value).toBeCloseTo(0, 5));
      variance.dataSync().forEach((value) => expect(value).toBeCloseTo(1, 4));
    });
  });

  it("take neighbouring channels together in groups", () => {
    // Channels 0 and 1 hold -1 and 1, so they stay; channels 2 and 3 are equal, so nothing is left of them.
    const y = tf.tidy(() =>
      groupNorm(tf.tensor4d([-1, 1, 5, 5], [1, 1, 1, 4]), 2, { scale: tf.ones([4]), shift: tf.zeros([4]) }).dataSync(),
    );
    expectClose(y as Float32Array, Float32Array.of(-1, 1, 0, 0), 1e-4);
  });

  it("of groups that do not fit are refused", () => {
    const [x, scale] = [tf.zeros<tf.Rank.R4>([1, 2, 2, 4]), tf.ones<tf.Rank.R1>([4])];
    expect(() => groupNorm(x, 3, { scale, shift: scale })).toThrow(
      new ConfigurationError("groupNorm: needed groups that divide 4 channels, came 3. Choose a divisor."),
    );
    tf.dispose([x, scale]);
  });
});

describe("A residual block", () => {
  beforeAll(() => useWasmBackend());

  it("leaves a picture as it is while its second convolution is 0", () => {
    const parameters = new Parameters(new Random(1));
    const block = createResidualBlock(parameters, "block", 4);
    tf.tidy(() => {
      const x = numbers(1, 4, 4, 4) as T4;
      parameters.variables[2].assign(tf.zeros([3, 3, 4, 4]));
      expect(residualBlock(x, block, { edges: "wrap" }).dataSync()).toEqual(x.dataSync());
    });
    parameters.dispose();
  });
});

function expectClose(actual: Float32Array, expected: Float32Array, share: number): void {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
  expect(actual.length).toBe(expected.length);
  actual.forEach((value, i) => expect(Math.abs(value - expected[i]) / largest).toBeLessThan(share));
}
