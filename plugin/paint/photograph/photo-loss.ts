import * as tf from "@tensorflow/tfjs";
import { shrinkByMean } from "../../nets/layers/resample.ts";
import type { PhotoMaps } from "./photo-net.ts";

/** Sizes at which slopes are compared: every pixel, every second one … every sixteenth. */
const SCALES = 5;
/** Slopes that are too small to see; their errors weigh no more than those. Squared, since errors are. */
const LEAST_SLOPE = 0.02;
/** How much each map counts, chosen so that all three learn alike. */
const HEIGHTS = 1;
const ROUGHNESS = 2;
const ALBEDO = 3;

/** What a photograph is compared with. */
export type PhotoTargets = PhotoMaps;

/** How wrong maps are, each as a number. In `tf.tidy`. */
export interface PhotoErrors {
  /** Squared error of slopes over squared slopes, the mean over sizes and pictures: 0 is perfect, 1 is a flat guess. */
  readonly slopes: tf.Scalar;
  /** Mean absolute error. */
  readonly roughness: tf.Scalar;
  /** Mean absolute error in sRGB, of pixels and of their means over 8 × 8. */
  readonly albedo: tf.Scalar;
}

/**
 * Compares maps with the true ones. Heights are compared by their slopes only, since a photograph tells no absolute height, at several
 * sizes, since a wall's bricks and its sand both count.
 */
export function photoErrors(maps: PhotoMaps, targets: PhotoTargets): PhotoErrors {
  // Step 1. Slopes, in pixels up for each pixel along: averaging keeps heights, and halves the pixels.
  let error = tf.sub<tf.Tensor4D>(maps.heights, targets.heights);
  let truth = targets.heights;
  const parts: tf.Tensor[] = [];
  for (let scale = 0; scale < SCALES; scale++) {
    const squares = squaredSlopes(error, 2 ** scale); // [batch]
    const scaleOf = squaredSlopes(truth, 2 ** scale); // [batch]
    parts.push(tf.mean(tf.div(squares, tf.add(scaleOf, LEAST_SLOPE ** 2))));
    if (scale === SCALES - 1) break;
    error = shrinkByMean(error);
    truth = shrinkByMean(truth);
  }
  const slopes = tf.div<tf.Scalar>(
    parts.reduce((sum, part) => tf.add(sum, part)),
    SCALES,
  );

  // Step 2. Roughness and colour.
  const roughness = tf.mean<tf.Scalar>(tf.abs(tf.sub(maps.roughness, targets.roughness)));
  const wrong = tf.sub<tf.Tensor4D>(maps.albedo, targets.albedo);
  const coarse = tf.avgPool(wrong, 8, 8, "valid");
  const albedo = tf.mul<tf.Scalar>(tf.add(tf.mean(tf.abs(wrong)), tf.mean(tf.abs(coarse))), 0.5);
  return { slopes, roughness, albedo };
}

/** What the network learns to make small. In `tf.tidy`; differentiable by the maps. */
export function photoLoss(maps: PhotoMaps, targets: PhotoTargets): tf.Scalar {
  const { slopes, roughness, albedo } = photoErrors(maps, targets);
  return tf.add(tf.add(tf.mul(slopes, HEIGHTS), tf.mul(roughness, ROUGHNESS)), tf.mul(albedo, ALBEDO));
}

/** The mean of squared slopes across and down within each picture, [batch]. @param pixel - How many pixels one is by now. */
function squaredSlopes(heights: tf.Tensor4D, pixel: number): tf.Tensor {
  const [batch, height, width] = heights.shape;
  const part = (top: number, left: number): tf.Tensor4D =>
    tf.slice(heights, [0, top, left, 0], [batch, height - 1, width - 1, 1]);
  const here = part(0, 0);
  const across = tf.sub(part(0, 1), here);
  const down = tf.sub(part(1, 0), here);
  const squares = tf.add(tf.square(across), tf.square(down)); // [batch, height - 1, width - 1, 1]
  return tf.div(tf.mean(squares, [1, 2, 3]), pixel * pixel);
}
