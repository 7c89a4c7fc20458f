import type * as tf from "@tensorflow/tfjs";
import type { SurfaceMaps } from "../maps/surface-maps.ts";
import type { Picture } from "../picture.ts";
import { loadNet, type NetOptions } from "../shipped/load-net.ts";
import { buildEstimatorNet, decodeEstimator } from "./estimator-file.ts";
import type { LightDirection } from "./light-vector.ts";
import { NetMapEstimator } from "./net-map-estimator.ts";

/**
 * Guesses a surface from one photograph of it: an estimate by a network that was taught on procedural materials, not a measurement.
 *
 * Metallic cannot be told from one photograph; it is 0 everywhere.
 */
export interface MapEstimator {
  /** SHA-256 of the file that it was read from, 64 hex digits; null where it is not known. */
  readonly fileHash: string | null;
  /**
   * Estimates all maps of a picture. Large pictures are worked through in tiles, so memory stays bounded; the maps are the same.
   *
   * Rests often enough that messages get through, and ends soon after `signal` is aborted.
   *
   * @param picture - sRGB, [height, width, 3], each in [0, 1]; sides of 8 to 4096 pixels.
   * @returns Maps of the picture's size.
   * @throws ConfigurationError for a picture or a light that is none of that, also for a light where the file is of a network that cannot be
   * told one (`light` "find" is fine for those, and finds nothing); the signal's reason when cancelled.
   */
  estimate(picture: Picture, options?: EstimateOptions): Promise<SurfaceMaps>;
  /**
   * The same for a picture that already is a tensor, e.g. on a GPU that is shared with the renderer: nothing is read back.
   *
   * In one piece, so memory grows with the picture: some 700 bytes a pixel.
   *
   * @param picture - sRGB, [1, height, width, 3], each in [0, 1], on the estimator's backend. Not disposed.
   * @returns Tensors that the caller disposes.
   */
  estimateTensors(picture: tf.Tensor4D, options?: TensorEstimateOptions): EstimatedTensors;
  /** Frees the weights. May be called twice. */
  dispose(): void;
}

/** How a picture is read. */
export interface TensorEstimateOptions {
  /** What lies beyond the borders: "wrap" for a picture that tiles (its maps then do, too), "cut" for a photograph. Default "wrap". */
  readonly edges?: "wrap" | "cut";
  /** Whether albedo is freed of light and shadow; otherwise it is the picture itself. Default true. */
  readonly evenLight?: boolean;
  /**
   * From where the light comes that the picture was taken in: "find" has the network tell it from the middle of the picture, at most
   * 256 × 256 pixels, the more softly the less sure it is; "shade" for light from everywhere; or an azimuth in radians, 0 from the right
   * and π/2 from the top of the picture. The same picture has the same light found. An older file that cannot find it takes "find" for
   * "shade". Default "find".
   */
  readonly light?: "find" | LightDirection;
}

/** How a picture is read, followed and stopped. */
export interface EstimateOptions extends TensorEstimateOptions {
  /** What a height of 1 shall mean, in shorter sides of the picture, above 0. Default: as it seems in the picture. */
  readonly relief?: number;
  readonly signal?: AbortSignal;
  /** @param done - The share that is done, in [0, 1]; never falls. */
  readonly onProgress?: (done: number) => void;
}

/** Maps as tensors. The caller disposes of all four. */
export interface EstimatedTensors {
  /** Linear light, [height, width, 3], in [0, 1]. */
  readonly albedo: tf.Tensor3D;
  /** [height, width], in [0, 1]. */
  readonly heights: tf.Tensor2D;
  /** [height, width], in [0, 1]. */
  readonly roughness: tf.Tensor2D;
  /** What a height of 1 means, in shorter sides of the picture. */
  readonly relief: tf.Scalar;
}

/** Where an estimator computes. */
export type MapEstimatorOptions = NetOptions;

/**
 * Loads an estimator, e.g. the shipped one, models/photo-maps/estimator.bnw.
 *
 * @param source - Where the weights lie, or the bytes themselves.
 * @throws PolicyFileError for bytes that are no estimator, StorageError where none can be fetched, UnsupportedError where the backend
 * cannot be had.
 */
export function loadMapEstimator(
  source: string | URL | Uint8Array,
  options: MapEstimatorOptions,
): Promise<MapEstimator> {
  return loadNet("Estimator", source, options, (bytes, who, fileHash) => {
    const net = buildEstimatorNet(decodeEstimator(bytes, who), who);
    return new NetMapEstimator(net, options.backend, fileHash);
  });
}
