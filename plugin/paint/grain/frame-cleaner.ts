import type { Picture } from "../picture.ts";
import { loadNet, type NetOptions } from "../shipped/load-net.ts";
import { decodeGrain } from "./grain-file.ts";
import { NetFrameCleaner } from "./net-frame-cleaner.ts";
import type { SensorNoise } from "./sensor-noise.ts";

/** Takes the noise of a dim camera out of frames: a small U-Net that was taught on scenes of procedural materials. */
export interface FrameCleaner {
  /** SHA-256 of the file that it was read from, 64 hex digits; null where it is not known. */
  readonly fileHash: string | null;
  /**
   * A frame without its noise. Large ones are worked through in tiles, so memory stays bounded.
   *
   * Rests often enough that messages get through, and ends soon after `signal` is aborted.
   *
   * @param frame - sRGB, [height, width, 3], each in [0, 1]; sides of 8 to 4096 pixels. Not changed.
   * @returns A new picture of that size, each number in [0, 1].
   * @throws ConfigurationError for a frame or noise that is none of that; the signal's reason when cancelled.
   */
  clean(frame: Picture, options: CleanOptions): Promise<Picture>;
  /** Frees the weights. May be called twice. */
  dispose(): void;
}

/** How noisy the frame is, and how its cleaning is followed. */
export interface CleanOptions extends SensorNoise {
  readonly signal?: AbortSignal;
  /** @param done - The share that is done, in [0, 1]; never falls. */
  readonly onProgress?: (done: number) => void;
}

/**
 * Loads a network that cleans frames, e.g. `models/grain/grain.bnw`: for single frames by `clean`, or for each frame of a camera by
 * `NeuralDenoise`, which wants one of the backend "webgpu".
 *
 * @param source - Where the weights lie, or the bytes themselves.
 * @throws PolicyFileError for bytes that are no such network, StorageError where none can be fetched, UnsupportedError where the backend
 * cannot be had.
 */
export function loadFrameCleaner(source: string | URL | Uint8Array, options: NetOptions): Promise<FrameCleaner> {
  return loadNet(
    "Frame cleaner",
    source,
    options,
    (bytes, who, fileHash) => new NetFrameCleaner(decodeGrain(bytes, who).net, options.backend, fileHash),
  );
}
