import * as tf from "@tensorflow/tfjs";
import { takeLines } from "../../nets/layers/take-lines.ts";

/**
 * Mirrors pictures so that their light comes from the upper right, and mirrors maps back by the same. Not differentiable; nothing is read
 * back. In `tf.tidy`.
 *
 * @param pictures - [batch, height, width, channels].
 * @param lean - From where the light comes, [batch, 2]: right and up.
 */
export function turnedToQuarter(pictures: tf.Tensor4D, lean: tf.Tensor2D): tf.Tensor4D {
  const [, height, width] = pictures.shape;
  const [fromLeft, fromBelow] = tf.split<tf.Tensor2D>(tf.step(tf.neg(lean)), 2, 1); // [batch, 1]
  return takeLines(pictures, lines(height, fromBelow), lines(width, fromLeft));
}

/** The numbers of lines in their order, or in the other where `isMirrored` is 1, [batch, length]. */
function lines(length: number, isMirrored: tf.Tensor2D): tf.Tensor2D {
  const own = Float32Array.from({ length }, (_, i) => i);
  const change = tf.tensor2d(
    own.map((line) => length - 1 - 2 * line),
    [1, length],
  );
  return tf.cast(tf.add(own, tf.mul(isMirrored, change)), "int32");
}
