import * as tf from "@tensorflow/tfjs";
import { differentiable } from "./differentiable.ts";

/** A convolution's parameters. */
export interface ConvolutionParameters {
  /** [size, size, channels, filters]. */
  readonly weights: tf.Tensor4D;
  /** [filters]. */
  readonly biases: tf.Tensor1D;
}

/** How a convolution goes over its pictures. */
export interface ConvolutionOptions {
  /** Pixels from one place to the next. Default 1. */
  readonly stride?: number;
  /** "zeros" keeps the picture's size, divided by the stride: beyond the borders lie zeros, at no cost. Default "none". */
  readonly padding?: "none" | "zeros";
  /** What becomes of the results. Default "relu". */
  readonly activation?: "relu" | "linear";
  /** False saves the dearest kernel where nothing before this layer learns. Default true. */
  readonly wantsInputGradient?: boolean;
  /** False saves the kernel of the weights' gradient where only what comes before this layer changes. Default true. */
  readonly learns?: boolean;
}

/**
 * A convolution, its biases and activation as one kernel, differentiable once by its parameters, and by its input unless that is not
 * asked for. Without padding unless zeros are asked for.
 *
 * @param pictures - [batch, height, width, channels].
 * @returns [batch, outHeight, outWidth, filters].
 */
export function convolve(
  pictures: tf.Tensor4D,
  { weights, biases }: ConvolutionParameters,
  {
    stride = 1,
    padding = "none",
    activation = "relu",
    wantsInputGradient = true,
    learns = true,
  }: ConvolutionOptions = {},
): tf.Tensor4D {
  const geometry = { strides: [stride, stride], pad: padding === "none" ? "valid" : "same", dataFormat: "NHWC" };
  const forward = (x: tf.Tensor, filter: tf.Tensor, bias: tf.Tensor): tf.Tensor4D =>
    tf
      .engine()
      .runKernel<tf.Tensor4D>(tf.FusedConv2D, { x, filter, bias }, { ...geometry, dilations: [1, 1], activation });
  const byParameters = (dz: tf.Tensor4D, x: tf.Tensor): tf.Tensor[] => {
    const attributes = { ...geometry, filterShape: weights.shape };
    const byWeights = tf.engine().runKernel<tf.Tensor4D>(tf.Conv2DBackpropFilter, { x, dy: dz }, attributes);
    return [byWeights, tf.sum(dz, [0, 1, 2])];
  };
  const byInput = (dz: tf.Tensor4D, filter: tf.Tensor): tf.Tensor4D => {
    const attributes = { ...geometry, inputShape: pictures.shape };
    return tf.engine().runKernel<tf.Tensor4D>(tf.Conv2DBackpropInput, { dy: dz, filter }, attributes);
  };
  const isLinear = activation === "linear";
  const byArgument = (dy: tf.Tensor, y: tf.Tensor | undefined): tf.Tensor4D =>
    isLinear ? (dy as tf.Tensor4D) : tf.mul(dy, tf.step(y!));
  if (!wantsInputGradient) {
    return differentiable([weights, biases], ([w, b], save) => {
      const value = forward(pictures, w, b);
      save(isLinear ? [pictures] : [pictures, value]);
      return { value, gradFunc: (dy, [x, y]) => byParameters(byArgument(dy, y), x) };
    });
  }
  if (!learns) {
    return differentiable([pictures], ([x], save) => {
      const value = forward(x, weights, biases);
      if (!isLinear) save([value]);
      return { value, gradFunc: (dy, [y]) => [byInput(byArgument(dy, y), weights)] };
    });
  }
  return differentiable([pictures, weights, biases], ([x, w, b], save) => {
    const value = forward(x, w, b);
    save(isLinear ? [x, w] : [x, w, value]);
    return {
      value,
      gradFunc: (dy, [x, w, y]) => {
        const dz = byArgument(dy, y);
        return [byInput(dz, w), ...byParameters(dz, x)];
      },
    };
  });
}
