import type { Picture } from "../picture.ts";
import { decodeDenoiser } from "./denoiser-file.ts";
import { loadNet, type NetOptions } from "../shipped/load-net.ts";
import { NetDenoiser } from "./net-denoiser.ts";

/** Takes noise out of pictures: a U-Net that was taught on procedural materials and begins with non-local means. */
export interface Denoiser {
  /** SHA-256 of the file that it was read from, 64 hex digits; null where it is not known. */
  readonly fileHash: string | null;
  /**
   * A picture without its noise. Large ones are worked through in tiles, so memory stays bounded; the result is the same.
   *
   * Rests often enough that messages get through, and ends soon after `signal` is aborted.
   *
   * @param picture - sRGB, [height, width, 3], without noise each in [0, 1], with it in [−2, 3]; sides of 8 to 4096 pixels. Not changed.
   * @returns A new picture of that size, each number in [0, 1].
   * @throws ConfigurationError for a picture or options that are none of that; the signal's reason when cancelled.
   */
  denoise(picture: Picture, options?: DenoiseOptions): Promise<Picture>;
  /** Frees the weights. May be called twice. */
  dispose(): void;
}

/** How noise is taken out. */
export interface DenoiseOptions {
  /**
   * The noise's standard deviation, in [0, 0.5]; it has learned from 0.03 to 0.25. "find" tells it from the picture, see `findNoise`: right for
   * noise that is alike everywhere and independent in the three colours. Default "find".
   */
  readonly noise?: "find" | number;
  /** What lies beyond the borders: "wrap" for a picture that tiles, "cut" for any other. Default "wrap". */
  readonly edges?: "wrap" | "cut";
  readonly signal?: AbortSignal;
  /** @param done - The share that is done, in [0, 1]; never falls. */
  readonly onProgress?: (done: number) => void;
}

/**
 * Loads a denoiser, e.g. one that `npm run paint -- denoiser` has taught.
 *
 * @param source - Where the weights lie, or the bytes themselves.
 * @throws PolicyFileError for bytes that are no denoiser, StorageError where none can be fetched, UnsupportedError where the backend cannot be
 * had.
 */
export function loadDenoiser(source: string | URL | Uint8Array, options: NetOptions): Promise<Denoiser> {
  return loadNet(
    "Denoiser",
    source,
    options,
    (bytes, who, fileHash) => new NetDenoiser(decodeDenoiser(bytes, who).net, options.backend, fileHash),
  );
}
