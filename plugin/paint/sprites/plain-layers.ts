/**
 * The layers of a sprite's networks in plain loops: a picture of 32 × 32 is too small to be worth a backend, and so is made at once,
 * wherever JavaScript runs. They compute what the layers of `plugin/nets` of the same names do.
 */
import type { WeightTensor } from "../../nets/weights-file.ts";

/** Numbers of a picture with any number of channels, [side, side, channels]. */
export interface Planes {
  readonly side: number;
  readonly channels: number;
  readonly values: Float32Array;
}

/** A layer's numbers. */
export interface PlainLayer {
  readonly weights: WeightTensor;
  readonly biases: WeightTensor;
}

/** @param weights - [outputs, inputs]. @returns [outputs]. */
export function denseOf(values: Float32Array, { weights, biases }: PlainLayer): Float32Array {
  const [outputs, inputs] = weights.shape;
  const result = new Float32Array(outputs);
  for (let output = 0, at = 0; output < outputs; output++) {
    let sum = biases.values[output];
    for (let input = 0; input < inputs; input++) sum += weights.values[at++] * values[input];
    result[output] = sum;
  }
  return result;
}

/** What is below 0 becomes 0, in place. */
export function rectified(values: Float32Array): Float32Array {
  for (let i = 0; i < values.length; i++) if (values[i] < 0) values[i] = 0;
  return values;
}

/** Twice as many rows and columns, each pixel four times. */
export function enlarged({ side, channels, values }: Planes): Planes {
  const result = new Float32Array(4 * values.length);
  const line = channels * side * 2;
  for (let y = 0; y < side; y++) {
    const row = 2 * y * line;
    for (let x = 0; x < side; x++) {
      const pixel = values.subarray((y * side + x) * channels, (y * side + x + 1) * channels);
      result.set(pixel, row + 2 * x * channels);
      result.set(pixel, row + (2 * x + 1) * channels);
    }
    result.copyWithin(row + line, row, row + line);
  }
  return { side: 2 * side, channels, values: result };
}

/**
 * A convolution that goes on beyond the border with the border's own pixels: for filters of 3 × 3 with stride 1 and 4 × 4 with stride 2,
 * which reach out by one.
 *
 * @param layer - Weights [size, size, channels, filters].
 */
export function convolved({ side, channels, values }: Planes, { weights, biases }: PlainLayer, stride = 1): Planes {
  const [size, , , filters] = weights.shape;
  const outSide = side / stride;
  const result = new Float32Array(outSide * outSide * filters);
  const sums = new Float64Array(filters);
  for (let y = 0, out = 0; y < outSide; y++) {
    for (let x = 0; x < outSide; x++, out += filters) {
      sums.set(biases.values);
      for (let row = 0, weight = 0; row < size; row++) {
        const fromY = Math.min(side - 1, Math.max(0, y * stride + row - 1));
        for (let column = 0; column < size; column++) {
          const fromX = Math.min(side - 1, Math.max(0, x * stride + column - 1));
          const from = (fromY * side + fromX) * channels;
          for (let channel = 0; channel < channels; channel++, weight += filters) {
            const value = values[from + channel];
            if (value === 0) continue;
            for (let filter = 0; filter < filters; filter++) sums[filter] += value * weights.values[weight + filter];
          }
        }
      }
      result.set(sums, out);
    }
  }
  return { side: outSide, channels: filters, values: result };
}
