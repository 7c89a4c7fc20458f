import * as tf from "@tensorflow/tfjs";

/** Linear light of sRGB, any shape, in [0, 1]. In `tf.tidy`. */
export function linearLight<T extends tf.Tensor>(values: T): T {
  const within = tf.clipByValue(values, 0, 1);
  const curve = tf.pow(tf.div(tf.add(within, 0.055), 1.055), 2.4);
  return tf.where(tf.lessEqual(within, 0.04045), tf.div(within, 12.92), curve) as T;
}
