import * as tf from "@tensorflow/tfjs";
import { convolveAround } from "./convolve-around.ts";
import type { ConvolutionParameters } from "./convolve.ts";
import { dense, type DenseParameters } from "./dense.ts";

const EPSILON = 1e-6;

/**
 * A convolution that a few numbers steer: they scale the channels that go in, and what comes out is divided by the deviation that
 * follows from the weights alone, so that no channel of a picture grows at another's cost. Differentiable.
 *
 * Modulation and demodulation, Karras et al. 2020, https://arxiv.org/abs/1912.04958v2, with 1 added to the scales.
 *
 * @param pictures - [batch, height, width, channels].
 * @param condition - [batch, numbers].
 * @param steering - Weights [channels, numbers].
 * @returns [batch, height, width, filters]; without activation.
 */
export function modulated(
  pictures: tf.Tensor4D,
  condition: tf.Tensor2D,
  steering: DenseParameters,
  parameters: ConvolutionParameters,
): tf.Tensor4D {
  const [batch, , , channels] = pictures.shape;
  const scales = tf.add<tf.Tensor2D>(dense(condition, steering), 1); // [batch, channels]
  // What goes in is large, and of no use afterwards.
  const seen = tf.tidy(() =>
    convolveAround(tf.mul(pictures, tf.reshape(scales, [batch, 1, 1, channels])), parameters, { activation: "linear" }),
  );
  const power = tf.sum<tf.Tensor2D>(tf.square(parameters.weights), [0, 1]); // [channels, filters]
  const deviations = tf.rsqrt(tf.add(tf.matMul(tf.square(scales), power), EPSILON)); // [batch, filters]
  return tf.mul(seen, tf.reshape(deviations, [batch, 1, 1, -1]));
}
