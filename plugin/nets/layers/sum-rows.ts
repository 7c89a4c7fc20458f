import * as tf from "@tensorflow/tfjs";

/**
 * The sum of all rows, [columns]: a bias's gradient. Not differentiable further.
 *
 * On tfjs-wasm 4.22.0 a product with ones is twice as fast as `tf.sum` over the first axis (20,736 × 16: 0.29 against 0.67 ms).
 */
export function sumRows(rows: tf.Tensor2D): tf.Tensor1D {
  if (tf.getBackend() !== "wasm") return tf.sum(rows, 0);
  return tf.tidy(() => tf.reshape(tf.matMul(tf.ones([1, rows.shape[0]]), rows), [rows.shape[1]]));
}
