import * as tf from "@tensorflow/tfjs";
import { differentiable } from "./differentiable.ts";

/** How much of a number below 0 is left, as in Radford et al. 2016, https://arxiv.org/abs/1511.06434v2, section 3. */
const SLOPE = 0.2;

/** A rectifier that lets a fifth of what is below 0 through, so that no unit falls silent. Differentiable once. */
export function leaky<T extends tf.Tensor>(values: T): T {
  return differentiable([values], ([x], save) => {
    const value = tf.leakyRelu(x, SLOPE) as T;
    save([value]);
    return { value, gradFunc: (dy, [y]) => [tf.mul(dy, tf.step(y, SLOPE))] };
  });
}
