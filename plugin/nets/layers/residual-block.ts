import * as tf from "@tensorflow/tfjs";
import { convolveAround, type AroundOptions } from "./convolve-around.ts";
import type { ConvolutionParameters } from "./convolve.ts";
import type { Parameters } from "./parameters.ts";

/** Two convolutions that change a picture a little. */
export interface ResidualBlock {
  readonly first: ConvolutionParameters;
  readonly second: ConvolutionParameters;
}

/** How far a new block is from leaving pictures as they are; chosen by trial, as are the fractions of EDSR, arXiv 1707.02921. */
const SECOND_GAIN = 0.2;

/** Makes the parameters of a block of 3 × 3 convolutions that keeps its channels. */
export function createResidualBlock(parameters: Parameters, name: string, channels: number): ResidualBlock {
  const shape = { size: 3, from: channels, to: channels };
  return {
    first: parameters.convolution(`${name} first`, shape),
    second: parameters.convolution(`${name} second`, { ...shape, gain: SECOND_GAIN }),
  };
}

/**
 * The picture plus what two convolutions with a ReLU between them make of it. Differentiable.
 *
 * @param pictures - [batch, height, width, channels]; the result's shape is the same.
 */
export function residualBlock(
  pictures: tf.Tensor4D,
  { first, second }: ResidualBlock,
  options: Pick<AroundOptions, "edges" | "learns">,
): tf.Tensor4D {
  const changed = convolveAround(convolveAround(pictures, first, options), second, {
    ...options,
    activation: "linear",
  });
  return tf.add(pictures, changed);
}
