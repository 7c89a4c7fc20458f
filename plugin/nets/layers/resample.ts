import * as tf from "@tensorflow/tfjs";
import type { ConvolutionParameters } from "./convolve.ts";
import { differentiable } from "./differentiable.ts";
import { padEdges, type Edges } from "./pad-edges.ts";

/**
 * Multiplies rows and columns by a transposed convolution in steps of its filters' size; doubles them with 2 × 2, as the U-Net's paper does
 * (Ronneberger et al. 2015, https://arxiv.org/abs/1505.04597v1). No pixel looks beyond a border, so what tiles goes on tiling.
 * Differentiable.
 *
 * @param pictures - [batch, height, width, channels].
 * @param parameters - Weights [size, size, filters, channels].
 * @returns [batch, size · height, size · width, filters].
 */
export function enlargeByConvolution(pictures: tf.Tensor4D, { weights, biases }: ConvolutionParameters): tf.Tensor4D {
  const [batch, height, width] = pictures.shape;
  const [size, , filters] = weights.shape;
  const shape: [number, number, number, number] = [batch, size * height, size * width, filters];
  return tf.add(tf.conv2dTranspose(pictures, weights, shape, size, "valid"), biases);
}

/**
 * Doubles rows and columns by repeating them. Differentiable.
 *
 * @param pictures - [batch, height, width, channels].
 * @returns [batch, 2 · height, 2 · width, channels].
 */
export function enlargeByRepeating(pictures: tf.Tensor4D): tf.Tensor4D {
  const [, height, width] = pictures.shape;
  return differentiable([pictures], ([x]) => ({
    value: tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [2 * height, 2 * width]),
    gradFunc: (dy) => [tf.mul(tf.avgPool(dy as tf.Tensor4D, 2, 2, "valid"), 4)],
  }));
}

/** Of one new row or column, what the four old pixels around its place give: 1, 3, 3, 1 in quarters. */
const TENT = [0.25, 0.75, 0.75, 0.25];

/**
 * Doubles rows and columns by linear interpolation, across the borders. Differentiable.
 *
 * @param maps - [batch, height, width, 1].
 * @returns [batch, 2 · height, 2 · width, 1].
 */
export function enlargeSmoothly(maps: tf.Tensor4D, edges: Edges): tf.Tensor4D {
  const [batch, height, width] = maps.shape;
  const tent = tf.tensor4d(
    TENT.flatMap((down) => TENT.map((across) => down * across)),
    [4, 4, 1, 1],
  );
  const padded = padEdges(maps, 1, 1, edges); // [batch, height + 2, width + 2, 1]
  const wide = tf.conv2dTranspose(padded, tent, [batch, 2 * height + 6, 2 * width + 6, 1], 2, "valid");
  return tf.slice(wide, [0, 3, 3, 0], [batch, 2 * height, 2 * width, 1]);
}

/**
 * Halves rows and columns: each new pixel is the mean of four. Differentiable.
 *
 * @param pictures - [batch, height, width, channels]; sides are even.
 * @returns [batch, height / 2, width / 2, channels].
 */
export function shrinkByMean(pictures: tf.Tensor4D): tf.Tensor4D {
  return tf.avgPool(pictures, 2, 2, "valid");
}
