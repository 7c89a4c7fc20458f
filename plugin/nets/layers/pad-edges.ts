import * as tf from "@tensorflow/tfjs";
import { ConfigurationError } from "../../core/errors.ts";
import { areWasmKernelsRegistered } from "../wasm-kernels/register.ts";
import { differentiable } from "./differentiable.ts";

/** What lies beyond a picture's borders: the other side of a picture that tiles, or the picture in a mirror. */
export type Edges = "wrap" | "mirror";

/**
 * Goes on beyond a picture's borders. Differentiable on every backend: on wasm by kernels of our own, else by slices that are put
 * together.
 *
 * @param pictures - [batch, height, width, channels].
 * @param before - Rows above and columns to the left, at least 0 and at most the picture's.
 * @param after - Rows below and columns to the right.
 * @returns [batch, height + before + after, width + before + after, channels].
 * @throws ConfigurationError for a picture that is smaller than what is asked for.
 */
export function padEdges(pictures: tf.Tensor4D, before: number, after: number, edges: Edges): tf.Tensor4D {
  const [, height, width] = pictures.shape;
  if (Math.max(before, after) > Math.min(height, width)) {
    throw new ConfigurationError(
      `padEdges: needed pictures of at least ${Math.max(before, after)} pixels on each side, came ${height} × ${width}. Use larger ones.`,
    );
  }
  if (before === 0 && after === 0) return pictures;
  if (areWasmKernelsRegistered()) {
    const attributes = { before, after, edges };
    return differentiable([pictures], ([x]) => ({
      value: tf.engine().runKernel<tf.Tensor4D>("PadEdges", { x }, attributes),
      gradFunc: (dy) => [tf.engine().runKernel<tf.Tensor4D>("PadEdgesBack", { dy }, attributes)],
    }));
  }
  return padAxis(padAxis(pictures, 1, { before, after, edges }), 2, { before, after, edges });
}

interface Padding {
  readonly before: number;
  readonly after: number;
  readonly edges: Edges;
}

function padAxis(pictures: tf.Tensor4D, axis: 1 | 2, { before, after, edges }: Padding): tf.Tensor4D {
  const length = pictures.shape[axis];
  const lines = (from: number, count: number): tf.Tensor4D => {
    const begin: [number, number, number, number] = [0, 0, 0, 0];
    const size: [number, number, number, number] = [...pictures.shape];
    begin[axis] = from;
    size[axis] = count;
    return tf.slice(pictures, begin, size);
  };
  const parts: tf.Tensor4D[] = [pictures];
  if (edges === "wrap") {
    if (before > 0) parts.unshift(lines(length - before, before));
    if (after > 0) parts.push(lines(0, after));
  } else {
    // Line by line, the border's own first.
    for (let i = 0; i < before; i++) parts.unshift(lines(i, 1));
    for (let i = 0; i < after; i++) parts.push(lines(length - 1 - i, 1));
  }
  return parts.length === 1 ? pictures : tf.concat(parts, axis);
}
