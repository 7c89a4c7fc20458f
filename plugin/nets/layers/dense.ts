import * as tf from "@tensorflow/tfjs";
import { differentiable } from "./differentiable.ts";
import { sumRows } from "./sum-rows.ts";

/** A fully connected layer's parameters. */
export interface DenseParameters {
  /** [outputs, inputs]. */
  readonly weights: tf.Tensor2D;
  /** [outputs]. */
  readonly biases: tf.Tensor1D;
}

/**
 * A fully connected layer without its activation, differentiable once by its parameters, and by its input if asked for.
 *
 * Product and bias are one kernel, under a gradient too. On tfjs-wasm 4.22.0 products of transposed matrices are ten times slower than
 * others (256 × 1568 × 64: 23 against 2.2 ms), so matrices are transposed beforehand there.
 *
 * @param rows - [batch, inputs].
 * @param wantsInputGradient - False saves a product where nothing before this layer learns.
 * @returns [batch, outputs].
 */
export function dense(rows: tf.Tensor2D, parameters: DenseParameters, wantsInputGradient: boolean): tf.Tensor2D {
  const { weights, biases } = parameters;
  const byParameters = (dy: tf.Tensor2D, x: tf.Tensor): tf.Tensor[] => [
    multiply(dy, x as tf.Tensor2D, true, false),
    sumRows(dy),
  ];
  if (!wantsInputGradient) {
    return differentiable([weights, biases], ([w, b], save) => {
      save([rows]);
      return {
        value: affine(rows, w as tf.Tensor2D, b as tf.Tensor1D),
        gradFunc: (dy, [x]) => byParameters(dy as tf.Tensor2D, x),
      };
    });
  }
  return differentiable([rows, weights, biases], ([x, w, b], save) => {
    save([x, w]);
    return {
      value: affine(x as tf.Tensor2D, w as tf.Tensor2D, b as tf.Tensor1D),
      gradFunc: (dy, [x, w]) => [
        multiply(dy as tf.Tensor2D, w as tf.Tensor2D, false, false),
        ...byParameters(dy as tf.Tensor2D, x),
      ],
    };
  });
}

function affine(x: tf.Tensor2D, weights: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D {
  const isTransposed = tf.getBackend() === "wasm";
  const matrix = isTransposed ? tf.transpose(weights) : weights; // [inputs, outputs] | [outputs, inputs]
  const [batch, inputs] = x.shape;
  const a = tf.reshape(x, [1, batch, inputs]); // the kernel reads three sides without asking
  const b = tf.reshape(matrix, [1, ...matrix.shape]);
  const attributes = { transposeA: false, transposeB: !isTransposed, activation: "linear" };
  const product = tf.engine().runKernel(tf._FusedMatMul, { a, b, bias }, attributes);
  return tf.reshape(product as tf.Tensor, [batch, weights.shape[0]]);
}

/** A matrix product that never asks tfjs-wasm for a transposed one. */
function multiply(a: tf.Tensor2D, b: tf.Tensor2D, transposeA: boolean, transposeB: boolean): tf.Tensor2D {
  if (tf.getBackend() !== "wasm") return tf.matMul(a, b, transposeA, transposeB);
  return tf.matMul(transposeA ? tf.transpose(a) : a, transposeB ? tf.transpose(b) : b);
}
