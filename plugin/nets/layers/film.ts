import * as tf from "@tensorflow/tfjs";
import { dense, type DenseParameters } from "./dense.ts";

/**
 * Lets a few numbers steer a picture: each channel is scaled and shifted by what a dense layer makes of them. Differentiable.
 *
 * FiLM, Perez et al. 2017, https://arxiv.org/abs/1709.07871v2, with 1 added to the scales, so that small weights change little.
 *
 * @param pictures - [batch, height, width, channels].
 * @param condition - [batch, numbers], or [1, numbers] for all alike.
 * @param parameters - Weights [2 · channels, numbers]: the scales, then the shifts.
 */
export function film(pictures: tf.Tensor4D, condition: tf.Tensor2D, parameters: DenseParameters): tf.Tensor4D {
  const channels = pictures.shape[3];
  const steering = dense(condition, parameters); // [batch, 2 · channels]
  const [scale, shift] = tf.split(tf.reshape(steering, [-1, 1, 1, 2 * channels]), 2, 3); // [batch, 1, 1, channels]
  return tf.add(tf.mul(pictures, tf.add(scale, 1)), shift);
}
