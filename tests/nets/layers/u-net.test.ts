import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { ConfigurationError, PolicyFileError } from "../../../plugin/core/errors.ts";
import { Random } from "../../../plugin/core/random.ts";
import { Parameters } from "../../../plugin/nets/layers/parameters.ts";
import { UNet } from "../../../plugin/nets/layers/u-net.ts";
import { useWasmBackend } from "../../../plugin/nets/wasm-backend.ts";
import { numbersFrom } from "./slopes.ts";

beforeAll(() => useWasmBackend());

let tensors = 0;
let parameters: Parameters;
let net: UNet;
beforeEach(() => {
  tensors = tf.memory().numTensors;
  parameters = new Parameters(new Random(1));
  net = new UNet(parameters, { inputs: 2, widths: [4, 6, 8], blocks: [0, 1, 2] });
});
afterEach(() => {
  parameters.dispose();
  parameters.dispose();
  expect(tf.memory().numTensors).toBe(tensors);
});

const numbers = numbersFrom(2);

function run(pictures: tf.Tensor4D): readonly tf.Tensor4D[] {
  return net.decode(net.encode(pictures, "wrap"), "wrap");
}

/** Rolls rows and columns. */
function rolled(pictures: tf.Tensor4D, by: number): tf.Tensor4D {
  const [above, below] = tf.split(pictures, [pictures.shape[1] - by, by], 1);
  const [left, right] = tf.split(tf.concat([below, above], 1), [pictures.shape[2] - by, by], 2);
  return tf.concat([right as tf.Tensor4D, left as tf.Tensor4D], 2);
}

test("every level comes out in its size and its channels", () => {
  tf.tidy(() => {
    const shapes = run(numbers(2, 16, 24, 2) as tf.Tensor4D).map(({ shape }) => shape);
    expect(shapes).toEqual([
      [2, 16, 24, 4],
      [2, 8, 12, 6],
      [2, 4, 6, 8],
    ]);
  });
});

test("what comes out rolls with the picture, by multiples of the stride", () => {
  tf.tidy(() => {
    const pictures = numbers(1, 16, 16, 2) as tf.Tensor4D;
    const [still] = run(pictures);
    const [moved] = run(rolled(pictures, net.stride));
    const difference = tf.max(tf.abs(tf.sub(moved, rolled(still, net.stride)))).dataSync()[0];
    expect(difference).toBeLessThan(1e-5);
  });
});

test("its cost is what the kernels multiply and add", async () => {
  const pictures = numbers(1, 16, 24, 2) as tf.Tensor4D;
  const { kernels, result } = await tf.profile(() => tf.tidy(() => tf.clone(run(pictures)[0])));
  let counted = 0;
  for (const { name, inputShapes, outputShapes } of kernels) {
    const [input, filter] = inputShapes;
    const [output] = outputShapes;
    const size = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1);
    // A filter's numbers but for its outputs are multiplied and added for each number that comes out.
    if (name === "FusedConv2D") counted += 2 * size(output) * size(filter.slice(0, 3));
    // Transposed: each number that goes in meets the whole filter but for its own channel.
    if (name === "Conv2DBackpropInput") counted += 2 * size(input) * size(filter.slice(0, 3));
    if (name === "BatchMatMul") counted += 2 * size(output) * input[input.length - 1];
  }
  expect(net.operations(16, 24)).toBe(counted);
  tf.dispose([pictures, result]);
});

test("the same seed draws the same weights, and another seed others", async () => {
  const [same, other] = [1, 2].map((seed) => {
    const drawn = new Parameters(new Random(seed));
    new UNet(drawn, net.spec);
    return drawn;
  });
  expect(await same.read()).toEqual(await parameters.read());
  expect(await other.read()).not.toEqual(await parameters.read());
  same.dispose();
  other.dispose();
});

test("weights that are written come back, and make the same net", async () => {
  const copy = new Parameters(null);
  const other = new UNet(copy, net.spec);
  copy.write(await parameters.read(), "Net");
  const pictures = numbers(1, 8, 8, 2) as tf.Tensor4D;
  tf.tidy(() => {
    const [expected] = run(pictures);
    const [actual] = other.decode(other.encode(pictures, "wrap"), "wrap");
    expect(actual.dataSync()).toEqual(expected.dataSync());
  });
  pictures.dispose();
  copy.dispose();
});

test("weights of another net are refused, and change nothing", async () => {
  const before = await parameters.read();
  const { "stem biases": _, ...rest } = before;
  expect(() => parameters.write(rest, "Net")).toThrow(
    new PolicyFileError('Net: needed "stem biases" of shape [4], came nothing. Use weights of the same network.'),
  );
  expect(() =>
    parameters.write({ ...before, "stem biases": { shape: [2, 2], values: new Float32Array(4) } }, "Net"),
  ).toThrow(
    new PolicyFileError('Net: needed "stem biases" of shape [4], came [2, 2]. Use weights of the same network.'),
  );
  expect(await parameters.read()).toEqual(before);
});

test("two layers of one name are refused", () => {
  expect(() => parameters.constant("stem biases", 4)).toThrow(
    new ConfigurationError('Parameters: needed a name of its own, came "stem biases" twice. Name each layer anew.'),
  );
});
