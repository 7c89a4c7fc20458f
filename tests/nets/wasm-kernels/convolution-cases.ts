import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";

/** One convolution, drawn by fast-check. */
export interface ConvolutionCase {
  readonly seed: number;
  /** [batch, height, width, channels] */
  readonly input: [number, number, number, number];
  /** [height, width, channels, features or multiplier] */
  readonly filter: [number, number, number, number];
  readonly strides: [number, number];
  readonly pad: "same" | "valid" | [[number, number], [number, number], [number, number], [number, number]];
  readonly dilations: [number, number];
}

const edge = (most: number): fc.Arbitrary<number> => fc.integer({ min: 1, max: most });
const pair = fc.tuple(fc.nat(3), fc.nat(3));
const explicit = fc.tuple(pair, pair).map(([rows, columns]): ConvolutionCase["pad"] => [[0, 0], rows, columns, [0, 0]]);

/**
 * Convolutions whose filter fits into the picture, over strides, paddings, odd sizes, and, where the stride is 1, dilations.
 *
 * @param features - Most features, or the most filters of a channel where it is depthwise.
 */
export function convolutionCases(features: number, channels = 21): fc.Arbitrary<ConvolutionCase> {
  return fc
    .record({
      seed: fc.nat(),
      input: fc.tuple(edge(3), edge(17), edge(17), edge(channels)),
      filterSize: fc.tuple(edge(5), edge(5)),
      features: edge(features),
      strides: fc.tuple(edge(4), edge(4)),
      pad: fc.oneof(fc.constant("same" as const), fc.constant("valid" as const), explicit),
      dilations: fc.tuple(edge(3), edge(3)),
    })
    .map(({ filterSize, features: last, ...one }): ConvolutionCase => {
      const isStrided = one.strides.some((stride) => stride > 1);
      return {
        ...one,
        filter: [...filterSize, one.input[3], last],
        dilations: isStrided ? [1, 1] : one.dilations,
      };
    })
    .filter((one) => outputOf(one, false).every((size) => size > 0));
}

/** [batch, height, width, features] */
export function outputOf(one: ConvolutionCase, depthwise: boolean): number[] {
  const { input, filter, strides, pad, dilations } = one;
  return tf.backend_util.computeConv2DInfo(input, filter, strides, dilations, pad, undefined, depthwise).outShape;
}

/** What TensorFlow.js gives the kernel, without dilations. */
export function attributesOf({ strides, pad }: ConvolutionCase): object {
  return { strides, pad, dataFormat: "NHWC" };
}

/** The same filter with zeros between its taps, so that a backend without dilations computes the same. */
export function spreadOut(filter: tf.Tensor, [down, across]: readonly [number, number]): tf.Tensor {
  const [high, wide, channels, features] = filter.shape;
  const buffer = tf.buffer([(high - 1) * down + 1, (wide - 1) * across + 1, channels, features]);
  const values = filter.dataSync();
  let i = 0;
  for (let y = 0; y < high; y++)
    for (let x = 0; x < wide; x++)
      for (let c = 0; c < channels; c++)
        for (let f = 0; f < features; f++) buffer.set(values[i++], y * down, x * across, c, f);
  return buffer.toTensor();
}

/** The taps of such a filter. */
export function tapsOf(spread: tf.Tensor, [down, across]: readonly [number, number]): tf.Tensor {
  return tf.stridedSlice(spread, [0, 0, 0, 0], spread.shape, [down, across, 1, 1]);
}
