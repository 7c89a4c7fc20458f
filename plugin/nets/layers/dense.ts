import * as tf from "@tensorflow/tfjs";

/** A fully connected layer's parameters. */
export interface DenseParameters {
  /** [outputs, inputs]. */
  readonly weights: tf.Tensor2D;
  /** [outputs]. */
  readonly biases: tf.Tensor1D;
}

/**
 * A fully connected layer without its activation. Differentiable.
 *
 * @param rows - [batch, inputs].
 * @returns [batch, outputs].
 */
export function dense(rows: tf.Tensor2D, { weights, biases }: DenseParameters): tf.Tensor2D {
  return tf.add(tf.matMul(rows, weights, false, true), biases);
}
