import * as tf from "@tensorflow/tfjs";
import { ConfigurationError } from "../../core/errors.ts";

/** Keeps channels that are the same everywhere from being divided by 0. */
const EPSILON = 1e-5;

/**
 * Gives each channel of each picture the mean 0 and the variance 1. Differentiable.
 *
 * @param pictures - [batch, height, width, channels].
 */
export function normalised(pictures: tf.Tensor4D): tf.Tensor4D {
  const centred = tf.sub<tf.Tensor4D>(pictures, tf.mean(pictures, [1, 2], true));
  const variances = tf.mean<tf.Tensor4D>(tf.square(centred), [1, 2], true); // [batch, 1, 1, channels]
  return tf.mul(centred, tf.rsqrt(tf.add(variances, EPSILON)));
}

/**
 * Gives each channel of each picture the mean 0 and the variance 1, then scales and shifts it. Differentiable.
 *
 * Instance normalisation, Ulyanov et al. 2016, https://arxiv.org/abs/1607.08022v3.
 *
 * @param pictures - [batch, height, width, channels].
 * @param scale - [channels]; so is the shift.
 */
export function instanceNorm(pictures: tf.Tensor4D, scale: tf.Tensor1D, shift: tf.Tensor1D): tf.Tensor4D {
  return tf.add(tf.mul(normalised(pictures), scale), shift);
}

/**
 * Gives each group of neighbouring channels of each picture the mean 0 and the variance 1, then scales and shifts each channel.
 * Differentiable.
 *
 * Group normalisation, Wu & He 2018, https://arxiv.org/abs/1803.08494v3.
 *
 * @param pictures - [batch, height, width, channels].
 * @param groups - A divisor of the channels.
 * @param parameters - Both [channels].
 * @throws ConfigurationError when the channels do not fall into such groups.
 */
export function groupNorm(
  pictures: tf.Tensor4D,
  groups: number,
  { scale, shift }: { readonly scale: tf.Tensor1D; readonly shift: tf.Tensor1D },
): tf.Tensor4D {
  const [batch, height, width, channels] = pictures.shape;
  if (!Number.isInteger(groups) || groups < 1 || channels % groups !== 0) {
    throw new ConfigurationError(
      `groupNorm: needed groups that divide ${channels} channels, came ${groups}. Choose a divisor.`,
    );
  }
  // First over the pixels, which our kernels do fast, then over the channels of a group.
  const means = (values: tf.Tensor4D): tf.Tensor => {
    const byChannel = tf.mean(values, [1, 2]); // [batch, channels]
    if (groups === channels) return tf.reshape(byChannel, [batch, 1, 1, channels]);
    const size = channels / groups;
    const byGroup = tf.mean(tf.reshape(byChannel, [batch, groups, size]), 2, true); // [batch, groups, 1]
    return tf.reshape(tf.tile(byGroup, [1, 1, size]), [batch, 1, 1, channels]);
  };
  const centred = tf.sub<tf.Tensor4D>(pictures, means(pictures)); // [batch, height, width, channels]
  const factor = tf.mul(tf.rsqrt(tf.add(means(tf.square(centred)), EPSILON)), scale); // [batch, 1, 1, channels]
  return tf.reshape(tf.add(tf.mul(centred, factor), shift), [batch, height, width, channels]);
}
