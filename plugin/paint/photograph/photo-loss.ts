import * as tf from "@tensorflow/tfjs";
import { shrinkByMean } from "../../nets/layers/resample.ts";
import type { PhotoMaps } from "./photo-net.ts";

/** What counts how much. */
export interface PhotoLossWeights {
  /** The shape of heights, against the other errors. Default 1. */
  readonly shape?: number;
  /** Slopes at each size: at every pixel, at the means of 2 × 2 … of 16 × 16. Default 2, 1.5, 1, 0.75, 0.75. */
  readonly scales?: readonly number[];
}

const SCALES = [2, 1.5, 1, 0.75, 0.75];
/** Slopes that are too small to see count as if they were that large. */
const LEAST_SLOPE = 0.02;
/** How much each error counts, chosen so that all learn alike. */
const STEEPNESS = 0.15;
const ROUGHNESS = 2;
const ALBEDO = 3;

/** What a photograph is compared with. */
export type PhotoTargets = PhotoMaps;

/** How wrong maps are, each as a number. In `tf.tidy`. */
export interface PhotoErrors {
  /** 1 minus the correlation of slopes, the weighted mean over sizes and pictures: 0 is the same shape, 1 another. */
  readonly shape: tf.Scalar;
  /** How many times too steep or too flat, as a natural logarithm without its sign, likewise. */
  readonly steepness: tf.Scalar;
  /** Mean absolute error. */
  readonly roughness: tf.Scalar;
  /** Mean absolute error in sRGB, of pixels and of their means over 8 × 8. */
  readonly albedo: tf.Scalar;
}

/**
 * Compares maps with the true ones. Heights are compared by their slopes only, since a photograph tells no absolute height, at several
 * sizes, since a wall's bricks and its sand both count; and shape and steepness apart, since the first shows clearly in a photograph
 * and the second hardly.
 */
export function photoErrors(maps: PhotoMaps, targets: PhotoTargets, scales: readonly number[] = SCALES): PhotoErrors {
  // Step 1. Slopes, in pixels up for each pixel along: averaging keeps heights, and halves the pixels.
  let [guess, truth] = [maps.heights, targets.heights];
  const shapes: tf.Tensor[] = [];
  const steepnesses: tf.Tensor[] = [];
  const weights = scales.reduce((sum, weight) => sum + weight, 0);
  scales.forEach((weight, scale) => {
    if (scale > 0) [guess, truth] = [shrinkByMean(guess), shrinkByMean(truth)];
    const [guessed, real] = [slopes(guess, 2 ** scale), slopes(truth, 2 ** scale)];
    const least = LEAST_SLOPE ** 2;
    const guessedSquares = tf.add(products(guessed, guessed), least); // [batch]
    const realSquares = tf.add(products(real, real), least);
    const correlation = tf.div(products(guessed, real), tf.sqrt(tf.mul(guessedSquares, realSquares)));
    shapes.push(tf.mul(tf.mean(tf.sub(1, correlation)), weight / weights));
    const ratio = tf.mul(tf.sub(tf.log(guessedSquares), tf.log(realSquares)), 0.5);
    steepnesses.push(tf.mul(tf.mean(tf.abs(ratio)), weight / weights));
  });
  const sum = (parts: readonly tf.Tensor[]): tf.Scalar =>
    parts.reduce((total, part) => tf.add(total, part)) as tf.Scalar;

  // Step 2. Roughness and colour.
  const roughness = tf.mean<tf.Scalar>(tf.abs(tf.sub(maps.roughness, targets.roughness)));
  const wrong = tf.sub<tf.Tensor4D>(maps.albedo, targets.albedo);
  const coarse = tf.avgPool(wrong, 8, 8, "valid");
  const albedo = tf.mul<tf.Scalar>(tf.add(tf.mean(tf.abs(wrong)), tf.mean(tf.abs(coarse))), 0.5);
  return { shape: sum(shapes), steepness: sum(steepnesses), roughness, albedo };
}

/** What the network learns to make small. In `tf.tidy`; differentiable by the maps. */
export function photoLoss(
  maps: PhotoMaps,
  targets: PhotoTargets,
  { shape: weight = 1, scales }: PhotoLossWeights = {},
): tf.Scalar {
  const { shape, steepness, roughness, albedo } = photoErrors(maps, targets, scales);
  const heights = tf.add(tf.mul(shape, weight), tf.mul(steepness, STEEPNESS));
  return tf.add(heights, tf.add(tf.mul(roughness, ROUGHNESS), tf.mul(albedo, ALBEDO)));
}

/** Slopes across and down, [batch, height - 1, width - 1, 1] each. */
type Slopes = readonly [across: tf.Tensor, down: tf.Tensor];

/** @param pixel - How many pixels one is by now. */
function slopes(heights: tf.Tensor4D, pixel: number): Slopes {
  const [batch, height, width] = heights.shape;
  const part = (top: number, left: number): tf.Tensor4D =>
    tf.slice(heights, [0, top, left, 0], [batch, height - 1, width - 1, 1]);
  const here = part(0, 0);
  return [tf.div(tf.sub(part(0, 1), here), pixel), tf.div(tf.sub(part(1, 0), here), pixel)];
}

/** The mean product of slopes within each picture, [batch]. */
function products(one: Slopes, other: Slopes): tf.Tensor {
  return tf.mean(tf.add(tf.mul(one[0], other[0]), tf.mul(one[1], other[1])), [1, 2, 3]);
}
