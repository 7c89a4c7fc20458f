import * as tf from "@tensorflow/tfjs";
import { areWasmKernelsRegistered } from "../wasm-kernels/register.ts";

/**
 * Rows and columns of pictures, any of them in any order. Not differentiable; nothing is read back.
 *
 * @param pictures - [batch, height, width, channels].
 * @param rows - Which, int32, each within the pictures: [batch, outHeight] for each picture, or [1, outHeight] for all.
 * @param columns - Likewise, [batch or 1, outWidth].
 * @returns [batch, outHeight, outWidth, channels].
 */
export function takeLines(pictures: tf.Tensor4D, rows: tf.Tensor2D, columns: tf.Tensor2D): tf.Tensor4D {
  if (areWasmKernelsRegistered()) {
    return tf.engine().runKernel<tf.Tensor4D>("TakeLines", { x: pictures, rows, columns });
  }
  const along = (from: tf.Tensor4D, lines: tf.Tensor2D, axis: 1 | 2): tf.Tensor4D =>
    lines.shape[0] === from.shape[0]
      ? tf.gather(from, lines, axis, 1)
      : tf.gather(from, tf.reshape<tf.Rank.R1>(lines, [-1]), axis);
  return tf.tidy(() => along(along(pictures, rows, 1), columns, 2));
}

/** Which rows or columns of pictures are wanted, and how many these have. */
export interface LineOrder {
  readonly rows: ArrayLike<number>;
  readonly columns: ArrayLike<number>;
}

/** The same rows and columns of each picture; see `takeLines`. */
export function takeSameLines(pictures: tf.Tensor4D, { rows, columns }: LineOrder): tf.Tensor4D {
  return tf.tidy(() => {
    const lines = (of: ArrayLike<number>): tf.Tensor2D => tf.tensor2d(Int32Array.from(of), [1, of.length], "int32");
    return takeLines(pictures, lines(rows), lines(columns));
  });
}

/** Left and right, or top and bottom change places, or both. Not differentiable. */
export function mirrored(pictures: tf.Tensor4D, way: "across" | "down" | "both"): tf.Tensor4D {
  const [, height, width] = pictures.shape;
  const lines = (length: number, isMirrored: boolean): Int32Array =>
    Int32Array.from({ length }, (_, i) => (isMirrored ? length - 1 - i : i));
  return takeSameLines(pictures, { rows: lines(height, way !== "across"), columns: lines(width, way !== "down") });
}
