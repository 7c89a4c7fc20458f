import * as tf from "@tensorflow/tfjs";
import { padEdges } from "../layers/pad-edges.ts";

/** Pixels on each side of a patch. */
export const PATCH = 7;

/**
 * Patches along directions: of pictures that go on around their borders, every so many patches, from an offset. Differentiable.
 *
 * @param pictures - [batch, side, side, channels].
 * @param filters - [7, 7, channels, directions].
 * @param places - Patches along each side, a divisor of it.
 * @param offset - Down and across, in pixels, each less than what lies between two patches.
 * @returns [batch, places, places, directions].
 */
export function projectPatches(
  pictures: tf.Tensor4D,
  filters: tf.Tensor4D,
  places: number,
  [down, across]: readonly number[],
): tf.Tensor4D {
  const [batch, height, width, channels] = pictures.shape;
  const stride = height / places;
  const around = (PATCH - 1) / 2;
  const padded = padEdges(pictures, around, around + stride - 1, "wrap");
  const size: [number, number, number, number] = [batch, height + PATCH - 1, width + PATCH - 1, channels];
  const part = stride === 1 ? padded : tf.slice(padded, [0, down, across, 0], size);
  return tf.conv2d(part, filters, stride, "valid");
}
