import * as tf from "@tensorflow/tfjs";
import type { GradientCase } from "./gradient-case.ts";

type Padding = "same" | "valid" | [[number, number], [number, number], [number, number], [number, number]];

interface Options {
  readonly picture?: readonly number[];
  readonly filter?: readonly number[];
  readonly strides?: [number, number];
  readonly pad?: Padding;
  readonly dilations?: [number, number];
}

const UNEVEN: Padding = [
  [0, 0],
  [2, 0],
  [1, 3],
  [0, 0],
];
const picture = [2, 7, 6, 3];

function conv(name: string, options: Options): GradientCase {
  const { filter = [3, 3, 3, 5], strides = 1, pad = "same", dilations = 1 } = options;
  return {
    name: `conv2d, ${name}`,
    inputs: [options.picture ?? picture, filter],
    run: (x, f) => tf.conv2d(x as tf.Tensor4D, f as tf.Tensor4D, strides, pad, "NHWC", dilations),
  };
}

function depthwise(name: string, options: Options): GradientCase {
  const { filter = [3, 3, 3, 1], strides = 1, pad = "same", dilations = 1 } = options;
  return {
    name: `depthwiseConv2d, ${name}`,
    inputs: [options.picture ?? picture, filter],
    run: (x, f) => tf.depthwiseConv2d(x as tf.Tensor4D, f as tf.Tensor4D, strides, pad, "NHWC", dilations),
  };
}

function transposed(
  name: string,
  size: readonly number[],
  filter: number[],
  stride: number,
  pad: "same" | "valid",
): GradientCase {
  const shape = size as [number, number, number, number];
  const edge = (length: number, f: number): number =>
    pad === "same" ? Math.ceil(length / stride) : (length - f) / stride + 1;
  return {
    name: `conv2dTranspose, ${name}`,
    inputs: [[shape[0], edge(shape[1], filter[0]), edge(shape[2], filter[1]), filter[3]], filter],
    run: (x, f) => tf.conv2dTranspose(x as tf.Tensor4D, f as tf.Tensor4D, shape, stride, pad),
  };
}

/** Convolutions over strides, paddings, dilations and odd sizes. */
export const convolutionCases: readonly GradientCase[] = [
  conv("3 × 3, same", {}),
  conv("3 × 3, valid", { pad: "valid" }),
  conv("3 × 3, uneven padding", { pad: UNEVEN }),
  conv("3 × 3, stride 2, same", { strides: [2, 2] }),
  conv("3 × 3, stride 2, valid", { strides: [2, 2], pad: "valid" }),
  conv("3 × 3, stride 2, uneven padding", { strides: [2, 2], pad: UNEVEN }),
  conv("3 × 2, strides 1 and 3", { filter: [3, 2, 3, 4], strides: [1, 3] }),
  conv("4 × 4, stride 2", { picture: [2, 8, 8, 3], filter: [4, 4, 3, 8], strides: [2, 2] }),
  conv("1 × 1", { filter: [1, 1, 3, 9] }),
  conv("1 × 1, stride 2", { filter: [1, 1, 3, 2], strides: [2, 2] }),
  conv("8 × 8, stride 4, valid", { picture: [1, 20, 20, 1], filter: [8, 8, 1, 4], strides: [4, 4], pad: "valid" }),
  conv("5 × 5 to one channel", { filter: [5, 5, 3, 1] }),
  conv("3 × 3, dilation 2, same", { dilations: [2, 2] }),
  conv("2 × 3, dilations 3 and 2, valid", { filter: [2, 3, 3, 4], dilations: [3, 2], pad: "valid" }),
  {
    name: "fused.conv2d, bias",
    inputs: [picture, [3, 3, 3, 4], [4]],
    run: (x, filter, bias) =>
      tf.fused.conv2d({ x: x as tf.Tensor4D, filter: filter as tf.Tensor4D, bias, strides: 1, pad: "same" }),
  },
  depthwise("3 × 3, same", {}),
  depthwise("3 × 3, stride 2, valid", { strides: [2, 2], pad: "valid" }),
  depthwise("3 × 3, two filters a channel", { filter: [3, 3, 3, 2] }),
  depthwise("3 × 3, dilation 2", { dilations: [2, 2] }),
  transposed("4 × 4, stride 2, same", [2, 8, 6, 3], [4, 4, 3, 5], 2, "same"),
  transposed("3 × 3, stride 2, odd size", [2, 7, 5, 3], [3, 3, 3, 4], 2, "same"),
  transposed("3 × 3, stride 1", [2, 5, 6, 3], [3, 3, 3, 4], 1, "same"),
  transposed("2 × 2, stride 2, valid", [2, 6, 4, 2], [2, 2, 2, 3], 2, "valid"),
];
