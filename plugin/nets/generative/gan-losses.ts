import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../core/random.ts";

/**
 * How wrong a critic is: log-losses of its scores. Differentiable.
 *
 * Goodfellow et al. 2014, https://arxiv.org/abs/1406.2661v1, equation 1, for scores before the sigmoid.
 *
 * @param real - Scores of real pictures, [batch, 1].
 * @param made - Scores of made ones.
 */
export function criticLoss(real: tf.Tensor2D, made: tf.Tensor2D): tf.Scalar {
  return tf.add(tf.mean(tf.softplus(tf.neg(real))), tf.mean(tf.softplus(made)));
}

/** How well made pictures are found out; the same paper, section 3, the loss that does not saturate. Differentiable. */
export function generatorLoss(made: tf.Tensor2D): tf.Scalar {
  return tf.mean(tf.softplus(tf.neg(made)));
}

/**
 * How steep a critic is around real pictures, from its scores there and a small random step away: the mean of (difference / step)².
 *
 * For noise of independent numbers around 0 this is, up to terms of higher order, the mean squared gradient that R1 punishes (Mescheder et al. 2018,
 * https://arxiv.org/abs/1801.04406v4, equation 9), without a second derivative; so do Lin et al. 2025,
 * https://arxiv.org/abs/2501.08316v1, equation 4. Differentiable.
 *
 * @param step - Deviation of the noise that was added.
 */
export function steepness(real: tf.Tensor2D, shaken: tf.Tensor2D, step: number): tf.Scalar {
  return tf.div(tf.mean(tf.squaredDifference(real, shaken)), step * step);
}

/**
 * What pictures are shaken by to tell how steep a critic is: a step up or down for each number, which is cheaper than normal noise, and as good.
 *
 * @param step - How far.
 */
export function shakeLike({ shape, size }: tf.Tensor4D, step: number, random: Random): tf.Tensor4D {
  const values = new Float32Array(size);
  for (let i = 0, bits = 0; i < size; i++, bits >>>= 1) {
    if (i % 32 === 0) bits = random.uint32();
    values[i] = bits & 1 ? step : -step;
  }
  return tf.tensor4d(values, shape);
}
