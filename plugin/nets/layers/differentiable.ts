import * as tf from "@tensorflow/tfjs";

/** A result, and how its gradient is passed on. */
export interface Differentiable<T extends tf.Tensor> {
  readonly value: T;
  /** @param saved - What was saved. @returns One gradient for each input. */
  readonly gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.Tensor[];
}

/**
 * `tf.customGrad` with types.
 *
 * @param run - Gets the inputs; what its gradient needs besides must be saved, since TensorFlow.js disposes all else.
 */
export function differentiable<T extends tf.Tensor>(
  inputs: readonly tf.Tensor[],
  run: (inputs: tf.Tensor[], save: tf.GradSaveFunc) => Differentiable<T>,
): T {
  const operation = tf.customGrad((...given) => {
    const save = given[inputs.length] as unknown as tf.GradSaveFunc;
    return run(given.slice(0, inputs.length) as tf.Tensor[], save);
  });
  return operation(...inputs);
}
