import * as tf from "@tensorflow/tfjs";
import { ConfigurationError, UnsupportedError } from "../../core/errors.ts";
import { withScratch, type KernelCall } from "./wasm-host.ts";

/** A two-dimensional convolution, as TensorFlow.js describes it. */
export type ConvolutionShape = tf.backend_util.Conv2DInfo;

/** Bytes of a shape in memory, as plugin/nets/assembly/geometry.ts reads it. */
const SHAPE_BYTES = 64;

/** How a kernel is asked for a convolution. */
interface Asked {
  /** [batch, height, width, channels] */
  readonly input: readonly number[];
  /** [height, width, channels, features], or [height, width, channels, multiplier] where it is depthwise. */
  readonly filter: readonly number[];
  readonly depthwise?: boolean;
}

/**
 * Reads strides, padding and dilations from a kernel's attributes.
 *
 * @throws UnsupportedError for NCHW.
 * @throws ConfigurationError when the filter is larger than the picture.
 */
export function readShape(who: string, attributes: KernelCall["attributes"], asked: Asked): ConvolutionShape {
  const { strides, pad, dilations, dimRoundingMode, dataFormat } = attributes as unknown as Partial<tf.Conv2DAttrs>;
  if (dataFormat !== undefined && dataFormat !== "NHWC") {
    throw new UnsupportedError(
      `tfjs-wasm ${who}: needed pictures as NHWC, came "${dataFormat}". Transpose them to [batch, height, width, channels].`,
    );
  }
  const shape = tf.backend_util.computeConv2DInfo(
    asked.input as [number, number, number, number],
    asked.filter as [number, number, number, number],
    strides!,
    dilations ?? 1,
    pad!,
    dimRoundingMode,
    asked.depthwise ?? false,
  );
  if (shape.outHeight < 1 || shape.outWidth < 1) {
    throw new ConfigurationError(
      `tfjs-wasm ${who}: needed a picture of at least ${shape.effectiveFilterHeight} × ${shape.effectiveFilterWidth} pixels with its padding, came ${shape.inHeight} × ${shape.inWidth}. Use a smaller filter, or padding.`,
    );
  }
  return shape;
}

/** Padding as TensorFlow.js takes it in numbers. */
export function inNumbers({ padInfo }: ConvolutionShape): readonly (readonly [number, number])[] {
  const { top, bottom, left, right } = padInfo;
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
}

/** A matrix product as a convolution that sees one pixel at a time: [pixels, inChannels] to [pixels, outChannels]. */
export function pointwise(pixels: number, inChannels: number, outChannels: number): readonly number[] {
  return [1, pixels, 1, inChannels, pixels, 1, outChannels, 1, 1, 1, 1, 1, 1, 0, 0];
}

/**
 * Runs `work` with the shape and scratch in tfjs-wasm's memory; both are gone afterwards.
 *
 * @param scratchOf - Says how many bytes of scratch a shape at an address needs; null for none.
 */
export function withShape(
  { backend, kernels }: KernelCall,
  shape: ConvolutionShape | readonly number[],
  scratchOf: ((address: number) => number) | null,
  work: (address: number, scratch: number) => void,
): void {
  withScratch(backend, SHAPE_BYTES, (address) => {
    const numbers = "length" in shape ? shape : numbersOf(shape);
    new Int32Array(kernels.memory.buffer, address, numbers.length).set(numbers);
    withScratch(backend, scratchOf ? scratchOf(address) >>> 0 : 0, (scratch) => work(address, scratch));
  });
}

/** In the order of plugin/nets/assembly/geometry.ts. */
function numbersOf(shape: ConvolutionShape): readonly number[] {
  return [
    shape.batchSize,
    shape.inHeight,
    shape.inWidth,
    shape.inChannels,
    shape.outHeight,
    shape.outWidth,
    shape.outChannels,
    shape.filterHeight,
    shape.filterWidth,
    shape.strideHeight,
    shape.strideWidth,
    shape.dilationHeight,
    shape.dilationWidth,
    shape.padInfo.top,
    shape.padInfo.left,
  ];
}
