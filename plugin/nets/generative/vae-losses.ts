import * as tf from "@tensorflow/tfjs";
import type { CodeDistribution } from "./picture-encoder.ts";

/**
 * How far distributions of codes are from the standard normal one, mean of the batch, in nats: what the codes say.
 *
 * Kingma & Welling 2014, https://arxiv.org/abs/1312.6114v11, appendix B: ½ Σ (μ² + σ² − 1 − log σ²). Differentiable.
 */
export function divergenceFromNormal({ means, logVariances }: CodeDistribution): tf.Scalar {
  const each = tf.sub(tf.sub(tf.add(tf.square(means), tf.exp(logVariances)), logVariances), 1); // [batch, code]
  return tf.mul(tf.mean(tf.sum(each, 1)), 0.5);
}

/**
 * Draws codes so that gradients reach the distributions: μ + σ · noise, equation 10 of the same paper. Differentiable.
 *
 * @param noise - Standard normal, [batch, code].
 */
export function drawCodes({ means, logVariances }: CodeDistribution, noise: tf.Tensor2D): tf.Tensor2D {
  return tf.add(means, tf.mul(tf.exp(tf.mul(logVariances, 0.5)), noise));
}

/** Sum of a picture's squared errors, mean of the batch. Differentiable. */
export function pictureError(made: tf.Tensor4D, pictures: tf.Tensor4D): tf.Scalar {
  return tf.div(tf.sum(tf.squaredDifference(made, pictures)), pictures.shape[0]);
}
