import * as tf from "@tensorflow/tfjs";

/** Channels that vary less are taken to vary so much, as in `StackLikeness`. */
const LEAST_DEVIATION = 0.06;
/** Keeps the root's slope finite where nothing varies. */
const LEAST_VARIANCE = 1e-5;

/**
 * How alike stacks are in what each kind of place shows: the means and deviations of every channel over the places of a kind, e.g. all that lie
 * in joints. Patches say what there is; this says that mortar is where the mortar belongs, and of one colour. Differentiable by what was made.
 * Call it inside `tf.tidy`.
 *
 * @param made - [batch, height, width, channels].
 * @param real - The same shape.
 * @param places - What kind each place is, [batch, height, width, kinds], 0 or 1; the same places of both are compared.
 * @returns The mean square of what means and deviations differ by, in deviations of the real channels, weighted by how many places there are.
 */
export function momentDistance(made: tf.Tensor4D, real: tf.Tensor4D, places: tf.Tensor4D): tf.Scalar {
  const [batch, height, width, kinds] = places.shape;
  const rows = (maps: tf.Tensor4D): tf.Tensor3D => tf.reshape(maps, [batch, height * width, maps.shape[3]]);
  // What tf.oneHot makes is int32; on webgpu (4.22.0) a cast would leave it so, and what is transposed then is nothing.
  const which = tf.mul<tf.Tensor3D>(rows(places), 1);
  const counts = tf.reshape(tf.sum(which, 1), [batch, kinds, 1]);
  const { variance } = tf.moments(rows(real), [1], true); // [batch, 1, channels]
  const scale = tf.maximum(tf.sqrt(variance), LEAST_DEVIATION);
  const momentsOf = (maps: tf.Tensor4D): tf.Tensor3D[] => {
    const values = rows(maps);
    const mean = (of: tf.Tensor3D): tf.Tensor3D => tf.div(tf.matMul(which, of, true), tf.maximum(counts, 1));
    const means = mean(values); // [batch, kinds, channels]
    const spread = tf.relu(tf.sub(mean(tf.square(values)), tf.square(means)));
    return [means, tf.sqrt(tf.add(spread, LEAST_VARIANCE))];
  };
  const wanted = momentsOf(real);
  const off = momentsOf(made).map((moment, i) => tf.square(tf.div(tf.sub(moment, wanted[i]), scale)));
  const shares = tf.div(counts, tf.sum(counts, 1, true));
  return tf.mean(tf.sum(tf.mul(tf.add(off[0], off[1]), shares), 1));
}
