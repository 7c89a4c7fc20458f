import type * as tf from "@tensorflow/tfjs";
import type { Edges } from "../../nets/layers/pad-edges.ts";
import { takeSameLines } from "../../nets/layers/take-lines.ts";
import { wrap } from "../noise/grid.ts";

/** A rectangle of a picture, in whole pixels; it may reach beyond the borders. */
export interface Rectangle {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/**
 * What is seen through a rectangle of pictures that go on beyond their borders. Not differentiable; nothing is read back.
 *
 * @param pictures - [batch, height, width, channels].
 * @returns [batch, rectangle.height, rectangle.width, channels].
 */
export function throughWindow(pictures: tf.Tensor4D, rectangle: Rectangle, edges: Edges): tf.Tensor4D {
  const [, height, width] = pictures.shape;
  return takeSameLines(pictures, {
    rows: lines(rectangle.top, rectangle.height, height, edges),
    columns: lines(rectangle.left, rectangle.width, width, edges),
  });
}

function lines(from: number, count: number, length: number, edges: Edges): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => {
    if (edges === "wrap") return wrap(from + i, length);
    const place = wrap(from + i, 2 * length);
    return place < length ? place : 2 * length - 1 - place;
  });
}
