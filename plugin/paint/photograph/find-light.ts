import * as tf from "@tensorflow/tfjs";
import type { Edges } from "../../nets/layers/pad-edges.ts";
import type { PhotoNet } from "./photo-net.ts";
import { throughWindow, type Rectangle } from "../tiles/window.ts";

/** Most pixels on each side of the part of a picture in which the light is looked for. */
export const MOST_SEEN = 256;

/**
 * From where a picture's light comes, as networks are told it.
 *
 * Looks at the middle of the picture, at most 256 × 256 pixels. In `tf.tidy`; nothing is read back.
 *
 * @param picture - sRGB, [1, height, width, 3].
 * @returns Right and up, [1, 2]: the less sure the network is, the less the light leans; 0 for a network that finds none.
 */
export function findLight(net: PhotoNet, picture: tf.Tensor4D, edges: Edges): tf.Tensor2D {
  if (!net.light) return tf.zeros([1, 2]);
  const [, height, width] = picture.shape;
  const part = middle(height, width, net.light.stride);
  const isWhole = part.height === height && part.width === width;
  return net.light.guess(isWhole ? picture : throughWindow(picture, part, edges), isWhole ? edges : "mirror");
}

/** The middle of a picture, which can be halved as often as is needed; beyond its borders where it is smaller than that. */
function middle(height: number, width: number, stride: number): Rectangle {
  const side = (length: number): number => Math.max(stride, Math.floor(Math.min(length, MOST_SEEN) / stride) * stride);
  const [high, wide] = [side(height), side(width)];
  return { top: Math.floor((height - high) / 2), left: Math.floor((width - wide) / 2), height: high, width: wide };
}
