import type * as tf from "@tensorflow/tfjs";
import { convolve, type ConvolutionOptions, type ConvolutionParameters } from "./convolve.ts";
import { padEdges, type Edges } from "./pad-edges.ts";

/** How a convolution goes over its pictures, and beyond them. */
export interface AroundOptions extends ConvolutionOptions {
  /** What lies beyond the borders. Default "wrap": what comes out tiles as what goes in. */
  readonly edges?: Edges;
}

/**
 * A convolution that keeps a picture's size, or divides it by the stride, and looks beyond the borders. Differentiable.
 *
 * With "wrap", pictures that are rolled by a multiple of the stride give rolled results.
 *
 * @param pictures - [batch, height, width, channels]; sides are multiples of the stride.
 * @returns [batch, height / stride, width / stride, filters].
 */
export function convolveAround(
  pictures: tf.Tensor4D,
  parameters: ConvolutionParameters,
  { edges = "wrap", ...options }: AroundOptions = {},
): tf.Tensor4D {
  const size = parameters.weights.shape[0];
  const lines = Math.max(0, size - (options.stride ?? 1));
  const before = Math.floor(lines / 2);
  return convolve(padEdges(pictures, before, lines - before, edges), parameters, options);
}
