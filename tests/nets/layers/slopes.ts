import * as tf from "@tensorflow/tfjs";
import { Random } from "../../../plugin/core/random.ts";

/** A differentiable function of some tensors. */
export type Layer = (...tensors: tf.Tensor[]) => tf.Tensor;

/** Tensors of normally distributed numbers, the same for the same seed. */
export function numbersFrom(seed: number): (...shape: number[]) => tf.Tensor {
  const random = new Random(seed);
  return (...shape) =>
    tf.tensor(
      Float32Array.from({ length: shape.reduce((product, side) => product * side, 1) }, () => random.normal()),
      shape,
    );
}

/** A layer's value, and its gradients by all inputs, weighted so that each result counts differently. */
export function slopesOf(layer: Layer, inputs: tf.Tensor[]): Float32Array[] {
  return tf.tidy(() => {
    const value = layer(...inputs);
    const gradients = tf.grads((...tensors) => weigh(layer(...tensors)))(inputs);
    return [value, ...gradients].map((tensor) => tensor.dataSync<"float32">().slice());
  });
}

/** Gradients of the same weighted sum by central differences, at every `every`-th number of each input. */
export function differencesOf(layer: Layer, inputs: tf.Tensor[], every = 1, step = 1e-2): Float32Array[] {
  return inputs.map((input, which) => {
    const values = input.dataSync<"float32">();
    const at = (index: number, by: number): number =>
      tf.tidy(() => {
        const moved = values.slice();
        moved[index] += by;
        const changed = inputs.map((other, i) => (i === which ? tf.tensor(moved, input.shape) : other));
        return weigh(layer(...changed)).dataSync()[0];
      });
    return Float32Array.from({ length: Math.ceil(values.length / every) }, (_, i) => {
      return (at(i * every, step) - at(i * every, -step)) / (2 * step);
    });
  });
}

function weigh(value: tf.Tensor): tf.Tensor {
  const weights = tf.reshape(tf.cos(tf.range(0, value.size)), value.shape);
  return tf.sum(tf.mul(value, weights));
}
