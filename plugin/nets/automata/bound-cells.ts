import * as tf from "@tensorflow/tfjs";
import { differentiable } from "../layers/differentiable.ts";

/**
 * Keeps the numbers of cells within [-1, 1], so that no automaton can run away.
 *
 * Differentiable. A number at its bound passes only gradients that lead away from the bound: none at all would leave it there for good.
 */
export function boundCells(states: tf.Tensor4D): tf.Tensor4D {
  return differentiable([states], ([x], save) => {
    const value = tf.clipByValue(x as tf.Tensor4D, -1, 1);
    save([value]);
    return { value, gradFunc: (dy, [y]) => [tf.mul(dy, passes(dy as tf.Tensor4D, y as tf.Tensor4D))] };
  });
}

/** 1 within the bounds, or where going down the gradient leads back inside; else 0. */
function passes(dy: tf.Tensor4D, bounded: tf.Tensor4D): tf.Tensor4D {
  const inside = tf.less(tf.abs(bounded), 1);
  const back = tf.greater(tf.mul(dy, bounded), 0);
  return tf.cast(tf.logicalOr(inside, back), "float32");
}
