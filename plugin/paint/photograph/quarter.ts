import * as tf from "@tensorflow/tfjs";

/** Left and right, or top and bottom change places. Nothing is read back. */
export function reversed(pictures: tf.Tensor4D, way: "across" | "down"): tf.Tensor4D {
  return tf.reverse(pictures, way === "across" ? 2 : 1);
}

/**
 * Mirrors pictures so that their light comes from the upper right, and mirrors maps back by the same. Nothing is read back: both
 * pictures are made, and one is taken 0 times. In `tf.tidy`.
 *
 * @param pictures - [batch, height, width, channels].
 * @param lean - From where the light comes, [batch, 2]: right and up.
 */
export function turnedToQuarter(pictures: tf.Tensor4D, lean: tf.Tensor2D): tf.Tensor4D {
  const [right, up] = tf.split(tf.step(tf.neg(lean)), 2, 1);
  const choose = (from: tf.Tensor4D, to: tf.Tensor4D, share: tf.Tensor): tf.Tensor4D => {
    const chosen = tf.reshape(share, [-1, 1, 1, 1]);
    return tf.add(tf.mul(from, tf.sub(1, chosen)), tf.mul(to, chosen));
  };
  const across = choose(pictures, reversed(pictures, "across"), right);
  return choose(across, reversed(across, "down"), up);
}
