import * as tf from "@tensorflow/tfjs";
import { convolutionCases } from "./convolution-cases.ts";
import type { GradientCase } from "./gradient-case.ts";

const grid = [2, 5, 4, 3];
const one = (name: string, run: (x: tf.Tensor) => tf.Tensor, rest: Partial<GradientCase> = {}): GradientCase => ({
  name,
  inputs: [[3, 7]],
  run: run,
  ...rest,
});
const two = (
  name: string,
  run: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor,
  rest: Partial<GradientCase> = {},
): GradientCase => ({
  name,
  inputs: [
    [3, 1, 4],
    [2, 4],
  ],
  run: run,
  ...rest,
});
const onGrid = { inputs: [grid] };

/** Pads by what lies on the other side. */
function padAround(x: tf.Tensor, axis: number): tf.Tensor {
  const size = x.shape[axis];
  const part = (from: number): tf.Tensor => {
    const begin = x.shape.map((_, i) => (i === axis ? from : 0));
    return tf.slice(
      x,
      begin,
      x.shape.map((length, i) => (i === axis ? 1 : length)),
    );
  };
  return tf.concat([part(size - 1), x, part(0)], axis);
}

/** Normalises over some axes, with scale and offset. */
function normalise(axes: number[]): GradientCase["run"] {
  return (x, scale, offset) => {
    const { mean, variance } = tf.moments(x, axes, true);
    return tf.add(tf.mul(tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-5))), scale), offset);
  };
}

const batchNorm: GradientCase["run"] = (x, mean, variance, offset, scale) =>
  tf.batchNorm(x, mean, variance, offset, scale);

/** Every operation that our networks use. */
export const GRADIENT_CASES: readonly GradientCase[] = [
  ...convolutionCases,

  two("matMul", (a, b) => tf.matMul(a, b), {
    inputs: [
      [4, 5],
      [5, 6],
    ],
  }),
  two("matMul, left transposed", (a, b) => tf.matMul(a, b, true, false), {
    inputs: [
      [5, 4],
      [5, 6],
    ],
  }),
  two("matMul, right transposed", (a, b) => tf.matMul(a, b, false, true), {
    inputs: [
      [4, 5],
      [6, 5],
    ],
  }),
  two("matMul, both transposed", (a, b) => tf.matMul(a, b, true, true), {
    inputs: [
      [5, 4],
      [6, 5],
    ],
  }),
  two("matMul, in batches", (a, b) => tf.matMul(a, b), {
    inputs: [
      [3, 4, 5],
      [3, 5, 2],
    ],
  }),
  {
    name: "fused.matMul, bias",
    inputs: [[4, 5], [5, 6], [6]],
    run: (a, b, bias) => tf.fused.matMul({ a, b, bias }),
  },
  one("gather, first axis, one row twice", (x) => tf.gather(x, [2, 0, 2, 1])),
  one("gather, last axis", (x) => tf.gather(x, [6, 0, 6], 1)),

  one("relu", (x) => tf.relu(x), { domain: "apart" }),
  one("leakyRelu as two relus", (x) => tf.sub(tf.relu(x), tf.mul(tf.relu(tf.neg(x)), 0.2)), { domain: "apart" }),
  one("tanh", (x) => tf.tanh(x)),
  one("sigmoid", (x) => tf.sigmoid(x)),
  one("silu", (x) => tf.mul(x, tf.sigmoid(x))),
  one("softplus", (x) => tf.softplus(x)),
  one("softmax", (x) => tf.softmax(x)),
  one("logSoftmax", (x) => tf.logSoftmax(x)),
  one("logSumExp", (x) => tf.logSumExp(x, 1)),

  two("add, broadcast", (a, b) => tf.add(a, b)),
  two("sub, broadcast", (a, b) => tf.sub(a, b)),
  two("mul, broadcast", (a, b) => tf.mul(a, b)),
  two("div, broadcast", (a, b) => tf.div(a, b), { domain: "positive" }),
  two("squaredDifference", (a, b) => tf.squaredDifference(a, b), {
    inputs: [
      [3, 4],
      [3, 4],
    ],
  }),
  two("minimum", (a, b) => tf.minimum(a, b), {
    inputs: [
      [3, 4],
      [3, 4],
    ],
    domain: "apart",
  }),
  two("maximum", (a, b) => tf.maximum(a, b), {
    inputs: [
      [3, 4],
      [3, 4],
    ],
    domain: "apart",
  }),
  one("sqrt", (x) => tf.sqrt(x), { domain: "positive" }),
  one("rsqrt", (x) => tf.rsqrt(x), { domain: "positive" }),
  one("exp", (x) => tf.exp(x)),
  one("log", (x) => tf.log(x), { domain: "positive" }),
  one("square", (x) => tf.square(x)),
  one("neg", (x) => tf.neg(x)),
  one("abs", (x) => tf.abs(x), { domain: "apart" }),
  one("clipByValue", (x) => tf.clipByValue(x, -0.3, 0.2), { domain: "apart" }),
  two("where, fixed mask", (a, b) => tf.where(tf.tensor2d([1, 0, 0, 1, 1, 0], [3, 2], "bool"), a, b), {
    inputs: [
      [3, 2],
      [3, 2],
    ],
  }),

  one("sum", (x) => tf.sum(x)),
  one("sum, first axis", (x) => tf.sum(x, 0)),
  one("sum, last axis", (x) => tf.sum(x, 1, true)),
  one("mean", (x) => tf.mean(x)),
  one("mean over pixels", (x) => tf.mean(x, [1, 2]), onGrid),
  one("instance norm by moments", normalise([1, 2]), { inputs: [grid, [3], [3]] }),
  one("layer norm by moments", normalise([1]), { inputs: [[4, 6], [6], [6]] }),
  { name: "batchNorm, scale and offset", inputs: [grid, [3], [3], [3], [3]], domain: "positive", run: batchNorm },

  one("reshape", (x) => tf.square(tf.reshape(x, [7, 3]))),
  one("transpose", (x) => tf.square(tf.transpose(x, [0, 3, 1, 2])), onGrid),
  two("concat", (a, b) => tf.square(tf.concat([a, b], 1)), {
    inputs: [
      [2, 3],
      [2, 4],
    ],
  }),
  one("slice", (x) => tf.square(tf.slice(x, [1, 2], [2, 3]))),
  one("split", (x) => tf.mul(...(tf.split(x, [3, 3, 1], 1).slice(0, 2) as [tf.Tensor, tf.Tensor]))),
  two("stack", (a, b) => tf.square(tf.stack([a, b], 1)), {
    inputs: [
      [2, 3],
      [2, 3],
    ],
  }),
  one("tile", (x) => tf.square(tf.tile(x, [2, 3]))),
  one(
    "pad",
    (x) =>
      tf.square(
        tf.pad(x, [
          [0, 0],
          [1, 2],
          [2, 1],
          [0, 0],
        ]),
      ),
    onGrid,
  ),
  one("wrap padding by concat of slices", (x) => tf.square(padAround(padAround(x, 1), 2)), onGrid),

  one("avgPool", (x) => tf.avgPool(x as tf.Tensor4D, 2, 2, "valid"), onGrid),
  one("avgPool, overlapping, same", (x) => tf.avgPool(x as tf.Tensor4D, 3, 2, "same"), onGrid),
  one("maxPool", (x) => tf.maxPool(x as tf.Tensor4D, 2, 2, "valid"), { ...onGrid, domain: "apart" }),
  one("maxPool, overlapping, same", (x) => tf.maxPool(x as tf.Tensor4D, 3, 2, "same"), { ...onGrid, domain: "apart" }),
  one("upsampling, nearest", (x) => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [10, 8]), onGrid),
  one("resizeBilinear", (x) => tf.image.resizeBilinear(x as tf.Tensor4D, [9, 7]), onGrid),
  one("resizeBilinear, smaller", (x) => tf.image.resizeBilinear(x as tf.Tensor4D, [3, 2]), onGrid),
  one("resizeBilinear, corners aligned", (x) => tf.image.resizeBilinear(x as tf.Tensor4D, [9, 7], true), onGrid),
];
