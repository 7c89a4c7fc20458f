import * as tf from "@tensorflow/tfjs";
import { padEdges, type Edges } from "../../nets/layers/pad-edges.ts";
import { lightVector } from "./light-vector.ts";
import type { PhotoNet } from "./photo-net.ts";
import { tileMaps } from "./read-tile.ts";
import { linearLight } from "./linear-light.ts";
import { throughWindow, type Rectangle } from "./window.ts";

/** A direction from which light may come. */
export interface Side {
  /** In radians: 0 from the right, π/2 from the top of the picture. */
  readonly azimuth: number;
}

const DIRECTIONS = 8;
/** Most pixels on each side of the part of a picture in which the light is looked for. */
const MOST_SEEN = 160;
const LUMINANCE = [0.2126, 0.7152, 0.0722];

/** The lights that a picture is read in to find its own. */
export const TRIED_LIGHTS: readonly Side[] = Array.from({ length: DIRECTIONS }, (_, i) => ({
  azimuth: (i * 2 * Math.PI) / DIRECTIONS,
}));

/**
 * How well a light explains a picture: whether what is bright in it faces that light on the surface that the network sees by it. A wrong
 * light makes the network see slopes that would not be lit as they are.
 *
 * Looks at the middle of the picture, at most 160 × 160 pixels. In `tf.tidy`; nothing is read back.
 *
 * @param picture - sRGB, [1, height, width, 3].
 * @returns A correlation, in [-1, 1].
 */
export function lightFit(net: PhotoNet, picture: tf.Tensor4D, light: Side, edges: Edges): tf.Scalar {
  const [, height, width] = picture.shape;
  const part = middle(height, width, net.stride);
  const isWhole = part.height === height && part.width === width;
  const seen = isWhole ? picture : throughWindow(picture, part, edges);
  const view = { edges: isWhole ? edges : ("mirror" as const), light: tf.tensor2d([...lightVector(light)], [1, 2]) };
  const { heights } = tileMaps(net, seen, { ...part, top: 0, left: 0 }, { view });
  const brightness = tf.sum<tf.Tensor4D>(tf.mul(linearLight(seen), tf.tensor1d(LUMINANCE)), 3, true); // [1, height, width, 1]
  return correlation(facing(padEdges(heights, 1, 1, view.edges), light), brightness);
}

/** The light that fits best, as networks are told it, [1, 2]. In `tf.tidy`; nothing is read back. @param fits - Of `TRIED_LIGHTS`. */
export function bestLight(fits: readonly tf.Scalar[]): tf.Tensor2D {
  const best = tf.oneHot(tf.argMax<tf.Tensor1D>(tf.stack([...fits]), 0), fits.length); // [lights]
  const lights = tf.tensor2d(TRIED_LIGHTS.map((light) => [...lightVector(light)]));
  return tf.matMul(tf.reshape<tf.Rank.R2>(tf.cast(best, "float32"), [1, fits.length]), lights);
}

/**
 * How far a surface faces a low light, in [-1, 1], [1, height, width, 1]. Chosen on 15 photographs in sun and lamplight of the two
 * classes that the network was not shown, by other seeds than those that are published: the direction was off by less than 30° in 12, by
 * Lambert's law in light from 45° above in 9. On other photographs it is less sure: the card in models/photo-maps counts.
 *
 * @param heights - In pixels, with one pixel more on each side.
 */
function facing(heights: tf.Tensor4D, { azimuth }: Side): tf.Tensor4D {
  const across = tf.mul(tf.sub(inner(heights, 1, 2), inner(heights, 1, 0)), 0.5);
  const upwards = tf.mul(tf.sub(inner(heights, 0, 1), inner(heights, 2, 1)), 0.5);
  const length = tf.sqrt(tf.add(tf.add(tf.square(across), tf.square(upwards)), 1));
  const rise = tf.add(tf.mul(across, Math.cos(azimuth)), tf.mul(upwards, Math.sin(azimuth)));
  return tf.neg(tf.div(rise, length));
}

/** What a frame that is two pixels smaller shows at a place. */
function inner(map: tf.Tensor4D, top: number, left: number): tf.Tensor4D {
  const [, height, width] = map.shape;
  return tf.slice(map, [0, top, left, 0], [1, height - 2, width - 2, 1]);
}

/** 0 where one of them is even. */
function correlation(one: tf.Tensor4D, other: tf.Tensor4D): tf.Scalar {
  const [a, b] = [tf.sub(one, tf.mean(one)), tf.sub(other, tf.mean(other))];
  const spread = tf.sqrt(tf.mul(tf.mean(tf.square(a)), tf.mean(tf.square(b))));
  return tf.div<tf.Scalar>(tf.mean(tf.mul(a, b)), tf.add(spread, 1e-9));
}

/** The middle of a picture in whole strides; beyond its borders where it is smaller than one. */
function middle(height: number, width: number, stride: number): Rectangle {
  const side = (length: number): number => Math.max(stride, Math.floor(Math.min(length, MOST_SEEN) / stride) * stride);
  const [high, wide] = [side(height), side(width)];
  return { top: Math.floor((height - high) / 2), left: Math.floor((width - wide) / 2), height: high, width: wide };
}
