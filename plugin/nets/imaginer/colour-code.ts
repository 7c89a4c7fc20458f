import * as tf from "@tensorflow/tfjs";

/** Numbers that tell a picture's colours: 3 means, and 6 of how they vary together. */
export const COLOUR_CODE = 9;

/** Keeps roots and their slopes finite where nothing varies. */
const LEAST_VARIANCE = 1e-4;

/**
 * What a picture's colours are like: the mean of each channel, and the lower triangle L, row by row, of what the colours' covariance is
 * L · Lᵀ of (Cholesky). Three independent numbers z of variance 1 then have such colours as `mean + L · z`.
 *
 * @param pictures - sRGB in [0, 1], [batch, height, width, 3].
 * @returns [batch, 9].
 */
export function colourCode(pictures: tf.Tensor4D): tf.Tensor2D {
  const [batch, height, width] = pictures.shape;
  const pixels = tf.reshape<tf.Rank.R3>(pictures, [batch, height * width, 3]);
  const means = tf.mean<tf.Tensor3D>(pixels, 1, true); // [batch, 1, 3]
  const centred = tf.sub<tf.Tensor3D>(pixels, means);
  const covariance = tf.div(tf.matMul(centred, centred, true, false), height * width); // [batch, 3, 3]
  const at = (row: number, column: number): tf.Tensor2D =>
    tf.reshape(tf.slice(covariance, [0, row, column], [-1, 1, 1]), [batch, 1]);
  const root = (value: tf.Tensor2D): tf.Tensor2D => tf.sqrt(tf.maximum(value, LEAST_VARIANCE));
  const l11 = root(at(0, 0));
  const l21 = tf.div<tf.Tensor2D>(at(1, 0), l11);
  const l22 = root(tf.sub(at(1, 1), tf.square(l21)));
  const l31 = tf.div<tf.Tensor2D>(at(2, 0), l11);
  const l32 = tf.div<tf.Tensor2D>(tf.sub(at(2, 1), tf.mul(l31, l21)), l22);
  const l33 = root(tf.sub(at(2, 2), tf.add(tf.square(l31), tf.square(l32))));
  return tf.concat([tf.reshape(means, [batch, 3]), l11, l21, l22, l31, l32, l33], 1);
}
